"""Fail when a word of a sector stands in src/: materials, products, acts and schemes are data.

The words are those of the ontology itself: notations and labels of qualifier values, markets, acts, schemes,
metrics, roles and topics, names of the facts of a case and the words that they allow. A name that is also an
everyday word is listed in ``everyday_words.txt``, with the reason.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

NS = "https://w3id.org/comity/ns#"
SKOS_NOTATION = "http://www.w3.org/2004/02/skos/core#notation"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
NAMED = {
    "QualifierValue": (SKOS_NOTATION, LABEL),
    "Market": (SKOS_NOTATION, LABEL),
    "Act": (LABEL,),
    "SchemeVersion": (SKOS_NOTATION, LABEL),
    "Metric": (SKOS_NOTATION,),
    "CaseFact": (SKOS_NOTATION, NS + "allowed"),
}


def names(files: Iterable[Path]) -> Iterator[str]:
    """Yield the names that the ontology gives to things of a sector."""
    types: dict[str, set[str]] = {}
    texts: list[tuple[str, str, str]] = []
    for file in files:
        for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if not isinstance(subject, ox.NamedNode):
                continue
            if predicate == RDF_TYPE and isinstance(value, ox.NamedNode) and value.value.startswith(NS):
                types.setdefault(subject.value, set()).add(value.value.removeprefix(NS))
            elif isinstance(value, ox.Literal):
                texts.append((subject.value, predicate, value.value))
    for iri, predicate, text in texts:
        if any(predicate in NAMED.get(kind, ()) for kind in types.get(iri, ())):
            yield text


def words(text: str) -> tuple[str, ...]:
    """Split a name or an identifier into folded words.

    >>> words("placedOnMarket eu-batt_2023/1542")
    ('placed', 'on', 'market', 'eu', 'batt', '2023', '1542')
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return tuple(w.casefold() for w in re.findall(r"[^\W_]+", spaced))


def everyday(file: Path) -> frozenset[tuple[str, ...]]:
    """Read the list of names that may stand in the code."""
    lines = (line.split("#")[0].strip() for line in file.read_text("utf-8").splitlines())
    return frozenset(words(line) for line in lines if line)


def offences(file: Path, forbidden: frozenset[tuple[str, ...]]) -> Iterator[str]:
    """Yield each place of a file where a forbidden name stands."""
    longest = max(map(len, forbidden), default=0)
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        found = words(line)
        for start in range(len(found)):
            for length in range(1, longest + 1):
                if found[start : start + length] in forbidden and start + length <= len(found):
                    yield f"{file}:{number}: {' '.join(found[start : start + length])!r} is a word of a sector"


def main() -> int:
    """Print the offences; return 1 when there are any."""
    root = Path(__file__).resolve().parent.parent
    allowed = everyday(root / "tools" / "everyday_words.txt")
    ontology = sorted((root / "ontology").rglob("*.ttl"))
    forbidden = frozenset(w for w in map(words, names(ontology)) if w and w not in allowed and len("".join(w)) > 1)
    if not forbidden:
        print("ontology/ names nothing: there is nothing to compare src/ with", file=sys.stderr)
        return 1
    data = root / "src" / "comity" / "data"
    found = [o for f in sorted((root / "src").rglob("*.py")) if data not in f.parents for o in offences(f, forbidden)]
    print("\n".join(found) or f"src/ has none of {len(forbidden)} names of the ontology")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
