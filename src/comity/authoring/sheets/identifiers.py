"""Which criterion a cell names: by notation, address, short form or number within the scheme of its column."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from comity.authoring.sheets.values import plain_id
from comity.formats.sssom import expand
from comity.knowledge.loader import plain_aliases
from comity.knowledge.slots import PREFIXES
from comity.knowledge.vocabulary import fold
from comity.model.classes import dataclass
from comity.model.criteria import Criterion, SchemeVersion
from comity.model.knowledge import Knowledge

MARK = " · "
"""Between an identifier and its name, in the drop-down lists of a template."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell names.

    :param iri: empty for nothing.
    :param foreign: of a scheme that nobody has described.
    :param near: notations that may have been meant, best first, with their names.
    :param plain: how the name was read, where it holds signs that only look like those of a keyboard.
    """

    iri: str = ""
    foreign: bool = False
    near: tuple[str, ...] = ()
    version: SchemeVersion | None = None
    plain: str = ""


@dataclass(slots=True)
class Identifiers:
    """Finds criteria by the names that authors write.

    :param knowledge: what is known, the user's own included.
    :param prefixes: of CURIEs.
    :param editions: per column slot, the edition that its ids are of: as the file says, or as most of them are.
    :param named: those of them that the file says.
    :param header: what the file says of the set.
    """

    knowledge: Knowledge
    prefixes: Mapping[str, str]
    editions: Mapping[str, SchemeVersion]
    named: Mapping[str, SchemeVersion] = field(default_factory=dict)
    header: Mapping[str, object] = field(default_factory=dict)
    foreign: set[str] = field(default_factory=set)
    """Criteria of schemes that nobody has described, which a note told of."""
    _aliases: dict[str, str] = field(default_factory=dict)
    _found: dict[tuple[str, str], Found] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Gather what stands for a criterion whatever its name."""
        self._aliases = plain_aliases(self.knowledge.aliases)

    def find(self, text: str, slot: str) -> Found:
        """Find what a cell names.

        :param slot: ``subject_id`` or ``object_id``.
        """
        key = text, slot
        if key not in self._found:
            name = text.partition(MARK)[0].strip()
            found = self._find(name, slot)
            for plain in (plain_id(name), plain_id(name).replace(" ", "")):
                if plain != name and (not found.iri or found.foreign):
                    again = self._find(plain, slot)
                    found = replace(again, plain=plain) if again.iri and not again.foreign else found
            self._found[key] = found
        return self._found[key]

    def criterion(self, iri: str) -> Criterion | None:
        """Return what is known of a criterion."""
        return self.knowledge.criteria.get(iri)

    def _find(self, text: str, slot: str) -> Found:
        edition = self.editions.get(slot)
        for name in (text, f"{edition.notation}-{text}") if edition else (text,):
            if iri := self.knowledge.by_notation.get(fold(name)):
                return Found(iri)
        iri = expand(text.strip("<>"), {**PREFIXES, **self.prefixes}) or ""
        if iri:
            return self._of_iri(iri)
        return Found(near=self.near(text, edition), version=edition)

    def _of_iri(self, iri: str) -> Found:
        if iri in self.knowledge.criteria:
            return Found(iri)
        if iri in self._aliases:
            return Found(self._aliases[iri])
        if iri in self.knowledge.schemes:
            version = self.knowledge.schemes[iri]
            return Found(version.root or "", near=self.near(version.notation, version), version=version)
        head = iri
        while "/" in head:
            head = head.rpartition("/")[0]
            if head in self.knowledge.schemes:
                version = self.knowledge.schemes[head]
                return Found(near=self.near(f"{version.notation}-{iri[len(head) + 1 :]}", version), version=version)
        return Found(iri, foreign=True)

    def near(self, text: str, edition: SchemeVersion | None, count: int = 3) -> tuple[str, ...]:
        """Return the criteria nearest to a text, by notation, number or name; of one edition, where it is known."""
        among = self._members(edition) if edition else list(self.knowledge.criteria.values())
        names: dict[str, Criterion] = {}
        for criterion in among:
            names.setdefault(fold(criterion.notation), criterion)
            if edition:
                names.setdefault(fold(criterion.notation.removeprefix(edition.notation + "-")), criterion)
        labels = {fold(c.label): c for c in among}
        wanted = fold(text)
        found = [labels[wanted]] if wanted in labels else []
        if len(among) < 20_000:
            found += [names[n] for n in difflib.get_close_matches(wanted, names, count, 0.7)]
            found += [labels[n] for n in difflib.get_close_matches(wanted, labels, count, 0.8)]
        return tuple(dict.fromkeys(f"{c.notation} ({c.label})" for c in found))[:count]

    def _members(self, edition: SchemeVersion) -> list[Criterion]:
        return [c for c in self.knowledge.criteria.values() if c.version == edition.iri]


def edition(knowledge: Knowledge, text: str, prefixes: Mapping[str, str]) -> SchemeVersion | None:
    """Find an edition by its notation, IRI or CURIE; ``None`` for one that nobody has described."""
    wanted = fold(text.partition(MARK)[0].strip().strip("<>"))
    iri = expand(text.strip(), {**PREFIXES, **prefixes})
    for version in knowledge.schemes.values():
        if wanted in (fold(version.notation), fold(version.iri)) or iri == version.iri:
            return version
    return None


def near_editions(knowledge: Knowledge, text: str) -> tuple[str, ...]:
    """Return the notations of editions that are near to a text."""
    names = [v.notation for v in knowledge.schemes.values()]
    return tuple(difflib.get_close_matches(text.strip(), names, 3, 0.6))


def guessed_editions(knowledge: Knowledge, texts: Iterable[str]) -> SchemeVersion | None:
    """Return the edition that most notations of a column begin with; ``None`` where none is."""
    counts: dict[str, int] = {}
    versions = {v.iri: v for v in knowledge.schemes.values()}
    for text in texts:
        iri = knowledge.by_notation.get(fold(text.partition(MARK)[0]))
        if iri:
            version = knowledge.criteria[iri].version
            counts[version] = counts.get(version, 0) + 1
    best = max(counts, key=lambda v: counts[v], default="")
    return versions.get(best)


def natural(notation: str) -> tuple[tuple[bool, int, str], ...]:
    """Order 2 before 10.

    >>> sorted(["a-10", "a-2", "a-b"], key=natural)
    ['a-2', 'a-10', 'a-b']
    """
    return tuple((not p.isdigit(), int(p) if p.isdigit() else 0, p) for p in re.split(r"(\d+)", notation) if p)


def mappable(criteria: Iterable[Criterion]) -> Sequence[Criterion]:
    """Return the criteria on which a row may end, in their order."""
    from comity.model.scales import Kind

    kept = (c for c in criteria if c.kind not in (Kind.GROUP, Kind.EXPLAINED))
    return sorted(kept, key=lambda c: natural(c.notation))
