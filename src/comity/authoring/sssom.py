"""Write drafted rows as a mapping set in SSSOM TSV, the text format in which Comity keeps them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from comity.authoring.draft import Draft, DraftRow
from comity.knowledge.slots import EXTENSIONS, ORDER
from comity.knowledge.slots import PREFIXES as KNOWN
from comity.knowledge.vocabulary import NS, SEMAPV, XSD

JUSTIFIED = SEMAPV + "ManualMappingCuration"
"""What an empty justification means: a person compared the texts."""

_NEEDED = ("record_id", "subject_id", "predicate_id", "object_id", "mapping_justification")
REFERENCES = frozenset({"subject_source", "object_source", "creator_id", "author_id", "reviewer_id", "mapping_tool_id"})
"""Slots of a set that refer to something, by a CURIE. Source: the schema of SSSOM 1.1."""
_REFERENCES_OF_ROWS = frozenset(
    {"subject_category", "object_category", "subject_source", "object_source", "mapping_source", "mapping_tool_id"}
    | {"creator_id", "curation_rule", "issue_tracker_item", "subject_preprocessing", "object_preprocessing"}
)
"""The same of rows, among those that a draft has no field for."""
_OPAQUE = re.compile(r"(did|urn):(?=.)")


def write_sssom(draft: Draft) -> str:
    """Write the rows of a draft, in their order; the same draft is the same text.

    Criteria are no part of it: :func:`comity.authoring.turtle.write_turtle` writes those.
    """
    prefixes = prefixes_for(draft)
    ids = record_ids(draft)
    records = [_cells(row, ids[n], prefixes) for n, row in enumerate(draft.rows)]
    used = {slot for record in records for slot, text in record.items() if text}
    extra = sorted(slot for slot in used if slot not in ORDER)
    columns = [c for c in ORDER if c in used or c in _NEEDED] + extra
    lines = [*_header(draft, prefixes, [c for c in columns if c in EXTENSIONS]), "\t".join(columns)]
    lines += ["\t".join(quoted(record.get(c, "")) for c in columns) for record in records]
    return "\n".join(lines) + "\n"


def prefixes_for(draft: Draft) -> dict[str, str]:
    """Return the prefixes that a mapping set is written with: the draft's own, and one for each other namespace."""
    prefixes = {"comity": NS, "semapv": SEMAPV, "xsd": XSD, **draft.prefixes}
    rows = row_space(draft)
    if rows not in prefixes.values() and any(not row.id for row in draft.rows):
        prefixes[_free("row", draft.prefixes)] = rows
    if any(row.predicate.startswith(KNOWN["skos"]) for row in draft.rows):
        prefixes.setdefault("skos", KNOWN["skos"])
    for iri in dict.fromkeys(_referred(draft)):
        if curie(iri, prefixes) == iri and (space := _namespace(iri)) and space not in prefixes.values():
            prefixes[_prefix(space, prefixes)] = space
    return dict(sorted(prefixes.items()))


def _referred(draft: Draft) -> Iterator[str]:
    """Yield what rows and header refer to: readers refuse a set in which one such address has no prefix."""
    for row in draft.rows:
        yield from (row.subject, row.object, row.justification)
        yield from (part for text in (row.author_id, row.reviewer_id) for part in text.split("|"))
        yield from (p for slot in sorted(_REFERENCES_OF_ROWS & set(row.more)) for p in row.more[slot].split("|"))
    for slot in sorted(REFERENCES & set(draft.header)):
        value = draft.header[slot]
        yield from map(str, value if isinstance(value, list | tuple) else (value,))


def row_space(draft: Draft) -> str:
    """Return the namespace of rows that have no name yet."""
    known = str(draft.header.get("mapping_set_id", "")).rstrip("/#")
    return f"{known}/row/" if known else f"urn:comity:rows:{_stem(draft.name)}:"


def record_ids(draft: Draft) -> list[str]:
    """Return the id of each row: its own, else one made from both ends, told apart where a pair has several."""
    spaces = {space: prefix for prefix, space in draft.prefixes.items()}
    prefix = spaces.get(row_space(draft)) or _free("row", draft.prefixes)
    taken = {row.id for row in draft.rows if row.id}
    ids = []
    for row in draft.rows:
        base = f"{prefix}:{_end(row.subject)}--{_end(row.object)}"
        key, number = row.id or (base if row.object else ""), 1
        while key and not row.id and key in taken:
            number += 1
            key = f"{base}-{number}"
        taken.add(key)
        ids.append(key)
    return ids


def curie(iri: str, prefixes: Mapping[str, str]) -> str:
    """Shorten an IRI by the longest namespace that it begins with; as it is where none does.

    >>> curie("https://a.example/x/1", {"a": "https://a.example/", "x": "https://a.example/x/"})
    'x:1'
    """
    fitting = [
        (len(space), p, space) for p, space in prefixes.items() if space and iri.startswith(space) and iri != space
    ]
    if not fitting:
        return iri
    _, prefix, space = max(fitting)
    return f"{prefix}:{iri[len(space) :]}"


def quoted(text: str) -> str:
    r'''Write a cell so that it stays one: in quotation marks where it holds a tab, a line end or such a mark.

    >>> quoted("plain"), quoted('a "b"')
    ('plain', '"a ""b"""')
    '''
    return '"' + text.replace('"', '""') + '"' if re.search(r'[\t\r\n"]', text) else text


def _cells(row: DraftRow, key: str, prefixes: Mapping[str, str]) -> dict[str, str]:
    return {
        **row.more,
        "record_id": key,
        "subject_id": curie(row.subject, prefixes),
        "subject_label": row.subject_label,
        "predicate_id": curie(row.predicate, prefixes),
        "predicate_label": row.foreign,
        "predicate_modifier": "Not" if row.negated else "",
        "object_id": curie(row.object, prefixes),
        "object_label": row.object_label,
        "mapping_justification": curie(row.justification or (JUSTIFIED if row.predicate else ""), prefixes),
        "author_id": row.author_id,
        "author_label": row.author_label,
        "reviewer_id": row.reviewer_id,
        "reviewer_label": row.reviewer_label,
        "confidence": "" if row.confidence is None else f"{row.confidence:g}",
        "mapping_date": _day(row.stated_on),
        "comment": row.reason,
        "other": row.note,
        "authority": row.authority.token if row.authority is not None else "",
        "scope": row.scope,
        "joint_group": row.joint_group,
        "valid_from": _day(row.valid_from),
        "valid_until": _day(row.valid_until),
        "basis": row.basis.value if row.basis is not None else "",
    }


def _header(draft: Draft, prefixes: Mapping[str, str], extensions: Iterable[str]) -> Iterator[str]:
    header = {k: v for k, v in draft.header.items() if v not in (None, "", [], {})}
    yield "#curie_map:"
    yield from (f"#  {name}: {_scalar(space)}" for name, space in prefixes.items())
    declared = list(extensions)
    if declared:
        yield "#extension_definitions:"
        for slot in declared:
            yield f"#  - slot_name: {slot}"
            yield f'#    property: "{EXTENSIONS[slot][0]}"'
            yield f'#    type_hint: "{EXTENSIONS[slot][1]}"'
    for key, value in sorted(header.items()):
        if isinstance(value, list | tuple):
            yield f"#{key}:"
            yield from (f"#  - {_scalar(curie(str(v), prefixes) if key in REFERENCES else v)}" for v in value)
        elif key in REFERENCES:
            yield f"#{key}: {_scalar(curie(str(value), prefixes))}"
        else:
            yield f"#{key}: {_scalar(value)}"


def _scalar(value: object) -> str:
    """Write a value of YAML, of which JSON is a part."""
    return json.dumps(value if isinstance(value, int | float | dict | list) else str(value), ensure_ascii=False)


def _namespace(iri: str) -> str:
    """Return what an address begins with that a prefix can stand for; empty for what is none.

    >>> _namespace("https://a.example/x/1"), _namespace("https://a.example"), _namespace("did:web:a.example")
    ('https://a.example/x/', 'https://', 'did:')
    """
    if opaque := _OPAQUE.match(iri):
        return opaque[0]
    start = iri.find("://") + 3
    if start < 3 or len(iri) == start:
        return ""
    body = iri.rstrip("/#")
    cut = max(body.rfind("/"), body.rfind("#"))
    return iri[: max(cut + 1, start)]


def _prefix(space: str, taken: Mapping[str, str]) -> str:
    if _OPAQUE.match(space + "x"):
        return _free(space.rstrip(":"), taken)
    parts = [p for p in re.split(r"[/#]+", space.partition("://")[2]) if p] or ["web"]
    name = "-".join(parts[1:][-2:]) or parts[0].split(".")[0]
    return _free(re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-.") or "ns", taken)


def _free(name: str, taken: Mapping[str, str]) -> str:
    if not re.match(r"[A-Za-z_]", name):
        name = f"n{name}"
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}{number}"
    return free


def _end(iri: str) -> str:
    """Name a criterion inside of a row's id: the last two parts of its address."""
    parts = [p for p in re.split(r"[/#]+", iri.partition("://")[2] or iri) if p]
    return "-".join(parts[1:][-3:] or parts)


def _stem(name: str) -> str:
    base = re.split(r"[\\/]", name)[-1].partition(".")[0]
    return re.sub(r"[^A-Za-z0-9_-]+", "-", base) or "set"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
