"""How the relation of a row is read: our own words, those of other formats, and words that mean two things."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from comity.authoring.sheets.columns import RELATIONS, fold
from comity.formats.sssom import expand
from comity.knowledge.slots import CONFIRMED, PREDICATES, PREFIXES
from comity.knowledge.vocabulary import NS
from comity.model.classes import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A relation as it is meant.

    :param predicate: IRI; empty for none.
    :param foreign: the text, where it is none of our own words.
    :param ambiguous: why the text does not say which relation is meant.
    :param near: words that may have been meant.
    """

    predicate: str = ""
    negated: bool = False
    foreign: str = ""
    ambiguous: str = ""
    near: tuple[str, ...] = ()


FOREIGN: Mapping[str, str] = {
    "=": "equal",
    "equals": "equal",
    "equal to": "equal",
    "equivalent": "equal",
    "equivalent to": "equal",
    "identical": "equal",
    "same": "equal",
    "fully aligned": "equal",
    "full alignment": "equal",
    "⊃": "superset",
    "superset of": "superset",
    "stricter": "superset",
    "stricter than": "superset",
    "exceeds": "superset",
    "goes beyond": "superset",
    "⊂": "subset",
    "subset of": "subset",
    "less strict": "subset",
    "weaker": "subset",
    "weaker than": "subset",
    "≥": "covers",
    ">=": "covers",
    "meets": "covers",
    "meets or exceeds": "covers",
    "guarantees": "covers",
    "covered by": "coveredBy",
    "is covered by": "coveredBy",
    "≤": "coveredBy",
    "<=": "coveredBy",
    "part of": "coveredBy",
    "partially aligned": "overlaps",
    "partial alignment": "overlaps",
    "partially": "overlaps",
    "partial": "overlaps",
    "partly": "overlaps",
    "overlap": "overlaps",
    "overlapping": "overlaps",
    "intersects with": "intersects",
    "intersection": "intersects",
    "nothing in common": "disjoint",
    "no relationship": "disjoint",
    "does not guarantee": "not covers",
    "related": "closeMatch",
    "see also": "closeMatch",
    "references": "closeMatch",
    "lead": "closeMatch",
}
"""Words of other formats and tables, and how they are read (semantics, section 2); each use is told."""

_TWO_WAYS = "It is read in two ways: the text may be wider, or ask for more."
AMBIGUOUS: Mapping[str, str] = {
    "broader": _TWO_WAYS,
    "broader than": _TWO_WAYS,
    "narrower": _TWO_WAYS,
    "narrower than": _TWO_WAYS,
    "wider": _TWO_WAYS,
    "contains": _TWO_WAYS,
    "includes": _TWO_WAYS,
    "aligned": "It does not say whether all of the object is met, or a part.",
    "aligned with": "It does not say whether all of the object is met, or a part.",
    "maps to": "It does not say whether all of the object is met, or a part.",
    "match": "It does not say whether all of the object is met, or a part.",
    "yes": "It does not say whether all of the object is met, or a part.",
    "no": "Nothing in common, or not all of it?",
    "none": "Nothing in common, or nobody has looked?",
    "not aligned": "Nothing in common, or not all of it?",
    "gap": "Nothing in common, or not all of it?",
}
"""Words that people read in two ways."""

QUESTION = (
    "Does meeting the subject guarantee the object? Always: superset, equal or covers. Partly: subset or overlaps."
)
"""How to find the relation, in one line."""

_OWN = {name.removeprefix(NS).casefold(): name for name in PREDICATES if name.startswith(NS)}


def said(text: str, prefixes: Mapping[str, str], modifier: str = "") -> Said:
    """Read a relation.

    :param modifier: of SSSOM: ``Not`` or nothing.

    >>> said("Superset", {}).predicate[-8:], said("not covers", {}).negated, said("partially aligned", {}).foreign
    ('superset', True, 'partially aligned')
    >>> said("no-relationship", {}).predicate[-8:], said("Equivalent-To", {}).predicate[-5:]
    ('disjoint', 'equal')
    >>> said("supeset", {}).near, bool(said("broader", {}).ambiguous)
    (('superset', 'superset of'), True)
    """
    word = fold(text).replace("-", " ")  # OSCAL writes its relationships so
    negated = modifier.strip().casefold() == "not"
    if word.startswith(("not ", "¬ ")) and word not in (*FOREIGN, *AMBIGUOUS):
        word, text, negated = word.partition(" ")[2], text.strip().partition(" ")[2], not negated
    own = _OWN.get(word.replace(" ", "")) or _OWN.get(text.strip().removeprefix("comity:").casefold())
    if own:
        return Said(own, negated)
    iri = expand(text.strip(), {**PREFIXES, **prefixes})
    if iri is not None and iri in PREDICATES:
        return Said(iri, negated, text if iri in CONFIRMED else "")
    if word in AMBIGUOUS:
        return Said(negated=negated, ambiguous=AMBIGUOUS[word])
    if word in FOREIGN:
        own = FOREIGN[word]
        return Said(NS + own.removeprefix("not "), negated != own.startswith("not "), text)
    known = {w.casefold(): w for w in (*RELATIONS, *FOREIGN)}
    near = difflib.get_close_matches(word.rpartition(":")[2], known, 2, 0.7)
    return Said(negated=negated, near=tuple(known[n] for n in near))
