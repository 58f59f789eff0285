"""Four executions of one meaning agree on worlds made at random: the engine, OWL RL and SHACL, SPARQL, SQL."""
# ruff: noqa: E501 -- texts to be changed stand here as they stand there

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from tests.worlds import asked, executions
from tests.worlds.chances import LARGE, PLAIN, SMALL, Chances
from tests.worlds.executions import BY_HAND, DisagreementError, by_engine, compare, differing, example, together
from tests.worlds.generator import world
from tests.worlds.world import World

from comity.engines import entail, sql
from comity.engines.bulk import tables
from comity.engines.sql import judge_bulk
from comity.model.scales import Verdict

SIZES = {"small": SMALL, "plain": PLAIN, "large": LARGE}
RUNS = [
    *((name, "small", first, 100) for name in ("OWL RL and SHACL", "SPARQL", "SQL") for first in range(0, 1000, 100)),
    *((name, "large", 0, 40) for name in ("SPARQL", "SQL")),
    *((BY_HAND, "plain", first, 100) for first in range(0, 300, 100)),
]
"""Execution, size of worlds, first seed and number: 1,000 worlds for all four executions, and others for some."""


@cache
def worlds(size: str, first: int, number: int) -> tuple[World, ...]:
    """Make worlds once for all executions."""
    chances: Chances = SIZES[size]
    return tuple(world(seed, chances) for seed in range(first, first + number))


@pytest.mark.parametrize(("name", "size", "first", "number"), RUNS)
def test_executions_agree(name: str, size: str, first: int, number: int) -> None:
    """On satisfied, failed and neither. Where one of these never came up, nothing would have been shown."""
    told = compare(worlds(size, first, number), name)
    assert min(told[v] for v in ("satisfied", "failed", "neither")) >= 10, told


def test_every_verdict_comes_up() -> None:
    """Also those that are neither: a world in which nothing conflicts or ends would hold executions to little."""
    made = [w for first in range(0, 500, 100) for w in worlds("small", first, 100)]
    seen = Counter(j.verdict for w in made for j in w.judgements)
    assert set(seen) == set(Verdict)
    assert min(seen.values()) >= 5, seen


def test_the_same_seed_gives_the_same_world() -> None:
    again = tuple(world(seed, SMALL) for seed in range(20))
    assert again == worlds("small", 0, 100)[:20]


MUTATIONS = {
    "what is opposed goes on": ("b.ranks & (63 - o.ranks)", "b.ranks"),
    "what is opposed does not end": ("OR b.source = b.target THEN", "THEN"),
    "what is opposed goes on together": ("f.ranks & (63 - o.ranks)", "f.ranks"),
    "an admission stands against its own rank only": ("WHEN admitted <> 0 THEN 63 ELSE shown", "WHEN false THEN 63 ELSE shown"),
    "one of several is enough": ("bit_and(f.ranks)", "bit_or(f.ranks)"),
    "not all of several are needed": ("f.role, t.rule, t.target, t.size\nHAVING COUNT(*) = t.size", "f.role, t.rule, t.target, t.size"),
    "one option that fails is enough": ("a.subject, t.rule, t.target, t.size\nHAVING COUNT(*) = t.size", "a.subject, t.rule, t.target, t.size"),
    "what is assumed counts": ("OR NOT e.assumed AND NOT e.unverified", "OR NOT e.unverified"),
    "what is unverified counts": ("OR NOT e.assumed AND NOT e.unverified", "OR NOT e.assumed"),
    "what is unverified speaks against": ("w.verified AND NOT e.unverified AS checked", "w.verified AS checked"),
    "what has ended speaks against": ("WHERE e.valid AND", "WHERE (e.valid OR e.fact = 'not-all') AND"),
    "what has ended counts": ("WHERE e.valid AND", "WHERE (e.valid OR e.fact = 'all') AND"),
    "no scope is asked for": ("WHERE b.scope = '' OR w.scope IS NOT NULL", ""),
    "nothing lies within a scope": ("WHERE b.scope = '' OR w.scope IS NOT NULL", "WHERE b.scope = ''"),
    "routes over unverified records are as good": ("w.verified AND NOT e.unverified AS checked", "NOT e.unverified AS checked"),
    "no role is asked for": ("CASE WHEN f.role = q.role THEN f.ranks ELSE 0 END AS met_in_role", "f.ranks AS met_in_role"),
    "a failure never conflicts": ("THEN CASE WHEN (t.met & r.bit) <> 0 THEN 'conflicting' ELSE 'failed' END", "THEN 'failed'"),
    "an admission never conflicts": ("CASE WHEN (t.met & r.upto & (63 - a.below)) <> 0 THEN 'conflicting' ELSE 'failed' END", "'failed'"),
    "an admission conflicts at the rank asked": ("t.met & r.upto & (63 - a.below)", "t.met & r.bit"),
    "an admission is nothing": ("WHEN t.admitted <> 0 THEN", "WHEN false THEN"),
    "nothing is lifted down": ("k.low AS subject, f.criterion", "k.high AS subject, f.criterion"),
    "nothing is lifted up": ("k.high AS subject, a.criterion", "k.low AS subject, a.criterion"),
    "it applies to all": ("WHERE EXISTS (SELECT 1 FROM applies p WHERE p.requirement = v.requirement AND p.kind = v.kind)", ""),
}  # fmt: skip
"""What is changed in the text, each by what words."""

TEXT = Path(sql.__file__).with_name("bulk.sql").read_text("utf-8")


@cache
def parts() -> dict[str, pa.Table]:
    return together([tables(w.question, w.market) for n in range(0, 500, 100) for w in worlds("small", n, 100)])


@cache
def judged(text: str) -> frozenset[tuple[str, str, str]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sql, "_TEXT", _Text(text))
        rows = judge_bulk(duckdb.connect(), parts()).to_pylist()
    return frozenset((r["requirement"], r["subject"], r["verdict"]) for r in rows if r["verdict"] != "conflicting")


class _Text:
    def __init__(self, text: str) -> None:
        self._text = text

    def read_text(self, _: str) -> str:
        return self._text


@pytest.mark.parametrize("name", MUTATIONS)
def test_these_worlds_hold_each_part_of_the_sql(name: str) -> None:
    """Change one thing in the text, and some world of these comes out otherwise: the worlds could show that."""
    old, new = MUTATIONS[name]
    assert TEXT.count(old) == 1
    assert judged(TEXT.replace(old, new)) != judged(TEXT)


QUERY_MUTATIONS = {
    "the level is not asked": ('IF(?elsewhere, "other level",', 'IF(false, "other level",'),
    "tolerances are not looked at": ("BIND(?value - COALESCE(?below, 0) AS ?low)", "BIND(?value AS ?low)"),
    "validity is not looked at": ('IF(?validity != "valid", ?validity,', 'IF(false, "",'),
    "failing more is failing": ("GRAPH ?edges { ?target comity:covers+ ?known }", "GRAPH ?edges { ?known comity:covers+ ?target }"),
    "who is listed counts as nobody": ("IF(COALESCE(?listed, false), ?declared,", "IF(false, 0,"),
}  # fmt: skip


@pytest.mark.parametrize("name", QUERY_MUTATIONS)
def test_these_worlds_hold_parts_of_the_query(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change one thing in the query, and it contradicts the engine on some world of these."""
    old, new = QUERY_MUTATIONS[name]
    assert asked.QUERY.text.count(old) == 1
    monkeypatch.setattr(asked, "QUERY", replace(asked.QUERY, text=asked.QUERY.text.replace(old, new)))
    assert differing(worlds("plain", 0, 100), BY_HAND)


RULE_MUTATIONS = {
    "one member is enough": ("FILTER(?members = ?had)", ""),
    "failing the weaker is failing": ("?x ?p1 ?y . ?y ?p2 ?z", "?x ?p1 ?y . ?z ?p2 ?y"),
    "nothing is lifted": ("?w ?p1 ?x . ?x ?p2 ?y . ?y ?p3 ?z", "?w ?p1 ?x . ?x ?p2 ?y . ?y ?p3 ?z . ?z ?z ?z"),
    "what holds of all of a class": ("INSERT { ?x a ?d }", "INSERT { ?x a ?c }"),
}
VERDICT_MUTATIONS = {
    "whether it has started": (
        "?binding comity:applies true ; comity:started true ; comity:criterion ?criterion ; comity:showsAll",
        "?binding comity:applies true ; comity:criterion ?criterion ; comity:showsAll",
    ),
    "what speaks against": ("FILTER NOT EXISTS { ?binding comity:showsNotAll ?criterion }", ""),
    "rivals": ("FILTER NOT EXISTS { ?binding comity:rivalShowsAll ?criterion }", ""),
}


@pytest.mark.parametrize("name", [*RULE_MUTATIONS, *VERDICT_MUTATIONS])
def test_these_worlds_hold_parts_of_the_rules(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Change one thing in the rules, or in the query after them, and some world of these comes out otherwise."""
    which = "RULES" if name in RULE_MUTATIONS else "VERDICTS"
    old, new = (RULE_MUTATIONS | VERDICT_MUTATIONS)[name]
    text = getattr(entail, which).read_text("utf-8")
    assert text.count(old) == 1
    changed = tmp_path / "changed"
    changed.write_text(text.replace(old, new), "utf-8")
    monkeypatch.setattr(entail, which, changed)
    assert differing(worlds("small", 0, 100), "SPARQL")


def test_a_disagreement_is_shrunk_and_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an execution forget what speaks against: of a large world the smallest is left, in words."""

    def forgetful(some: Sequence[World]) -> executions.Answers:
        return {k: "satisfied" if v == "failed" else v for k, v in by_engine(some).items()}

    monkeypatch.setattr(executions, "EXECUTIONS", {"the forgetful": forgetful})
    found = [w for w in worlds("small", 0, 100) if "failed" in by_engine([w]).values()][:3]
    with pytest.raises(DisagreementError, match="the engine says failed .* the forgetful says satisfied"):
        compare(found, "the forgetful")
    lines = example(found[0], "the forgetful").splitlines()
    assert len(lines) <= 12
    assert len([x for x in lines if " says of " in x or "claim of" in x]) == 1
    assert not [x for x in lines if re.match(r"  (row|joint|any of|complete|partial)", x)]
