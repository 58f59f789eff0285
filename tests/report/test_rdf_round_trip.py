"""The report as RDF says what the report as JSON says: read by rdflib, it gives the same verdicts, proofs and steps."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any
from urllib.parse import unquote

import pytest
from rdflib import PROV, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node
from tests.report.rdf_graphs import BATTERY, ON, C, examples, graph, run

from comity.model.proofs import StepKind
from comity.model.scales import Fact
from comity.model.verdicts import Report
from comity.report import as_json, as_text, schema
from comity.report.rdf import as_turtle

FACTS = {"all": C.allMet, "some": C.someMet, "none": C.noneMet, "not-all": C.notAllMet}
ROWS = "https://w3id.org/comity/mapping/"

Plain = dict[str, Any]
Read = Callable[[Node], str]


def local(node: Node) -> str:
    return str(node).removeprefix(C)


def kebab(node: Node) -> str:
    return re.sub(r"[A-Z]", lambda m: "-" + m[0].lower(), local(node))


def fact(node: Node) -> str:
    return next(word for word, individual in FACTS.items() if individual == node)


def key(node: Node) -> str:
    return unquote(str(node).removeprefix("https://w3id.org/comity/subject/"))


def number(node: Node) -> str:
    return str(Fraction(str(node)))


SIGNS = {"atLeast": ">=", "moreThan": ">", "atMost": "<=", "lessThan": "<", "exactly": "="}
KEYS: Mapping[str, tuple[str, Read]] = {
    "subject": ("aboutSubject", key),
    "cited": ("citedIri", str),
    "by": ("via", str),
    "criterion": ("criterion", str),
    "fact": ("concludes", fact),
    "issuer": ("issuerRead", str),
    "object": ("object", str),
    "travel": ("carriedAlong", local),
    "authority": ("authority", kebab),
    "given": ("startsFrom", fact),
    "iri": ("declaration", str),
    "premises_of": ("fromCriterion", str),
    "conclusion": ("criterion", str),
    "source": ("source", key),
    "target": ("target", key),
    "lift": ("lift", kebab),
    "link": ("linkKind", str),
    "role": ("partyRole", str),
    "metric": ("metric", str),
    "read_by": ("dataRule", str),
    "comparator": ("comparator", lambda node: SIGNS[local(node)]),
    "limit": ("limitValue", number),
    "unit": ("unit", str),
    "outcome": ("outcome", local),
    "from_value": ("fromValue", number),
    "from_unit": ("fromUnit", str),
    "to_value": ("value", number),
    "to_unit": ("unit", str),
    "rule": ("dataRule", str),
    "dimension": ("assumedOf", str),
    "condition": ("conditionText", str),
    "name": ("fact", str),
    "on": ("judgedOn", str),
    "valid_from": ("validFrom", str),
    "valid_until": ("validUntil", str),
    "assessed": ("datedOn", str),
    "edition": ("edition", str),
    "declared": ("declaredAssurance", kebab),
    "effective": ("effectiveAssurance", kebab),
    "basis": ("assuranceBasis", str),
    "roles": ("effectiveRole", str),
    "trusted": ("trusted", str),
    "label": ("name", str),
    "provision": ("provision", str),
    "instrument": ("instrument", str),
}
"""Key of a step to the property that holds it, and how its value is read back."""

OTHERWISE: Mapping[tuple[str, str], tuple[str, Read]] = {
    ("mapping", "subject"): ("subject", str),
    ("derived-row", "subject"): ("subject", str),
    ("fact", "source"): ("factSource", str),
    ("fact", "value"): ("factValue", str),
    ("condition", "value"): ("holds", str),
    ("assumption", "value"): ("assumedValue", str),
    ("threshold", "value"): ("value", number),
    ("time", "outcome"): ("timeOutcome", str),
}
"""The same for keys that mean something else in this kind of step."""

APART = {
    "kind", "premises", "text", "document", "pointer", "sha256", "anchor", "rows", "mask", "qualifiers", "reason",
    "authors", "justifications", "confidences", "places", "reasons",
}  # fmt: skip
"""Keys that :func:`compare` looks at one by one."""


def listed(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(v).lower() if isinstance(v, bool) else str(v) for v in values if v not in (None, "")]


def proofs(plain: Plain, pointer: str) -> Iterator[tuple[str, Plain]]:
    for place in ("proof", "counter_proof"):
        if plain[place]:
            yield f"{pointer}/{place}", plain[place]
    for position, challenge in enumerate(plain["challenges"]):
        yield f"{pointer}/challenges/{position}", challenge


def compare(step: Plain, node: Node, found: Graph, base: str, hashes: Mapping[str, str]) -> None:
    """Hold a step of the JSON against its node."""
    kind = step["kind"]
    assert found.value(node, C.stepKind) == C[re.sub("-(.)", lambda m: m[1].upper(), kind) + "Step"]
    assert str(found.value(node, RDFS.label)) == step["text"]
    premises = {URIRef(f"{base}/steps/{p}") for p in step["premises"]}
    assert set(found.objects(node, C.premise)) == premises
    assert premises <= set(found.objects(node, PROV.wasDerivedFrom))
    for name in step.keys() - APART:
        predicate, read = OTHERWISE.get((kind, name)) or KEYS[name]
        wanted = listed(step[name])
        if read is number:
            wanted = [str(Fraction(v)) for v in wanted]
        assert sorted(read(o) for o in found.objects(node, C[predicate])) == sorted(set(wanted)), (kind, name)
    compare_places(step, node, found, hashes)
    if "rows" in step:
        compare_rows(step, node, found)
    if kind == "threshold":
        values = {q.partition("=")[2] for q in step["qualifiers"]}
        assert {str(q) for q in found.objects(node, C.qualifier)} == values
    if kind == "assumption":
        assert str(found.value(node, URIRef("http://purl.org/dc/terms/description"))) == step["reason"]


def compare_places(step: Plain, node: Node, found: Graph, hashes: Mapping[str, str]) -> None:
    derived = {unquote(str(n)) for n in found.objects(node, PROV.wasDerivedFrom)}
    if step["kind"] == "document":
        assert {str(n) for n in found.objects(node, PROV.hadPrimarySource)} == {f"urn:sha256:{step['sha256']}"}
        assert hashes[step["document"]] == step["sha256"]
    elif "document" in step:
        place = f"urn:sha256:{hashes[step['document']]}#{step['pointer']}"
        assert unquote(str(found.value(node, C.fromEvidence))) == place
        assert place in derived
    for name, predicate in (("anchor", C.anchor), ("pointer", C.fromEvidence)):
        if "document" not in step and (spot := step.get(name)) and "#" in spot:
            document, _, pointer = spot.rpartition("#")
            place = f"urn:sha256:{hashes[document]}#{pointer}"
            assert unquote(str(found.value(node, predicate))) == place
            assert place in derived


def compare_rows(step: Plain, node: Node, found: Graph) -> None:
    (inference,) = found.objects(node, PROV.wasGeneratedBy)
    used = {unquote(str(u)).removeprefix(ROWS) for u in found.objects(inference, PROV.used) if str(u).startswith(ROWS)}
    assert used == set(step["rows"])
    if "mask" not in step:
        return
    assert str(found.value(node, C.mask)) == "|".join(step["mask"])
    sssom = Namespace("https://w3id.org/sssom/")
    for name, predicate in (("authors", sssom.author_label), ("justifications", sssom.mapping_justification)):
        assert sorted(str(o) for o in found.objects(node, predicate)) == sorted(listed(step[name]))
    by_id = {str(found.value(row, C.row)): row for row in found.subjects(RDF.type, C.MappingRow)}
    for position, row in enumerate(step["rows"]):
        told = {
            str(found.value(by_id[row], sssom.confidence) or ""): step["confidences"][position],
            str(found.value(by_id[row], C.statedAt)): step["places"][position],
            str(found.value(by_id[row], URIRef("http://purl.org/dc/terms/description"))): step["reasons"][position],
        }
        assert list(told) == list(told.values())


def test_the_examples_come_back_as_the_json_has_them() -> None:
    text, found = examples()
    plain: Plain = json.loads(text)
    this = f"urn:sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    hashes = {d["name"]: d["sha256"] for d in plain["documents"]}
    rows = [(f"/requirements/{n}", r) for n, r in enumerate(plain["requirements"])]
    rows += [(f"/claims/{n}", c) for n, c in enumerate(plain["claims"])]
    assert {str(j) for j in found.objects(URIRef(this), C.judgement)} == {f"{this}#{pointer}" for pointer, _ in rows}
    shown: set[str] = set()
    for pointer, judged in rows:
        node = URIRef(f"{this}#{pointer}")
        for name, predicate in (("verdict", C.verdict), ("would_be", C.wouldBe)):
            assert [kebab(v) for v in found.objects(node, predicate)] == [f"{w}-verdict" for w in listed(judged[name])]
        assert str(found.value(node, C.reason)) == judged["reason"]
        assert sorted(str(m) for m in found.objects(node, C.lacks)) == sorted(set(judged["missing"]))
        named = {p for k in (C.proof, C.counterProof, C.challenge) for p in found.objects(node, k)}
        assert {str(p) for p in named} == {f"{this}#{p}" for p, _ in proofs(judged, pointer)}
        for place, proof in proofs(judged, pointer):
            shown |= {step["kind"] for step in proof["steps"]}
            compare_proof(proof, URIRef(f"{this}#{place}"), found, hashes)
    assert len(shown) >= 14, shown


def compare_proof(proof: Plain, node: URIRef, found: Graph, hashes: Mapping[str, str]) -> None:
    assert fact(found.value(node, C.concludes) or node) == proof["fact"]
    assert key(found.value(node, C.aboutSubject) or node) == proof["subject"]
    assert str(found.value(node, C.criterion)) == proof["criterion"]
    assert [kebab(a) for a in found.objects(node, C.authority)] == listed(proof["authority"])
    assert kebab(found.value(node, C.assurance) or node) == proof["assurance"]
    told = {"valid": "validOnDay"}
    for name in ("valid", "dated", "disputed", "assumed", "unverified", "admission"):
        assert found.value(node, C[told.get(name, name)]) == Literal(proof[name]), name
    bounds = [found.value(node, C.confidenceLow), found.value(node, C.confidenceHigh)]
    assert [float(b) for b in bounds if isinstance(b, Literal)] == (proof["confidence"] or [])
    documents = {f"urn:sha256:{hashes[d]}" for d in proof["documents"]}
    assert {str(d) for d in found.objects(node, PROV.hadPrimarySource)} == documents
    steps = sorted(found.objects(node, C.step), key=lambda s: int(str(found.value(s, C.position))))
    assert [str(s) for s in steps] == [f"{node}/steps/{n}" for n in range(len(proof["steps"]))]
    for step, step_node in zip(proof["steps"], steps, strict=True):
        compare(step, step_node, found, str(node), hashes)


def test_the_answers_to_one_rule_come_back_too() -> None:
    arguments = ("ask", "eu-batt-art8-2-co", BATTERY, *ON, "--format")
    text, found = run(*arguments, "json"), graph(run(*arguments, "turtle"))
    (answer,) = json.loads(text)
    node = URIRef(f"urn:sha256:{hashlib.sha256(text.encode()).hexdigest()}#/0")
    assert found.value(node, C.verdict) == C.satisfiedVerdict
    assert answer["verdict"] == "satisfied"
    hashes = {str(found.value(d, C.name)): str(found.value(d, C.sha256)) for d in found.subjects(RDF.type, C.Document)}
    assert len(hashes) == len(list((BATTERY / "documents").glob("*.json")))
    compare_proof(answer["proof"], URIRef(f"{node}/proof"), found, hashes)


def test_the_comparison_can_fail(report: Report) -> None:
    found = graph(as_turtle(report))
    plain = as_json(report)
    this = f"urn:sha256:{hashlib.sha256(as_text(plain).encode()).hexdigest()}#/requirements/1/proof"
    hashes = {d.name: d.sha256 for d in report.documents}
    proof: Plain = json.loads(json.dumps(plain))["requirements"][1]["proof"]
    proof["steps"][0]["sha256"] = hashes[proof["steps"][0]["document"]]
    found.set((URIRef(f"{this}/steps/0"), PROV.hadPrimarySource, URIRef("urn:sha256:bb")))
    compare_proof(proof, URIRef(this), found, hashes)
    changes: list[Plain] = [
        {"outcome": "outside"},
        {"value": "17.5"},
        {"premises": []},
        {"kind": "claim"},
        {"text": ""},
    ]
    for changed in changes:
        other = json.loads(json.dumps(proof))
        other["steps"][4 if "kind" not in changed else 3] |= changed
        with pytest.raises((AssertionError, KeyError)):
            compare_proof(other, URIRef(this), found, hashes)


@pytest.mark.parametrize("kind", list(StepKind))
def test_every_key_of_a_step_is_compared(kind: StepKind) -> None:
    keys = set(schema()["$defs"][f"step-{kind.value}"]["properties"])
    assert {name for name in keys - APART if name not in KEYS and (kind.value, name) not in OTHERWISE} == set()
    assert set(FACTS) == {f.value for f in Fact}
