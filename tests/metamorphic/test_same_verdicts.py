"""Names and order carry no meaning: other ones, and every verdict, fact and piece of evidence stays."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.metamorphic import rewriting
from tests.metamorphic.conftest import Open
from tests.metamorphic.sets import SETS, Back, Bench, differences

from comity.formats.archives import Input
from comity.judgement import case, trust
from comity.model.knowledge import Knowledge

KEPT_HOSTS = frozenset({"id.gs1.org", "w3id.org"})
"""These name no server of anybody's documents: GS1's own registers, by which a bare number is a GS1 key,
and the criteria of Comity."""

ORDERED = frozenset({"@context", "coordinates"})
"""Lists whose order means something: JSON-LD contexts, and the corners of an area."""

ASKED = [pytest.param(s.name, s.day, id=s.name) for s in SETS]


@pytest.mark.parametrize(("name", "day"), ASKED)
def test_the_order_of_keys_says_nothing(name: str, day: date, open_set: Open) -> None:
    bench = open_set(name)
    _unchanged(bench, day, rewriting.rewrite(bench.inputs, rewriting.shuffle_keys(1)))


@pytest.mark.parametrize(("name", "day"), ASKED)
def test_the_order_of_claims_assessments_and_other_lists_says_nothing(name: str, day: date, open_set: Open) -> None:
    bench = open_set(name)
    _unchanged(bench, day, rewriting.rewrite(bench.inputs, rewriting.shuffle_lists(2, ORDERED)))


@pytest.mark.parametrize(("name", "day"), ASKED)
def test_the_order_of_documents_says_nothing(name: str, day: date, open_set: Open) -> None:
    bench = open_set(name)
    shuffled = list(bench.inputs)
    random.Random(3).shuffle(shuffled)
    _unchanged(bench, day, shuffled)


@pytest.mark.parametrize(("name", "day"), ASKED)
def test_the_names_of_files_say_nothing(name: str, day: date, open_set: Open) -> None:
    bench = open_set(name)
    names = {i.name: f"elsewhere/{len(bench.inputs) - n:02}{Path(i.name).suffix}" for n, i in enumerate(bench.inputs)}

    def back(text: str) -> str:
        for old, new in names.items():
            text = text.replace(new, old)
        return text

    _unchanged(bench, day, [Input.of(names[i.name], i.data) for i in bench.inputs], back=back)


@pytest.mark.parametrize(("name", "day"), ASKED)
def test_other_hosts_say_the_same(name: str, day: date, open_set: Open, tmp_path: Path) -> None:
    """Hosts of aliases stay: by them a citation is known to mean a criterion of Comity."""
    bench = open_set(name)
    kept = KEPT_HOSTS | {host for a in bench.knowledge.aliases if (host := urlsplit(a.iri).hostname)}
    kept |= {host for iri in bench.knowledge.criteria if (host := urlsplit(iri).hostname)} | _listed(bench.knowledge)
    _rehosted(bench, day, _other_names(rewriting.hosts(bench.inputs) - kept), bench.knowledge, tmp_path)


@pytest.mark.parametrize(("name", "day"), ASKED)
def test_other_hosts_in_documents_and_aliases_alike_say_the_same(
    name: str, day: date, open_set: Open, tmp_path: Path
) -> None:
    """Then only the table of aliases knows the hosts, and nothing else in the program."""
    bench = open_set(name)
    kept = KEPT_HOSTS | {host for iri in bench.knowledge.criteria if (host := urlsplit(iri).hostname)}
    names = _other_names(rewriting.hosts(bench.inputs) - kept)
    aliases = tuple(replace(a, iri=rewriting.renamed(a.iri, names)) for a in bench.knowledge.aliases)
    schemes = {
        iri: replace(s, bodies=tuple(rewriting.renamed(b, names) for b in s.bodies))
        for iri, s in bench.knowledge.schemes.items()
    }
    _rehosted(bench, day, names, replace(bench.knowledge, aliases=aliases, schemes=schemes), tmp_path)


@pytest.mark.parametrize(("name", "day"), ASKED)
def test_the_order_and_repetition_of_rows_say_nothing(name: str, day: date, open_set: Open) -> None:
    bench = open_set(name)
    rows = [*bench.knowledge.rows, *bench.knowledge.rows]
    random.Random(4).shuffle(rows)
    criteria = list(bench.knowledge.criteria.items())
    random.Random(5).shuffle(criteria)
    other = replace(
        bench.knowledge,
        rows=tuple(rows),
        criteria=dict(criteria),
        joints=bench.knowledge.joints[::-1],
        choices=bench.knowledge.choices[::-1],
        decompositions=bench.knowledge.decompositions[::-1],
    )
    assert differences(bench.first(day).rows(), bench.ask(day, knowledge=other).rows()) == []


@pytest.mark.parametrize(("name", "day"), ASKED)
def test_a_document_given_twice_says_no_more(name: str, day: date, open_set: Open) -> None:
    """Its claims and evidence stand there twice; what follows from them is the same."""
    bench = open_set(name)
    again = [Input.of(f"again/{n}{Path(i.name).suffix}", i.data) for n, i in enumerate(bench.inputs)]
    names = {new.name: old.name for new, old in zip(again, bench.inputs, strict=True)}
    once, twice = bench.first(day), bench.ask(day, [*bench.inputs, *again])
    for kind in ("requirement", "evidence"):
        before = {r for r in once.rows() if r[0] == kind}
        after = {r for r in twice.rows(lambda text: names.get(text, text)) if r[0] == kind}
        assert {_without_counts(r) for r in before} == {_without_counts(r) for r in after}


@pytest.mark.parametrize(("name", "day"), ASKED)
def test_the_comparison_notices_what_does_carry_meaning(name: str, day: date, open_set: Open) -> None:
    """Hosts replaced in documents alone part every citation from its alias, and every register from its numbers."""
    bench = open_set(name)
    other = rewriting.rewrite(bench.inputs, lambda v: rewriting.strings(v, _elsewhere))
    # What the user says is said of the subjects as they are now called.
    given = tuple(replace(g, subject=_elsewhere(g.subject)) for g in bench.given)
    assert bench.first(day).rows()
    assert differences(bench.first(day).rows(), bench.ask(day, other, given=given).rows())


def _elsewhere(text: str) -> str:
    return text.replace("://", "://x.")


def _unchanged(bench: Bench, day: date, inputs: Sequence[Input], back: Back = lambda text: text) -> None:
    before, after = bench.first(day), bench.ask(day, inputs)
    assert differences(before.rows(), after.rows(lambda text: before.name(back(text)))) == []


def _rehosted(bench: Bench, day: date, names: Mapping[str, str], knowledge: Knowledge, folder: Path) -> None:
    old = {new: host for host, new in names.items()}
    before = bench.first(day)

    def back(text: str) -> str:
        return before.name(rewriting.renamed(text, old))

    given, trusted = bench.given, bench.trusted
    if bench.of.case:
        given = case.read(_copy(bench.of.case, names, folder), knowledge)
    if bench.of.trust:
        trusted = trust.read(_copy(bench.of.trust, names, folder))
    inputs = rewriting.rewrite(bench.inputs, rewriting.rename_hosts(names))
    after = bench.ask(day, inputs, knowledge=knowledge, given=given, trusted=trusted)
    assert differences(before.rows(), after.rows(back)) == []


def _other_names(hosts: set[str]) -> dict[str, str]:
    """Give every host another, in an order that is not that of the alphabet."""
    shuffled = sorted(hosts)
    random.Random(6).shuffle(shuffled)
    return {host: f"{chr(97 + n % 26)}{n}.other.test" for n, host in enumerate(shuffled)}


def _listed(knowledge: Knowledge) -> set[str]:
    bodies = [b for s in knowledge.schemes.values() for b in s.bodies]
    return {m["host"].lower() for b in bodies for m in rewriting.HOST.finditer(b)}


def _copy(path: Path, names: Mapping[str, str], folder: Path) -> Path:
    copy = folder / path.name
    copy.write_text(rewriting.renamed(path.read_text(encoding="utf-8"), names), encoding="utf-8")
    return copy


def _without_counts(row: tuple[object, ...]) -> tuple[object, ...]:
    return (*row[:7], row[8]) if row[0] == "requirement" else row
