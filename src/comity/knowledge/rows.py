"""Mapping rows: SSSOM cells to statements about obligation sets (semantics, sections 2 and 5)."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from comity.formats.sssom import SssomFile, SssomRow, expand
from comity.knowledge.problems import Problems
from comity.knowledge.records import short
from comity.knowledge.vocabulary import NS, SKOS, rank, word
from comity.model.criteria import Criterion, SchemeVersion
from comity.model.mappings import Relation, Row
from comity.model.places import Place
from comity.model.scales import Authority, Basis, Kind

PREDICATES: Mapping[str, Relation] = {
    NS + "equal": Relation.EQ,
    NS + "superset": Relation.SUP,
    NS + "subset": Relation.SUB,
    NS + "intersects": Relation.PO,
    NS + "disjoint": Relation.DR,
    NS + "covers": Relation.COVERS,
    NS + "coveredBy": Relation.COVERED_BY,
    NS + "overlaps": Relation.OVERLAPS,
    NS + "closeMatch": Relation.ANYTHING,
    NS + "relatedMatch": Relation.ANYTHING,
    NS + "references": Relation.ANYTHING,
    SKOS + "closeMatch": Relation.ANYTHING,
    SKOS + "relatedMatch": Relation.ANYTHING,
    SKOS + "exactMatch": Relation.ANYTHING,
    SKOS + "narrowMatch": Relation.ANYTHING,
    SKOS + "broadMatch": Relation.ANYTHING,
    "http://www.w3.org/2000/01/rdf-schema#seeAlso": Relation.ANYTHING,
    "http://purl.org/dc/terms/references": Relation.ANYTHING,
}
"""What each predicate says; all five bits for a lead."""

CONFIRMED = {SKOS + "exactMatch": "equal", SKOS + "narrowMatch": "superset", SKOS + "broadMatch": "subset"}
"""The relation that a SKOS predicate stands for where its author confirms that reading."""

PREFIXES = {"comity": NS, "skos": SKOS, "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
"""Prefixes that need no entry in a ``curie_map``."""

REQUIRED = ("subject_id", "predicate_id", "object_id")

COLUMNS = frozenset(
    (
        "record_id",
        "subject_id",
        "subject_label",
        "predicate_id",
        "predicate_label",
        "predicate_modifier",
        "object_id",
        "object_label",
        "mapping_justification",
        "author_id",
        "author_label",
        "reviewer_id",
        "reviewer_label",
        "creator_id",
        "creator_label",
        "confidence",
        "mapping_date",
        "comment",
        "authority",
        "scope",
        "joint_group",
        "valid_from",
        "valid_until",
        "basis",
        "subject_source",
        "object_source",
        "subject_source_version",
        "object_source_version",
        "mapping_source",
        "mapping_tool",
        "mapping_tool_version",
        "license",
        "see_also",
        "issue_tracker_item",
        "other",
        "subject_category",
        "object_category",
        "similarity_score",
        "similarity_measure",
    )
)
"""The columns of SSSOM and of our extension."""

Meant = TypeVar("Meant")


@dataclass(frozen=True, slots=True)
class Texts:
    """What rows may name.

    :param aliases: identifiers that alone stand for one criterion, to its IRI.
    """

    criteria: Mapping[str, Criterion]
    versions: Mapping[str, SchemeVersion]
    aliases: Mapping[str, str]
    checked_on: date

    def version_of(self, iri: str) -> SchemeVersion | None:
        """Return the scheme version that an IRI lies in, described or not."""
        if iri in self.criteria:
            return self.versions.get(self.criteria[iri].version)
        head = iri
        while "/" in head:
            head = head.rpartition("/")[0]
            if head in self.versions:
                return self.versions[head]
        return None


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row's cells with the means to read them."""

    row: SssomRow
    file: SssomFile
    problems: Problems

    def text(self, column: str) -> str:
        """Return a cell, or what the header says for all rows."""
        default = self.file.header.get(column, "")
        return self.row.cells.get(column) or (str(default) if isinstance(default, str | date) else "")

    @property
    def place(self) -> Place:
        return self.file.place(self.row.line)

    def fault(self, code: str, message: str, fix: str = "") -> None:
        self.problems.add(code, self.place, message, fix)

    def iri(self, column: str) -> str:
        """Write out the CURIE of a cell; empty when that is impossible."""
        text = self.row.cells.get(column, "")
        if not text:
            self.fault("sssom-row", f"{column} is empty.")
            return ""
        iri = expand(text, {**PREFIXES, **self.file.prefixes})
        if iri is None:
            fix = "Add it to the curie_map in the header, or write the IRI out."
            self.fault("unknown-prefix", f"{column} {text!r} has a prefix that the curie_map does not give.", fix)
        return iri or ""

    def meant(self, column: str, reader: Callable[[str], Meant], default: Meant, code: str = "unknown-value") -> Meant:
        """Read a cell by a function that raises ``ValueError`` with a reason."""
        text = self.text(column)
        try:
            return reader(text) if text else default
        except ValueError as error:
            reason = str(error) if code == "unknown-value" else f"{text!r} cannot be read"
            self.fault(code, f"{column}: {reason}.", "Write it as YYYY-MM-DD." if code == "bad-date" else "")
            return default


def read_rows(files: Iterable[SssomFile], texts: Texts, problems: Problems) -> tuple[Row, ...]:
    """Turn the rows of mapping sets into statements.

    Rows with an error are reported and left out; whoever goes on in spite of errors has been told.
    """
    rows: list[Row] = []
    for file in files:
        problems.extend(file.findings)
        missing = [c for c in REQUIRED if c not in file.columns]
        if missing and file.columns:
            message = f"There is no column {', '.join(missing)}."
            problems.add("sssom-columns", Place(file.name), message, f"Every row needs {', '.join(REQUIRED)}.")
        if unknown := [c for c in file.columns if c and c not in COLUMNS]:
            message = f"Nothing reads the column {', '.join(unknown)}."
            problems.add("table-unknown", Place(file.name), message)
        if not missing:
            rows.extend(_rows_of(file, texts, problems))
    _check_repetition(rows, problems)
    return tuple(rows)


def _rows_of(file: SssomFile, texts: Texts, problems: Problems) -> Iterator[Row]:
    for record in file.rows:
        cells = _Cells(record, file, problems)
        subject, predicate, object_ = cells.iri("subject_id"), cells.iri("predicate_id"), cells.iri("object_id")
        mask = _mask(cells, predicate) if predicate else None
        if not subject or not object_ or mask is None:
            continue
        subject, object_ = texts.aliases.get(subject, subject), texts.aliases.get(object_, object_)
        _check_ends(cells, subject, object_, texts)
        yield _row(cells, (subject, predicate, object_), mask, texts)


def _mask(cells: _Cells, predicate: str) -> tuple[Relation, bool] | None:
    """Return what the row says, and whether it is negated; ``None`` when it cannot be told."""
    if predicate not in PREDICATES:
        names = [p.removeprefix(NS) for p in PREDICATES if p.startswith(NS)]
        near = difflib.get_close_matches(predicate.rpartition("#")[2], names, 1)
        fix = f"Did you mean comity:{near[0]}?" if near else f"Comity reads {', '.join(names)}."
        cells.fault("unknown-predicate", f"predicate_id {cells.text('predicate_id')!r} is no relation.", fix)
        return None
    modifier = cells.text("predicate_modifier")
    if modifier not in ("", "Not"):
        cells.fault("unknown-value", f"predicate_modifier {modifier!r} is none of Not.")
        return None
    mask = PREDICATES[predicate]
    if modifier and mask is Relation.ANYTHING:
        fix = "To say that one does not guarantee the other, write Not comity:covers."
        cells.fault("negated-lead", "the row says nothing: its predicate says nothing, and is negated.", fix)
        return mask, True
    if predicate in CONFIRMED:
        message = f"{cells.text('predicate_id')} counts as a lead."
        fix = f"Write comity:{CONFIRMED[predicate]} where it is meant."
        cells.fault("unconfirmed-predicate", message, fix)
    return (Relation.ANYTHING & ~mask, True) if modifier else (mask, False)


def _row(cells: _Cells, triple: tuple[str, str, str], mask: tuple[Relation, bool], texts: Texts) -> Row:
    subject, predicate, object_ = triple
    author, reviewer = cells.text("author_id"), cells.text("reviewer_id")
    signers = tuple(s.strip() for s in f"{author}|{reviewer}|{cells.text('creator_id')}".split("|") if s.strip())
    record_id, reason = cells.text("record_id"), cells.text("comment")
    if not record_id:
        cells.fault("no-record-id", "the row has no record_id.", "Give it one that stays.")
    if not reason:
        cells.fault("no-reason", "the row gives no reason.", "Say why in the column comment.")
    authority = cells.meant("authority", _authority, Authority.DRAFT)
    return Row(
        id=record_id or f"{cells.file.name}#{cells.row.line}",
        subject=subject,
        predicate=short(predicate).removeprefix("comity:"),
        object=object_,
        mask=mask[0],
        authority=_standing(cells, authority, signers, subject, object_, texts),
        place=cells.place,
        negated=mask[1],
        lead=mask[0] is Relation.ANYTHING,
        confidence=cells.meant("confidence", _confidence, None, "confidence"),
        justification=cells.text("mapping_justification"),
        reason=reason,
        author=cells.text("author_label") or author,
        reviewer=cells.text("reviewer_label") or reviewer,
        signers=signers,
        stated_on=cells.meant("mapping_date", _day, None, "bad-date"),
        valid_from=cells.meant("valid_from", _day, None, "bad-date"),
        valid_until=cells.meant("valid_until", _day, None, "bad-date"),
        joint_group=cells.text("joint_group") or None,
        scope=cells.text("scope"),
        basis=cells.meant("basis", lambda text: word(text, Basis), Basis.READ_IN_SOURCE),
    )


def _authority(text: str) -> Authority:
    return rank(text, Authority)


def _day(text: str) -> date | None:
    return date.fromisoformat(text)


def _confidence(text: str) -> float | None:
    number = float(text)
    if not 0 <= number <= 1:
        raise ValueError(text)
    return number


def _standing(
    cells: _Cells, claimed: Authority, signers: tuple[str, ...], subject: str, object_: str, texts: Texts
) -> Authority:
    """Lower an owner's authority to "reviewed" where no listed steward signs (semantics, section 4)."""
    if claimed not in (Authority.ASSERTED_BY_OWNER, Authority.AGREED_BY_OWNERS):
        return claimed
    owners = [version.stewards if (version := texts.version_of(iri)) else () for iri in (subject, object_)]
    signed = [bool(set(stewards) & set(signers)) for stewards in owners]
    earned = Authority.AGREED_BY_OWNERS if all(signed) else Authority.ASSERTED_BY_OWNER if any(signed) else None
    if earned is not None and earned >= claimed:
        return claimed
    counts = earned or Authority.REVIEWED
    message = f"authority {claimed.token} needs a signature of the schemes' stewards; the row counts as {counts.token}."
    cells.fault("standing", message, "Name the signing steward in author_id or reviewer_id.")
    return counts


def _check_ends(cells: _Cells, subject: str, object_: str, texts: Texts) -> None:
    if subject == object_:
        cells.fault("row-on-itself", f"subject and object are both <{subject}>.")
    versions = [texts.version_of(iri) for iri in (subject, object_)]
    succession = all(versions) and len({v.scheme for v in versions if v}) == 1
    for column, iri, version in zip(("subject_id", "object_id"), (subject, object_), versions, strict=True):
        criterion = texts.criteria.get(iri)
        if criterion is None:
            _dangling(cells, column, iri, version, texts)
        elif criterion.kind in (Kind.GROUP, Kind.EXPLAINED):
            message = f"{column} is {criterion.label!r}, a {criterion.kind}: nothing conforms to it."
            cells.fault("row-on-group", message, "Map the criteria under it.")
        if version and not succession and _superseded(version, texts.checked_on):
            cells.fault("superseded-edition", f"{column} is of {version.label}, which is superseded.")


def _dangling(cells: _Cells, column: str, iri: str, version: SchemeVersion | None, texts: Texts) -> None:
    if version is None:
        cells.fault("foreign-scheme", f"{column} <{iri}> is of a scheme that Comity does not know.")
        return
    members = [one for one in texts.criteria if one.startswith(version.iri + "/")]
    near = difflib.get_close_matches(iri, members, 1, 0.9)
    fix = f"Did you mean {texts.criteria[near[0]].notation}?" if near else ""
    cells.fault("dangling-row", f"{column} <{iri}> is no criterion of {version.label}.", fix)


def _superseded(version: SchemeVersion, on: date) -> bool:
    return any(day is not None and day < on for day in (version.withdrawn_from, version.in_force_until))


def _check_repetition(rows: Iterable[Row], problems: Problems) -> None:
    ids: dict[str, Row] = {}
    statements: dict[tuple[str, str, Relation, str | None], Row] = {}
    for row in rows:
        first = ids.setdefault(row.id, row)
        if first is not row:
            where = f"{first.place.document} {first.place.pointer}"
            problems.add("record-id", row.place, f"record_id {row.id!r} is that of {where} too.", "Ids are unique.")
        same = statements.setdefault((row.subject, row.object, row.mask, row.joint_group), row)
        if same is not row:
            message = f"row {row.id!r} states what row {same.id!r} states."
            problems.add("duplicate-row", row.place, message, "Keep the better one.")
