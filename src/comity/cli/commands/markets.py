"""``comity markets``: where goods are sold, and what is asked there."""

from __future__ import annotations

from pathlib import Path

import click

from comity.cli.app import Group
from comity.cli.find import market
from comity.cli.listing import FORMAT, emit
from comity.cli.options import EXTRA, OUTPUT
from comity.model.requirements import FloatingDate, Market, Requirement


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

    known = knowledge(extra)
    requirements = sorted(market(known, name).requirements, key=lambda r: r.notation)
    emit([_requirement(r) for r in requirements], form, output)


def _market(found: Market) -> dict[str, str | None]:
    return {
        "market": found.notation,
        "requirements": str(len(found.requirements)),
        "authority": found.authority.token,
        "checked_on": found.checked_on.isoformat(),
        "label": found.label,
    }


def _requirement(found: Requirement) -> dict[str, str | None]:
    return {
        "requirement": found.notation,
        "level": found.level.value,
        "actor": found.actor_label,
        "applies_from": starts(found),
        "assurance": found.rank.token,
        "citation": found.citation,
        "label": found.label,
    }


def starts(found: Requirement) -> str | None:
    """Write the day from which a requirement applies; a floating one with its months after an act."""
    if not isinstance(found.starts, FloatingDate):
        return found.starts.isoformat() if found.starts else None
    floating = f"{found.starts.months} months after {found.starts.act.rpartition('/')[2]}"
    return f"{found.starts.fixed} or {floating}" if found.starts.fixed else floating
