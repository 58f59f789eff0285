"""The report as RDF: what it looks like, in defined words, and nothing that PROV-O forbids."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from rdflib import PROV, RDF, RDFS, XSD, BNode, Literal, URIRef
from tests.report.rdf_graphs import BATTERY, ON, C, examples, graph, run, vocabulary

from comity.model.evidence import Validity
from comity.model.proofs import Proof, Scalar, Step, StepKind
from comity.model.scales import Assurance, Verdict
from comity.model.verdicts import Judgement, Report
from comity.report import REPORTERS, as_json, as_text, schema
from comity.report.rdf import as_turtle
from comity.report.rdf.tables import ASKED, CLAIM, PROOF, REQUIREMENT, STEPS


def test_a_judgement_is_written_like_this(report: Report) -> None:
    text = as_text(as_json(report))
    this = f"urn:sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    (block,) = [b for b in as_turtle(report).split("\n\n") if b.startswith(f"<{this}#/requirements/1> ")]
    assert block.splitlines() == [
        f"<{this}#/requirements/1> a comity:Judgement ;",
        "    comity:aboutSubject <https://w3id.org/comity/subject/product:id:https://honey.example/jar/1> ;",
        '    comity:acceptedEvidence "laboratory report" ;',
        '    comity:appliesFrom "2026-01-01"^^xsd:date ;',
        "    comity:basis comity:readInSource ;",
        '    comity:citation "Hive 1, good-1" ;',
        "    comity:criterion <http://hive.example/1/good-1> ;",
        '    comity:judgedOn "2026-05-01"^^xsd:date ;',
        '    comity:marketNotation "meadow" ;',
        f"    comity:proof <{this}#/requirements/1/proof> ;",
        "    comity:rankAsked comity:thirdParty ;",
        '    comity:reason "shown" ;',
        "    comity:requirement <http://hive.example/market/good-1> ;",
        '    comity:ruleNotation "good-1" ;',
        '    comity:testedOn "2026-05-01"^^xsd:date ;',
        "    comity:verdict comity:satisfiedVerdict ;",
        f"    prov:wasDerivedFrom <{this}#/requirements/1/proof> ;",
        '    rdfs:label "Rule good-1" .',
    ]


def test_a_step_is_derived_from_its_premises_and_from_the_place_that_it_reads(report: Report) -> None:
    found = graph(as_turtle(report))
    (said,) = [
        s for s in found.subjects(C.stepKind, C.assessmentStep) if str(s).endswith("/requirements/1/proof/steps/3")
    ]
    before = [URIRef(str(said)[:-1] + n) for n in "012"]
    place = URIRef("urn:sha256:bb#/claim/0")
    assert set(found.objects(said, C.premise)) == set(before)
    assert set(found.objects(said, C.fromEvidence)) == {place}
    assert set(found.objects(said, PROV.wasDerivedFrom)) == {*before, place}
    (inference,) = found.objects(said, PROV.wasGeneratedBy)
    assert (inference, RDF.type, C.Inference) in found
    assert set(found.objects(inference, PROV.used)) == set(before)
    document = URIRef("urn:sha256:00")  # the hash that the step states
    assert set(found.objects(before[0], PROV.hadPrimarySource)) == {document}
    assert set(found.objects(before[0], PROV.wasGeneratedBy)) == set()


def test_the_report_says_of_which_documents_it_was_made_and_when_they_were_issued(report: Report) -> None:
    dpp, dcc, bad = report.documents
    dated = (replace(dpp, validity=Validity(issued="2026-01-05")), replace(dcc, validity=Validity(issued="2025")), bad)
    found = graph(as_turtle(replace(report, documents=dated)))
    (this,) = found.subjects(RDF.type, C.Report)
    documents = [URIRef(f"urn:sha256:{h}") for h in ("aa", "bb", "cc")]
    assert set(found.objects(this, PROV.wasDerivedFrom)) == set(documents)
    assert [str(found.value(d, C.name)) for d in documents] == [d.name for d in report.documents]
    # Days and instants come from the documents; of a year there is no instant, and no clock fills in for it.
    assert set(found.subject_objects(PROV.generatedAtTime)) == {
        (documents[0], Literal("2026-01-05T00:00:00", datatype=XSD.dateTime))
    }
    assert {str(v) for v in found.objects(None, C.issuedOn)} == {"2026-01-05", "2025"}


def test_one_report_is_one_text_and_another_has_other_names(report: Report) -> None:
    assert as_turtle(report) == as_turtle(replace(report)) == REPORTERS["turtle"](report)
    other = replace(report, requirements=report.requirements[::-1])
    mine, others = (set(graph(as_turtle(r)).subjects(RDF.type, C.Judgement)) for r in (report, other))
    assert mine
    assert not mine & others


def test_what_an_engine_leaves_open_has_no_verdict(report: Report, make: Callable[..., Judgement]) -> None:
    found = graph(as_turtle(replace(report, requirements=(make("open", None),), claims=())))
    assert set(found.objects(None, C.ruleNotation)) == {Literal("open")}
    assert (None, C.verdict, None) not in found


def test_what_is_no_iri_or_no_decimal_is_written_as_text(
    report: Report, make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    given: dict[str, Scalar | tuple[str, ...]] = {
        "name": "hives",
        "value": ("10", "12"),
        "source": "given",
        "pointer": "--fact hives",
    }
    derived: dict[str, Scalar | tuple[str, ...]] = {
        "name": "kind",
        "value": ("a",),
        "source": "derived",
        "pointer": "shop/docs/dpp.json#/kind of/1",
    }
    was: dict[str, Scalar | tuple[str, ...]] = {
        "from_value": "1/3",
        "from_unit": "a third",
        "to_value": "100/3",
        "to_unit": "http://qudt.org/unit/X",
    }
    steps = tuple(
        Step(kind, (), detail, "a step")
        for kind, detail in ((StepKind.FACT, given), (StepKind.FACT, derived), (StepKind.CONVERSION, was))
    )
    proof = replace(prove("1", "shop/docs/dpp.json", Assurance.SELF), criterion="no iri at all", steps=steps)
    found = graph(as_turtle(replace(report, claims=(), requirements=(make("x", Verdict.FAILED, proof=proof),))))
    (shown,) = found.subjects(RDF.type, C.Proof)
    assert (shown, C.identifier, Literal("no iri at all")) in found
    first, second, third = sorted(found.subjects(RDF.type, C.Step), key=str)
    assert set(found.objects(first, C.factValue)) == {Literal("10"), Literal("12")}
    assert str(found.value(first, C.statedAt)) == "--fact hives"
    assert str(found.value(second, C.fromEvidence)) == "urn:sha256:aa#/kind%20of/1"
    assert str(found.value(third, C.fromValue)) == "1/3"
    assert str(found.value(third, C.unitText)) == "a third"
    assert (third, C.value, None) not in found
    assert str(found.value(third, C.rational)) == "100/3"


PLACED = {"document", "pointer", "sha256", "rows", "confidences", "places", "reasons", "kind", "premises", "text"}


@pytest.mark.parametrize("kind", list(StepKind))
def test_every_key_of_a_step_is_written(kind: StepKind) -> None:
    keys = set(schema()["$defs"][f"step-{kind.value}"]["properties"])
    assert keys - PLACED <= set(STEPS[kind.value]) <= keys


def test_every_key_of_a_proof_and_of_a_judgement_is_written_or_left_to_the_json() -> None:
    """Leads, conditions in words and what assessments a claim was seen beside stay in the JSON."""
    definitions = schema()["$defs"]
    by_hand = {"subject", "unit", "proof", "counter_proof", "challenges"}
    bounds = {"confidence"}
    assert set(definitions["proof"]["properties"]) - set(PROOF) == {"confidence", "steps", "documents"}
    left = {"id", "actor", "asked", "conditions", "leads", "place"}
    assert set(definitions["requirement"]["properties"]) - set(REQUIREMENT) == by_hand | left | bounds
    assert set(definitions["claim"]["properties"]) - set(CLAIM) == by_hand | {
        "document", "pointer", "assessments", "leads",
    }  # fmt: skip
    assert set(definitions["requirement"]["properties"]["asked"]["properties"]) == set(ASKED)


def test_every_word_is_defined_and_every_verdict_is_one_of_the_vocabulary() -> None:
    slots = [s for table in (*STEPS.values(), PROOF, REQUIREMENT, CLAIM, ASKED) for s in table.values()]
    terms = {p.value for s in slots for p in (s.predicate, s.otherwise) if p is not None}
    assert {t for t in terms if t.startswith(C)} <= {str(s) for s in vocabulary().subjects()}
    _, found = examples()
    used = {t for triple in found for t in triple if isinstance(t, URIRef) and str(t).startswith(C)}
    assert used <= set(vocabulary().subjects())
    assert set(found.objects(None, C.verdict)) <= set(vocabulary().subjects(RDF.type, C.Verdict))
    assert set(found.objects(None, C.stepKind)) <= set(vocabulary().subjects(RDF.type, C.StepKind))


def test_properties_lead_to_what_they_are_for() -> None:
    """An object property has no text, a datatype property no IRI."""
    _, found = examples()
    for _, predicate, value in found:
        kinds = set(vocabulary().objects(predicate, RDF.type))
        if str(predicate).startswith(C):
            expected = {"ObjectProperty"} if isinstance(value, URIRef) else {"DatatypeProperty"}
            assert {str(k).rpartition("#")[2] for k in kinds} & expected, (predicate, value)


def test_nothing_is_an_activity_and_an_entity_at_once() -> None:
    """PROV-O: Activity and Entity are disjoint; what uses is an activity, what is derived is an entity."""
    _, found = examples()
    classes = vocabulary()
    assert (C.Inference, RDFS.subClassOf, PROV.Activity) in classes
    activities = set(found.subjects(PROV.used)) | set(found.objects(None, PROV.wasGeneratedBy))
    derived = {PROV.wasDerivedFrom, PROV.hadPrimarySource}
    entities = {n for s, p, o in found if p in derived for n in (s, o)} | set(found.objects(None, PROV.used))
    entities |= set(found.subjects(PROV.wasGeneratedBy)) | set(found.subjects(PROV.generatedAtTime))
    assert activities
    assert not activities & entities
    assert activities == set(found.subjects(RDF.type, C.Inference))
    for kind in (C.Report, C.Judgement, C.Step):
        assert (kind, RDFS.subClassOf, PROV.Entity) in classes
        assert not activities & set(found.subjects(RDF.type, kind))
    assert (C.Proof, RDFS.subClassOf, PROV.Bundle) in classes  # which is an entity


def test_there_are_no_blank_nodes_and_one_order() -> None:
    arguments = ("check", BATTERY, "--market", "eu", *ON, "--format", "turtle")
    text = run(*arguments)
    assert not [t for triple in graph(text) for t in triple if isinstance(t, BNode)]
    subjects = re.findall(r"^<([^>]*)> a ", text, re.MULTILINE)
    assert subjects == sorted(subjects)
    assert run(*arguments) == text
