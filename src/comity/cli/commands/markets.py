"""``comity markets``: where goods are sold, and what is asked there."""

from __future__ import annotations

from pathlib import Path

import click

from comity.cli.base import Group
from comity.cli.listing import FORMAT, emit
from comity.cli.options import EXTRA, OUTPUT
from comity.model.knowledge import Knowledge
from comity.model.requirements import Market, Requirement


@click.group(cls=Group, short_help="List the markets, or show what one asks.")
def markets() -> None:
    """The markets that Comity knows, and what each asks of whom and from when."""


@markets.command("list", short_help="List the markets.")
@FORMAT
@EXTRA
@OUTPUT
def list_(form: str | None, extra: tuple[Path, ...], output: str | None) -> None:
    """List the markets that may follow --market."""
    from comity.cli.load import knowledge

    found = sorted(knowledge(extra).markets.values(), key=lambda m: m.notation)
    emit([_market(m) for m in found], form, output)


@markets.command(short_help="Show what a market asks.")
@click.argument("name", metavar="MARKET")
@FORMAT
@EXTRA
@OUTPUT
def show(name: str, form: str | None, extra: tuple[Path, ...], output: str | None) -> None:
    """List the requirements of a market: whom each binds, from when, and where it stands."""
    from comity.cli.load import knowledge
    from comity.knowledge import market

    known = knowledge(extra)
    requirements = sorted(market(known, name).requirements, key=lambda r: r.notation)
    emit([_requirement(r, known) for r in requirements], form, output)


def _market(found: Market) -> dict[str, str | None]:
    return {
        "market": found.notation,
        "requirements": str(len(found.requirements)),
        "authority": found.authority.token,
        "checked_on": found.checked_on.isoformat(),
        "label": found.label,
    }


def _requirement(found: Requirement, known: Knowledge) -> dict[str, str | None]:
    from comity.report.explain.rule import starts

    return {
        "requirement": found.notation,
        "level": found.level.value,
        "actor": found.actor_label,
        "applies_from": starts(found, known),
        "assurance": found.rank.token,
        "citation": found.citation,
        "label": found.label,
    }
