"""Loading: the knowledge that Comity ships, the user's own, and the example of a market in data files."""

from __future__ import annotations

import shutil
from datetime import date
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest

from comity.knowledge import load, survey
from comity.model import requirements
from comity.model.errors import KnowledgeError
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation
from comity.model.places import Severity
from comity.model.requirements import FloatingDate
from comity.model.scales import Assurance, Authority, Basis, Comparator, Level

ACT = "https://arcadia.example/garment-act/2026/"


@pytest.fixture(scope="module")
def garment(root: Path) -> Path:
    return root / "examples" / "garment"


@pytest.fixture(scope="module")
def knowledge(garment: Path) -> Knowledge:
    return load([garment])


def test_what_comity_ships_is_sound() -> None:
    findings = [f for f in survey().findings if f.severity is Severity.ERROR]
    assert findings == []


def test_what_comity_ships_says_when_it_was_checked() -> None:
    shipped = load()
    assert shipped.version != "0"
    assert shipped.checked_on > date(2026, 1, 1)


def test_the_example_adds_a_market(knowledge: Knowledge) -> None:
    market = knowledge.markets["arcadia"]
    assert market.authority is Authority.REVIEWED
    assert market.checked_on == date(2026, 11, 1)
    assert [r.notation for r in market.requirements] == [
        "arc-ga-art3-1-a",
        "arc-ga-art3-1-b",
        "arc-ga-art4-1",
        "arc-ga-art5-1",
        "arc-ga-art6-1",
    ]
    assert len(market.notes) == 1


def test_a_limit_is_exact(knowledge: Knowledge) -> None:
    limit = knowledge.criteria[ACT + "art3-1-b"].limit
    assert limit is not None
    assert (limit.comparator, limit.value) == (Comparator.AT_MOST, Fraction(75))
    assert limit.unit == "http://qudt.org/vocab/unit/MilliGM-PER-KiloGM"
    assert list(limit.qualifiers.values()) == ["https://arcadia.example/qualifier/test-method/iso-14184-1"]


def test_a_requirement_takes_from_its_criterion_what_it_does_not_say(knowledge: Knowledge) -> None:
    requirement = knowledge.markets["arcadia"].requirements[1]
    assert requirement.label == "Formaldehyde: articles worn on the skin"
    assert requirement.citation == "Garment Act 2026, Art. 3(1)(b)"
    assert requirement.unit_parts == ("model",)
    assert (requirement.rank, requirement.level) == (Assurance.THIRD_PARTY, Level.PRODUCT)
    assert requirement.actor_label == "manufacturer"  # the label of a role that Comity ships
    assert requirement.starts == date(2026, 7, 1)


def test_a_condition_a_floating_date_and_an_exemption(knowledge: Knowledge) -> None:
    skin, organic, wages = (knowledge.markets["arcadia"].requirements[i] for i in (1, 2, 4))
    condition = knowledge.conditions[skin.conditions[0]]
    assert isinstance(condition, requirements.Test)
    assert (condition.fact, condition.operator, condition.values) == ("wear-class", "=", ("skin-contact",))
    assert isinstance(organic.starts, FloatingDate)
    assert (organic.starts.months, organic.starts.fixed) == (12, date(2027, 1, 1))
    assert knowledge.acts[organic.starts.act].adopted_on is None
    exemption = knowledge.exemptions[wages.exemptions[0]]
    assert exemption.condition in knowledge.conditions


def test_mapping_rows_keep_file_and_line(knowledge: Knowledge, garment: Path) -> None:
    rows = {row.id: row for row in knowledge.rows if row.id.startswith(("fl-ga", "ot-ga"))}
    assert rows["fl-ga-1"].mask == Relation.SUP
    assert rows["fl-ga-1"].authority is Authority.REVIEWED
    path = garment / "knowledge" / "fair-loom--garment-act.sssom.tsv"
    line = int(rows["fl-ga-1"].place.pointer.removeprefix("line "))
    assert path.read_text().splitlines()[line - 1].startswith("fl-ga-1\t")
    # "Not covers" is everything but EQ and SUP.
    assert rows["fl-ga-2"].mask == Relation.SUB | Relation.PO | Relation.DR
    assert rows["fl-ga-2"].negated
    assert rows["ot-ga-1"].basis is Basis.NOT_VERIFIED


def test_tables_add_to_those_that_comity_ships(knowledge: Knowledge) -> None:
    shipped = load()
    aliases = {a.iri: a for a in knowledge.aliases}
    assert aliases["https://fair-loom.example/criteria/effluent"].name == "*effluent*"
    assert aliases["https://arcadia.example/law/garment-act-2026"].document_level
    for name in ("aliases", "metric_rules", "defaults", "derivations"):
        assert len(getattr(shipped, name)) < len(getattr(knowledge, name))


def test_the_users_rules_come_first_and_those_without_a_name_last(knowledge: Knowledge) -> None:
    # The first rule that matches counts: an identifier that stands for many metrics must not hide a name.
    rules = [(rule.id.startswith("garment-"), bool(rule.name)) for rule in knowledge.metric_rules]
    assert rules == sorted(rules, key=lambda rule: (not rule[1], not rule[0]))
    assert knowledge.derivations[0].id.startswith("garment-")


def test_the_digest_is_of_contents_not_of_places(garment: Path, tmp_path: Path, knowledge: Knowledge) -> None:
    shutil.copytree(garment / "knowledge", tmp_path / "mine")
    copy = load([tmp_path / "mine"])
    assert copy.sha256 == knowledge.sha256 != load().sha256
    table = tmp_path / "mine" / "aliases.csv"
    table.write_text(table.read_text() + "\n")
    assert load([tmp_path / "mine"]).sha256 != knowledge.sha256


def test_a_file_named_twice_is_read_once(garment: Path, knowledge: Knowledge) -> None:
    assert load([garment, garment / "knowledge" / "aliases.csv", garment]) == knowledge


def test_the_order_of_paths_does_not_matter(garment: Path, knowledge: Knowledge) -> None:
    assert load(sorted((garment / "knowledge").iterdir(), reverse=True)).sha256 == knowledge.sha256


@pytest.mark.parametrize("name", ["nowhere", "notes.txt", "empty"])
def test_a_path_that_holds_no_knowledge_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    with pytest.raises(KnowledgeError) as raised:
        load([tmp_path / name])
    assert [f.code for f in raised.value.findings] == ["no-knowledge"]
    assert name in str(raised.value)


def test_a_users_mistake_names_the_users_file(garment: Path, tmp_path: Path) -> None:
    shutil.copytree(garment / "knowledge", tmp_path / "mine")
    file = tmp_path / "mine" / "arcadia.ttl"
    lines = file.read_text().splitlines()
    number = next(i for i, line in enumerate(lines) if "comity:policyAuthority" in line)
    lines[number] = "    comity:policyAuthority comity:royal ;"
    file.write_text("\n".join(lines))
    with pytest.raises(KnowledgeError) as raised:
        load([tmp_path / "mine"])
    assert raised.value.place.document == str(file)
    assert raised.value.place.pointer == f"line {number + 1}"
    assert "'royal' is none of inferred, suggested," in str(raised.value)


def test_a_column_that_nothing_reads_is_a_warning(tmp_path: Path) -> None:
    table = tmp_path / "codes.csv"
    table.write_text("list,code,token,note,colour\nhues,R,red,,x\n")
    found = load([table])
    assert found.codes["hues"] == {"r": "red"}
    assert [f.message for f in found.findings if f.code == "table-unknown"] == ["Nothing reads the column colour."]


def test_what_nothing_reads_is_named(garment: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(garment / "knowledge", mine)
    # A misspelt table, a table that Comity does not let users have, a mapping set and Turtle under wrong names.
    for name in ("policies.csv", "notations.csv", "x.tsv", "x.json", "own.TTL", "deep/more.csv"):
        (mine / name).parent.mkdir(exist_ok=True)
        (mine / name).write_text("a\tb\n")
    # What people read, what other options take, what editors leave.
    for name in ("readme.txt", "case.toml", ".own.ttl.swp"):
        (mine / name).write_text("x")
    expected = [f"{mine}/{n}" for n in ("deep/more.csv", "notations.csv", "own.TTL", "policies.csv", "x.json", "x.tsv")]
    for found in (load([mine]), load([mine]), survey([mine])):  # read, from its snapshot, and in spite of errors
        unread = [f for f in found.findings if f.code == "unread-file"]
        assert [f.place.document for f in unread] == expected
        assert {f.severity for f in unread} == {Severity.WARNING}


def test_the_users_files_are_known_by_content(tmp_path: Path, garment: Path, knowledge: Knowledge) -> None:
    assert load().own == ()
    assert len(knowledge.own) == 9
    file = knowledge.own[0]
    assert file.name == (garment / "knowledge" / "aliases.csv").as_posix()
    assert file.sha256 == sha256((garment / "knowledge" / "aliases.csv").read_bytes()).hexdigest()
