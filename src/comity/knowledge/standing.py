"""The authority that those who signed a mapping row give it (semantics, section 4, Authority of a row)."""

from __future__ import annotations

import re
import unicodedata
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


def canonical(identifier: str) -> str:
    """Write an identifier of a person or body in the one way in which identifiers are compared.

    >>> canonical("http://ORCID.org/0000-0002-1825-0097/"), canonical("orcid:0000-0002-1825-0097")
    ('https://orcid.org/0000-0002-1825-0097', 'https://orcid.org/0000-0002-1825-0097')
    """
    text = identifier.strip().casefold().rstrip("/#")
    orcid = re.fullmatch(r"(?:orcid:|https?://(?:www\.)?orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dx])", text)
    return f"https://orcid.org/{orcid[1]}" if orcid else re.sub(r"^http://", "https://", text)


def folded(name: str) -> str:
    """Write a name in the one way in which names are compared: accents, case and the order of words do not count.

    >>> folded("Lí, Ana") == folded("ANA  Li")
    True
    """
    plain = (c for c in unicodedata.normalize("NFKD", name) if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join(sorted(re.findall(r"\w+", "".join(plain).casefold())))


@dataclass(frozen=True, slots=True)
class People:
    """Some who have signed a row.

    :param ids: identifiers, as :func:`canonical` writes them.
    :param names: names, as :func:`folded` writes them; those of the same people, or of others.
    """

    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, ids: Iterable[str] = (), names: Iterable[str] = ()) -> People:
        """Take people as cells write them; an identifier that stands in a name's place is no name.

        >>> People.of(["did:web:ana.example"], ["did:web:ana.example"]).names
        frozenset()
        """
        known = frozenset(map(canonical, ids))
        return cls(known, frozenset(folded(n) for n in names if canonical(n) not in known))

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.ids or self.names)

    def others_than(self, authors: People) -> bool:
        """Tell whether somebody is among them who is certainly not an author.

        Neither the identifier nor the name is an author's, where both sides have one; of a name alone on one side and
        an identifier alone on the other that is not known.

        >>> ana = People.of(names=["Ana Li"])
        >>> People.of(names=["Li, Ana"]).others_than(ana), People.of(names=["Bo Ek"]).others_than(ana)
        (False, True)
        """
        pairs = [(self.ids, authors.ids), (self.names, authors.names)]
        differing = [mine - theirs for mine, theirs in pairs if mine and theirs]
        return all(differing) and bool(differing) if authors else bool(self)


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
    signed = [not (authors.ids | reviewers.ids).isdisjoint(map(canonical, ids)) for ids in stewards]
    if any(signed):
        return Authority.AGREED_BY_OWNERS if all(signed) else Authority.ASSERTED_BY_OWNER
    if reviewers.others_than(authors):
        return Authority.REVIEWED
    nobody = not authors and not reviewers
    return Authority.SUGGESTED if nobody and by_machine(justification) else Authority.DRAFT
