"""What the two checks of authors' files have in common: formats, the marked copy, and how they end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from comity.cli import payload
from comity.cli.base import Refused
from comity.cli.tables import METADATA, Source
from comity.model.places import Finding

FORMATS = ("table", "json", "sarif", "junit")
EXTENSIONS = {"json": "json", "txt": "table", "sarif": "sarif", "xml": "junit"}
"""Extension to format."""

FORMAT = click.option("--format", "form", type=click.Choice(FORMATS), help="How to write what was found.")
MARKED = click.option(
    "--marked", type=click.Path(path_type=Path), metavar="COPY.xlsx", help="Write a copy with the problems marked."
)


def for_machines(form: str, findings: Sequence[Finding], files: Sequence[str]) -> str:
    """Write findings as SARIF or JUnit XML."""
    from comity.report.problems import as_junit, as_sarif

    return as_junit(findings, files) if form == "junit" else as_sarif(findings, meanings())


def as_text(form: str, findings: Sequence[Finding], colour: bool) -> str:
    """Write findings about tables for people, or as JSON with their cells taken apart."""
    from comity.cli import listing
    from comity.report.problems import as_json, as_lines, summary

    if form == "json":
        return listing.as_json(as_json(findings))
    return "\n".join([*as_lines(findings, colour=colour), summary(findings)])


def meanings() -> Mapping[str, str]:
    """Return what each code means."""
    from comity.authoring import faults
    from comity.authoring.checking import check, soundness
    from comity.knowledge import problems

    return {
        code: text
        for rules in (problems.RULES, soundness.RULES, check.RULES, faults.RULES)
        for code, (_, text) in rules.items()
    }


def copy_marked(target: Path, sources: Sequence[Source], findings: Sequence[Finding]) -> None:
    """Write a copy of the one table that was checked, with its problems.

    :raises Refused: when there are several tables, or when the copy would take the place of one.
    """
    from comity.authoring.sheets.marking import marked

    tables = [(name, content) for name, content in sources if not name.endswith(METADATA)]
    if len(tables) != 1:
        raise Refused("--marked copies one table; check them one by one")
    name, content = tables[0]
    if name != "-" and Path(name).exists() and target.exists() and target.samefile(name):
        raise Refused(f"--marked {target} is the table itself; give the copy another name")
    payload.write(marked(content, name, findings), str(target))
    click.echo(f"{target}: a copy with the problems marked", err=True)
