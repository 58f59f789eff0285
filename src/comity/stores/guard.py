"""Refuse what a query must not do, before it runs.

Every SPARQL engine follows ``SERVICE`` to any address, and an update changes a store. The query is cut into the
tokens of the SPARQL 1.1 grammar (section 19), so that a word in a string, an IRI, a name, a variable or a comment
does not count, and one spelled with code point escapes does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.model.errors import QueryError

FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UPDATES = frozenset({"LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "INSERT", "DELETE", "WITH"})
_TOKEN = re.compile(
    r'''
    (?P<skip>
        \#[^\r\n]*                                       # comment
      | <[^<>"{}|^`\\\x00-\x20]*>                         # IRIREF
      | """(?:(?:"|"")?(?:[^"\\]|\\.))*"""                # long strings, then short ones
      | \'\'\'(?:(?:'|'')?(?:[^'\\]|\\.))*\'\'\'
      | "(?:[^"\\\r\n]|\\.)*"
      | '(?:[^'\\\r\n]|\\.)*'
      | [?$]\w+                                          # variable
      | @[A-Za-z][A-Za-z0-9-]*                           # language tag
      | [0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?
      | \s+
    )
  | (?P<name>                                            # prefixed name, blank node
        (?:[\w.-]*\w)?:
        (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])
           (?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)?
    )(?P<group>(?=\s*\{))?
  | (?P<word>[A-Za-z_]\w*)
  | (?P<other>.)
    ''',
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def form(query: str) -> str:
    """Tell which form a query has, or refuse it.

    :param query: SPARQL 1.1 text.
    :returns: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
    :raises QueryError: when it asks another service, changes data, or is no query at all.

    >>> form("PREFIX load: <http://x/SERVICE#> SELECT ?service { ?service a load:it } # DELETE")
    'SELECT'
    >>> form("SELECT * { SERVICE <http://elsewhere/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    comity.model.errors.QueryError: the query asks another service (SERVICE): refused. ...
    """
    words = list(_keywords(query))
    # Some engines resolve code point escapes before they read the query: both readings must be harmless.
    plain = list(_keywords(_ESCAPE.sub(_character, query))) if "\\" in query else words
    for word in (*words, *plain):
        if "SERVICE" in word:
            raise QueryError(
                "the query asks another service (SERVICE): refused.", "Name each service with --endpoint instead."
            )
        if word in _UPDATES:
            raise QueryError(
                f"the query changes data ({word}): refused.", "Only SELECT, ASK, CONSTRUCT and DESCRIBE run."
            )
    first = next((w for w in words if w not in ("PREFIX", "BASE")), "")
    if first not in FORMS:
        raise QueryError(
            f"this is no SPARQL query: it starts with {first!r}." if first else "this is no SPARQL query: it is empty.",
            "It must be a SELECT, ASK, CONSTRUCT or DESCRIBE query.",
        )
    return first


def is_ordered(query: str) -> bool:
    """Tell whether a query fixes the order of its rows.

    >>> is_ordered("SELECT ?order { ?order ?by 'ORDER BY' }"), is_ordered("SELECT * { ?s ?p ?o } ORDER BY ?s")
    (False, True)
    """
    depth = 0
    for kind, text in _tokens(query):
        depth += {"{": 1, "}": -1}.get(text, 0) if kind == "other" else 0
        if kind == "word" and text.upper() == "ORDER" and depth == 0:
            return True
    return False


def _keywords(query: str) -> Iterator[str]:
    for kind, text in _tokens(query):
        # Parsers without word boundaries read "SERVICE:x{" and "true.SERVICE:x{" as the keyword and a name.
        if kind == "word" or (kind == "group" and "SERVICE" in text.upper()):
            yield text.upper()


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(query):
        if match.lastgroup in ("word", "other", "group"):
            yield match.lastgroup, match.group()


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= 0x10FFFF else match.group()
