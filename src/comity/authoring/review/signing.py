"""Record a sign-off in a mapping set: the cells of the rows that are signed change, and no other byte."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from comity.authoring.review.signatures import OBJECTION, Objection, Signatures, written
from comity.formats import sssom, tsv
from comity.formats.sssom import SssomFile, SssomRow
from comity.knowledge.loader import mapping_sets
from comity.knowledge.slots import EXTENSIONS
from comity.knowledge.standing import canonical, folded, several
from comity.model.classes import dataclass
from comity.model.errors import ComityError, UnknownNameError, UnreadableError
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row
from comity.model.places import Place
from comity.model.scales import Authority


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, and when.

    :param by: identifier: a DID, an ORCID or a web address.
    :param objection: why they do not agree; empty when they do.
    """

    by: str
    name: str
    on: date
    objection: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """A row that was signed.

    :param open: true when the relation is still to be chosen.
    :param changed: false when it held the signature already.
    :param why: why it counts for no more although somebody agrees; empty where it does, or nobody agrees.
    """

    id: str
    before: Authority
    after: Authority
    open: bool
    changed: bool
    why: str = ""


class SigningError(ComityError):
    """A row cannot be signed as asked."""


def identifier(text: str) -> str:
    """Return the identifier of a person or body; an ORCID in full.

    :raises ValueError: when it is none.

    >>> identifier("0000-0002-1825-0097"), identifier("did:web:body.example")
    ('https://orcid.org/0000-0002-1825-0097', 'did:web:body.example')
    """
    bare = re.fullmatch(r"(?:orcid:|https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", text)
    if bare:
        if not _orcid(bare[1]):
            raise ValueError(f"{text!r} is no ORCID: its last digit does not fit the others")
        return f"https://orcid.org/{bare[1]}"
    if re.fullmatch(r"did:[a-z0-9]+:[^\s|]+|https?://[^\s|/]+[^\s|]*", text):
        return text
    raise ValueError(f"{text!r} is no DID, ORCID or web address")


def _orcid(text: str) -> bool:
    """Tell whether the last digit fits the others (ISO 7064, MOD 11-2)."""
    digits = text.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return digits[-1] == ("X" if check == 10 else str(check))


def sign(
    content: bytes, name: str, ids: Sequence[str], signer: Signer, knowledge: Knowledge
) -> tuple[bytes, tuple[Signed, ...]]:
    """Sign rows of a mapping set in SSSOM TSV.

    :param ids: record ids, as the set writes them or written out.
    :returns: the set with the signatures, and what became of each row.
    :raises UnreadableError: when the set cannot be read as a whole.
    :raises SigningError: when a row cannot be signed as asked; nothing is signed then.
    """
    file = read(content, name)
    for found in file.findings:
        raise UnreadableError(found.code, found.place, found.message, found.fix)
    rows = {r.place.pointer: r for r in mapping_sets(knowledge, [file]).rows}
    changes: dict[int, Mapping[str, str]] = {}
    signed = []
    for record in _chosen(file, ids):
        row = rows.get(f"line {record.line}")
        if row is None:
            raise SigningError(f"{name} line {record.line}: the row has an error; see `comity mappings check {name}`")
        change, done = _change(knowledge, file, record, row, signer)
        changes[record.line] = change
        signed.append(done)
    return _edited(content, file, changes), tuple(signed)


def effective(file: SssomFile, record: SssomRow) -> dict[str, str]:
    """Return the cells of a row, those that the header states for all rows with them."""
    stated = {k: str(v) for k, v in file.header.items() if isinstance(v, str | date)}
    for slot in ("author_id", "author_label", "reviewer_id", "reviewer_label", "creator_id"):
        if isinstance(value := file.header.get(slot), list):
            stated[slot] = "|".join(map(str, value))
    return {**stated, **record.cells}


def read(content: bytes, name: str) -> SssomFile:
    """Read a mapping set in SSSOM TSV; what is wrong with it stands in its findings.

    :raises UnreadableError: for a workbook or another table.
    """
    file = sssom.read(content, name) if content[:2] != b"PK" else None
    if file is None or (file.columns and not {"subject_id", "object_id"} <= set(file.columns)):
        message = "This is no mapping set in SSSOM TSV; sign-off is kept in one."
        raise UnreadableError("sssom-columns", Place(name), message, f"First: comity import {name} -o SET.sssom.tsv")
    return file


def _chosen(file: SssomFile, ids: Sequence[str]) -> list[SssomRow]:
    """Find rows by record id.

    :raises UnknownNameError: for one that the set does not have.
    :raises SigningError: for one that it has twice.
    """
    known: dict[str, list[SssomRow]] = {}
    for row in file.rows:
        key = row.cells.get("record_id", "")
        for name in {key, sssom.expand(key, file.prefixes) or key} - {""}:
            known.setdefault(name, []).append(row)
    for key in dict.fromkeys(ids):
        if key not in known:
            raise UnknownNameError("record id", key, difflib.get_close_matches(key, known, 2, 0.6))
        if len(known[key]) > 1:
            raise SigningError(f"{file.name}: record id {key!r} stands there {len(known[key])} times")
    return list({known[key][0].line: known[key][0] for key in ids}.values())


def _change(
    knowledge: Knowledge, file: SssomFile, record: SssomRow, row: Row, signer: Signer
) -> tuple[Mapping[str, str], Signed]:
    """Return the cells that a signature changes."""
    cells = effective(file, record)
    before = Signatures.of(cells)
    versions = [
        knowledge.schemes.get(c.version) if (c := knowledge.criteria.get(iri)) else None
        for iri in (row.subject, row.object)
    ]
    stewards = {canonical(s) for version in versions if version for s in version.stewards}
    if signer.by in before.authors and not signer.objection and canonical(signer.by) not in stewards:
        raise SigningError(f"{row.id}: {signer.by} asserts the row; a review is somebody else's word")
    after = _with(before, signer)
    recognised = row.authority is Authority.RECOGNISED_IN_LAW  # which does not rest on signatures
    earned = after.earn(versions, row.justification)
    authority = row.authority if recognised else min(row.authority, earned) if signer.objection else earned
    change = _cells(before, after)
    if authority.token != cells.get("authority", "draft"):
        change["authority"] = authority.token
    why = "" if signer.objection or authority >= Authority.REVIEWED else _why(after)
    return change, Signed(row.id, row.authority, authority, row.mask is Relation.ANYTHING, bool(change), why)


def _why(signatures: Signatures) -> str:
    """Say why nobody who agrees counts as a reviewer."""
    asserting = {folded(name) for name in several(signatures.author)}
    if any(folded(name) in asserting for name in signatures.names):
        return f"{signatures.author} asserts the row; a review is somebody else's word"
    return (
        "who signs may be who asserts the row: one is known by a name alone, the other by an identifier alone; "
        "sign with --name, or write the author's identifier into the row"
    )


def _with(before: Signatures, signer: Signer) -> Signatures:
    """Add a signature; who signs again has changed their mind."""
    ids, names = list(before.reviewers), list(before.names)
    others = tuple(o for o in before.objections if o.by != signer.by)
    if signer.objection:
        if signer.by in ids:
            ids.remove(signer.by)
            if signer.name in names:
                names.remove(signer.name)
        no = Objection(signer.by, signer.name, signer.on, " ".join(signer.objection.split()))
        return replace(
            before,
            reviewers=tuple(ids),
            names=tuple(names),
            reviewed_on=signer.on.isoformat(),
            objections=(*others, no),
        )
    if signer.by in ids or (signer.by in before.authors and not before.objections):
        return replace(before, objections=others)
    name = signer.name or signer.by
    return replace(
        before,
        reviewers=(*ids, signer.by),
        names=(*names, *([name] if name not in names else [])),
        reviewed_on=signer.on.isoformat(),
        objections=others,
    )


def _cells(before: Signatures, after: Signatures) -> dict[str, str]:
    """Return the cells that differ."""
    if before == after:
        return {}
    agreement = "" if after.agreement is None else f"{round(after.agreement, 2):g}"
    return {
        "reviewer_id": "|".join(after.reviewers),
        "reviewer_label": "|".join(after.names),
        "review_date": after.reviewed_on,
        "reviewer_agreement": agreement,
        OBJECTION: written(after.objections),
    }


def _edited(content: bytes, file: SssomFile, changes: Mapping[int, Mapping[str, str]]) -> bytes:
    """Write the cells; declare those columns that SSSOM does not have, where they are new."""
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    text = content[len(mark) :].decode("utf-8")
    head = re.match(r"(?:#[^\n]*(?:\n|$))*", text)
    assert head is not None  # it matches nothing at all, too
    table = tsv.edited(text[head.end() :], changes, head[0].count("\n") + 1)
    added = {c for cells in changes.values() for c, v in cells.items() if v} - set(file.columns)
    declared = _declared(head[0], file, sorted(added & set(EXTENSIONS)))
    return mark + (declared + table).encode("utf-8")


def _declared(head: str, file: SssomFile, slots: Sequence[str]) -> str:
    known = file.header.get("extension_definitions")
    listed = {str(d.get("slot_name")) for d in known if isinstance(d, dict)} if isinstance(known, list) else set()
    slots = [s for s in slots if s not in listed]
    if not slots:
        return head
    end = "\r\n" if "\r\n" in head else "\n"
    title = re.search(r"^(# ?)extension_definitions:[ \t]*\r?\n", head, re.MULTILINE)
    mark = title[1] if title else "# " if head and all(line.startswith("# ") for line in head.splitlines()) else "#"
    dash = re.match(r"(#[ ]*)-", head[title.end() :]) if title else None
    begin = dash[1] if dash else f"{mark}  "
    lines = [
        f"{begin}{text}{end}"
        for slot in slots
        for text in (
            f"- slot_name: {slot}",
            f'  property: "{EXTENSIONS[slot][0]}"',
            f'  type_hint: "{EXTENSIONS[slot][1]}"',
        )
    ]
    if title is None:
        return head + f"{mark}extension_definitions:{end}" + "".join(lines)
    return head[: title.end()] + "".join(lines) + head[title.end() :]
