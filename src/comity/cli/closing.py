"""Close mapping sets for the command line: what is left out, and when it is too much."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

import click

from comity.cli.base import Refused
from comity.cli.exits import Exit
from comity.model.classes import dataclass
from comity.model.mappings import Row

if TYPE_CHECKING:
    from pathlib import Path

    from comity.authoring.relating.closing import Closing, Pair
    from comity.authoring.relating.gate import Gate

LIMIT: Final = 250_000
"""Pairs past which ``--all`` is needed."""
SHOWN: Final = 10
"""Rows that a warning names."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Mapping sets that are ready to be closed.

    :param sources: IRIs to start from; none for all.
    """

    closing: Closing
    sources: tuple[str, ...]
    exit: Exit

    def pairs(self, everything: bool) -> Iterator[Pair]:
        """Yield the pairs.

        :raises Refused: when nobody asked for so many; nothing has been yielded then.
        """
        pairs = self.closing.pairs(self.sources)
        if everything or self.sources:
            return pairs
        first = list(islice(pairs, LIMIT + 1))
        if len(first) > LIMIT:
            raise Refused(f"there are more than {LIMIT:,} pairs; name criteria with --from, or ask for --all")
        return iter(first)


def prepare(
    files: Iterable[str], sources: Iterable[str], on: date, gate: Gate, extra: tuple[Path, ...] = ()
) -> Prepared:
    """Read mapping sets; say on standard error what is wrong with them, and how many rows the gate keeps out.

    Whose word a row is turns on who stewards the texts: where an authority is asked, rows are read against what
    Comity knows.

    :param extra: the user's own schemes, which say who stewards them.
    :raises Refused: when nothing can be read.
    :raises UnknownNameError: for a source that no row names.
    """
    from comity.authoring.relating.closing import closing, named
    from comity.cli import load, sets
    from comity.knowledge import bulk
    from comity.knowledge.loader import known_texts

    texts = known_texts(load.knowledge(extra)) if gate.authority is not None or extra else None
    rows = bulk.read(sets.texts(files), on, texts, confidences=gate.confidence is not None)
    click.echo(f"rows as of {on}", err=True)
    for finding in rows.findings:
        place = f"{finding.place.document} {finding.place.path}".strip()
        click.echo(f"{place}: {finding.message} {finding.fix}".rstrip(), err=True)
    if not rows.keys and rows.findings:
        raise Refused("there is no row to close")
    found = closing(rows, gate)
    if found.disputed:
        _say(f"{len(found.disputed)} rows cannot all be true and are left out (comity mappings check):", found.disputed)
    if not gate.open:
        click.echo(f"kept out for less than {gate}: {found.stopped:,} of {len(rows.keys):,} rows", err=True)
    for mass, glue in found.masses():
        _say(f"{len(mass.criteria):,} criteria hang together; without these rows {mass.left:,} at most would:", glue)
    failed = bool(rows.findings or found.disputed)
    return Prepared(found, tuple(named(rows, s) for s in sources), Exit.FINDINGS if failed else Exit.CLEAN)


def _say(text: str, rows: Sequence[Row]) -> None:
    lines = [f"  {r.place.document} {r.place.path}  {r.id}" for r in rows[:SHOWN]]
    more = [f"  and {len(rows) - SHOWN:,} more"] if len(rows) > SHOWN else []
    click.echo("\n".join([f"warning: {text}", *lines, *more]), err=True)


def as_tsv(pairs: Iterable[Pair]) -> Iterator[str]:
    """Write pairs as tab-separated lines under their column names."""
    rows = (f"{p.subject}\t{p.relation}\t{p.object}\t{p.hops}" for p in pairs)
    return chain(("subject_id\trelation\tobject_id\thops",), rows)


def as_json(pairs: Iterable[Pair]) -> Iterator[str]:
    """Write pairs as one JSON array, a line each."""
    comma = "["
    for p in pairs:
        record = {"subject_id": p.subject, "relation": p.relation.split("|"), "object_id": p.object, "hops": p.hops}
        yield comma + json.dumps(record, ensure_ascii=False)
        comma = ","
    yield "]" if comma == "," else "[]"


FORMATS: Mapping[str, Callable[[Iterable[Pair]], Iterator[str]]] = {"tsv": as_tsv, "json": as_json}
EXTENSIONS: Mapping[str, str] = {"tsv": "tsv", "txt": "tsv", "json": "json"}
