"""What a citation means: a criterion by its IRI or notation, an alias, or something that nobody knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from comity.model.knowledge import Alias, Knowledge
from comity.verify.items import CRITERION, PERMIT, Cited, Item

EXACT, ALIAS, UNKNOWN, DOCUMENT, NOTHING = "exact", "alias", "unknown", "document", "nothing"


class Dictionary:
    """The identifiers that a knowledge knows."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._aliases: dict[str, list[Alias]] = defaultdict(list)
        for alias in knowledge.aliases:
            self._aliases[_cut(alias.iri)].append(alias)

    def meaning(self, cited: Cited) -> tuple[str, str]:
        """Return how an identifier is understood, and the criterion that it means; empty for none."""
        if cited.iri in self._knowledge.criteria:
            return EXACT, cited.iri
        notation = self._knowledge.by_notation.get(cited.iri.strip().lower())
        # A text is often called as its edition is: only where a criterion is cited does that mean all of the text.
        if notation and cited.kind == CRITERION:
            return EXACT, notation
        named = self._aliases.get(_cut(cited.iri), [])
        for alias in named:
            if _is_called(cited.name, alias.name):
                if not alias.target:
                    return NOTHING, ""
                return (DOCUMENT if alias.document_level else ALIAS), alias.target
        if named or cited.kind != CRITERION:
            return DOCUMENT, ""
        return UNKNOWN, cited.iri

    def counted(self, item: Item) -> list[tuple[Cited, str, str]]:
        """List what a claim or an assessment is about: the citation, how it is understood, the criterion."""
        found = [(c, *self.meaning(c)) for c in considered(item) if not self._is_statute(c, item)]
        return [(c, how, criterion) for c, how, criterion in found if how in (EXACT, ALIAS, UNKNOWN)]

    def _is_statute(self, cited: Cited, item: Item) -> bool:
        """Tell whether the statute of a permit is cited by an assessment that is no permit."""
        if item.kind == "claim" or cited.kind in (CRITERION, PERMIT) or self.meaning(cited)[0] != ALIAS:
            return False
        called = (a for a in self._aliases.get(_cut(cited.iri), []) if _is_called(cited.name, a.name))
        return next(called).permit


def considered(item: Item) -> Sequence[Cited]:
    """List the citations that decide: of an assessment its criteria, where it names any."""
    criteria = [c for c in item.cited if c.kind == CRITERION]
    return item.cited if item.kind == "claim" or not criteria else criteria


def _is_called(name: str, pattern: str) -> bool:
    regex = ".*".join(re.escape(_fold(part)) for part in pattern.split("*"))
    return not pattern or re.fullmatch(regex, _fold(name)) is not None


def _fold(text: str) -> str:
    return " ".join(re.sub(r"[–—]", "-", text.lower()).split())


def _cut(iri: str) -> str:
    return iri.strip().rstrip("/")
