"""The authority that those who signed a mapping row give it (semantics, section 4, Authority of a row)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from comity.model.classes import dataclass
from comity.model.scales import Authority

_MACHINE: Final = ("lexical", "semantic", "similarity", "chaining", "composite", "logicalreasoning")


def by_machine(justification: str) -> bool:
    """Tell whether a justification of SEMAPV says that a machine found the pair.

    >>> by_machine("semapv:LexicalMatching"), by_machine("semapv:ManualMappingCuration")
    (True, False)
    """
    word = justification.casefold()
    return any(part in word for part in _MACHINE)


@dataclass(frozen=True, slots=True)
class People:
    """Some who have signed a row.

    :param ids: identifiers.
    :param names: names; those of the same people, or of others.
    """

    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, ids: Iterable[str] = (), names: Iterable[str] = ()) -> People:
        """Take people as cells write them; names are the same however they are spaced and capitalised."""
        return cls(frozenset(ids), frozenset(" ".join(n.split()).casefold() for n in names))

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.ids or self.names)

    def others_than(self, authors: People) -> bool:
        """Tell whether somebody is among them who is not an author: by identifiers, or else by names.

        >>> ana = People.of(names=["Ana Li"])
        >>> People.of(names=["ana  li"]).others_than(ana), People.of(names=["Bo Ek"]).others_than(ana)
        (False, True)
        """
        if self.ids and authors.ids:
            return bool(self.ids - authors.ids)
        if self.names and authors.names:
            return bool(self.names - authors.names)
        return bool(self)


def several(cell: str) -> tuple[str, ...]:
    """Return the people that a cell names, with ``|`` between them.

    >>> several("Ana Li | Bo Ek")
    ('Ana Li', 'Bo Ek')
    """
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def standing(
    authors: People, reviewers: People, stewards: Sequence[Iterable[str]] = (), justification: str = ""
) -> Authority:
    """Return what a row counts as by those who signed it, whatever a cell says.

    :param stewards: identifiers of the stewards of the subject's scheme, and of those of the object's.
    :param justification: how the pair was found; what a machine found stays a suggestion until a person signs.

    >>> ana, bo = People.of(["did:web:ana.example"]), People.of(["did:web:bo.example"])
    >>> [a.token for a in (standing(ana, ana), standing(ana, bo), standing(ana, bo, [["did:web:ana.example"], []]))]
    ['draft', 'reviewed', 'asserted-by-owner']
    """
    signed = [bool((authors.ids | reviewers.ids) & set(ids)) for ids in stewards]
    if any(signed):
        return Authority.AGREED_BY_OWNERS if all(signed) else Authority.ASSERTED_BY_OWNER
    if reviewers.others_than(authors):
        return Authority.REVIEWED
    nobody = not authors and not reviewers
    return Authority.SUGGESTED if nobody and by_machine(justification) else Authority.DRAFT
