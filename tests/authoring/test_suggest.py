"""Suggested pairs of a small orchard standard and a small garden standard, with what must rank first and why."""

from __future__ import annotations

import time
from dataclasses import replace
from fractions import Fraction

import pytest

from comity.authoring.sssom import write_sssom
from comity.authoring.suggesting.rows import reasons, suggested
from comity.authoring.suggesting.suggest import Suggestion, suggest
from comity.formats import sssom
from comity.knowledge import load
from comity.knowledge.loader import mapping_sets
from comity.model.criteria import Criterion, Limit, SchemeVersion
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row
from comity.model.places import Place
from comity.model.scales import Authority, Basis, Comparator, Kind, Level, ThresholdRole

BASE = "https://example.org/"
SHADE = BASE + "topic/shade"


def version(name: str) -> SchemeVersion:
    return SchemeVersion(BASE + name, name, name.title(), BASE + name, "1", "", Basis.READ_IN_SOURCE)


def criterion(scheme: str, number: str, label: str, text: str = "", **more: object) -> Criterion:
    plain = Criterion(
        f"{BASE}{scheme}/{number}",
        f"{scheme}-{number}",
        label,
        text,
        BASE + scheme,
        Kind.PROCESS,
        Level.FACILITY,
        number,
        "",
        Basis.READ_IN_SOURCE,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def limit(name: str, value: int, qualifier: str = "") -> Limit:
    qualifiers = {BASE + "of": BASE + qualifier} if qualifier else {}
    role, at_least = ThresholdRole.LIMIT, Comparator.AT_LEAST
    return Limit(BASE + name, BASE + "metric/rest", role, at_least, Fraction(value), None, qualifiers)


def row(key: str, subject: str, object_: str, mask: Relation = Relation.COVERS) -> Row:
    return Row(key, BASE + subject, "covers", BASE + object_, mask, Authority.REVIEWED, Place("third.sssom.tsv"))


CRITERIA = (
    criterion("orchard", "1", "Pruning of fruit trees", "Trees are pruned each winter with clean shears."),
    criterion("orchard", "2", "Ladders", "A ladder stands firm before somebody climbs it."),
    criterion("orchard", "3", "Rest", limit=limit("a", 30)),
    criterion("orchard", "4", "Canopy", topics=(SHADE,)),
    criterion("orchard", "5", "Pickers", "Quokka."),
    criterion("garden", "1", "Winter pruning", "Fruit trees are cut back with shears that are clean."),
    criterion("garden", "2", "Pond", "Frogs find water all year."),
    criterion("garden", "3", "Breaks", limit=limit("b", 20)),
    criterion("garden", "4", "Pergola", topics=(SHADE,)),
    criterion("garden", "5", "Gatherers", "Wombat."),
    criterion("garden", "6", "Naps", limit=limit("c", 20, "cats")),
    criterion("meadow", "1", "Harvesters", "Numbat."),
)
ROWS = (row("m1", "orchard/5", "meadow/1"), row("m2", "meadow/1", "garden/5"))


@pytest.fixture(scope="module")
def small() -> Knowledge:
    versions = [version(name) for name in ("orchard", "garden", "meadow")]
    return replace(
        load(),
        schemes={v.iri: v for v in versions},
        criteria={c.iri: c for c in CRITERIA},
        decompositions=(),
        rows=ROWS,
        declined=(),
        metrics={},
        labels={SHADE: "Shade"},
    )


def ends(knowledge: Knowledge) -> tuple[SchemeVersion, SchemeVersion]:
    return knowledge.schemes[BASE + "orchard"], knowledge.schemes[BASE + "garden"]


def found(knowledge: Knowledge, number: str, top: int = 10) -> list[Suggestion]:
    return [s for s in suggest(knowledge, *ends(knowledge), top) if s.subject.notation == f"orchard-{number}"]


@pytest.mark.parametrize(
    ("number", "first", "why"),
    [
        ("1", "garden-1", "words in common: "),
        ("3", "garden-3", "numbers on one metric, https://example.org/metric/rest: >= 30 and >= 20"),
        ("4", "garden-4", "shared topic: Shade"),
        ("5", "garden-5", "path: orchard-5 covers meadow-1, meadow-1 covers garden-5"),
    ],
)
def test_the_right_pair_ranks_first_and_says_why(small: Knowledge, number: str, first: str, why: str) -> None:
    best = found(small, number)[0]
    assert best.object.notation == first
    assert any(reason.startswith(why) for reason in reasons(small, best))


def test_words_are_told_as_they_stand(small: Knowledge) -> None:
    """Pruned and pruning have one stem, trees and shears are in both; "with" and "are" tell nothing apart."""
    said = found(small, "1")[0].words
    assert {"pruning", "trees", "shears"} & set(said)
    assert not {"with", "are"} & set(said)


def test_numbers_of_different_things_rank_lower(small: Knowledge) -> None:
    """Orchard 3 says nothing of cats; a limit for cats only is no contradiction, so both count alike."""
    assert [s.object.notation for s in found(small, "3")] == ["garden-3", "garden-6"]
    dogs = criterion("orchard", "3", "Rest", limit=limit("a", 30, "dogs"))
    changed = replace(small, criteria={**small.criteria, dogs.iri: dogs})
    best, other = found(changed, "3")
    assert (best.object.notation, other.object.notation) == ("garden-3", "garden-6")
    assert best.score > other.score


def test_what_has_nothing_in_common_is_not_suggested(small: Knowledge) -> None:
    assert found(small, "2") == []
    assert "garden-2" not in {s.object.notation for s in suggest(small, *ends(small), 10)}


def test_a_path_ends_where_its_rows_do(small: Knowledge) -> None:
    assert found(replace(small, rows=ROWS[:1]), "5") == []


def test_rows_between_the_two_make_no_path(small: Knowledge) -> None:
    """Orchard 5 to garden 2 is known: it is left out, and it does not lead from orchard 5 to garden 5 either."""
    known = replace(small, rows=(row("own", "orchard/5", "garden/2"),))
    assert found(known, "5") == []


def test_what_is_related_or_declined_is_left_out(small: Knowledge) -> None:
    known = replace(small, rows=(*ROWS, row("back", "garden/1", "orchard/1", Relation.DR)))
    assert found(known, "1") == []
    again = suggest(known, *ends(known), 10, again=True)
    assert ("orchard-1", "garden-1") in {(s.subject.notation, s.object.notation) for s in again}


def test_the_same_knowledge_gives_the_same_list(small: Knowledge) -> None:
    turned = replace(small, criteria=dict(reversed([*small.criteria.items()])), rows=ROWS[::-1])
    one, other = (suggest(k, *ends(k), 10) for k in (small, turned))
    assert [(s.subject.iri, s.object.iri, s.score, s.words) for s in one] == [
        (s.subject.iri, s.object.iri, s.score, s.words) for s in other
    ]


def test_top_cuts_each_criterion_off(small: Knowledge) -> None:
    assert len(found(small, "3", top=1)) == 1


def test_rows_are_suggestions_whose_relation_is_open(small: Knowledge) -> None:
    pairs = suggest(small, *ends(small), 3)
    draft = suggested(small, *ends(small), pairs, small.checked_on)
    read = mapping_sets(small, [sssom.read(write_sssom(draft).encode(), "new.sssom.tsv")])
    assert [f for f in read.findings if f.severity == "error"] == []
    assert len(read.rows) == len(pairs)
    assert {r.authority for r in read.rows} == {Authority.SUGGESTED}
    assert all(r.lead and r.mask is Relation.ANYTHING and r.predicate == "closeMatch" for r in read.rows)
    by_path = next(r for r in read.rows if r.subject.endswith("orchard/5"))
    assert by_path.justification == "semapv:MappingChaining"
    assert by_path.reason.endswith("Does meeting orchard-5 guarantee garden-5?")


def test_the_largest_pair_takes_less_than_two_seconds() -> None:
    knowledge = load()
    names = {v.notation: v for v in knowledge.schemes.values()}
    start = time.process_time()
    pairs = suggest(knowledge, names["eu-batt-2023-1542"], names["irma-1.0"], 3)
    assert time.process_time() - start < 2
    assert pairs
