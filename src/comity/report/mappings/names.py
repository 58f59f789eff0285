"""How criteria and rows are named where mappings are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from comity.algebra.relation import names as bits
from comity.model.classes import dataclass
from comity.model.criteria import Criterion
from comity.model.mappings import Row


@dataclass(frozen=True, slots=True)
class Namer:
    """Names criteria as people know them: by notation, else by the prefix that a file gives, else by IRI.

    :param prefixes: IRI to prefix.
    """

    criteria: Mapping[str, Criterion] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def criterion(self, iri: str) -> str:
        """Name a criterion.

        >>> Namer(prefixes={"http://a.example/": "a"}).criterion("http://a.example/1")
        'a:1'
        """
        if iri in self.criteria:
            return self.criteria[iri].notation
        longest = max((p for p in self.prefixes if p and iri.startswith(p)), key=len, default="")
        return f"{self.prefixes[longest]}:{iri.removeprefix(longest)}" if longest else iri

    def statement(self, row: Row) -> str:
        """Write what a row states."""
        return f"{self.criterion(row.subject)} {predicate(row)} {self.criterion(row.object)}"

    def given(self, key: str) -> str:
        """Name something that no row says: a declared whole, or the order of two limits."""
        if key.startswith("derived:"):
            first, _, second = key.removeprefix("derived:").partition("--")
            return f"the limits of {self.criterion(first)} and {self.criterion(second)}"
        return f"what {key} declares"


def predicate(row: Row) -> str:
    """Name a row's predicate, negated or not."""
    return ("not " if row.negated else "") + row.predicate.replace("#", "/").rpartition("/")[2]


def signed(row: Row) -> str:
    """Say whose word a row is, and of which day; empty when it does not say."""
    who = row.author or row.reviewer
    day = row.stated_on.isoformat() if row.stated_on else ""
    return ", ".join(filter(None, (who, day)))


def row_as_json(row: Row) -> dict[str, object]:
    """Turn a row into plain data, with its place."""
    line = row.place.pointer.removeprefix("line ")
    return {
        "id": row.id,
        "subject": row.subject,
        "predicate": predicate(row),
        "object": row.object,
        "relation": list(bits(row.mask)),
        "authority": row.authority.token,
        "file": row.place.document,
        "line": int(line) if line.isdigit() else None,
        "author": row.author,
        "reviewer": row.reviewer,
        "date": row.stated_on.isoformat() if row.stated_on else None,
    }
