"""How alike texts are by their words: TF-IDF over stems, cosine; nothing is learned and nothing is downloaded."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

STOP: Final = frozenset(
    re.findall(
        r"\w+",
        "a about above after all also an and any are as at be been before being below between both but by can could "
        "do does each edition either every for from further had has have having how if in including into is it its "
        "itself least less may more most must no nor not of on once one only or other out over own relevant same "
        "shall should so some such than that the their them then there these they this those through to under until "
        "up upon version was were what when where whether which while who whole whose why will with within without "
        "would",
    )
)
"""Words that tell no two texts apart."""

_ENDINGS: Final = (
    ("isations", "is"),
    ("izations", "is"),
    ("isation", "is"),
    ("ization", "is"),
    ("ational", "at"),
    ("ations", "at"),
    ("ation", "at"),
    ("ating", "at"),
    ("ments", ""),
    ("ment", ""),
    ("ising", "is"),
    ("izing", "is"),
    ("ised", "is"),
    ("ized", "is"),
    ("ated", "at"),
    ("ions", ""),
    ("ities", "it"),
    ("ance", ""),
    ("ence", ""),
    ("ies", "y"),
    ("ing", ""),
    ("ity", "it"),
    ("ion", ""),
    ("ed", ""),
    ("es", ""),
    ("ly", ""),
    ("al", ""),
    ("e", ""),
    ("s", ""),
)
"""Endings that are taken off, and what stands for them; the first that fits, where three letters stay."""

_SPELLINGS: Final = (("our", "or"), ("yse", "yze"), ("ise", "ize"), ("programme", "program"))
"""Spellings that mean the same."""


def stem(word: str) -> str:
    """Cut a word to what its forms have in common.

    >>> {stem(w) for w in ("assess", "assesses", "assessed", "assessing", "assessment", "assessments")}
    {'assess'}
    >>> stem("labour") == stem("labor"), stem("policies") == stem("policy")
    (True, True)
    """
    for one, other in _SPELLINGS:
        word = word.replace(one, other)
    for ending, left in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not (ending == "s" and word.endswith("ss")):
            return word[: -len(ending)] + left
    return word


def words(text: str) -> list[str]:
    """Return the words of a text that may tell it apart, each in lower case.

    >>> words("The jars of honey are 5 %")
    ['jars', 'honey']
    """
    return [w for w in re.findall(r"[^\W\d_]{2,}", text.casefold()) if w not in STOP]


Vector = Mapping[str, float]
"""Stem to weight; its length is 1."""


class Alike:
    """Texts as vectors, with the means to find those alike; a word weighs the more the fewer texts have it.

    :param texts: key to weighed parts of a text.
    """

    def __init__(self, texts: Mapping[str, Sequence[tuple[str, float]]]) -> None:
        self.vectors: dict[str, Vector] = {}
        self.shown: dict[str, str] = {}
        counted = {key: self._counted(parts) for key, parts in texts.items()}
        having = Counter(s for counts in counted.values() for s in counts)
        rarity = {s: math.log(1 + len(counted) / n) for s, n in having.items()}
        for key, counts in counted.items():
            raw = {s: (1 + math.log(n) if n > 1 else n) * rarity[s] for s, n in counts.items()}
            length = math.sqrt(sum(w * w for w in raw.values())) or 1.0
            self.vectors[key] = {s: w / length for s, w in raw.items()}

    def _counted(self, parts: Iterable[tuple[str, float]]) -> dict[str, float]:
        counts: dict[str, float] = defaultdict(float)
        for text, weight in parts:
            for word in words(text):
                found = stem(word)
                self.shown.setdefault(found, word)
                counts[found] += weight
        return counts

    def likeness(self, key: str, among: Index) -> dict[str, float]:
        """Return how alike a text is to those of an index, 0 to 1; those with no word in common are left out."""
        found: dict[str, float] = defaultdict(float)
        for s, weight in self.vectors[key].items():
            for other, its in among.get(s, ()):
                found[other] += weight * its
        return found

    def index(self, keys: Iterable[str]) -> Index:
        """Return the texts that have each stem."""
        index: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for key in keys:
            for s, weight in self.vectors[key].items():
                index[s].append((key, weight))
        return index

    def common(self, one: str, other: str, among: Set[str], most: int = 4) -> tuple[str, ...]:
        """Return the words that make two texts alike, the weightiest first.

        :param among: stems that may be told.
        """
        a, b = self.vectors[one], self.vectors[other]
        found = sorted((-a[s] * b[s], s) for s in a.keys() & b.keys() & among)
        return tuple(self.shown[s] for _, s in found[:most])


Index = Mapping[str, Sequence[tuple[str, float]]]
"""Stem to the texts that have it, with its weight in each."""
