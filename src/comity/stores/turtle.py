"""Turtle in one canonical order: the layout of our own files and of everything that people may compare.

Prefixes that are used, sorted; one block for each subject, sorted by IRI; ``a`` first, then predicates and
their objects as they are spelled, texts last; no blank nodes. The same triples are the same text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from comity.stores.terms import TYPE, XSD

# Short forms that need no escape; Turtle 1.1, PN_LOCAL, allows more.
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
# Turtle 1.1, section 2.5: numbers and truth values that may stand without quotes.
_BARE: Mapping[str, re.Pattern[str]] = {
    XSD + "boolean": re.compile(r"true|false"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
}
_WIDTH = 114
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> str:
    r"""Write triples; repeated ones once.

    :param prefixes: name to namespace; those that nothing uses are left out.
    :raises ValueError: for a blank node.

    >>> triple = Triple(NamedNode("urn:a#s"), TYPE, NamedNode("urn:a#T"))
    >>> write([triple], {"a": "urn:a#", "b": "urn:b#"})
    '@prefix a: <urn:a#> .\n\na:s a a:T .\n'
    """
    spelling = _Spelling(prefixes)
    blocks: dict[str, dict[NamedNode, set[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(set))
    for triple in triples:
        blocks[_named(triple.subject)][triple.predicate].add(_ground(triple.object))
    body = "".join(f"\n{_block(iri, blocks[iri], spelling)}" for iri in sorted(blocks))
    return spelling.head() + body


def _block(subject: str, properties: Mapping[NamedNode, set[NamedNode | Literal]], spelling: _Spelling) -> str:
    lines = []
    for predicate, objects in properties.items():
        # Without its ">" an IRI stands before those that it begins.
        found = sorted((spelling(o) for o in objects), key=lambda o: (o.startswith('"'), o.removesuffix(">")))
        verb = "a" if predicate == TYPE else spelling(predicate)
        line = f"{verb} {', '.join(found)}"
        lines.append((verb != "a", line if len(line) <= _WIDTH else f"{verb} " + ",\n        ".join(found)))
    return f"{spelling(NamedNode(subject))} " + " ;\n    ".join(line for _, line in sorted(lines)) + " .\n"


def _named(term: object) -> str:
    if not isinstance(term, NamedNode):
        raise ValueError(f"it has no name: {term}")
    return term.value


def _ground(term: object) -> NamedNode | Literal:
    if not isinstance(term, NamedNode | Literal):
        raise ValueError(f"it has no name: {term}")
    return term


class _Spelling:
    """Spells terms, and remembers which prefixes that took."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._used: set[str] = set()

    def head(self) -> str:
        return "".join(f"@prefix {name}: <{self._prefixes[name]}> .\n" for name in sorted(self._used))

    def __call__(self, term: NamedNode | Literal) -> str:
        return self._iri(term.value) if isinstance(term, NamedNode) else self._literal(term)

    def _iri(self, iri: str) -> str:
        for name, namespace in self._prefixes.items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
                self._used.add(name)
                return f"{name}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def _literal(self, literal: Literal) -> str:
        datatype = literal.datatype.value
        if (bare := _BARE.get(datatype)) and bare.fullmatch(literal.value):
            return literal.value
        quoted = '"' + "".join(_ESCAPES.get(c, c) for c in literal.value) + '"'
        if literal.language:
            return f"{quoted}@{literal.language}"
        return quoted if datatype == XSD + "string" else f"{quoted}^^{self._iri(datatype)}"
