"""A mapping row as pages show it."""

from __future__ import annotations

from collections.abc import Iterable

from comity.algebra.relation import converse
from comity.model.classes import dataclass
from comity.model.mappings import Row
from comity.model.scales import Authority, Basis
from comity.publish.library import Library, Ref
from comity.publish.paths import natural_order
from comity.publish.words import AUTHORITY, SEEN_FROM, RelationGroup, between, group


@dataclass(frozen=True, slots=True)
class Statement:
    """One row.

    :param place: its place in the page of its set; ``path`` is that page with the place.
    :param group: what sort of statement it is, read from subject to object.
    :param verb: the words between the two.
    :param together: the other subjects that only together with this one cover the object.
    :param disputed: ids of the rows that it contradicts; ``None`` when it contradicts none.
    """

    id: str
    place: str
    path: str
    subject: Ref
    object: Ref
    group: RelationGroup
    verb: str
    relation: str
    reason: str
    authority: str
    authority_token: str
    is_weak: bool
    confidence: str
    unverified: bool
    basis: str
    author: str
    reviewer: str
    stated_on: str
    valid: str
    scope: str
    together: tuple[Ref, ...]
    disputed: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, from the end that a page is about.

    :param verb: the words between that end and the other.
    """

    other: Ref
    statement: Statement
    verb: str


@dataclass(frozen=True, slots=True)
class OfScheme:
    """Statements about the criteria of one edition."""

    scheme: Ref
    statements: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class OfRelation:
    """Statements of one sort at a criterion, by edition."""

    group: RelationGroup
    schemes: tuple[OfScheme, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(len(s.statements) for s in self.schemes)


def statement(library: Library, row: Row) -> Statement:
    """Write one row."""
    home = library.set_of(row)
    place = home.anchors[row.id] if home else ""
    return Statement(
        id=row.id,
        place=place,
        path=f"{home.path}.html#{place}" if home else "",
        subject=library.ref(row.subject),
        object=library.ref(row.object),
        group=group(row, row.mask),
        verb=between(row, row.mask),
        relation=("not " if row.negated else "") + row.predicate.replace("#", "/").rpartition("/")[2],
        reason=row.reason,
        authority=AUTHORITY[row.authority],
        authority_token=row.authority.token,
        is_weak=row.authority < Authority.REVIEWED,
        confidence="" if row.confidence is None else f"{row.confidence:.0%}".replace("%", " %"),
        unverified=row.basis is Basis.NOT_VERIFIED,
        basis=row.basis.value if row.basis else "",
        author=row.author,
        reviewer=row.reviewer,
        stated_on=row.stated_on.isoformat() if row.stated_on else "",
        valid=_period(row),
        scope=row.scope,
        together=tuple(library.ref(r.subject) for r in _group(library, row) if r.subject != row.subject),
        disputed=library.disputed.get(row.id),
    )


def _period(row: Row) -> str:
    days = (("from", row.valid_from), ("until", row.valid_until))
    return " ".join(f"{word} {day.isoformat()}" for word, day in days if day)


def at(library: Library, iri: str) -> tuple[OfRelation, ...]:
    """Return the rows at a criterion, by what they say of it and by edition."""
    found: dict[RelationGroup, dict[str, list[Entry]]] = {g: {} for g in SEEN_FROM}
    for row in library.rows.get(iri, ()):
        mask, other = (row.mask, row.object) if row.subject == iri else (converse(row.mask), row.subject)
        entry = Entry(library.ref(other), statement(library, row), between(row, mask))
        found[group(row, mask)].setdefault(library.version_of(other), []).append(entry)
    return tuple(OfRelation(g, _by_scheme(library, schemes)) for g, schemes in found.items() if schemes)


def _by_scheme(library: Library, schemes: dict[str, list[Entry]]) -> tuple[OfScheme, ...]:
    refs = {iri: library.ref(iri) for iri in schemes}
    ordered = sorted(schemes, key=lambda iri: (refs[iri].label.casefold(), natural_order(refs[iri].notation)))
    return tuple(OfScheme(refs[iri], tuple(_in_order(schemes[iri]))) for iri in ordered)


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda e: (natural_order(e.other.notation), e.statement.id))


def _group(library: Library, row: Row) -> tuple[Row, ...]:
    return library.joint.get(row.joint_group, ()) if row.joint_group else ()
