"""How two criteria stand to each other, by all that the knowledge has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from comity.algebra.edges import Travel
from comity.algebra.reach import Step, following
from comity.algebra.relating import Relating, between, relate
from comity.algebra.ties import Ties, tabulate
from comity.authoring.checking.check import Contradiction, check_mappings
from comity.authoring.relating.gate import OPEN, Gate
from comity.judgement.chain import declared_parts, derived_rows
from comity.knowledge import resolve
from comity.model.classes import dataclass
from comity.model.errors import UnknownNameError
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row
from comity.model.scales import Authority


@dataclass(frozen=True, slots=True)
class Related:
    """What is known of two criteria.

    :param rows: by id, those that the relation names.
    :param facts: how facts travel from the one to the other, along rows: authority and steps; composed relations
        carry none.
    :param contradiction: rows between the two that cannot all be true, and of which nothing follows.
    :param stopped: rows that the gate kept out, although they bear on the two.
    :param ungated: what would be known with them.
    """

    subject: str
    object: str
    on: date
    relating: Relating
    rows: dict[str, Row]
    facts: dict[Travel, tuple[Authority, tuple[tuple[Step, tuple[Row, ...]], ...]]]
    contradiction: Contradiction | None
    gate: Gate = OPEN
    stopped: tuple[Row, ...] = ()
    ungated: Relation = Relation.ANYTHING


def relate_criteria(knowledge: Knowledge, subject: str, object_: str, on: date, gate: Gate = OPEN) -> Related:
    """Relate two criteria by the rows that count on a day.

    :param subject: a name of a rule, or the IRI of a criterion that some row names.
    :param gate: what a row must have to be used; what it keeps out is told.
    :raises UnknownNameError: for a name that nothing has.
    """
    one, other = (_named(knowledge, name) for name in (subject, object_))
    checked = check_mappings(knowledge)
    disputed = {r.id for c in checked.contradictions for r in c.rows}
    declared = (*derived_rows(knowledge), *declared_parts(knowledge.decompositions))
    said = (*knowledge.rows, *declared)
    joints = [
        (j.members, j.covers) for j in knowledge.joints if gate.authority is None or j.authority >= gate.authority
    ]
    joints += [(d.parts, d.whole) for d in knowledge.decompositions if d.complete]

    def related(kept: Iterable[Row]) -> tuple[Ties, tuple[Row, ...], Relating]:
        table, rows = tabulate((r for r in (*kept, *declared) if r.id not in disputed), on)
        ties = Ties.of(table)
        return ties, rows, relate(ties, rows, one, other, joints)

    passed, stopped = gate.divided(knowledge.rows)
    ties, rows, relating = related(passed)
    ungated = related(knowledge.rows)[2] if stopped else relating
    bearing = {key for path in ungated.paths for key in path.rows}
    lying = {r.id for r in between(said, one, other, joints)[0]} if disputed else set()
    return Related(
        one,
        other,
        on,
        relating,
        {r.id: r for r in rows},
        _facts(ties, rows, one, other),
        next((c for c in checked.contradictions if lying & {r.id for r in c.rows}), None),
        gate,
        tuple(r for r in stopped if r.id in bearing),
        ungated.relation,
    )


def _named(knowledge: Knowledge, name: str) -> str:
    try:
        return resolve(knowledge, name).iri
    except UnknownNameError:
        iri = name.strip().strip("<>")
        if any(iri in (r.subject, r.object) for r in knowledge.rows):
            return iri
        raise


def _facts(
    ties: Ties, rows: tuple[Row, ...], one: str, other: str
) -> dict[Travel, tuple[Authority, tuple[tuple[Step, tuple[Row, ...]], ...]]]:
    found = {}
    if one in ties.number and other in ties.number and one != other:
        reached = following(ties, [one])
        for travel in Travel:
            chain = reached.chain(travel, other)
            if chain is not None:
                steps = tuple((step, tuple(rows[r] for r in step.rows)) for step in chain[1])
                found[travel] = Authority(chain[0]), steps
    return found
