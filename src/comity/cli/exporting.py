"""Export for the command line: what is meant, in which format, and what is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.find import scheme
from comity.model.places import Finding, Severity

if TYPE_CHECKING:
    from comity.authoring.draft import Draft
    from comity.authoring.exchange import Written
    from comity.model.knowledge import Knowledge

NOT_CARRIED = "not-carried"
_WHOLE = frozenset({"turtle", "jsonld"})
"""Formats that carry all that the files say of an edition, so that no draft stands between."""


def find(known: Knowledge, what: Sequence[str], extra: Sequence[Path]) -> Draft:
    """Find what a user names: an edition, a pair of editions or a mapping set.

    :raises UnknownNameError: when nothing has the name.
    """
    from comity.authoring.exchange import selecting
    from comity.model.errors import UnknownNameError

    if len(what) == 2:
        return selecting.pair(known, scheme(known, what[0]), scheme(known, what[1]), extra)
    try:
        version = scheme(known, what[0])
    except UnknownNameError:
        return selecting.mapping_set(known, what[0], extra)
    return selecting.edition(known, version, extra)


def written(known: Knowledge, draft: Draft, form: str, extra: Sequence[Path]) -> tuple[bytes, bool]:
    """Write a draft; say on standard error what is lost.

    :returns: the file, and whether something is wrong with it.
    :raises click.UsageError: when the format does not hold such things.
    """
    from comity.authoring import exchange

    if draft.kind not in exchange.FORMATS[form].sorts:
        held = " or ".join(sorted(exchange.FORMATS[form].sorts))
        raise click.UsageError(f"{form} holds {held}; {draft.name} has {draft.kind}")
    if draft.kind == "criteria" and draft.scheme and form in _WHOLE and _of_knowledge(known, draft):
        done: Written = _edition(known, draft, form, extra)
        problems: tuple[Finding, ...] = ()
    else:
        done = exchange.write(draft, form, known)
        problems = tuple(p for p in draft.problems if p.severity is Severity.ERROR or p.code == NOT_CARRIED)
    _say(draft, form, (*problems, *done.losses))
    return done.content, any(f.severity is Severity.ERROR for f in (*problems, *done.losses))


def _of_knowledge(known: Knowledge, draft: Draft) -> bool:
    """Tell whether a draft is an edition that is known, and not a file."""
    version = known.schemes.get(draft.scheme.iri) if draft.scheme else None
    return version is not None and version.notation == draft.name


def _edition(known: Knowledge, draft: Draft, form: str, extra: Sequence[Path]) -> Written:
    from comity.authoring.exchange import Written, rdf_writing, selecting

    assert draft.scheme is not None
    triples = selecting.edition_triples(known, known.schemes[draft.scheme.iri], extra)
    return Written(rdf_writing.turtle(triples) if form == "turtle" else rdf_writing.jsonld(triples))


def _say(draft: Draft, form: str, findings: Iterable[Finding]) -> None:
    listed = list(findings)
    lost = sum(f.code == NOT_CARRIED for f in listed)
    if lost:
        kinds = "1 kind of thing is" if lost == 1 else f"{lost} kinds of things are"
        click.echo(f"{draft.name} as {form}: {kinds} not carried:", err=True)
    for finding in listed:
        word = "" if finding.code == NOT_CARRIED else f"{finding.severity.value}: "
        click.echo(f"  {word}{finding.message} {finding.fix}".rstrip(), err=True)
