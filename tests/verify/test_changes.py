"""What a replay says when documents, knowledge, trust or verdicts are others than the report was made with."""

from __future__ import annotations

import copy
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.verify.conftest import CASES, ROOT, Held, run

from comity.cli import app
from comity.cli import replay as given_to
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row
from comity.model.scales import Assurance, Authority, Basis
from comity.verify import Given, Problem, verify

Holder = Callable[[str], Held]
Edit = Callable[[Knowledge], Knowledge]


def kinds(problems: Iterable[Problem]) -> set[tuple[str, str]]:
    return {(p.kind, p.field) for p in problems}


def among(held: Held, given: Given) -> set[tuple[str, str]]:
    return kinds(verify(held.report, given).problems)


@pytest.mark.parametrize("name", ["ev-battery", "orchard"])
def test_a_document_changed_by_one_byte_fails_every_step_of_it_and_only_those(name: str, held: Holder) -> None:
    one = held(name)
    for document, content in one.given.documents.items():
        changed = replace(one.given, documents={**one.given.documents, document: content + b" "})
        found = verify(one.report, changed)
        hashes = {p.about if p.step is None else p.place for p in found.problems if p.field == "sha256"}
        of_steps = {f"{p.where}.steps[{p.step}]" for p in found.problems if p.field == "sha256" and p.step is not None}
        assert hashes
        assert of_steps == {
            f"{where}.steps[{n}]"
            for where, proof in everything(one.report)
            for n, s in enumerate(proof["steps"])
            if s["kind"] == "document" and s["document"].split("#")[0] == document
        }


def everything(report: dict[str, Any]) -> Iterable[tuple[str, dict[str, Any]]]:
    for section in ("requirements", "claims"):
        for position, judged in enumerate(report[section]):
            for field in ("proof", "counter_proof"):
                if judged[field]:
                    yield f"{section}[{position}].{field}", judged[field]
            for number, challenge in enumerate(judged["challenges"]):
                yield f"{section}[{position}].challenges[{number}]", challenge


@pytest.mark.parametrize("name", ["ev-battery", "garment", "orchard"])
def test_a_document_that_is_missing_is_named_in_every_proof_that_uses_it(name: str, held: Holder) -> None:
    one = held(name)
    for document in one.given.documents:
        rest = {n: c for n, c in one.given.documents.items() if n != document}
        found = verify(one.report, replace(one.given, documents=rest))
        assert any(document in note for note in found.notes)
        for where, proof in everything(one.report):
            uses = [d for d in proof["documents"] if d.split("#")[0] == document]
            missed = {
                p.stands for p in found.problems if p.where == where and (p.kind, p.field) == ("document", "document")
            }
            assert missed == {json.dumps(d) for d in uses}


@pytest.mark.parametrize("name", CASES)
def test_the_order_of_documents_and_their_names_do_not_matter(name: str, held: Holder) -> None:
    one = held(name)
    turned = dict(reversed(list(one.given.documents.items())))
    assert verify(one.report, replace(one.given, documents=turned)) == verify(one.report, one.given)
    # Told by their content, under other names.
    moved = {f"elsewhere/{n}": c for n, c in enumerate(turned.values())}
    cells = {f"elsewhere/{n}": one.given.tables[d] for n, d in enumerate(turned) if d in one.given.tables}
    assert verify(one.report, replace(one.given, documents=moved, tables=cells)).problems == ()


def edited(held: Held, edit: Edit) -> set[tuple[str, str]]:
    return among(held, replace(held.given, knowledge=edit(held.given.knowledge)))


def rows(change: Callable[[Row], Row]) -> Edit:
    return lambda k: replace(k, rows=tuple(change(r) for r in k.rows))


ROWS: dict[str, tuple[Callable[[Row], Row], tuple[str, str]]] = {
    "author": (lambda r: replace(r, author="Somebody else"), ("mapping", "authors")),
    "authority": (lambda r: replace(r, authority=Authority.SUGGESTED), ("mapping", "authority")),
    "justification": (lambda r: replace(r, justification="semapv:LexicalMatching"), ("mapping", "justifications")),
    "confidence": (lambda r: replace(r, confidence=0.31), ("mapping", "confidences")),
    "place": (lambda r: replace(r, place=replace(r.place, pointer="line 1")), ("mapping", "places")),
    "reason": (lambda r: replace(r, reason="because"), ("mapping", "reasons")),
    "mask": (lambda r: replace(r, mask=Relation.DR), ("mapping", "mask")),
    "what it says": (lambda r: replace(r, mask=Relation.DR), ("mapping", "travel")),
    "id": (lambda r: replace(r, id=f"{r.id}-2"), ("mapping", "rows")),
    "object": (lambda r: replace(r, object=f"{r.object}-2"), ("mapping", "rows")),
    "end": (lambda r: replace(r, valid_until=date(2026, 1, 1)), ("mapping", "rows")),
    "lead": (lambda r: replace(r, lead=True), ("mapping", "rows")),
    "scope": (lambda r: replace(r, scope="the moon"), ("mapping", "premises")),
    "basis": (lambda r: replace(r, basis=Basis.NOT_VERIFIED), ("", "unverified")),
}


@pytest.mark.parametrize("what", ROWS)
def test_a_row_edited_in_the_knowledge_is_found(what: str, held: Holder) -> None:
    change, expected = ROWS[what]
    for name in ("ev-battery", "garment", "orchard"):
        assert expected in edited(held(name), rows(change)), name


def test_a_row_in_dispute_is_found(held: Holder) -> None:
    one = held("garment")
    disputed = replace(one.given, disputed=frozenset({"fl-ga-1"}))
    assert ("", "disputed") in among(one, disputed)


def limits(k: Knowledge) -> Knowledge:
    changed = {
        iri: replace(c, limit=replace(c.limit, value=c.limit.value + Fraction(1, 1000)))
        for iri, c in k.criteria.items()
        if c.limit is not None and c.limit.value is not None
    }
    return replace(k, criteria={**k.criteria, **changed})


EDITS: dict[str, tuple[Edit, tuple[str, str], str]] = {
    "a limit": (limits, ("threshold", "limit"), "ev-battery"),
    "a whole": (
        lambda k: replace(k, decompositions=tuple(replace(d, parts=d.parts[1:]) for d in k.decompositions)),
        ("decomposition", "premises_of"),
        "ev-battery",
    ),
    "a whole that is no longer complete": (
        lambda k: replace(k, decompositions=tuple(replace(d, complete=False) for d in k.decompositions)),
        ("decomposition", "iri"),
        "orchard",
    ),
    "a choice": (
        lambda k: replace(k, choices=tuple(replace(a, options=a.options[:1]) for a in k.choices)),
        ("decomposition", "premises_of"),
        "orchard",
    ),
    "a joint coverage": (
        lambda k: replace(k, joints=tuple(replace(j, members=(*j.members, "urn:x")) for j in k.joints)),
        ("joint", "premises_of"),
        "orchard",
    ),
    "whose word a joint coverage is": (
        lambda k: replace(k, joints=tuple(replace(j, authority=Authority.DRAFT) for j in k.joints)),
        ("", "authority"),
        "orchard",
    ),
    "a lift": (
        lambda k: replace(k, criteria={i: replace(c, lifts=frozenset()) for i, c in k.criteria.items()}),
        ("lift", "lift"),
        "orchard",
    ),
    "an alias": (
        lambda k: replace(k, aliases=tuple(replace(a, name="something else") for a in k.aliases)),
        ("assessment", "cited"),
        "copper-canada",
    ),
    "a default": (
        lambda k: replace(k, defaults=tuple(replace(d, reason=f"{d.reason}!") for d in k.defaults)),
        ("assumption", "reason"),
        "ev-battery",
    ),
    "a rule for metrics": (
        lambda k: replace(k, metric_rules=()),
        ("threshold", "value"),
        "ev-battery",
    ),
    "a rule for facts": (lambda k: replace(k, derivations=()), ("fact", "name"), "ev-battery"),
    "a condition's words": (
        lambda k: replace(k, conditions={i: replace(c, label=f"{c.label}?") for i, c in k.conditions.items()}),
        ("condition", "condition"),
        "orchard",
    ),
    "a code": (
        lambda k: replace(k, codes={**k.codes, "assessor": {"3rdparty": "self"}}),
        ("assurance", "declared"),
        "orchard",
    ),
    "an edition": (
        lambda k: replace(k, schemes={i: replace(s, withdrawn_from=date(2026, 1, 1)) for i, s in k.schemes.items()}),
        ("time", "outcome"),
        "garment",
    ),
    "who may assess": (
        lambda k: replace(k, schemes={i: replace(s, bodies=()) for i, s in k.schemes.items()}),
        ("assurance", "basis"),
        "garment",
    ),
    "a record nobody verified": (
        lambda k: replace(k, criteria={i: replace(c, basis=Basis.NOT_VERIFIED) for i, c in k.criteria.items()}),
        ("", "unverified"),
        "garment",
    ),
    "a market's authority": (
        lambda k: replace(
            k, markets={n: replace(m, authority=Authority.RECOGNISED_IN_LAW) for n, m in k.markets.items()}
        ),
        ("", "asked"),
        "orchard",
    ),
    "a requirement's rank": (
        lambda k: replace(
            k,
            markets={
                n: replace(m, requirements=tuple(replace(r, rank=Assurance.PUBLIC_AUTHORITY) for r in m.requirements))
                for n, m in k.markets.items()
            },
        ),
        ("", "asked"),
        "orchard",
    ),
    "when a requirement starts": (
        lambda k: replace(
            k,
            markets={
                n: replace(m, requirements=tuple(replace(r, starts=date(2040, 1, 1)) for r in m.requirements))
                for n, m in k.markets.items()
            },
        ),
        ("", "verdict"),
        "orchard",
    ),
}


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_of_the_knowledge_is_found(what: str, held: Holder) -> None:
    edit, expected, name = EDITS[what]
    one = held(name)
    assert expected in edited(one, edit)
    other = replace(one.given, knowledge=replace(one.given.knowledge, sha256="0" * 64))
    assert any("other knowledge" in note for note in verify(one.report, other).notes)


def test_without_the_trust_list_what_leans_on_it_fails(held: Holder) -> None:
    one = held("orchard")
    found = verify(one.report, replace(one.given, trust=())).problems
    assert ("assurance", "basis") in kinds(found)
    assert {p.stands for p in found if p.field == "basis"} == {'"accredited"'}


@pytest.mark.parametrize("name", CASES)
def test_no_other_verdict_that_decides_goes_with_a_proof(name: str, held: Holder) -> None:
    """Of the verdicts that decide, only the right one stands the replay."""
    one = held(name)
    decide = ("satisfied", "supported", "failed", "conflicting", "insufficient-assurance", "partial", "expired")
    for section in ("requirements", "claims"):
        for position, judged in enumerate(one.report[section]):
            if not judged["proof"]:
                continue
            for other in set(decide) - {judged["verdict"], judged["would_be"]}:
                changed = copy.copy(one.report)
                field = (
                    "would_be"
                    if judged["verdict"] in ("upcoming", "undetermined") and judged["would_be"]
                    else "verdict"
                )
                changed[section] = [*one.report[section]]
                changed[section][position] = {**judged, field: other}
                found = verify({**changed, "requirements" if section == "claims" else "claims": []}, one.given)
                mine = {p.field for p in found.problems if p.where == f"{section}[{position}]"}
                # Only what is satisfied or supported has a confidence.
                assert {field} <= mine <= {field, "confidence"}, other


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("criterion", "urn:x"),
        ("notation", "x"),
        ("id", "urn:x#product:id:x"),
        ("tested_on", "2020-01-01"),
        ("conditions", []),
        ("asked", {"assurance": "self", "authority": "reviewed", "role": None, "evidence": []}),
        ("asked", {"assurance": "third-party", "authority": "draft", "role": None, "evidence": []}),
        ("asked", {"assurance": "third-party", "authority": "reviewed", "role": "urn:x", "evidence": []}),
        ("asked", None),
        ("proof", {"steps": []}),
        ("proof", "satisfied"),
    ],
)
def test_what_an_answer_says_of_its_proof_is_held_against_it(field: str, value: object, held: Holder) -> None:
    one = held("orchard")
    position = next(n for n, j in enumerate(one.report["requirements"]) if j["verdict"] == "satisfied")
    changed = [*one.report["requirements"]]
    changed[position] = {**changed[position], field: value}
    found = verify({**one.report, "requirements": changed}, one.given).problems
    assert any(p.where.startswith(f"requirements[{position}]") for p in found)
    # An answer of another name or subject is missing where it should stand.
    elsewhere = {p.where.partition("[")[0] for p in found if not p.where.startswith(f"requirements[{position}]")}
    assert elsewhere <= ({"subjects", "markets"} if field in ("notation", "id") else set())


def test_another_day_than_the_report_is_as_of_is_found(held: Holder) -> None:
    one = held("garment")
    found = verify(one.report, replace(one.given, on=date(2026, 12, 2))).problems
    assert {("", "on"), ("time", "on")} <= kinds(found)


def test_a_report_of_any_shape_is_refused_or_found_wrong(held: Holder) -> None:
    one = held("garment")
    shapes: list[object] = [
        {},
        [],
        {"requirements": [None, 1, {}]},
        [{"proof": {"steps": [1, None, {"kind": "moon"}]}}],
    ]
    for broken in shapes:
        verify(broken, one.given)
    steps = [{"kind": "claim"}, {"kind": ["x"]}, {"kind": "time", "premises": "x"}, {"kind": "time", "premises": [7]}]
    found = verify([{"notation": "x", "proof": {"steps": steps}}], one.given)
    assert {0, 1, 2, 3} <= {p.step for p in found.problems}


def command(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app.comity, ["verify", *map(str, arguments)])


def test_the_command_exits_with_0_1_and_2(tmp_path: Path) -> None:
    case = CASES["garment"]
    report = tmp_path / "report.json"
    wrong = tmp_path / "wrong.json"
    made = run("check", *case.arguments, *case.options, "--format", "json")
    report.write_text(json.dumps(made), encoding="utf-8")
    made["requirements"][1]["proof"]["steps"][-1]["fact"] = "none"
    wrong.write_text(json.dumps(made), encoding="utf-8")
    right = command(report, *case.arguments)
    assert (right.exit_code, right.stdout.splitlines()[0]) == (0, "4 of 4 proofs verify.")
    bad = command(wrong, *case.arguments)
    assert bad.exit_code == 1
    assert "requirements[1].proof.steps[" in bad.stdout
    listed = json.loads(command(wrong, *case.arguments, "--format", "json").stdout)
    assert listed["failed"] == 1
    assert {p["place"].rpartition(".steps")[0] for p in listed["problems"]} <= {"requirements[1].proof", ""}
    for nothing in (tmp_path / "absent.json", ROOT / "README.md", ROOT / "examples/garment/documents/mill-record.json"):
        assert command(nothing, *case.arguments).exit_code == 2
    assert command(report, tmp_path / "absent").exit_code == 2


def test_answers_to_one_rule_are_replayed_too(held: Holder) -> None:
    case = CASES["ev-battery"]
    on = ("--on", "2031-08-18")
    answers = run("ask", "eu-batt-art8-2-co", *case.arguments, *on, "--format", "json")
    one = held("ev-battery")
    assert answers[0]["proof"]
    assert verify(answers, one.given).problems == ()
    answers[0]["proof"]["steps"][0]["sha256"] = "0" * 64
    assert ("document", "sha256") in kinds(verify(answers, one.given).problems)


def test_documents_in_an_archive_are_replayed(tmp_path: Path) -> None:
    case = CASES["orchard"]
    archive = tmp_path / "orchard.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for path in sorted((ROOT / case.documents[0]).iterdir()):
            made.write(path, path.name)
    rest = case.arguments[1:]
    report = run("check", str(archive), *rest, *case.options, "--format", "json")
    target = tmp_path / "report.json"
    target.write_text(json.dumps(report), encoding="utf-8")
    for documents in (archive, ROOT / case.documents[0]):
        assert command(target, documents, *rest).exit_code == 0, documents


def test_units_are_read_as_comity_reads_them() -> None:
    gram, kilogram = given_to.unit("GRM"), given_to.unit("http://qudt.org/vocab/unit/KiloGM")
    assert gram is not None
    assert kilogram is not None
    assert (gram.dimension, gram.factor / kilogram.factor) == (kilogram.dimension, Fraction(1, 1000))
    assert given_to.unit("pinch") is None


def test_who_signs_with_somebody_elses_key_is_nobody(held: Holder) -> None:
    one = held("orchard")
    name = next(d for d in one.given.documents if d.endswith("/certificate.json"))
    forged = json.loads(one.given.documents[name])
    forged["proof"] = {"type": "DataIntegrityProof", "verificationMethod": "did:web:somebody-else.example#key-1"}
    changed = replace(one.given, documents={**one.given.documents, name: json.dumps(forged).encode()})
    assert {("document", "sha256"), ("assurance", "basis")} <= among(one, changed)
