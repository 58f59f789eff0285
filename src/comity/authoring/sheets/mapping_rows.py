"""A table of mappings as drafted rows, each fault with its cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from comity.authoring.draft import CellFinding, DraftRow
from comity.authoring.faults import fault
from comity.authoring.sheets.columns import AUTHORITIES, BASES, JUSTIFICATIONS, MAPPINGS, RELATIONS
from comity.authoring.sheets.identifiers import MARK, Found, Identifiers
from comity.authoring.sheets.mapping_faults import of_edition, of_name, of_people, unsigned
from comity.authoring.sheets.relations import QUESTION, said
from comity.authoring.sheets.tables import Record, Table
from comity.authoring.sheets.values import Reader, token, unmangled
from comity.knowledge.slots import CONFIRMED, PREDICATES
from comity.knowledge.standing import by_machine
from comity.knowledge.vocabulary import SEMAPV, fold
from comity.model.criteria import Criterion
from comity.model.mappings import Relation
from comity.model.scales import Authority, Basis, Kind

_READ = frozenset(c.slot for c in MAPPINGS)
_NEGATED = {**dict.fromkeys(("not", "yes", "true", "1"), "Not"), **dict.fromkeys(("", "no", "false", "0"), "")}
"""What may stand under "negated": the word of SSSOM, or a truth value as spreadsheets write them."""


def read_mappings(table: Table, identifiers: Identifiers) -> tuple[tuple[DraftRow, ...], tuple[CellFinding, ...]]:
    """Read the rows of a table; one with an error is reported and left out.

    :returns: the rows that say something, and all that is wrong or worth knowing.
    """
    reader = Reader(table)
    rows = []
    waiting = []
    stated = []
    for record in table.records:
        if not any(record.text(slot) for slot in ("predicate_id", "object_id", "comment")):
            waiting.append(record)
            continue
        before = reader.errors
        row = _row(reader, record, identifiers)
        if row is not None:
            stated.append(record)
        if row is not None and reader.errors == before:
            rows.append(row)
    reader.findings += unsigned(reader, stated, identifiers.header)
    if waiting:
        first = waiting[0]
        message = f"{len(waiting)} rows name a subject and nothing else yet; they say nothing."
        reader.findings.append(fault("relation-open", first.place, message))
    return tuple(rows), tuple(reader.findings)


def _row(reader: Reader, record: Record, identifiers: Identifiers) -> DraftRow | None:
    failed = reader.unsound(record)
    subject = "" if failed else _end(reader, record, "subject_id", identifiers)
    object_ = "" if failed else _end(reader, record, "object_id", identifiers)
    relation = _relation(reader, record, identifiers)
    if subject and subject == object_:
        message = "The subject and the object are one criterion."
        reader.complain(record, "object_id", "row-on-itself", message, "Name another criterion.")
    else:
        for slot, iri in (("subject_id", subject), ("object_id", object_)):
            of_edition(reader, record, slot, identifiers.criterion(iri), identifiers.named.get(slot))
    row = _statement(reader, record, subject, object_)
    if relation is None:
        return None
    predicate, negated, foreign = relation
    row = replace(row, predicate=predicate, negated=negated, foreign=foreign or record.text("predicate_label"))
    _plausible(reader, record, row, identifiers)
    return row if subject and object_ and predicate else None


def _end(reader: Reader, record: Record, slot: str, identifiers: Identifiers) -> str:
    """Read an end of a row; empty where the cell names no criterion on which a row may end."""
    cell = record.cells.get(slot)
    title = reader.table.titles.get(slot, slot)
    if cell is None:
        if slot in reader.table.titles:
            reader.complain(record, slot, "cell-empty", f"{title} is empty.", "Name the criterion.")
        return ""
    found = identifiers.find(cell.text, slot)
    if found.foreign:
        if found.iri in identifiers.foreign:
            return found.iri
        identifiers.foreign.add(found.iri)
        message = f"{title} {cell.text!r} is of a scheme that Comity does not know; it is taken as it stands."
        fix = "Bring the scheme with --with, so that it can be checked."
        reader.complain(record, slot, "foreign-scheme", message, fix)
        return found.iri
    if not found.iri:
        _unknown(reader, record, slot, found, identifiers)
        return ""
    if found.plain:
        message = (
            f"{title}: {cell.text.partition(MARK)[0]!r} holds signs that look like others; it is read as {found.plain}."
        )
        reader.complain(record, slot, "id-look-alike", message, f"Write {found.plain}.")
    criterion = identifiers.criterion(found.iri)
    if cell.kind == "number" and re.fullmatch(r"\d+\.\d", cell.text):
        message = f"{title}: the spreadsheet holds {cell.text} as a number; {cell.text}0 would look the same."
        reader.complain(record, slot, "id-number", message, "Format the column as text and write it again.")
    if criterion is not None:
        if criterion.kind in (Kind.GROUP, Kind.EXPLAINED):
            sort = "a heading" if criterion.kind is Kind.GROUP else "an explanation"
            message = f"{title} {criterion.notation} ({criterion.label}) is {sort}: nothing conforms to it."
            reader.complain(record, slot, "row-on-group", message, "Name the criteria under it.")
            return ""
        _named(reader, record, slot, criterion, identifiers)
    return found.iri


def _unknown(reader: Reader, record: Record, slot: str, found: Found, identifiers: Identifiers) -> None:
    cell = record.cells[slot]
    title = reader.table.titles[slot]
    guesses = unmangled(cell)
    if guesses:
        known = [g for g in guesses if identifiers.find(g, slot).iri]
        message = f"{title}: the spreadsheet has turned an identifier into the date {cell.text!r}."
        meant = f"It may have been {' or '.join(known or guesses)}; "
        reader.complain(record, slot, "id-mangled", message, meant + "format the column as text and write it again.")
        return
    scheme = found.version or identifiers.editions.get(slot)
    message = f"{title} {cell.text!r} is no criterion{f' of {scheme.label}' if scheme else ' that Comity knows'}."
    fix = f"Did you mean {' or '.join(found.near)}?" if found.near else ""
    if not fix and scheme:
        fix = f"'comity schemes show {scheme.notation}' lists them."
    if not fix:
        fix = "Write a notation ('comity schemes list' lists the schemes), or bring your own scheme with --with."
    reader.complain(record, slot, "dangling-row", message, fix, [n.partition(" (")[0] for n in found.near])


def _named(reader: Reader, record: Record, slot: str, criterion: Criterion, identifiers: Identifiers) -> None:
    """Compare the name beside an identifier with the criterion's."""
    beside = slot.replace("_id", "_label")
    stated = record.text(slot).partition(MARK)[2]
    where = slot if stated else beside
    stated = stated or record.text(beside)
    if stated and fold(stated.rstrip("….")) not in fold(criterion.label):
        own = identifiers.editions.get(slot)
        near = [n for n in identifiers.near(stated, own) if n.partition(" (")[0] != criterion.notation]
        message = f"{criterion.notation} is {criterion.label!r}, and the name beside it is {stated!r}."
        fix = f"Was {near[0]} meant?" if near else "Write the one that is meant."
        reader.complain(record, where, "name-differs", message, fix)


def _relation(reader: Reader, record: Record, identifiers: Identifiers) -> tuple[str, bool, str] | None:
    """Read the relation; ``None`` while it is open, and an empty predicate where it cannot be told."""
    text = record.text("predicate_id")
    if not text:
        if _suggested(record):
            message = "The relation is left open; the row says nothing yet."
            reader.complain(record, "predicate_id", "relation-open", message, QUESTION, RELATIONS)
            return None
        if "predicate_id" in reader.table.titles:
            reader.complain(record, "predicate_id", "cell-empty", "The relation is missing.", QUESTION, RELATIONS)
        return "", False, ""
    modifier = _NEGATED.get(fold(record.text("predicate_modifier")))
    if modifier is None:
        message = f"{reader.table.titles['predicate_modifier']}: {record.text('predicate_modifier')!r} is not 'Not'."
        reader.complain(record, "predicate_modifier", "unknown-value", message, "Write Not, or nothing.", ("Not",))
    found = said(text, identifiers.prefixes, modifier or "")
    if found.ambiguous:
        message = f"{text!r} does not say which relation is meant. {found.ambiguous}"
        reader.complain(record, "predicate_id", "relation-ambiguous", message, QUESTION, RELATIONS)
    elif not found.predicate:
        fix = f"Did you mean {' or '.join(found.near)}?" if found.near else QUESTION
        reader.complain(record, "predicate_id", "unknown-predicate", f"{text!r} is no relation.", fix, RELATIONS)
    elif found.predicate in CONFIRMED:
        message = f"{text!r} counts as a lead: in SKOS it may be meant in two ways."
        fix = f"Write {CONFIRMED[found.predicate]} where it is meant."
        reader.complain(record, "predicate_id", "unconfirmed-predicate", message, fix, RELATIONS)
    elif found.foreign:
        word = found.predicate.rpartition("#")[2]
        message = f"{text!r} is read as {'not ' if found.negated else ''}{word}."
        reader.complain(record, "predicate_id", "relation-read", message, "Write that word, if it is meant.")
    if found.negated and PREDICATES.get(found.predicate) is Relation.ANYTHING:
        message = f"'not {text}' says nothing: the relation says nothing, and is negated."
        fix = "To say that one does not guarantee the other, write 'not covers'."
        reader.complain(record, "predicate_id", "negated-lead", message, fix, RELATIONS)
    return found.predicate, found.negated, found.foreign


def _suggested(record: Record) -> bool:
    """Tell whether nobody has stated the row yet: no author, or a machine's."""
    if token(record.text("authority")) == "suggested" or by_machine(record.text("mapping_justification")):
        return True
    return not any(record.text(slot) for slot in ("author_label", "author_id", "reviewer_label", "reviewer_id"))


def _statement(reader: Reader, record: Record, subject: str, object_: str) -> DraftRow:
    """Read all but the relation."""
    authority = reader.choice(record, "authority", AUTHORITIES, token)
    basis = reader.choice(record, "basis", BASES, token)
    start, end = reader.day(record, "valid_from"), reader.day(record, "valid_until")
    if start and end and end < start:
        message = f"The row ends on {end}, before it begins on {start}."
        reader.complain(record, "valid_until", "dates-swapped", message, "Exchange the two days.")
    why = record.text("comment")
    if not why:
        message = "The row gives no reason."
        reader.complain(record, "comment", "no-reason", message, "Say what is shared, and what only one of them asks.")
    of_people(reader, record)
    of_name(reader, record)
    author, author_id = _person(record, "author")
    reviewer, reviewer_id = _person(record, "reviewer")
    return DraftRow(
        subject=subject,
        predicate="",
        object=object_,
        place=record.place,
        id=record.text("record_id"),
        reason=why,
        subject_label=record.text("subject_label") or record.text("subject_id").partition(MARK)[2],
        object_label=record.text("object_label") or record.text("object_id").partition(MARK)[2],
        justification=_justification(reader, record),
        author_id=author_id,
        author_label=author,
        reviewer_id=reviewer_id,
        reviewer_label=reviewer,
        confidence=reader.share(record, "confidence"),
        stated_on=reader.day(record, "mapping_date"),
        authority=Authority.of(authority) if authority else None,
        scope=record.text("scope"),
        joint_group=record.text("joint_group"),
        valid_from=start,
        valid_until=end,
        basis=Basis(basis) if basis else None,
        note=record.text("other"),
        more={slot: cell.text for slot, cell in record.cells.items() if slot not in _READ},
        cells={slot: cell.place for slot, cell in record.cells.items()},
    )


def _justification(reader: Reader, record: Record) -> str:
    """Read how a row was found, as an IRI of SEMAPV; another vocabulary's stands as it is."""
    text = record.text("mapping_justification")
    if ":" in text and not text.startswith(("semapv:", SEMAPV)):
        return text
    if not text:
        return ""
    bare = text.removeprefix(SEMAPV).removeprefix("semapv:")
    word = reader.choice(record, "mapping_justification", JUSTIFICATIONS, lambda t: token(t.removeprefix(SEMAPV)))
    return SEMAPV + (word or bare)


def _person(record: Record, slot: str) -> tuple[str, str]:
    """Return the name and the identifier of a person; a name that is an identifier is one."""
    name, key = record.text(f"{slot}_label"), record.text(f"{slot}_id")
    if not key and re.match(r"(https?://|did:|orcid:|\d{4}-\d{4}-\d{4}-\d{3}[\dX]$)", name, re.IGNORECASE):
        bare = re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", name)
        return "", f"https://orcid.org/{name}" if bare else name
    return name, key


def _plausible(reader: Reader, record: Record, row: DraftRow, identifiers: Identifiers) -> None:
    """Tell of what one row says that can hardly be meant."""
    people = {fold(row.reviewer_label), row.reviewer_id} & {fold(row.author_label), row.author_id} - {""}
    slot = "reviewer_label" if row.reviewer_label else "reviewer_id"
    if people:
        message = "The reviewer is the author; a review is somebody else's word."
        reader.complain(record, slot, "reviewed-by-author", message, "Name another person, or nobody.")
    reviewed = row.authority is not None and row.authority >= Authority.REVIEWED
    if reviewed and not (row.reviewer_label or row.reviewer_id) and row.authority is Authority.REVIEWED:
        message = "The row is said to be reviewed, and names no reviewer."
        reader.complain(record, "authority", "reviewed-by-nobody", message, "Name the reviewer, or write draft.")
    one, other = identifiers.criterion(row.subject), identifiers.criterion(row.object)
    word = row.predicate.rpartition("#")[2]
    if one is None or other is None or row.negated or word not in ("equal", "superset", "covers"):
        return
    kinds = {one.kind, other.kind}
    if (word == "equal" and one.kind is not other.kind) or (
        one.kind is Kind.DISCLOSURE and other.kind is Kind.PERFORMANCE
    ):
        message = (
            f"{one.notation} is a {one.kind}, {other.notation} a {other.kind}: to {_doing(kinds)} are different things."
        )
        fix = "Is it overlaps, or a lead (closeMatch)?"
        reader.complain(record, "predicate_id", "kinds-differ", message, fix)
    if not (one.level.accepts(other.level) or other.level.accepts(one.level)):
        message = f"{one.notation} is asked of {_a(one.level)}, {other.notation} of {_a(other.level)}."
        fix = "Conformity of the one says nothing of the other unless the criterion carries over; is it a lead?"
        reader.complain(record, "predicate_id", "levels-differ", message, fix)


_DOING: Mapping[Kind, str] = {
    Kind.DISCLOSURE: "disclose",
    Kind.POLICY: "have a policy",
    Kind.PROCESS: "have a process",
    Kind.PERFORMANCE: "perform",
    Kind.VERIFICATION: "be verified",
    Kind.PERMIT: "hold a permit",
}


def _doing(kinds: set[Kind]) -> str:
    return " and to ".join(_DOING.get(k, f"meet a {k}") for k in sorted(kinds))


def _a(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
