"""A later assessment in the place of an earlier one (semantics, section 4, Time)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from comity.algebra.propagate import Derivation, Node
from comity.evidence import identity
from comity.judgement import time
from comity.judgement.leaf import Leaf
from comity.judgement.resolve import Resolver
from comity.model.evidence import Assessment
from comity.model.knowledge import Knowledge
from comity.model.scales import Fact, Level


def replacements(
    leaves: Sequence[Derivation], knowledge: Knowledge, resolver: Resolver
) -> Mapping[Derivation, Derivation]:
    """Find which leaf takes the place of which: the latest that does, for each that is replaced.

    A later assessment of the same criterion, subject and unit, by the same issuer or programme, at no lower
    assurance. Where it is not certain that it is of the same unit, or what it says stands on an assumption,
    it takes the place of a "yes" only, never of a "no". An act of law is no programme: who is assessed by
    another body under the same act has two findings, not one.
    """
    acts = _acts(knowledge, resolver)
    groups: dict[tuple[Node, str], list[Derivation]] = defaultdict(list)
    for d in leaves:
        for programme in _programmes(d, acts):
            groups[d.atom[1], programme].append(d)
    found: dict[Derivation, Derivation] = {}
    for group in groups.values():
        for d in group:
            later = [e for e in group if _replaces(e, d)]
            if later:
                best = max((*later, *([found[d]] if d in found else [])), key=lambda e: (dated(e), e.name))
                found[d] = best
    return found


def dated(d: Derivation) -> str:
    """Return the date of an assessment, or of its credential where it states none."""
    leaf = d.origin
    if not isinstance(leaf, Leaf) or not isinstance(leaf.item, Assessment):
        return ""
    validity = leaf.item.validity
    return leaf.item.dated or validity.start or validity.issued or ""


def _replaces(later: Derivation, earlier: Derivation) -> bool:
    new, old = later.origin, earlier.origin
    if not isinstance(new, Leaf) or not isinstance(old, Leaf) or not new.own:
        return False
    if not _after(dated(later), dated(earlier)) or later.labels.rank < earlier.labels.rank:
        return False
    if (one := _levels(new)) and (other := _levels(old)) and not one & other:
        return False
    both = new.unit.keys() & old.unit.keys()
    if any(new.unit[part] != old.unit[part] for part in both):
        return False
    certain = new.unit == old.unit and not later.labels.assumed
    return certain or earlier.atom[0] is Fact.ALL


def _levels(leaf: Leaf) -> frozenset[Level]:
    """List what a document takes the thing for that it assesses: a model, a batch or an item."""
    item = leaf.item
    about = item.subjects if isinstance(item, Assessment) else ()
    exact = (Level.MODEL, Level.BATCH, Level.ITEM)
    return frozenset(s.level for s in leaf.document.subjects if s.key in about and s.level in exact)


def _after(one: str, other: str) -> bool:
    """Tell whether a date lies after another; where only a year is known, years are compared."""
    length = min(len(one), len(other), 10)
    return one[:length] > other[:length] if length else False


def _programmes(d: Derivation, acts: frozenset[str]) -> tuple[str, ...]:
    """Who re-audits: the issuer, and the scheme's programme. A re-audit that has not begun replaces nothing."""
    leaf = d.origin
    if not isinstance(leaf, Leaf) or not isinstance(leaf.item, Assessment) or leaf.moment.when is time.When.NOT_BEGUN:
        return ()
    item = leaf.item
    issuer = sorted(identity.own(item.issuer)) if item.issuer else []
    programme = item.programme.strip().rstrip("/")
    return (*issuer, *([f"programme:{programme}"] if programme and programme not in acts else []))


def _acts(knowledge: Knowledge, resolver: Resolver) -> frozenset[str]:
    """List every name of an act of law that Comity knows."""
    found: set[str] = set()
    laws = {v.iri for v in knowledge.schemes.values() if v.jurisdiction}
    for version in knowledge.schemes.values():
        if version.jurisdiction:
            found.update((version.iri, version.scheme, version.source, version.notation, version.root or ""))
    for alias in resolver.aliases:
        known = knowledge.criteria.get(alias.target)
        if known is not None and known.version in laws:
            found.add(alias.iri)
    return frozenset(name.strip().rstrip("/") for name in found if name)
