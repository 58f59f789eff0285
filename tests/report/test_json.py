"""The report as plain data, and the schema that describes it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from comity.model.evidence import DocumentKind
from comity.model.places import Severity
from comity.model.proofs import Proof, Step, StepKind
from comity.model.scales import Assurance, Authority, Basis, Fact, Level, Verdict
from comity.model.verdicts import Judgement, Report
from comity.report import answers_as_json, as_json, schema, summary


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())


def _plain(report: Report) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(json.dumps(as_json(report)))
    return loaded


def test_a_report_is_what_the_schema_says(report: Report, validator: Draft202012Validator) -> None:
    assert [error.message for error in validator.iter_errors(_plain(report))] == []


def test_the_keys_stand_in_the_order_of_the_design(report: Report) -> None:
    assert list(as_json(report)) == [
        "comity", "on", "policy", "knowledge", "documents", "subjects", "findings", "claims", "markets", "summary",
        "requirements",
    ]  # fmt: skip


def test_one_report_is_one_text(report: Report) -> None:
    assert json.dumps(as_json(report)) == json.dumps(as_json(replace(report)))


def test_every_object_refuses_a_key_that_it_does_not_know(report: Report, validator: Draft202012Validator) -> None:
    def objects(value: object) -> list[dict[str, Any]]:
        if isinstance(value, dict):
            return [value, *(o for v in value.values() for o in objects(v))]
        return [o for v in value for o in objects(v)] if isinstance(value, list) else []

    plain = _plain(replace(report, requirements=report.requirements[-2:-1]))
    for position, found in enumerate(objects(plain)):
        changed = copy.deepcopy(plain)
        objects(changed)[position]["surprise"] = "!"
        if validator.is_valid(changed):
            # Only the parts of a unit have names that users choose and texts for values.
            assert found in (plain["requirements"][0]["unit"], plain["claims"][0]["unit"])


def test_every_property_that_is_required_is_missed(report: Report, validator: Draft202012Validator) -> None:
    plain = _plain(replace(report, requirements=report.requirements[-2:-1]))
    for key in plain:
        assert not validator.is_valid({k: v for k, v in plain.items() if k != key}), key
    for key in plain["requirements"][0]:
        changed = copy.deepcopy(plain)
        del changed["requirements"][0][key]
        assert not validator.is_valid(changed), key


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("verdict", [v.value for v in Verdict]),
        ("assurance", [a.token for a in Assurance]),
        ("authority", [a.token for a in Authority]),
        ("level", [level.value for level in Level]),
    ],
)
def test_the_schema_has_the_words_of_the_domain(name: str, words: list[str]) -> None:
    assert schema()["$defs"][name]["enum"] == words


def test_the_schema_has_the_other_words_of_the_domain() -> None:
    definitions = schema()["$defs"]
    assert definitions["document"]["properties"]["kind"]["enum"] == [k.value for k in DocumentKind]
    assert definitions["requirement"]["properties"]["basis"]["enum"] == [b.value for b in Basis]
    assert definitions["finding"]["properties"]["severity"]["enum"] == [s.value for s in Severity]
    assert definitions["proof"]["properties"]["fact"]["enum"] == [f.value for f in Fact]


def test_the_schema_has_one_step_for_each_kind() -> None:
    definitions = schema()["$defs"]
    steps = {name.removeprefix("step-") for name in definitions if name.startswith("step-")}
    assert steps == {kind.value for kind in StepKind}
    assert {ref["$ref"] for ref in definitions["step"]["oneOf"]} == {f"#/$defs/step-{s}" for s in steps}
    for kind in StepKind:
        assert definitions[f"step-{kind.value}"]["properties"]["kind"] == {"const": kind.value}


def test_a_step_may_not_take_the_place_of_another(report: Report, validator: Draft202012Validator) -> None:
    for kind in StepKind:
        changed = _plain(report)
        step = changed["requirements"][1]["proof"]["steps"][-1]
        assert step["kind"] == "threshold"
        step["kind"] = kind.value
        assert validator.is_valid(changed) is (kind is StepKind.THRESHOLD), kind


def test_the_sentence_of_a_condition_gives_way_to_that_of_its_step(
    make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    proof = prove("18", "a.json", Assurance.SELF)
    step = Step(StepKind.CONDITION, (), {"text": "there are ten hives", "value": True}, "there are ten hives: holds")
    (answer,) = answers_as_json([make("x", Verdict.SATISFIED, proof=replace(proof, steps=(step,)))])
    (plain,) = answer["proof"]["steps"]  # type: ignore[index]
    assert plain == {
        "kind": "condition",
        "premises": [],
        "condition": "there are ten hives",
        "value": True,
        "text": "there are ten hives: holds",
    }


def test_subjects_are_told_by_the_id_that_the_document_wrote(report: Report) -> None:
    plain = _plain(report)
    assert plain["claims"][0]["subject"] == "https://honey.example/jar/1"
    assert plain["markets"][0]["subject"] == "https://honey.example/jar/1"
    assert plain["requirements"][0]["subject"]["id"] == "https://honey.example/jar/1"


def test_a_fact_with_one_word_is_a_word_and_one_with_several_a_list(report: Report) -> None:
    facts = _plain(report)["subjects"][0]["facts"]
    assert facts["kind"] == {"value": "forest", "source": "derived", "pointer": "shop/docs/dpp.json#/kind"}
    assert facts["flowers"]["value"] == ["clover", "lime"]


def test_the_summary_counts_what_there_is(report: Report) -> None:
    assert summary(report) == {
        "claims": {"insufficient-assurance": 1},
        "meadow": {
            "not-applicable": 1,
            "undetermined": 1,
            "upcoming": 1,
            "failed": 1,
            "satisfied": 1,
            "insufficient-assurance": 1,
            "missing": 2,
        },
    }


def test_what_an_engine_leaves_open_is_null_and_counted(
    report: Report, make: Callable[..., Judgement], validator: Draft202012Validator
) -> None:
    open_ = replace(report, requirements=(make("x", None),), policy=replace(report.policy, engine="shacl"))
    plain = _plain(open_)
    assert plain["requirements"][0]["verdict"] is None
    assert plain["summary"]["meadow"] == {"undecided": 1}
    assert validator.is_valid(plain)


def test_an_answer_that_no_market_binds_has_no_market_actor_and_dates(
    make: Callable[..., Judgement], validator: Draft202012Validator
) -> None:
    free = make("x", Verdict.MISSING, market=None, actor=None, applies_from=None, tested_on=None)
    (plain,) = json.loads(json.dumps(answers_as_json([free])))
    assert [plain[key] for key in ("market", "actor", "applies_from", "tested_on")] == [None] * 4
    requirement = {**schema()["$defs"]["requirement"], "$defs": schema()["$defs"]}
    assert Draft202012Validator(requirement).is_valid(plain)


@pytest.mark.parametrize(
    ("kind", "authority"),
    [
        (None, None),  # the evidence is about the rule itself: nobody's row is used
        (StepKind.DERIVED_ROW, None),  # one limit covers another: it follows from the texts
        (StepKind.DECOMPOSITION, None),  # the text declares its parts
        (StepKind.MAPPING, "reviewed"),
        (StepKind.JOINT, "reviewed"),
    ],
)
def test_a_proof_has_the_authority_of_the_rows_that_it_uses_or_none(
    make: Callable[..., Judgement], prove: Callable[..., Proof], kind: StepKind | None, authority: str | None
) -> None:
    proof = prove("18", "a.json", Assurance.SELF)
    steps = (*proof.steps, Step(kind, (4,), {}, "it follows")) if kind else proof.steps
    (answer,) = answers_as_json([make("x", Verdict.SATISFIED, proof=replace(proof, steps=steps))])
    assert answer["proof"]["authority"] == authority  # type: ignore[index]
