"""JSON-LD of named resources, with its context inside: nothing has to be fetched to read it.

The same triples are the same text: resources by IRI, keys and values sorted.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from comity.stores.terms import TYPE, XSD


def write(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> str:
    """Write triples without blank nodes; repeated ones once.

    :param prefixes: name to namespace; those that nothing uses are left out.

    >>> triple = Triple(NamedNode("urn:a#s"), NamedNode("urn:a#p"), Literal("x", language="en"))
    >>> json.loads(write([triple], {"a": "urn:a#"}))["@graph"]
    [{'@id': 'a:s', 'a:p': {'@value': 'x', '@language': 'en'}}]
    """
    used: set[str] = set()

    def short(iri: str) -> str:
        for name, namespace in prefixes.items():
            if iri.startswith(namespace) and not iri.startswith("//", len(namespace)):
                used.add(name)
                return f"{name}:{iri[len(namespace) :]}"
        return iri

    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for triple in dict.fromkeys(triples):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            if triple.predicate == TYPE and isinstance(triple.object, NamedNode):
                found[triple.subject.value]["@type"].append(short(triple.object.value))
            else:
                found[triple.subject.value][short(triple.predicate.value)].append(_value(triple.object, short))
    graph = [{"@id": short(iri), **_properties(found[iri])} for iri in sorted(found)]
    context = {name: prefixes[name] for name in sorted(used)}
    return json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _properties(values: Mapping[str, list[Any]]) -> dict[str, Any]:
    ordered = {key: _ordered(values[key]) for key in sorted(values)}
    return {key: found[0] if len(found) == 1 else found for key, found in ordered.items()}


def _ordered(values: list[Any]) -> list[Any]:
    return values if len(values) == 1 else sorted(values, key=lambda v: json.dumps(v, sort_keys=True))


def _value(term: NamedNode | Literal, short: Any) -> Any:
    if isinstance(term, NamedNode):
        return {"@id": short(term.value)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return term.value
    return {"@value": term.value, "@type": short(term.datatype.value)}
