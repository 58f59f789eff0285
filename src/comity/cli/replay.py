"""Hand a report, documents and knowledge to the replay as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from comity.cli import load
from comity.cli.base import Refused
from comity.formats.archives import Input, open_inputs
from comity.model.errors import UnknownNameError, UnreadableError
from comity.model.knowledge import Knowledge
from comity.verify import Given, Result, Trusted, Unit
from comity.verify import verify as replayed


def verify(report: str, documents: Sequence[str], trust: Path | None, extra: Sequence[Path], on: date | None) -> Result:
    """Replay a report.

    :param report: file, or ``-`` for standard input.
    :raises Refused: when the report is no JSON, or no document can be read.
    """
    parsed = _parsed(report)
    knowledge = load.knowledge(extra, (*documents, trust, report))
    return replayed(parsed, given(knowledge, content(documents), trust, on))


def given(knowledge: Knowledge, documents: Mapping[str, bytes], trust: Path | None, on: date | None = None) -> Given:
    """Put together what a replay needs.

    :param documents: name of each to its bytes.
    """
    from comity.evidence import tables

    keys = {at: (found[0].canonical, found[0].holds) for at, found in tables.keys().items()}
    return Given(knowledge, documents, unit, keys, _cells(documents), _trusted(trust), _disputed(knowledge), on)


def unit(text: str) -> Unit | None:
    """Read the IRI, code or spelling of a unit."""
    from comity import units

    iri = units.unit(text)
    try:
        found = units.factor(iri or text)
    except UnknownNameError:
        return None
    return Unit(found.iri, found.dimension, found.factor, found.offset)


def as_text(result: Result) -> str:
    """Write what became of a report: each problem with its place, then what verifies and what no replay can show."""
    lines = [str(problem) for problem in result.problems]
    right = result.proofs - result.failed
    lines.append(f"{right} of {result.proofs} proofs verify." if result.proofs else "There is no proof to verify.")
    if result.silent:
        says = "1 verdict says" if result.silent == 1 else f"{result.silent} verdicts say"
        lines.append(f"{says} that nothing is shown, or not enough is known; a replay cannot show that.")
    if result.taken:
        lines.append(f"Taken as the report says it: {'; '.join(result.taken)}.")
    if result.problems:
        count = "1 problem" if len(result.problems) == 1 else f"{len(result.problems)} problems"
        lines.append(f"{count}: what the report says does not all follow.")
    return "\n".join(lines)


def as_plain(result: Result) -> dict[str, object]:
    """Write the same as plain data."""
    problems = [
        {
            "place": p.place,
            "about": p.about,
            "step": p.step,
            "kind": p.kind,
            "field": p.field,
            "stands": p.stands,
            "should": p.should,
        }
        for p in result.problems
    ]
    return {
        "proofs": result.proofs,
        "failed": result.failed,
        "silent": result.silent,
        "taken": list(result.taken),
        "problems": problems,
        "notes": list(result.notes),
    }


def _parsed(report: str) -> object:
    try:
        with click.open_file(report, "rb") as stream:
            parsed: object = json.loads(stream.read())
    except OSError as error:
        raise Refused(f"{report}: cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"{report}: is no JSON: {error}. Give what comity check --format json wrote.") from error
    if not isinstance(parsed, dict | list) or (isinstance(parsed, dict) and "requirements" not in parsed):
        raise Refused(f"{report}: is no report. Give what comity check or comity ask wrote with --format json.")
    return parsed


def content(documents: Sequence[str]) -> dict[str, bytes]:
    """Read the bytes of files, folders and archives, each by its name.

    :raises Refused: when there are none.
    """
    inputs = list(open_inputs([Path(d) for d in documents]))
    found = dict(_read(inputs))
    if not found:
        raise Refused(f"there is nothing to read in {', '.join(documents)}")
    return found


def _read(inputs: Iterable[Input]) -> Iterable[tuple[str, bytes]]:
    for one in inputs:
        if one.problem is None:
            try:
                yield one.name, one.data
            except UnreadableError as error:
                click.echo(str(error), err=True)


def _cells(documents: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    """Read the cells of what are claim sheets."""
    from comity.evidence.kinds import is_sheet
    from comity.formats import sheets

    found = {}
    for name, data in documents.items():
        if is_sheet(data, name):
            try:
                tables = sheets.read(data, name)
            except UnreadableError:
                continue
            found[name] = {c.place.pointer: c.text for t in tables for row in t.rows for c in row}
    return found


def _trusted(trust: Path | None) -> tuple[Trusted, ...]:
    from comity.judgement.trust import read

    entries = read(trust).entries if trust is not None else ()
    return tuple(Trusted(e.id, e.assurance, e.roles, e.schemes) for e in entries)


def _disputed(knowledge: Knowledge) -> frozenset[str]:
    from comity.judgement.chain import derived_rows, quarantined

    rows, _ = quarantined(knowledge, tuple(derived_rows(knowledge)))
    return frozenset(row.id for row in rows if row.disputed)
