"""Which evidence serves how many rules, by market."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from comity.model.classes import dataclass
from comity.model.places import Place
from comity.model.scales import Verdict
from comity.model.verdicts import Report
from comity.report.grounds import Source, sources


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One claim or assessment.

    :param satisfies: market to the number of rules that its proofs satisfy.
    :param bears: market to the number of applicable rules that its proofs bear on.
    """

    place: Place
    label: str
    kind: str
    assurance: str
    satisfies: Mapping[str, int]
    bears: Mapping[str, int]


def matrix(report: Report) -> tuple[MatrixRow, ...]:
    """Count, for each piece of evidence, the rules that it serves in each market; the most useful first."""
    markets = report.policy.markets
    seen: dict[Place, Source] = {}
    bears: dict[tuple[Place, str], int] = {}
    satisfies: dict[tuple[Place, str], int] = {}
    for judged in report.requirements:
        if judged.verdict is Verdict.NOT_APPLICABLE or judged.market is None:
            continue
        for source in {s.place: s for s in sources(judged.proof)}.values():
            seen.setdefault(source.place, source)
            key = (source.place, judged.market)
            bears[key] = bears.get(key, 0) + 1
            satisfies[key] = satisfies.get(key, 0) + (judged.verdict is Verdict.SATISFIED)
    rows = [
        MatrixRow(
            place,
            source.label,
            source.kind.value,
            source.assurance,
            {market: satisfies.get((place, market), 0) for market in markets},
            {market: bears.get((place, market), 0) for market in markets},
        )
        for place, source in seen.items()
    ]
    return tuple(sorted(rows, key=lambda r: (-sum(r.satisfies.values()), -sum(r.bears.values()), r.place)))


def as_matrix(report: Report) -> str:
    """Write the matrix as CSV: two columns for each market, rules satisfied and rules borne on."""
    markets = report.policy.markets
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    counts = [f"{market} {what}" for market in markets for what in ("satisfies", "bears on")]
    writer.writerow(["document", "pointer", "kind", "label", "assurance", *counts])
    for row in matrix(report):
        numbers = [n for market in markets for n in (row.satisfies[market], row.bears[market])]
        writer.writerow([row.place.document, row.place.pointer, row.kind, row.label, row.assurance, *numbers])
    return text.getvalue()
