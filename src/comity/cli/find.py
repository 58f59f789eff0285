"""Find what a user names; a name that nothing has gets the nearest ones."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from comity.model.criteria import SchemeVersion
from comity.model.errors import UnknownNameError
from comity.model.knowledge import Knowledge
from comity.model.requirements import Market


def near(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names that are nearest, best first.

    >>> near("colour", ["color", "collar", "shape"])
    ('color', 'collar')
    """
    folded = {k.casefold(): k for k in sorted(known)}
    return tuple(folded[m] for m in difflib.get_close_matches(name.casefold(), folded, n=3, cutoff=0.6))


def market(knowledge: Knowledge, name: str) -> Market:
    """Find a market by its notation.

    :raises UnknownNameError: when there is none of that name.
    """
    found = knowledge.markets.get(name) or knowledge.markets.get(name.casefold())
    if found is None:
        raise UnknownNameError("market", name, near(name, knowledge.markets) or sorted(knowledge.markets)[:5])
    return found


def scheme(knowledge: Knowledge, name: str) -> SchemeVersion:
    """Find a scheme version by its notation or IRI.

    :raises UnknownNameError: when there is none of that name.
    """
    for version in knowledge.schemes.values():
        if name in (version.iri, version.notation) or name.casefold() == version.notation.casefold():
            return version
    raise UnknownNameError("scheme version", name, near(name, (v.notation for v in knowledge.schemes.values())))
