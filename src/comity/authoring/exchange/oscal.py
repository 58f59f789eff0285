"""Read OSCAL control-mapping collections (JSON, OSCAL 1.2) as mapping rows.

Source: the OSCAL Control Mapping model of NIST, and NIST IR 8477 for the meaning of its relationships.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from urllib.parse import quote

from comity.authoring.draft import Draft, DraftRow
from comity.authoring.exchange.slots import filled
from comity.authoring.exchange.things import Thing, address, unaddressed
from comity.formats import json
from comity.knowledge.slots import PREFIXES
from comity.knowledge.vocabulary import NS
from comity.model.classes import dataclass
from comity.model.errors import UnreadableError
from comity.model.places import Finding, Place, Severity

OSCAL = "http://csrc.nist.gov/ns/oscal"
RELATIONS: Mapping[str, str] = {
    "equal-to": "equal",
    "equivalent-to": "equal",
    "superset-of": "superset",
    "subset-of": "subset",
    "intersects-with": "intersects",
    "no-relationship": "disjoint",
}
"""Relationships of OSCAL, and how they are read where the meaning was compared (semantics, section 2)."""
_MANY_TO_ONE = {"equal": "coveredBy", "subset": "subset", "superset": "closeMatch", "disjoint": "disjoint"}
"""What holds between each of several sources and the one target."""
_ONE_TO_MANY = {"equal": "covers", "superset": "covers", "subset": "closeMatch", "disjoint": "disjoint"}
"""What holds between the one source and each of several targets."""
_COVERING = frozenset({"equal", "superset"})
_HEADED = {"title": "mapping_set_title", "version": "mapping_set_version"}
_SAFE = "/?:@!$&'()*+,;=-._~%"
_MARK, _NONE, _LIST = "not-", "no-", "list-"


def read(content: bytes, name: str) -> Draft:
    """Read a collection; whatever is wrong stands in the draft's problems."""
    try:
        parsed = json.read(content, name)
    except UnreadableError as error:
        problem = Finding(error.code, Severity.ERROR, error.place, error.message, error.fix)
        return Draft(name, "mappings", problems=(problem,))
    document = Thing(parsed.value, Place(name)) if isinstance(parsed.value, dict) else None
    collection = document.one("mapping-collection") if document is not None else None
    if collection is None:
        problem = Finding("no-vocabulary", Severity.ERROR, Place(name), "This is no OSCAL mapping collection.")
        return Draft(name, "mappings", problems=(problem,))
    reader = _Reader(collection)
    rows = [row for mapping in collection.all("mappings") for row in reader.mapping(mapping)]
    header, prefixes = reader.header()
    found = Draft(
        name=name,
        kind="mappings",
        rows=tuple(rows),
        header=header,
        prefixes=prefixes,
        problems=(*parsed.findings, *reader.findings),
    )
    return replace(found, problems=(*found.problems, *unaddressed(found)))


@dataclass(slots=True)
class _Reader:
    """Reads one collection."""

    collection: Thing
    findings: list[Finding] = field(default_factory=list)

    def header(self) -> tuple[dict[str, object], dict[str, str]]:
        """Return the metadata as SSSOM names them, and prefixes."""
        metadata = self.collection.one("metadata") or Thing({}, self.collection.place)
        found: dict[str, object] = {v: metadata.text(k) for k, v in _HEADED.items() if metadata.text(k)}
        prefixes: dict[str, str] = {}
        own = props(metadata)
        for name, values in own.items():
            if name == "prefix":
                prefixes |= dict(v.split(" ", 1) for v in values if " " in v)
            elif name.startswith(_LIST):
                found[name.removeprefix(_LIST)] = list(values)
            elif not name.startswith(_NONE):
                found[name] = values[0]
        for name in own:  # what OSCAL asks for and the set did not say
            if name.startswith(_NONE):
                found.pop(name.removeprefix(_NONE), None)
        provenance = self.collection.one("provenance")
        text = provenance.text("mapping-description") if provenance is not None else ""
        if text and f"{_NONE}mapping_set_description" not in own:
            found.setdefault("mapping_set_description", text)
        if not own:
            if uuid := self.collection.text("uuid"):
                found["mapping_set_id"] = f"urn:uuid:{uuid}"
            self._left_out(metadata, "metadata", {"title", "version", "last-modified", "oscal-version", "props"})
            self._left_out(self.collection, "collection", {"uuid", "metadata", "provenance", "mappings", "back-matter"})
        return found, prefixes

    def mapping(self, mapping: Thing) -> Iterator[DraftRow]:
        """Read what relates one resource to another."""
        one, other = self._resource(mapping, "source-resource"), self._resource(mapping, "target-resource")
        provenance = self.collection.one("provenance")
        rationale = mapping.text("matching-rationale") or (provenance.text("matching-rationale") if provenance else "")
        known = {"uuid", "matching-rationale", "source-resource", "target-resource", "maps", "method", "status"}
        self._left_out(mapping, "mapping", known)
        for entry in mapping.all("maps"):
            yield from self._entry(entry, one, other, entry.text("matching-rationale") or rationale)

    def _entry(self, entry: Thing, one: str, other: str, rationale: str) -> Iterator[DraftRow]:
        sources, targets = entry.all("sources"), entry.all("targets")
        said = entry.one("relationship")
        word = said.text("type") if said is not None else entry.text("relationship")
        namespace = entry.text("ns") or (said.text("ns") if said is not None else "") or OSCAL
        if namespace.rstrip("/#") != OSCAL:
            predicate, negated = address(f"{namespace}{word.removeprefix(_MARK)}"), word.startswith(_MARK)
            foreign = ""
        else:
            relation = self._relation(entry, word, rationale, sources, targets)
            ours = any("iri" in props(item) for item in sources)
            predicate, negated, foreign = NS + relation, False, "" if ours else f"oscal: {word}"
        together = len(sources) > 1 and len(targets) == 1 and RELATIONS.get(word) in _COVERING and bool(foreign)
        known = {"uuid", "ns", "relationship", "matching-rationale", "sources", "targets", "props", "remarks"}
        self._left_out(entry, "map", known | {"confidence-score"})
        score = entry.one("confidence-score")
        sure = score.number("percentage") if score is not None else None
        for source in sources:
            for target in targets:
                slots = {k: v[0] for k, v in props(entry).items()}
                slots.setdefault("comment", entry.text("remarks"))
                slots.setdefault("predicate_label", foreign)
                if together:
                    slots.setdefault("joint_group", entry.text("uuid"))
                yield filled(
                    slots,
                    subject=_iri(source, one),
                    predicate=predicate,
                    object_=_iri(target, other),
                    negated=negated,
                    confidence=float(sure) if sure is not None else None,
                    place=entry.place,
                )

    def _relation(
        self, entry: Thing, word: str, rationale: str, sources: Sequence[Thing], targets: Sequence[Thing]
    ) -> str:
        """Return the relation of each pair, and tell how the relationship of the map was read."""
        relation = RELATIONS.get(word, "")
        if not relation:
            self._note(entry, "relation-read", f"{word!r} is no relationship of OSCAL; it is read as a lead.")
            return "closeMatch"
        if rationale == "syntactic":
            self._note(entry, "relation-read", f"{word!r} is said of the wording alone; it is read as a lead.")
            return "closeMatch"
        if len(sources) > 1 or len(targets) > 1:
            tables = {(False, True): _MANY_TO_ONE, (True, False): _ONE_TO_MANY}
            relation = tables.get((len(sources) == 1, len(targets) == 1), {}).get(relation, "closeMatch")
            message = f"{word!r} is said of {len(sources)} sources and {len(targets)} targets together; "
            self._note(entry, "relation-read", f"{message}each pair is read as {relation}.")
        return relation

    def _resource(self, mapping: Thing, key: str) -> str:
        """Return the address of a resource; one in the back matter is followed."""
        resource = mapping.one(key)
        href = resource.text("href") if resource is not None else ""
        if not href.startswith("#"):
            return href
        back = self.collection.one("back-matter")
        for member in back.all("resources") if back is not None else ():
            if member.text("uuid") == href[1:]:
                links = [link.text("href") for link in member.all("rlinks")]
                return next((link for link in links if link), f"urn:uuid:{href[1:]}")
        return f"urn:uuid:{href[1:]}"

    def _left_out(self, thing: Thing, what: str, known: Iterable[str]) -> None:
        for key in thing.value:
            if key not in {*known, "props"} or (key == "props" and any(p.text("ns") != NS for p in thing.all("props"))):
                self._note(thing, "not-carried", f"{key!r} of the {what} has no place among mapping rows.")

    def _note(self, thing: Thing, code: str, message: str) -> None:
        severity = Severity.INFO if code == "relation-read" else Severity.WARNING
        self.findings.append(Finding(code, severity, thing.place, message))


def props(thing: Thing) -> dict[str, tuple[str, ...]]:
    """Return our own properties of an object, by name; a text of several lines stands in the remarks."""
    found: dict[str, tuple[str, ...]] = {}
    for one in thing.all("props"):
        if one.text("ns") == NS:
            written = one.value.get("remarks")
            text = written if isinstance(written, str) else one.text("value")
            found[one.text("name")] = (*found.get(one.text("name"), ()), text)
    return found


def _iri(item: Thing, resource: str) -> str:
    """Return the address of a control: its own where it has one, else one within its resource."""
    own = props(item).get("iri", ("",))[0]
    text = item.text("id-ref")
    if own or "://" in text:
        return address(own or text)
    return address(f"{resource}#{quote(text, safe=_SAFE)}" if resource else f"urn:oscal:{quote(text, safe=_SAFE)}")


def said(predicate: str, negated: bool) -> tuple[str, str]:
    """Write a relation as a relationship and its namespace; empty for that of OSCAL.

    >>> said(NS + "superset", False), said(NS + "covers", True)[0]
    (('superset-of', ''), 'not-covers')
    """
    words = {NS + ours: word for word, ours in RELATIONS.items() if word != "equivalent-to"}
    if not negated and predicate in words:
        return words[predicate], ""
    for space in (NS, *PREFIXES.values()):
        if predicate.startswith(space):
            return (_MARK if negated else "") + predicate.removeprefix(space), space
    cut = max(predicate.rfind("/"), predicate.rfind("#")) + 1
    return (_MARK if negated else "") + predicate[cut:], predicate[:cut]
