"""By which names people find rules and markets, and what is near when they miss."""

from __future__ import annotations

from collections.abc import Iterable

from comity.knowledge.vocabulary import fold
from comity.model.criteria import Criterion
from comity.model.errors import UnknownNameError
from comity.model.knowledge import Knowledge
from comity.model.requirements import Market, Requirement


def resolve(knowledge: Knowledge, text: str) -> Criterion:
    """Find the criterion that a name stands for.

    :param text: a notation (in any case), the IRI of a criterion, requirement or scheme version, or an
        alias that stands for one criterion whatever its name.
    :raises UnknownNameError: with what is near, or with the candidates of an ambiguous alias.
    """
    wanted = text.strip()
    if iri := knowledge.by_notation.get(fold(wanted)):
        return knowledge.criteria[iri]
    bare = wanted.strip("<>")
    for iri in (bare, *_other_iris(knowledge, bare)):
        if iri in knowledge.criteria:
            return knowledge.criteria[iri]
    for requirement in _requirements(knowledge):
        if fold(wanted) == fold(requirement.notation) and requirement.criterion in knowledge.criteria:
            return knowledge.criteria[requirement.criterion]
    candidates = sorted({a.target for a in knowledge.aliases if a.iri == bare and a.target and not a.document_level})
    if len(candidates) == 1:
        return knowledge.criteria[candidates[0]]
    if candidates:
        raise UnknownNameError("rule", text, [knowledge.criteria[c].notation for c in candidates])
    raise UnknownNameError("rule", text, near(wanted, [c.notation for c in knowledge.criteria.values()]))


def requirements_of(knowledge: Knowledge, criterion: str) -> tuple[Requirement, ...]:
    """Return what the markets ask by a criterion, in order of market and notation.

    :param criterion: its IRI.
    """
    return tuple(r for r in _requirements(knowledge) if r.criterion == criterion)


def market(knowledge: Knowledge, text: str) -> Market:
    """Find a market by its notation (in any case) or IRI.

    :raises UnknownNameError: with what is near.
    """
    wanted = fold(text)
    for one in knowledge.markets.values():
        if wanted in (fold(one.notation), fold(one.iri)):
            return one
    known = sorted(knowledge.markets)
    # Of names of two letters, swapped ones are the nearest.
    swapped = [name for name in known if sorted(fold(name)) == sorted(wanted)]
    raise UnknownNameError("market", text, swapped or near(text, known) or known[:5])


def near(text: str, names: Iterable[str], count: int = 3) -> list[str]:
    """Return the nearest names, best first: those close in spelling, then those that contain the text.

    >>> near("kiln-20-4", ["kiln-2.0-4", "kiln-2.0-14", "hive-1-1"], 2)
    ['kiln-2.0-4', 'kiln-2.0-14']
    >>> near("art8", ["act-of-many-words-art8-1", "act-of-many-words-art9"])
    ['act-of-many-words-art8-1']
    """
    import difflib

    folded = {fold(name): name for name in names}
    wanted = fold(text)
    found = difflib.get_close_matches(wanted, folded, count, 0.75) if wanted else []
    found += [name for name in folded if wanted and wanted in name and name not in found]
    return [folded[name] for name in found[:count]]


def _requirements(knowledge: Knowledge) -> Iterable[Requirement]:
    return (r for name in sorted(knowledge.markets) for r in knowledge.markets[name].requirements)


def _other_iris(knowledge: Knowledge, iri: str) -> Iterable[str]:
    if iri in knowledge.schemes:
        yield knowledge.schemes[iri].root or ""
    yield from (r.criterion for r in _requirements(knowledge) if r.iri == iri)
