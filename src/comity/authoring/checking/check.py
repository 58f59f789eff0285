"""Check mapping sets: rows that cannot be read, and rows that cannot all be true (semantics, section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from comity.algebra.consistency import Conflict, ForcedEqual, check
from comity.algebra.glue import masses
from comity.algebra.ties import Ties, tabulate
from comity.authoring.checking.limits import CODE as LIMITS_DISAGREE
from comity.authoring.checking.limits import disagreeing
from comity.formats.sssom import SssomFile, expand
from comity.judgement.chain import derived_rows
from comity.knowledge import mapping_sets
from comity.model.classes import dataclass
from comity.model.criteria import JointCoverage
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row
from comity.model.places import Finding, Severity


class Sort(StrEnum):
    """Why rows cannot all be true; ``comity explain`` has a page for each."""

    STRICT_CIRCLE = "strict-circle"
    DISJOINT_FROM_PARTS = "disjoint-from-parts"
    CONTRADICTION = "contradiction"
    AGAINST_THRESHOLDS = "against-thresholds"


RULES: Mapping[str, tuple[Severity, str]] = {
    Sort.CONTRADICTION: (
        Severity.ERROR,
        "No sets of obligations stand to each other as these mapping rows say. One row at least is wrong; nothing "
        "follows from any of them until somebody mends it.",
    ),
    Sort.STRICT_CIRCLE: (
        Severity.ERROR,
        "Mapping rows go round in a circle in which each criterion asks for at least as much as the next, and one of "
        "them for strictly more: a criterion would ask for more than itself.",
    ),
    Sort.DISJOINT_FROM_PARTS: (
        Severity.ERROR,
        "A criterion is said to share nothing with any part of a whole, and to share something with the whole that "
        "these parts cover together.",
    ),
    Sort.AGAINST_THRESHOLDS: (
        Severity.ERROR,
        "The relation of a row is not that of the two limits: the numbers say which of them asks for more.",
    ),
    LIMITS_DISAGREE: (
        Severity.WARNING,
        "A row says that one criterion guarantees another, and each of the two has a limit on one metric whose values "
        "need not meet the other. Judgement takes the row at its word, as a text may ask for more than its numbers.",
    ),
    "forced-equal": (
        Severity.WARNING,
        "Mapping rows make several criteria of one edition equal. Where one criterion was mapped as equal to each of "
        "several, they usually cover it together: give the rows one joint_group.",
    ),
    "exploding-reach": (
        Severity.WARNING,
        "So many criteria hang together that what is met by one says something of nearly all. A few rows that nothing "
        "else bears out join them: look at these first. Until then, what a requirement follows from is long to read.",
    ),
    "unchecked-block": (
        Severity.WARNING,
        "A part of the network is too large and too entangled to search for every contradiction; those that show "
        "along chains of rows were found.",
    ),
}
"""The codes of what is found among rows that can each be read."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Rows that cannot all be true.

    :param given: what they conflict with beside each other: IRIs of decompositions and joint coverages, and
        ``derived:A--B`` for what the limits of two criteria say.
    :param minimal: true when each of them is needed; false when these are all rows that bear on it.
    """

    sort: Sort
    rows: tuple[Row, ...]
    given: tuple[str, ...]
    minimal: bool


@dataclass(frozen=True, slots=True)
class ForcedRows:
    """Criteria of one edition that rows make equal."""

    version: str
    criteria: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Exploding:
    """Criteria that a few rows tie into one mass.

    :param criteria: how many.
    :param left: how many would hang together at most without those rows.
    :param rows: those that nothing else bears out; what joins most stands first.
    :param requirements: notations of the markets' requirements that lie in it.
    """

    criteria: int
    left: int
    rows: tuple[Row, ...]
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    :param prefixes: IRI to prefix, as the files write it.
    :param unchecked: criteria of each part of the network that was too entangled to be searched.
    """

    files: tuple[str, ...]
    rows: int
    findings: tuple[Finding, ...]
    contradictions: tuple[Contradiction, ...]
    equal: tuple[ForcedRows, ...]
    unchecked: tuple[tuple[str, ...], ...]
    prefixes: Mapping[str, str]
    exploding: tuple[Exploding, ...] = ()

    @property
    def failed(self) -> bool:
        """True when somebody must mend something."""
        return bool(self.contradictions) or any(f.severity is Severity.ERROR for f in self.findings)


def check_mappings(knowledge: Knowledge, files: Sequence[SssomFile] | None = None) -> Checked:
    """Check mapping sets against the knowledge, and together with the rows that it has.

    :param files: the sets to check; a row of theirs stands for the knowledge's row of the same id. ``None`` to
        check the knowledge's own sets.
    :returns: what concerns these sets: a contradiction that needs none of their rows is not among it.
    """
    if files is None:
        own = tuple(f for f in knowledge.findings if f.place.document.endswith(".sssom.tsv"))
        names = tuple(dict.fromkeys(r.place.document for r in knowledge.rows))
        return _check(knowledge, knowledge.rows, (), (), (names, own, {}))
    sets = mapping_sets(knowledge, files)
    ids = {r.id for r in sets.rows}
    rows = _told_apart(sets.rows)
    others = tuple(r for r in knowledge.rows if r.id not in ids)
    prefixes = {iri: prefix for file in files for prefix, iri in file.prefixes.items()}
    about = (tuple(f.name for f in files), sets.findings, prefixes)
    return _check(knowledge, rows, others, sets.joints, about, _editions(files))


def _check(
    knowledge: Knowledge,
    rows: Sequence[Row],
    others: Sequence[Row],
    joints: Iterable[JointCoverage],
    about: tuple[tuple[str, ...], tuple[Finding, ...], Mapping[str, str]],
    editions: Mapping[str, str] | None = None,
) -> Checked:
    groups = (*knowledge.joints, *joints)
    derived = tuple(derived_rows(knowledge))
    found = check(
        (*rows, *others),
        given=derived,
        joints=groups,
        decompositions=knowledge.decompositions,
        versions={**(editions or {}), **{c.iri: c.version for c in knowledge.criteria.values()}},
    )
    by_id = {r.id: r for r in (*rows, *others)}
    ours = {r.id for r in rows}
    mapped = {end for r in rows for end in (r.subject, r.object)}
    together = {j.iri for j in groups} | {d.iri for d in knowledge.decompositions}
    names, findings, prefixes = about
    return Checked(
        names,
        len(rows),
        (*findings, *disagreeing(knowledge, rows)),
        tuple(_contradiction(c, by_id, together) for c in found.conflicts if ours & set(c.rows)),
        tuple(_forced(e, by_id) for e in found.equal if ours & set(e.rows)),
        tuple(block for block in found.unchecked if mapped & set(block)),
        prefixes,
        tuple(_exploding(knowledge, [r for r in (*rows, *others, *derived) if r.id not in found.disputed], ours)),
    )


def _exploding(knowledge: Knowledge, rows: Iterable[Row], ours: set[str]) -> Iterator[Exploding]:
    """Find masses that some of the rows which are checked help to glue."""
    table, kept = tabulate(rows, knowledge.checked_on)
    required = [(r.criterion, r.notation) for m in knowledge.markets.values() for r in m.requirements]
    for mass in masses(Ties.of(table)):
        glue = tuple(kept[r] for r in mass.rows)
        inside = {table.names[c] for c in mass.criteria}
        if any(r.id in ours for r in glue):
            names = tuple(sorted(notation for criterion, notation in required if criterion in inside))
            yield Exploding(len(inside), mass.left, glue, names)


def _editions(files: Iterable[SssomFile]) -> dict[str, str]:
    """Return the edition that the files name as the source of each end: all that is known of foreign criteria."""
    found: dict[str, str] = {}
    for file in files:
        for column, source in (("subject_id", "subject_source"), ("object_id", "object_source")):
            default = str(file.header.get(source, ""))
            for row in file.rows:
                iri = expand(row.cells.get(column, ""), file.prefixes)
                edition = row.cells.get(source, default)
                if iri and edition:
                    found.setdefault(iri, expand(edition, file.prefixes) or edition)
    return found


def _told_apart(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Give rows that have one id different ones: the repetition is a finding, and each still says what it says."""
    seen: set[str] = set()
    kept: list[Row] = []
    for row in rows:
        known = row.id in seen
        seen.add(row.id)
        kept.append(replace(row, id=f"{row.id} ({row.place.document} {row.place.pointer})") if known else row)
    return tuple(kept)


def _contradiction(conflict: Conflict, by_id: Mapping[str, Row], together: set[str]) -> Contradiction:
    rows = tuple(by_id[key] for key in conflict.rows)
    derived = len(rows) == 1 and conflict.given and all(key.startswith("derived:") for key in conflict.given)
    sort = Sort.AGAINST_THRESHOLDS if derived else _sort(rows, bool(together & set(conflict.given)))
    return Contradiction(sort, rows, conflict.given, conflict.minimal)


def _sort(rows: Sequence[Row], together: bool) -> Sort:
    if together and any(r.mask is Relation.DR for r in rows):
        return Sort.DISJOINT_FROM_PARTS
    if all(not r.mask & ~Relation.COVERS or not r.mask & ~Relation.COVERED_BY for r in rows):
        return Sort.STRICT_CIRCLE
    return Sort.CONTRADICTION


def _forced(equal: ForcedEqual, by_id: Mapping[str, Row]) -> ForcedRows:
    return ForcedRows(equal.version, equal.criteria, tuple(by_id[key] for key in equal.rows))
