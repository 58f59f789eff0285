"""Vocabularies of UNTP: SVC 0.6.1 and CVC 0.7, in and out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from tests.authoring.conftest import comity
from tests.authoring.exchanging import CASES, case, codes, criteria, rows, scheme

from comity.authoring import exchange
from comity.authoring.draft import Draft
from comity.authoring.exchange import cvc, cvc_writing, selecting, svc
from comity.authoring.exchange.things import restored
from comity.authoring.turtle import write_turtle
from comity.knowledge.vocabulary import NS, UNIT
from comity.model.knowledge import Knowledge
from comity.model.places import Severity
from comity.model.scales import Comparator, Kind, Level

TOPICS = "https://vocabulary.uncefact.org/conformity-topics/"


def vocabulary() -> Draft:
    files = [(f"cvc/{p.name}", p.read_bytes()) for p in sorted((CASES / "cvc").glob("*.json"))]
    [read] = exchange.read_all(files)
    assert set(read.files) == {name for name, _ in files}, "files that describe parts of each other are one draft"
    return read.draft


def test_profile_is_an_edition_of_its_scheme() -> None:
    found = scheme(vocabulary())
    assert (found.iri, found.notation) == ("https://wool.example/scheme/spinning/2.1.0", "scheme-spinning-2.1.0")
    assert (found.scheme, found.scheme_label) == ("https://wool.example/scheme", "Wool Scheme")
    assert (found.label, found.version, str(found.in_force_from)) == ("Spinning", "2.1.0", "2026-02-01")
    assert found.stewards == ("https://wool.example",)
    assert restored(found.more, "scheme")["endorsementLevel"] == "endorsed_mandate", "what has no place is kept"


def test_thresholds_levels_tags_and_topics_are_read() -> None:
    found = criteria(vocabulary())
    dust = found["https://wool.example/criterion/dust/1.0.0"]
    assert (dust.notation, dust.kind, dust.level) == ("scheme-spinning-2.1.0-dust", Kind.PERFORMANCE, Level.FACILITY)
    less, more = dust.limits
    # "lower" is better: at most; 0.10 stays what it is, and GP is mg per cubic metre in Recommendation 20.
    assert (less.comparator, less.value, less.unit) == (Comparator.AT_MOST, Fraction(1, 10), UNIT + "MilliGM-PER-M3")
    assert (more.comparator, more.value, more.metric_label) == (None, Fraction(197, 2), "Filters that work")
    assert set(dust.tags) == {"air", "spinning"}
    assert dust.topics == (TOPICS + "workplace-safety",)
    noise = found["https://wool.example/criterion/noise/2.1.0"]
    assert noise.limits == ()
    assert noise.topics == (TOPICS + "workplace-hazard-control",), "topics are known in each of their spellings"
    [graded] = restored(noise.more, "criterion")["performance"]  # type: ignore[misc, str-unpack]
    assert graded["score"] == {"type": ["Score"], "code": "B", "rank": 2}  # type: ignore[index, call-overload]
    levels = restored(scheme(vocabulary()).more, "profile")["criterionScoringFramework"]
    assert [s["code"] for s in levels[0]["score"]] == ["A", "B"]  # type: ignore[index, call-overload, union-attr]


def test_alignments_become_rows_of_the_whole() -> None:
    found = {(r.object, r.predicate.removeprefix(NS), r.foreign) for r in vocabulary().rows}
    assert found == {
        ("https://std.example/9", "superset", "standardAlignment: exceeds"),
        ("https://std.example/10", "references", "standardAlignment"),
        ("https://law.example/wool", "overlaps", "regulatoryAlignment: partial"),
    }
    assert {r.subject for r in vocabulary().rows} == {"https://wool.example/scheme/spinning/2.1.0/root"}


def test_what_a_vocabulary_does_not_say_is_told() -> None:
    # The other profile and one criterion are only named; a threshold has no direction, another no number.
    wanted = [
        "kind-assumed",
        "no-comparator",
        "only-named",
        "only-named",
        *["relation-read"] * 3,
        "threshold-no-number",
    ]
    assert codes(vocabulary()) == wanted


def test_import_loads(tmp_path: Path) -> None:
    from comity import knowledge

    file = tmp_path / "wool.ttl"
    file.write_text(write_turtle(vocabulary()), "utf-8")
    known = knowledge.load([file])
    limit = known.criteria["https://wool.example/criterion/dust/1.0.0/1"].limit
    assert limit is not None
    assert limit.value == Fraction(1, 10)
    assert "no-comparator" in {f.code for f in known.findings}, "one limit does not say how it is compared"


def test_vocabulary_comes_back_from_what_is_written(known: Knowledge) -> None:
    draft = vocabulary()
    again = cvc.read(cvc_writing.write(draft, known).content, "again.json")
    assert criteria(again) == criteria(draft)
    assert scheme(again) == scheme(draft)
    assert rows(again) == rows(draft)


def test_vocabulary_comes_back_by_way_of_turtle(known: Knowledge) -> None:
    from comity.authoring.exchange import rdf, rdf_writing

    draft = vocabulary()
    by_way = rdf.read(rdf_writing.write_turtle(draft, known).content, "wool.ttl")
    again = cvc.read(cvc_writing.write(by_way, known).content, "again.json")
    assert criteria(again) == criteria(draft)
    assert scheme(again) == scheme(draft)
    assert rows(again) == rows(draft)


def test_release_holds_profiles_and_criteria_in_one_file(known: Knowledge) -> None:
    name, content = case("cvc-released.json")
    hats, slippers = cvc.read_all([(name, content)])
    assert (scheme(hats).notation, scheme(hats).state) == ("hats-v1.0", "draft")
    assert scheme(slippers).notation == "slippers-v1.0"
    assert hats.name != slippers.name, "each is written to a file of its own"
    [limit] = criteria(hats)["https://felt.example/hats/v1.0/criterion/3"].limits
    assert (limit.comparator, limit.value, limit.unit) == (Comparator.AT_MOST, Fraction(1), UNIT + "PPM")
    written = json.loads(cvc_writing.write_released(hats, known).content)
    [criterion] = written["includedProfile"][0]["criterion"]
    assert "requiredPerformance" in criterion
    assert "passThreshold" not in criterion
    both = cvc.read(content, name)
    assert "not-carried" in codes(both), "one draft holds one edition, and says what it leaves out"


def test_losses_are_counted(known: Knowledge) -> None:
    losses = [x.message for x in cvc_writing.write(vocabulary(), known).losses]
    assert "kinds of 3 (" in "".join(losses)
    assert all(" of " in message for message in losses)


def test_what_the_format_must_have_and_nobody_knows_is_an_error(known: Knowledge) -> None:
    from dataclasses import replace

    draft = vocabulary()
    undated = replace(draft, scheme=replace(scheme(draft), in_force_from=None))
    errors = [x for x in cvc_writing.write(undated, known).losses if x.severity is Severity.ERROR]
    assert [x.code for x in errors] == ["needed"]


def test_svc_reads_criteria_inside_of_criteria() -> None:
    name, content = case("svc.json")
    draft = svc.read(content, name)
    found = criteria(draft)
    base = "https://yarn.example/rules/3.0"
    assert found[f"{base}#rinse"].parent == f"{base}#water"
    [limit] = found[f"{base}#rinse"].limits
    assert (limit.value, limit.unit, limit.comparator) == (Fraction(60), UNIT + "L", None)
    assert restored(found[f"{base}#water"].more, "svc-criterion")["performanceLevel"] == "Silver"
    assert found[f"{base}#water"].tags == ("water",)
    # The same id, and another name: two criteria, the second under an address of its own.
    assert found[f"{base}#water-2"].label == "Waste water"
    assert codes(draft) == ["kind-assumed", "no-comparator", "same-id"]
    assert [(r.object, r.predicate) for r in draft.rows] == [("https://law.example/water", NS + "references")]


def test_svc_comes_back_from_what_is_written(known: Knowledge) -> None:
    name, content = case("svc.json")
    draft = svc.read(content, name)
    again = svc.read(svc.write(draft, known).content, name)
    assert criteria(again) == criteria(draft)
    assert scheme(again) == scheme(draft)
    assert rows(again) == rows(draft)


def test_levels_of_svc_become_a_scoring_framework_of_cvc(known: Knowledge) -> None:
    name, content = case("svc.json")
    written = json.loads(cvc_writing.write(svc.read(content, name), known).content)
    [framework] = written["includedProfile"][0]["criterionScoringFramework"]
    assert [(s["code"], s["rank"]) for s in framework["score"]] == [("Gold", 1), ("Silver", 2)]


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"a": 1}', b'{"type": "Criterion"}', b'{"type": [1], "id": 2}', b"[1]"]
)
def test_no_vocabulary_is_said_and_nothing_breaks(content: bytes) -> None:
    for read in (cvc.read, svc.read):
        draft = read(content, "a.json")
        assert draft.criteria == ()
        assert [p.severity for p in draft.problems][:1] == [Severity.ERROR]


def test_what_lies_beside_vocabularies_is_passed_over() -> None:
    register = b'{"entries": [{"type": ["ConformityScheme"], "id": "https://a.example"}]}'
    schema = b'{"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {}}'
    files = [("cvc/" + p.name, p.read_bytes()) for p in sorted((CASES / "cvc").glob("*.json"))]
    [read] = exchange.read_all([("register.json", register), ("schema.json", schema), *files])
    passed = [p for p in read.draft.problems if p.code == "passed-over"]
    assert [p.place.document for p in passed] == ["register.json", "schema.json"]
    assert all(p.severity is not Severity.ERROR for p in read.draft.problems)


@pytest.fixture
def schemas(untp_documents: Path) -> Path:
    return untp_documents / "schemas" / "0.7.0-pre"


FORMATS = FormatChecker()


def _is_uri(text: object) -> bool:
    """Formats that need a library of their own are passed over by jsonschema; this one matters."""
    return not isinstance(text, str) or re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", text) is not None


FORMATS.checks("uri")(_is_uri)


def _valid(document: object, schema: Path) -> list[str]:
    validator = Draft202012Validator(json.loads(schema.read_text("utf-8")), format_checker=FORMATS)
    return [f"{e.json_path}: {e.message}" for e in validator.iter_errors(document)]


def _faults(document: dict[str, Any], schemas: Path) -> list[str]:
    """Name what the three schemas of a vocabulary find: of the scheme, of its profiles, and of their criteria."""
    found = _valid(document, schemas / "cvc.ConformityScheme.json")
    for profile in (p for p in document["includedProfile"] if set(p) > {"type", "id", "name"}):
        found += _valid(profile, schemas / "cvc.ConformityProfile.json")
        for criterion in profile["criterion"]:
            found += _valid(criterion, schemas / "cvc.Criterion.json")
    return found


def _check(document: dict[str, Any], schemas: Path) -> None:
    assert _faults(document, schemas) == []


def test_rra_is_valid_as_cvc(schemas: Path, known: Knowledge) -> None:
    version = next(v for v in known.schemes.values() if v.notation == "rra-3.0")
    written = cvc_writing.write(selecting.edition(known, version), known)
    document = json.loads(written.content)
    _check(document, schemas)
    members = document["includedProfile"][0]["criterion"]
    # 33 criteria, and the two numbers of child labour that stand in one of them.
    assert len(members) == 35
    [climate] = [c for c in members if c["id"] == "https://w3id.org/comity/rra/3.0/26"]
    assert climate["name"] == "Climate Action"


def _exported(form: str) -> dict[str, Any]:
    """Return what the command writes of RRA 3.0."""
    done = comity("export", "rra-3.0", "--format", form)
    assert done.exit_code == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_what_the_command_writes_of_rra_is_valid_and_has_all_three_schemas(schemas: Path) -> None:
    document = _exported("cvc")
    _check(document, schemas)
    assert [len(p["criterion"]) for p in document["includedProfile"]] == [35]


Break = Callable[[dict[str, Any], dict[str, Any], dict[str, Any]], object]
BROKEN: dict[str, Break] = {
    "a scheme without a name": lambda scheme, profile, criterion: scheme.pop("name"),
    "a scheme that nobody owns": lambda scheme, profile, criterion: scheme.pop("owner"),
    "a level of endorsement that there is not": lambda s, p, c: s.update(endorsementLevel="endorsed_well"),
    "a key of nobody": lambda scheme, profile, criterion: scheme.update(foo=1),
    "a profile without a first day": lambda scheme, profile, criterion: profile.pop("validFrom"),
    "a day that there is not": lambda scheme, profile, criterion: profile.update(validFrom="2024-02-30"),
    "a status that there is not": lambda scheme, profile, criterion: profile.update(status="fresh"),
    "a criterion without an id": lambda scheme, profile, criterion: criterion.pop("id"),
    "an id that is none": lambda scheme, profile, criterion: criterion.update(id="rra 3.0 1"),
    "a topic as text": lambda scheme, profile, criterion: criterion.update(conformityTopic="climate"),
    "a criterion without a threshold": lambda scheme, profile, criterion: criterion.pop("passThreshold"),
    "the key of the release": lambda s, p, c: c.update(requiredPerformance=c["passThreshold"]),
}


@pytest.mark.parametrize("what", BROKEN)
def test_the_schemas_find_what_is_broken(schemas: Path, what: str) -> None:
    document = _exported("cvc")
    profile = document["includedProfile"][0]
    BROKEN[what](document, profile, profile["criterion"][0])
    assert _faults(document, schemas)


def test_the_release_has_the_same_shape_and_its_own_terms(untp_documents: Path, schemas: Path) -> None:
    """No schema of vocabularies in the release is at hand: it is held to its context, and to what credentials cite.

    Renamed back, it is what the schemas of the pre-release find nothing in.
    """
    document = _exported("cvc-0.7.0")
    text = json.dumps(document)
    assert "passThreshold" not in text
    assert json.loads(text.replace('"requiredPerformance"', '"passThreshold"')) == _exported("cvc")
    context = json.loads((untp_documents / "contexts" / "0.7.0" / "untp-context.jsonld").read_text("utf-8"))["@context"]
    credential = json.loads((untp_documents / "schemas" / "0.7.0" / "ConformityCredential.json").read_text("utf-8"))
    cited = credential["$defs"]["ConformityAssessment"]["properties"]["assessmentCriteria"]["items"]
    profile = document["includedProfile"][0]
    for of, things in (
        ("ConformityScheme", [document]),
        ("ConformityProfile", [profile]),
        ("Criterion", profile["criterion"]),
    ):
        terms = {"id", "type", *context[of]["@context"]}
        assert {key for thing in things for key in thing} <= terms, of
    for criterion in profile["criterion"]:
        assert list(Draft202012Validator(cited, format_checker=FORMATS).iter_errors(criterion)) == []


def test_every_dated_edition_is_valid_as_cvc(schemas: Path, known: Knowledge) -> None:
    for version in known.schemes.values():
        written = cvc_writing.write(selecting.edition(known, version), known)
        if not any(x.severity is Severity.ERROR for x in written.losses):
            _check(json.loads(written.content), schemas)


def test_vocabularies_of_untp_itself(untp_documents: Path, schemas: Path, known: Knowledge) -> None:
    files = sorted((untp_documents / "cvc" / "0.7.0-pre").glob("*_instance.json"))
    [draft] = cvc.read_all((str(p), p.read_bytes()) for p in files)
    found = criteria(draft)
    assert len(found) == 13, "12 criteria and the whole"
    stated = {n: limit for c in found.values() for n, limit in [(c.notation, x) for x in c.limits]}
    assert {n.removeprefix("mas-tantalum-1.0.0-"): (x.value, x.unit) for n, x in stated.items()} == {
        "mass-balance-controls": (Fraction(2), UNIT + "PERCENT"),
        "processor-input-controls": (Fraction(100), UNIT + "PERCENT"),
    }
    assert sorted(len(c.tags) for c in found.values())[-3:] == [5, 6, 9]
    assert [r.predicate.removeprefix(NS) for r in draft.rows] == ["covers", "overlaps", "covers", "covers"]
    assert "criterionScoringFramework" in restored(scheme(draft).more, "profile")
    written = cvc_writing.write(draft, known)
    _check(json.loads(written.content), schemas)
    again = cvc.read(written.content, "again.json")
    assert (criteria(again), scheme(again), rows(again)) == (criteria(draft), scheme(draft), rows(draft))


def test_older_vocabulary_of_untp_itself(untp_documents: Path, known: Knowledge) -> None:
    folder = untp_documents / "cvc" / "0.6.1"
    draft = svc.read((folder / "untp-svc.untp-svc-instance.json").read_bytes(), "svc.json")
    [criterion] = [c for c in criteria(draft).values() if c.kind is not Kind.ROOT]
    # Its two entries have one id and differ in topic and tags alone.
    assert set(criterion.tags) == {"ICAB-123", "ICAB-321", "environment", "forestry"}
    assert set(criterion.topics) == {TOPICS + "renewable-energy-use", TOPICS + "waste-minimization"}
    assert [(x.value, x.unit) for x in criterion.limits] == [(Fraction(10), UNIT + "KiloGM")]
    assert "performanceLevelCode" in restored(scheme(draft).more, "svc-vocabulary")
    written = svc.write(draft, known)
    assert _valid(json.loads(written.content), folder / "untp-svc.untp-svc-schema.json") == []
    again = svc.read(written.content, "svc.json")
    assert (criteria(again), scheme(again), rows(again)) == (criteria(draft), scheme(draft), rows(draft))


def _named(what: str, name: str) -> dict[str, Any]:
    return {"type": [what], "id": f"https://felt.example/{name}", "name": name}


def test_order_and_the_other_profiles_of_a_scheme_come_back_by_way_of_turtle(tmp_path: Path) -> None:
    """RDF has sets: what a vocabulary has in an order of its own is kept beside them."""
    tags = ["water", "air", "earth"]
    members = [
        _named("Criterion", name) | {"version": "1", "status": "active", "conformityTopic": [], "passThreshold": []}
        for name in ("wash", "dry")
    ]
    members[1] |= {"tag": tags, "conformityTopic": [_named("ConformityTopic", t) for t in ("wind", "sun")]}
    profile = _named("ConformityProfile", "felt/1")
    profile |= {"version": "1", "validFrom": "2026-01-01", "status": "active", "subjectType": "facility"}
    profile |= {"criterion": members, "scheme": _named("ConformityScheme", "felt")}
    others = [_named("ConformityProfile", name) for name in ("zinc/1", "brass/1")]
    party = _named("Party", "owner")
    scheme = _named("ConformityScheme", "felt") | {"owner": party, "endorsementLevel": "endorsed_self"}
    scheme |= {"documentation": "https://felt.example/docs", "includedProfile": [others[0], profile, others[1]]}
    file, kept = tmp_path / "felt.json", tmp_path / "felt.ttl"
    file.write_text(json.dumps(scheme), "utf-8")
    assert comity("import", file, "-o", kept).exit_code == 0
    done = comity("export", "felt-1", "--with", kept, "--format", "cvc")
    assert done.exit_code == 0, done.stderr
    written = json.loads(done.stdout)
    assert [p["name"] for p in written["includedProfile"]] == ["zinc/1", "felt/1", "brass/1"]
    assert [c["name"] for c in written["includedProfile"][1]["criterion"]] == ["wash", "dry"]
    assert written["includedProfile"][1]["criterion"][1]["tag"] == tags
    assert written == scheme


def test_tags_that_were_changed_since_are_what_is_written(known: Knowledge) -> None:
    from dataclasses import replace

    draft = vocabulary()
    dust = "https://wool.example/criterion/dust/1.0.0"
    more = {"urn:comity:untp:criterion:tag": ('["spinning", "air"]',)}

    def tags(*words: str) -> object:
        edited = tuple(replace(c, tags=words, more={**c.more, **more}) if c.iri == dust else c for c in draft.criteria)
        document = json.loads(cvc_writing.write(replace(draft, criteria=edited), known).content)
        [found] = [c for c in document["includedProfile"][0]["criterion"] if c["id"] == dust]
        return found["tag"]

    assert tags("air", "spinning") == ["spinning", "air"]
    assert tags("air", "dust") == ["air", "dust"]
