"""Every lead that others gave is judged: it became a row, or a line says why it did not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from comity.knowledge import load

HELD = {
    "CCCMC Guidelines": "cccmc-2",
    "GISTM": "gistm-2020",
    "GRI 14": "gri-14-2024",
    "GRI Standards": "gri-14-2024",
    "ICGLR Regional Certification Mechanism": "icglr",
    "ICMM Mining Principles": "icmm-2022",
    "IRMA Chain of Custody claim": "irma-coc-1.0",
    "IRMA achievement level": "irma-1.0",
    "IRMA mine audit": "irma-1.0",
    "ISO 14001:2015": "iso-14001-2015",
    "ISO 45001:2018": "iso-45001-2018",
    "Joint Due Diligence Standard": "jdds-3",
    "OECD DDG for RBC": "oecd-rbc-2018",
    "OECD Guidelines for MNEs": "oecd-mne-2023",
    "OECD Minerals DDG 3rd ed.": "oecd-minerals-3",
    "RMI All Minerals 1.1": "rmap-all-1.1",
    "RRA 2.0": "rra-2.0",
    "RRA 3.0": "rra-3.0",
    "Regulation (EU) 2017/821": "eu-3tg",
    "Regulation (EU) 2023/1542 due diligence": "eu-batt",
    "ResponsibleSteel": "responsiblesteel-2.1",
    "UNGPs": "ungp-2011",
    "US Dodd-Frank Act s.1502": "us-df1502",
    "US Dodd-Frank s.1502": "us-df1502",
}
"""What the leads call a text that is held, and how its notations begin."""

IN_WORDS = {
    "Copper Mark award": "Copper Mark award.*",
    "DPP product claim": "A claim about a product.*",
    "EITI Standard": "EITI Standard",
    "UN GHS": "UN Globally Harmonised System.*",
    "UNTP conformity topic (0.5)": "UNTP conformity topic 0.5, {}",
    "UNTP conformity topic (0.7)": "UNTP conformity topic 0.7, {}",
    "Voluntary Principles on Security and Human Rights": "Voluntary Principles.*",
    "cobalt due diligence": "Due diligence on cobalt",
    "cobalt shipment": "A shipment of cobalt",
    "copper": "Due diligence on copper",
}
"""How a text that is not held is named; the programmes that were assessed in 2018 by their own names."""

WHOLE = {
    *("*", "facility", "certificate", "IRMA level", "Annex X raw materials", "batch", "product", "programme 2018"),
    "mine-site recognition",
}


def end(text: str, number: str) -> str:
    """A pattern of what a lead's end is called in rows and declined pairs."""
    if text.startswith(("GRI 2", "GRI 303", "GRI topic")):
        return "GRI 303" if number == "(none)" else f".*disclosure {number}"
    if text.startswith("ESRS"):
        return "ESRS E3-4, paragraph 28.*" if "§" in number else re.escape(number)
    if text not in HELD:
        named = IN_WORDS.get(text, re.escape(text.replace(" (CFSP/RMAP)", "")) + ".* programme .*")
        return named.format(re.escape(number.rpartition("/")[2]))
    if number in WHOLE or number.startswith("(none"):
        return re.escape(HELD[text]) + ".*"
    number = "AII" if number == "Annex II" else number
    article = (
        number.lower().replace("art ", "art").replace("type ", "type-").replace(")(", "-").replace("(", "-").rstrip(")")
    )
    # points (i) to (iv) of Article 5(1)(b) are one record; some leads have a title after the number
    held = article.removesuffix("-i").removesuffix("-ii").removesuffix("-iii").removesuffix("-iv").split(" ")[0]
    return re.escape(f"{HELD[text]}-{held}") + (".*" if held in ("aii", "art6", "art7") else "")


def test_every_lead_is_judged(root: Path) -> None:
    """A row, or a reason why there is none."""
    file = root.parent / "shared" / "facts" / "crosswalk-leads.json"
    if not file.is_file():
        pytest.skip("the leads are not beside this checkout (../shared/facts)")
    leads, knowledge = json.loads(file.read_text("utf-8")), load()
    assert len(leads) == 163
    names = {c.iri: c.notation for c in knowledge.criteria.values()}
    judged = [(r.subject, r.object) for r in knowledge.rows] + [(d.subject, d.object) for d in knowledge.declined]
    called = {tuple(sorted((names.get(s, s).casefold(), names.get(o, o).casefold()))) for s, o in judged}
    open_ = []
    for lead in leads:
        ends = end(lead["source_standard"], lead["source_id"]), end(lead["target_standard"], lead["target_id"])
        one, other = (re.compile(pattern.casefold()) for pattern in ends)
        if not any(
            (one.fullmatch(a) and other.fullmatch(b)) or (one.fullmatch(b) and other.fullmatch(a)) for a, b in called
        ):
            open_.append(
                (lead["source_standard"], lead["source_id"], lead["target_standard"], lead["target_id"], *ends)
            )
    assert open_ == []
