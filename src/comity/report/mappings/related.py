"""How two criteria stand to each other, for people and programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from comity.algebra.edges import FACTS, Travel
from comity.algebra.relating import Path
from comity.algebra.relation import names, token
from comity.authoring import Related
from comity.model.criteria import Criterion
from comity.model.mappings import Relation, Row
from comity.report.mappings.checked import contradiction_as_json, contradiction_as_text
from comity.report.mappings.names import Namer, row_as_json, signed
from comity.report.words import wrap

SAYS: Final = (
    (Relation.EQ, "Meeting {a} guarantees {b}, and the other way round."),
    (Relation.COVERS, "Meeting {a} guarantees {b}."),
    (Relation.COVERED_BY, "Meeting {a} meets a part of {b}; meeting {b} guarantees {a}."),
    (Relation.OVERLAPS, "Meeting {a} meets a part of {b}, at least."),
    (Relation.DR, "Meeting {a} says nothing about {b}: they have nothing in common."),
    (~Relation.COVERS & Relation.ANYTHING, "Meeting {a} does not guarantee {b}; whether it meets a part is not known."),
    (~Relation.COVERED_BY & Relation.ANYTHING, "Meeting {b} does not guarantee {a}; nothing more is known."),
)
"""The first that contains the relation, in words."""

TRAVELS: Final[Mapping[Travel, str]] = {
    Travel.COVERS: "whoever meets all of {a} meets all of {b}; who meets nothing of it meets nothing of {b}",
    Travel.OVERLAPS: "whoever meets all of {a} meets a part of {b}; who meets nothing of it fails a part of {b}",
    Travel.COVERED_BY: "whoever meets a part of {a} meets a part of {b}; who fails a part of it fails a part of {b}",
}


def as_json(related: Related) -> dict[str, object]:
    """Turn what is known of two criteria into plain data."""
    return {
        "subject": related.subject,
        "object": related.object,
        "on": related.on.isoformat(),
        "relation": list(names(related.relating.relation)),
        "complete": related.relating.complete,
        "paths": [
            {
                "relation": list(names(path.relation)),
                "chain": path.chained,
                "rows": [row_as_json(related.rows[key]) for key in path.rows],
            }
            for path in related.relating.paths
        ],
        "facts": [
            {
                "given": given.value,
                "gives": gives.value,
                "authority": authority.token,
                "rows": [row.id for _, rows in steps for row in rows],
            }
            for travel, (authority, steps) in related.facts.items()
            for given, gives in FACTS[travel]
        ],
        "contradiction": contradiction_as_json(related.contradiction) if related.contradiction else None,
        "gate": _gate_as_json(related),
    }


def as_text(related: Related, criteria: Mapping[str, Criterion]) -> str:
    """Write what is known of two criteria for people."""
    namer = Namer(criteria)
    ends = {"a": namer.criterion(related.subject), "b": namer.criterion(related.object)}
    relation = related.relating.relation
    lines = [
        *(_end(iri, namer) for iri in (related.subject, related.object)),
        f"As of {related.on}: {relation_name(relation)}",
        *wrap(says(relation, **ends), 2),
    ]
    for path in related.relating.paths:
        lines += _path(path, related, namer)
    lines += _facts(related, ends)
    lines += _stopped(related, namer)
    if not related.relating.complete:
        lines.append("The rows between the two are too many to be searched in full: more may be known.")
    if related.contradiction is not None:
        lines += contradiction_as_text(related.contradiction, namer)
    return "\n".join(lines)


def _gate_as_json(related: Related) -> dict[str, object] | None:
    if related.gate.open:
        return None
    authority = related.gate.authority
    return {
        "authority": authority.token if authority is not None else None,
        "confidence": related.gate.confidence,
        "relation_without": list(names(related.ungated)),
        "removed": [row_as_json(row) for row in related.stopped],
    }


def _stopped(related: Related, namer: Namer) -> Iterator[str]:
    """Tell what the gate kept out, and what would be known with it."""
    if related.gate.open:
        return
    if not related.stopped:
        yield f"The gate ({related.gate}) kept nothing out that bears on the two."
        return
    yield f"Kept out by the gate ({related.gate}); with them: {relation_name(related.ungated)}"
    for row in related.stopped:
        yield from row_lines(row, namer)


def relation_name(relation: Relation) -> str:
    """Name a relation: by its word, else by what it leaves open.

    >>> relation_name(Relation.COVERS), relation_name(Relation.SUB | Relation.PO), relation_name(Relation.ANYTHING)
    ('covers', 'SUB or PO', 'nothing is known')
    """
    if relation == Relation.ANYTHING:
        return "nothing is known"
    return token(relation) or " or ".join(names(relation))


def says(relation: Relation, a: str, b: str) -> str:
    """Say in a sentence what a relation means for who meets one of the two."""
    if relation == Relation.ANYTHING:
        return f"No row, and no chain of rows, says how {a} stands to {b}."
    either = f"Meeting {a} may guarantee {b} or not."
    return next((text.format(a=a, b=b) for mask, text in SAYS if not relation & ~mask), either)


def _end(iri: str, namer: Namer) -> str:
    known = namer.criteria.get(iri)
    return f"{known.notation}  {known.label}" if known else iri


def _path(path: Path, related: Related, namer: Namer) -> Iterator[str]:
    yield f"{relation_name(path.relation)}, by " + ("this chain:" if path.chained else "all these rows together:")
    for key in path.rows:
        yield from row_lines(related.rows[key], namer)


def row_lines(row: Row, namer: Namer) -> Iterator[str]:
    """Write a row with its place, and by whose word it is."""
    by = ", ".join(filter(None, (row.authority.token, signed(row))))
    yield f"  {namer.statement(row)}   ({by})"
    place = f"{row.place.document} {row.place.path}".strip()
    yield f"    {place}" if row.place.document == row.id.partition("#")[0] else f"    {place}  {row.id}"


def _facts(related: Related, ends: Mapping[str, str]) -> Iterator[str]:
    if related.subject == related.object:
        return
    if not related.facts:
        yield f"No fact about {ends['a']} travels to {ends['b']}: facts travel along rows, not along what is composed."
        return
    yield "Facts travel along rows, not along what is composed. Here:"
    covers = related.facts.get(Travel.COVERS, (-1, ()))[0]
    for travel, (authority, _) in related.facts.items():
        if travel is Travel.OVERLAPS and authority <= covers:
            continue  # who meets all meets a part
        yield from wrap(f"{TRAVELS[travel].format(**ends)} ({authority.token})", 2, 2)
