"""Find what a user names; a name that nothing has gets the nearest ones."""

from __future__ import annotations

from comity.model.criteria import SchemeVersion
from comity.model.errors import UnknownNameError
from comity.model.knowledge import Knowledge


def scheme(knowledge: Knowledge, name: str) -> SchemeVersion:
    """Find a scheme version by its notation, in any case, or its IRI.

    :raises UnknownNameError: with what is near.
    """
    from comity.knowledge import near

    for version in knowledge.schemes.values():
        if name == version.iri or name.casefold() == version.notation.casefold():
            return version
    raise UnknownNameError("scheme version", name, near(name, (v.notation for v in knowledge.schemes.values())))
