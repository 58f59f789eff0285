"""Mapping rows: SSSOM cells to statements about obligation sets (semantics, sections 2 and 5)."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter

from comity.formats.sssom import SssomFile, SssomRow, expand
from comity.knowledge.cells import Cells, Column, Meant
from comity.knowledge.ends import Ends, Texts
from comity.knowledge.problems import Problems
from comity.knowledge.records import short
from comity.knowledge.slots import COLUMNS, CONFIRMED, PREDICATES, REQUIRED
from comity.knowledge.standing import People, several, standing
from comity.knowledge.vocabulary import NS, rank, word
from comity.model.classes import dataclass
from comity.model.mappings import Relation, Row
from comity.model.memory import uncollected
from comity.model.places import Place
from comity.model.scales import Authority, Basis


def read_rows(files: Iterable[SssomFile], texts: Texts, problems: Problems) -> tuple[Row, ...]:
    """Turn the rows of mapping sets into statements.

    Rows with an error are reported and left out; whoever goes on in spite of errors has been told.
    """
    with uncollected():
        return _read_rows(files, texts, problems)


def _read_rows(files: Iterable[SssomFile], texts: Texts, problems: Problems) -> tuple[Row, ...]:
    rows: list[Row] = []
    for file in files:
        problems.extend(file.findings)
        if has_columns(file.name, file.columns, problems):
            rows += filter(None, map(Reader(file, texts, problems).row, file.rows))
    _check_repetition(rows, problems)
    return tuple(rows)


def has_columns(name: str, columns: Sequence[str], problems: Problems) -> bool:
    """Tell whether a file has the columns that every row needs; note those that lack, and those that nothing reads."""
    missing = [c for c in REQUIRED if c not in columns]
    if missing and columns:
        message = f"There is no column {', '.join(missing)}."
        problems.add("sssom-columns", Place(name), message, f"Every row needs {', '.join(REQUIRED)}.")
    if unknown := [c for c in columns if c and c not in COLUMNS]:
        problems.add("table-unknown", Place(name), f"Nothing reads the column {', '.join(unknown)}.")
    return not missing


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a predicate, negated or not, says."""

    name: str
    mask: Relation
    negated: bool
    lead: bool = False


_ROW = ("record_id", "comment", "joint_group", "confidence", "mapping_date")
"""Cells that differ from row to row; those of the next two lists go together in few different ways."""
_SIGNED = ("author_id", "reviewer_id", "creator_id", "author_label", "reviewer_label")
BY_WHOM = (*_SIGNED, "authority", "mapping_justification")
"""Cells that the authority of a row follows from."""
_STANDING = ("authority", "valid_from", "valid_until", "basis", "mapping_justification", "scope")


@dataclass(frozen=True, slots=True)
class _Signed:
    """Who signed a row.

    :param author: a name, or else an identifier.
    :param reviewer: likewise.
    """

    author: str
    reviewer: str
    authors: People
    reviewers: People
    suffices: Authority
    """what a row may claim by them, whatever its ends are and however it was found"""


_Standing = tuple[Authority, date | None, date | None, Basis | None, str, str]


class Reader:
    """Reads the rows of one file.

    :param columns: those of the file.
    """

    def __init__(self, file: SssomFile, texts: Texts, problems: Problems) -> None:
        self.cells = Cells.of(file, problems)
        self.texts, self.ends = texts, Ends(texts)
        self.meanings: dict[tuple[str, str], _Meaning] = {}
        self.signed: dict[tuple[str, ...], _Signed] = {}
        self.standing: dict[tuple[str, ...], _Standing] = {}
        self.modifier = self.cells.default("predicate_modifier")
        self.confidence = self._column("confidence", _confidence, None, "confidence")
        self.stated_on = self._column("mapping_date", _day, None, "bad-date")
        self.valid_from = self._column("valid_from", _day, None, "bad-date")
        self.valid_until = self._column("valid_until", _day, None, "bad-date")
        self.authority = self._column("authority", _authority, Authority.DRAFT)
        self.basis = self._column("basis", _basis, None)
        self.words = {name: self._column(name, str, "") for name in (*_ROW, *_SIGNED, *_STANDING)}
        self._ends, self._own = self.pick((*REQUIRED, "predicate_modifier")), self.pick(_ROW)
        self._signs, self._stands = self.pick(_SIGNED), self.pick(_STANDING)

    def _column(
        self, name: str, reader: Callable[[str], Meant], default: Meant, code: str = "unknown-value"
    ) -> Column[Meant]:
        return Column(name, reader, default, code, self.cells.default(name))

    def row(self, record: SssomRow) -> Row | None:
        """Read a row; one that cannot be read is a finding."""
        cells, known, alias = self.cells, self.cells.iris.get, self.texts.aliases.get
        values = (*record.values, "")
        one, said, other, modifier = self._ends(values)
        subject = known(one) or cells.iri(record, "subject_id", one)
        predicate = known(said) or cells.iri(record, "predicate_id", said)
        object_ = known(other) or cells.iri(record, "object_id", other)
        meaning = self.meanings.get((predicate, modifier))
        if meaning is None and predicate:
            meaning = self._meaning(record, predicate, said.strip(), modifier.strip() or self.modifier)
        if not subject or not object_ or meaning is None:
            return None
        subject, object_ = alias(subject, subject), alias(object_, object_)
        if subject not in self.ends.sound or object_ not in self.ends.sound or subject == object_:
            self.ends.check(cells, record, subject, object_)
        ends = subject, object_
        return self._row(record, ends, meaning, self._own(values), self._signs(values), self._stands(values))

    def is_settled(self, values: Sequence[str]) -> bool:
        """Tell whether rows with such signers and such a claim have one authority, whatever they end on.

        :param values: the cells of one of them.
        """
        texts = self._signs((*values, ""))
        who = self.signed.get(texts) or self._signed(texts)
        return self.authority[self._stands((*values, ""))[0]] <= who.suffices

    def pick(self, columns: Sequence[str]) -> Callable[[Sequence[str]], tuple[str, ...]]:
        """Return a function that takes columns out of a row's cells, which an empty cell must follow.

        A column that the file does not have is empty.
        """
        have = self.cells.file.columns
        return itemgetter(*(have.index(name) if name in have else -1 for name in columns))

    def _row(
        self,
        record: SssomRow,
        ends: tuple[str, str],
        meaning: _Meaning,
        own: tuple[str, ...],
        signed: tuple[str, ...],
        standing: tuple[str, ...],
    ) -> Row:
        cells, (key, reason, group, confidence, day) = self.cells, own
        key = key.strip() or self.words["record_id"][""]
        reason = reason.strip() or self.words["comment"][""]
        if not key:
            cells.fault(record, "no-record-id", "the row has no record_id.", "Give it one that stays.")
        if not reason:
            cells.fault(record, "no-reason", "the row gives no reason.", "Say why in the column comment.")
        who = self.signed.get(signed) or self._signed(signed)
        authority, start, end, basis, why, scope = self.standing.get(standing) or self._standing(record, standing)
        counts = authority
        if authority > who.suffices:
            recognised = authority is Authority.RECOGNISED_IN_LAW and self._is_recognised(key, ends)
            counts = min(authority, self._by_signers(who, ends, why))
            if not recognised:
                self._lowered(record, authority, counts)
                authority = counts
        return Row(  # by position: by name, making rows takes twice as long
            key or f"{cells.file.name}#{record.line}",
            ends[0],
            meaning.name,
            ends[1],
            meaning.mask,
            authority,
            Place(cells.file.name, f"line {record.line}"),
            meaning.negated,
            meaning.lead,
            self._read(record, self.confidence, confidence),
            why,
            reason,
            who.author,
            who.reviewer,
            counts,
            self._read(record, self.stated_on, day),
            start,
            end,
            self.words["joint_group"][group] or None,
            basis,
            scope=scope,
        )

    def _read(self, record: SssomRow, column: Column[Meant], text: str) -> Meant:
        try:
            return column[text]
        except ValueError:
            return self.cells.meant(record, column, text)

    def _signed(self, texts: tuple[str, ...]) -> _Signed:
        author, reviewer, creator, author_label, reviewer_label = (
            self.words[name][text] for name, text in zip(_SIGNED, texts, strict=True)
        )
        authors = People.of(map(self._written_out, several(f"{author}|{creator}")), several(author_label))
        reviewers = People.of(map(self._written_out, several(reviewer)), several(reviewer_label))
        suffices = standing(authors, reviewers) if authors or reviewers else Authority.SUGGESTED
        signed = self.signed[texts] = _Signed(
            author_label or author, reviewer_label or reviewer, authors, reviewers, suffices
        )
        return signed

    def _written_out(self, identifier: str) -> str:
        return expand(identifier, self.cells.prefixes) or identifier

    def _by_signers(self, who: _Signed, ends: tuple[str, str], why: str) -> Authority:
        stewards = [version.stewards if (version := self.texts.version_of(iri)) else () for iri in ends]
        return standing(who.authors, who.reviewers, stewards, why)

    def _is_recognised(self, key: str, ends: tuple[str, str]) -> bool:
        """Tell whether a law's recognition names a row and the edition that it ends on, on whatever day."""
        editions = {version.iri for iri in ends if (version := self.texts.version_of(iri))}
        return any(
            key in one.rows and one.recognised in editions and one.basis is not Basis.NOT_VERIFIED
            for one in self.texts.recognitions
        )

    def _lowered(self, record: SssomRow, claimed: Authority, counts: Authority) -> None:
        """Note that a row claims more than its signers have, where it says so itself."""
        if counts < claimed and self.words["authority"][record.cells.get("authority", "")]:
            message = f"authority {claimed.token} needs {_NEEDS[claimed]}; the row counts as {counts.token}."
            self.cells.fault(record, "standing", message, "Name who signs in author_id or reviewer_id.")

    def _standing(self, record: SssomRow, texts: tuple[str, ...]) -> _Standing:
        """Read the cells that say by whose word and when a row counts; one that cannot be read is a finding."""
        authority, start, end, basis, why, scope = texts
        before = len(self.cells.problems.findings)
        standing = (
            self.cells.meant(record, self.authority, authority),
            self.cells.meant(record, self.valid_from, start),
            self.cells.meant(record, self.valid_until, end),
            self.cells.meant(record, self.basis, basis),
            self.words["mapping_justification"][why],
            self.words["scope"][scope],
        )
        if len(self.cells.problems.findings) == before:
            self.standing[texts] = standing
        return standing

    def _meaning(self, record: SssomRow, predicate: str, text: str, modifier: str) -> _Meaning | None:
        """Return what the row says; ``None`` when it cannot be told."""
        fault = self.cells.fault
        if predicate not in PREDICATES:
            names = [p.removeprefix(NS) for p in PREDICATES if p.startswith(NS)]
            near = difflib.get_close_matches(predicate.rpartition("#")[2], names, 1)
            fix = f"Did you mean comity:{near[0]}?" if near else f"Comity reads {', '.join(names)}."
            fault(record, "unknown-predicate", f"predicate_id {text!r} is no relation.", fix)
            return None
        if modifier not in ("", "Not"):
            fault(record, "unknown-value", f"predicate_modifier {modifier!r} is none of Not.")
            return None
        mask, name = PREDICATES[predicate], short(predicate).removeprefix("comity:")
        if modifier and mask is Relation.ANYTHING:
            fix = "To say that one does not guarantee the other, write Not comity:covers."
            fault(record, "negated-lead", "the row says nothing: its predicate says nothing, and is negated.", fix)
            return _Meaning(name, mask, True, lead=True)
        if predicate in CONFIRMED:
            fix = f"Write comity:{CONFIRMED[predicate]} where it is meant."
            fault(record, "unconfirmed-predicate", f"{text} counts as a lead.", fix)
            return _Meaning(name, mask, False, lead=True)
        said = Relation.ANYTHING & ~mask if modifier else mask
        meaning = _Meaning(name, said, bool(modifier), said is Relation.ANYTHING)
        self.meanings[predicate, modifier] = meaning
        return meaning


_NEEDS: Mapping[Authority, str] = {
    Authority.DRAFT: "an author",
    Authority.REVIEWED: "a reviewer who is not its author",
    Authority.ASSERTED_BY_OWNER: "a signature of one scheme's stewards",
    Authority.AGREED_BY_OWNERS: "signatures of both schemes' stewards",
    Authority.RECOGNISED_IN_LAW: "a recognition that names the row and the edition",
}
"""What a row must record to count as what it claims."""


def _authority(text: str) -> Authority:
    return rank(text, Authority)


def _basis(text: str) -> Basis | None:
    return word(text, Basis)


def _day(text: str) -> date | None:
    return date.fromisoformat(text)


def _confidence(text: str) -> float | None:
    number = float(text)
    if not 0 <= number <= 1:
        raise ValueError(text)
    return number


def _check_repetition(rows: Iterable[Row], problems: Problems) -> None:
    ids: dict[str, Row] = {}
    statements: dict[tuple[str, str, int, str | None], Row] = {}
    for row in rows:
        first = ids.setdefault(row.id, row)
        if first is not row:
            where = f"{first.place.document} {first.place.pointer}"
            problems.add("record-id", row.place, f"record_id {row.id!r} is that of {where} too.", "Ids are unique.")
        same = statements.setdefault((row.subject, row.object, int(row.mask), row.joint_group), row)
        if same is not row:
            message = f"row {row.id!r} states what row {same.id!r} states."
            problems.add("duplicate-row", row.place, message, "Keep the better one.")
