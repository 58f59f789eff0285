"""Semantics, section 4, Subject: "registered id within its scheme". Who says that a plant has one, decides.

Each world: records of two plants, *banka* and *pinang*, that state one number in one register.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from comity import evidence
from comity.formats.archives import Input, open_inputs
from comity.model.evidence import Document
from comity.model.places import Severity
from comity.verify import Given, scene

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "tin-importer" / "documents"
REGISTER = {"type": ["IdentifierScheme"], "id": "https://plants.register.example", "name": "Plants"}
IMPORTER = "did:web:isar-metals.example"
AUDITOR = "did:web:smelter-audit.example"


def record(plant: str, issuer: str = "", number: str = "F-1", operator: str = "", name: str = "") -> Input:
    """The example's facility record of a plant, by somebody, with a number."""
    document = json.loads((EXAMPLE / f"dfr-{plant}.json").read_text("utf-8"))
    subject = document["credentialSubject"]
    document["id"] += f"-{issuer}-{operator}-{name}"
    if issuer:
        document["issuer"]["id"] = issuer
    if operator:
        subject["relatedParty"][0]["party"] = {"type": ["Party"], "id": operator, "name": operator}
    if number:
        subject["registeredId"], subject["idScheme"] = number, REGISTER
    if name:
        subject["id"] = f"https://facilities.register.example/{name}"
    content = json.dumps(document).encode()
    return Input(f"{plant}-{issuer or 'own'}-{name}.json", lambda: content)


BANKA, PINANG = (f"facility:id:https://facilities.register.example/{n}" for n in ("banka", "pinang"))


def plants(inputs: Sequence[Input]) -> tuple[set[str], list[str]]:
    """Return the plants that documents speak of, and the documents that would have joined some."""
    found: tuple[Document, ...] = evidence.read(inputs)
    told = [d.name for d in found for f in d.findings if f.code == "joined-by-another"]
    levels = {f.severity for d in found for f in d.findings if f.code == "joined-by-another"}
    assert levels <= {Severity.WARNING}
    return {s.key for d in found for s in d.subjects if s.key.startswith("facility:")}, told


def test_a_buyer_gives_two_plants_one_number() -> None:
    given = [record("banka", number=""), record("pinang", number="")]
    bridge = [record("banka", IMPORTER), record("pinang", IMPORTER)]
    found, told = plants([*given, *bridge])
    assert found == {BANKA, PINANG}
    assert told == [i.name for i in bridge]


def test_a_buyer_gives_one_plant_the_number_of_the_other() -> None:
    found, told = plants([record("banka"), record("pinang", number=""), record("pinang", IMPORTER)])
    assert found == {BANKA, PINANG}
    assert f"pinang-{IMPORTER}-.json" in told


def test_a_buyer_who_calls_himself_the_operator_is_not_believed_against_others() -> None:
    given = [record("banka", number=""), record("pinang", number="")]
    bridge = [record(p, IMPORTER, operator=IMPORTER) for p in ("banka", "pinang")]
    assert plants([*given, *bridge])[0] == {BANKA, PINANG}


def test_of_two_operators_each_may_be_wrong() -> None:
    """Pinang states Banka's number in its own record: that is its word about Banka's plant as well."""
    found, told = plants([record("banka"), record("pinang")])
    assert found == {BANKA, PINANG}
    assert len(told) == 2


def test_who_operates_both_may_say_that_they_are_one() -> None:
    old = record("banka", name="banka-before-2020")
    found, told = plants([record("banka"), old])
    assert (len(found), told) == (1, [])


def test_who_alone_uses_a_name_may_say_whose_it_is() -> None:
    """An auditor's own name for the plant, with the number that the operator states."""
    theirs = record("banka", AUDITOR, name="audited-17")
    assert len(plants([record("banka"), theirs])[0]) == 1
    by_all = [record("banka"), theirs, record("banka", IMPORTER, number="", name="audited-17")]
    assert len(plants(by_all)[0]) == 2, "where others use the name, too, it is not the auditor's own"


def test_numbers_that_join_nothing_stay() -> None:
    found, told = plants([record("banka", IMPORTER), record("pinang", number="")])
    assert (found, told) == ({BANKA, PINANG}, [])


@pytest.mark.parametrize("issuer", ["", IMPORTER])
def test_the_replay_reads_the_same(issuer: str) -> None:
    """Verify shares no code with reading, and keeps the same plants apart."""
    from comity.cli import replay
    from comity.cli.load import knowledge

    inputs = [*open_inputs([EXAMPLE]), record("banka", issuer), record("pinang", issuer)]
    given: Given = replay.given(knowledge([]), {i.name: i.data for i in inputs}, None)
    same = scene.Scene(given, given.documents, {}).same
    assert same.of(BANKA) != same.of(PINANG)
    number = "facility:reg:plants.register.example#F-1"
    assert same.of(number) not in (same.of(BANKA), same.of(PINANG))
    twice = [*open_inputs([EXAMPLE]), record("banka"), record("banka", name="older")]
    given = replay.given(knowledge([]), {i.name: i.data for i in twice}, None)
    joined = scene.Scene(given, given.documents, {}).same
    assert joined.of(BANKA) == joined.of("facility:id:https://facilities.register.example/older")
