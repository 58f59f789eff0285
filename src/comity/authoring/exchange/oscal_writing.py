"""Write mapping rows as an OSCAL control-mapping collection (JSON, OSCAL 1.2)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from comity.authoring.draft import Draft, DraftRow
from comity.authoring.exchange.jsontext import dumps
from comity.authoring.exchange.oscal import said
from comity.authoring.exchange.slots import slots
from comity.authoring.exchange.written import Losses, Written
from comity.formats.json import Json
from comity.knowledge.standing import by_machine
from comity.knowledge.vocabulary import NS
from comity.model.knowledge import Knowledge
from comity.model.scales import Authority

VERSION = "1.2.0"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, NS)
_OWN = ("mapping_set_title", "mapping_set_version", "mapping_set_description")
"""Metadata that have places of their own; that the set does not say one of them is said by a property."""
_Object = dict[str, Json]


def write(draft: Draft, knowledge: Knowledge) -> Written:
    """Write the rows of a draft; the same draft is the same text.

    What OSCAL has no place for stands in properties of the namespace of Comity, which OSCAL allows.
    """
    losses = Losses("OSCAL")
    for criterion in draft.criteria:
        losses.add("criteria", criterion.notation)
    title = str(draft.header.get("mapping_set_title") or draft.header.get("mapping_set_id") or draft.name)
    collection: _Object = {
        "uuid": _uuid("collection", title, *(r.subject + r.predicate + r.object for r in draft.rows)),
        "metadata": _metadata(draft, title, knowledge),
        "provenance": _provenance(draft, title),
        "mappings": [*_mappings(draft, knowledge)],
    }
    return Written((dumps({"mapping-collection": collection}, 2) + "\n").encode("utf-8"), losses.findings())


def _metadata(draft: Draft, title: str, knowledge: Knowledge) -> _Object:
    header = draft.header
    changed = [str(header.get("mapping_date", ""))[:10], *(r.stated_on.isoformat() for r in draft.rows if r.stated_on)]
    last = max((d for d in changed if _is_day(d)), default=knowledge.checked_on.isoformat())
    props: list[Json] = []
    for key, value in sorted(header.items()):
        if key not in _OWN and isinstance(value, list | tuple):
            props += [_prop(f"list-{key}", str(one)) for one in value]
        elif key not in _OWN:
            props.append(_prop(key, str(value)))
    props += [_prop(f"no-{key}", "true") for key in _OWN if not header.get(key)]
    props += [_prop("prefix", f"{name} {space}") for name, space in sorted(draft.prefixes.items())]
    return {
        "title": title,
        "last-modified": f"{last}T00:00:00Z",
        "version": str(header.get("mapping_set_version") or "1"),
        "oscal-version": VERSION,
        "props": props,
    }


def _provenance(draft: Draft, title: str) -> _Object:
    machine = [by_machine(r.justification) for r in draft.rows]
    drafts = any(r.authority is not None and r.authority <= Authority.DRAFT for r in draft.rows)
    text = str(draft.header.get("mapping_set_description") or "")
    return {
        "method": "automation" if machine and all(machine) else "hybrid" if any(machine) else "human",
        "matching-rationale": "semantic",
        "status": "draft" if drafts else "not-complete",
        "mapping-description": text or title,
    }


def _mappings(draft: Draft, knowledge: Knowledge) -> Iterable[_Object]:
    """Yield what relates each resource to each other; the order of rows within one stays."""
    groups: dict[tuple[str, str], list[DraftRow]] = {}
    for row in draft.rows:
        one = _resource(row.subject, draft, "subject_source", knowledge)
        other = _resource(row.object, draft, "object_source", knowledge)
        groups.setdefault((one, other), []).append(row)
    for (one, other), rows in groups.items():
        yield {
            "uuid": _uuid("mapping", one, other),
            "source-resource": {"type": "catalog", "href": one},
            "target-resource": {"type": "catalog", "href": other},
            "maps": [*_maps(rows, knowledge)],
        }


def _maps(rows: Sequence[DraftRow], knowledge: Knowledge) -> Iterable[_Object]:
    seen: dict[str, int] = {}
    for row in rows:
        key = f"{row.id} {row.subject} {row.predicate} {row.object} {row.negated}"
        seen[key] = seen.get(key, 0) + 1
        word, namespace = said(row.predicate, row.negated)
        entry: _Object = {"uuid": _uuid("map", key, str(seen[key]))}
        if namespace:
            entry["ns"] = namespace
        entry["relationship"] = word
        entry["sources"] = [_item(row.subject, knowledge)]
        entry["targets"] = [_item(row.object, knowledge)]
        if row.confidence is not None:
            entry["confidence-score"] = {"percentage": _number(row.confidence)}
        held = slots(row)
        reason = held.pop("comment", "")
        if held:
            entry["props"] = [_prop(slot, text) for slot, text in sorted(held.items())]
        if reason:
            entry["remarks"] = reason
        yield entry


def _item(iri: str, knowledge: Knowledge) -> _Object:
    criterion = knowledge.criteria.get(iri)
    name = criterion.notation if criterion else iri.rstrip("/").rpartition("/")[2].rpartition("#")[2]
    return {"type": "control", "id-ref": name or iri, "props": [_prop("iri", iri)]}


def _prop(name: str, text: str) -> _Object:
    r"""Write a property; a value may have no line end and no blank around it, so that such a text is a remark.

    >>> _prop("note", "a")["value"], _prop("note", "a\nb")["value"]
    ('a', 'see remarks')
    """
    plain = text == text.strip() and "\n" not in text and "\r" not in text and bool(text)
    found: _Object = {"name": name, "ns": NS, "value": text if plain else "see remarks"}
    return found if plain else {**found, "remarks": text}


def _resource(iri: str, draft: Draft, slot: str, knowledge: Knowledge) -> str:
    criterion = knowledge.criteria.get(iri)
    if criterion is not None:
        return criterion.version
    stated = str(draft.header.get(slot, ""))
    if stated and iri.startswith(stated):
        return stated
    cut = max(iri.rfind("/"), iri.rfind("#"))
    return iri[:cut] if cut > iri.find("://") + 2 else iri


def _uuid(*parts: str) -> str:
    return str(uuid.uuid5(_SPACE, "\n".join(parts)))


def _number(value: float) -> Json:
    return Decimal(repr(value))


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
