"""Tell the formats of files apart by their names, and JSON by what stands at its top."""

from __future__ import annotations

from pathlib import PurePath

from comity.authoring.exchange import cvc, svc
from comity.formats import json
from comity.formats.json import Json
from comity.model.errors import UnreadableError

_RDF = frozenset({".ttl", ".nt", ".jsonld", ".rdf", ".owl", ".n3", ".trig", ".nq"})


def recognise(name: str, content: bytes) -> str:
    """Tell what a file holds; see :func:`comity.authoring.exchange.recognise`."""
    ending = PurePath(name.replace("\\", "/")).suffix.casefold()
    if ending not in _RDF | {".json"}:
        return ""
    if ending in (".json", ".jsonld"):
        try:
            return _of_json(json.read(content, name).value) or "rdf"
        except UnreadableError:
            return "untp" if ending == ".json" else "rdf"
    return "rdf"


def _of_json(value: Json) -> str:
    if isinstance(value, dict) and "mapping-collection" in value:
        return "oscal"
    if svc.recognises(value):
        return "svc"
    return "untp" if cvc.recognises(value) else ""
