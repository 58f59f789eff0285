"""``comity markets``: where goods are sold, and what is asked there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli import payload
from comity.cli.base import Group
from comity.cli.listing import FORMAT, FORMATS, as_json, emit
from comity.cli.options import EXTRA, ON, OUTPUT, PATH, Question
from comity.cli.parameters import FactText, GivenFact
from comity.model.knowledge import Knowledge
from comity.model.requirements import Market, Requirement
from comity.model.scales import Confidence

if TYPE_CHECKING:
    from comity.judgement.agenda import Agenda


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
@click.option("--case", type=PATH, metavar="FILE", help="Facts of the case, as TOML.")
@click.option("--fact", "facts", type=FactText(), multiple=True, help="State a fact; lists by comma; 'NAME=' unsets.")
@click.option("--subject", "subjects", multiple=True, metavar="ID", help="Take the facts of these subjects only.")
@ON
@FORMAT
@EXTRA
@OUTPUT
def show(
    name: str,
    case: Path | None,
    facts: tuple[GivenFact, ...],
    subjects: tuple[str, ...],
    on: date,
    form: str | None,
    extra: tuple[Path, ...],
    output: str | None,
) -> None:
    """List the requirements of a market: whom each binds, from when, and where it stands.

    With facts of a case: what binds on a day, what comes later, what is not known, what does not apply and why, and
    a timeline. What is not stated is asked for.
    """
    from comity.cli.load import knowledge
    from comity.knowledge import market

    known = knowledge(extra)
    found = market(known, name)
    if case or facts:
        emit_agenda(
            _agenda(known, found, Question((), on, case=case, facts=facts, subjects=subjects)), known, form, output
        )
    else:
        emit([_requirement(r, known) for r in sorted(found.requirements, key=lambda r: r.notation)], form, output)


def _agenda(known: Knowledge, found: Market, asked: Question) -> Agenda:
    from comity.cli.run import given
    from comity.judgement.agenda import agenda, pooled

    return agenda(known, found, pooled(given(asked, known), asked.subjects), asked.on)


def emit_agenda(agenda: Agenda, known: Knowledge, form: str | None, output: str | None) -> None:
    """Write what a market asks of whom the facts describe."""
    from comity.report.agenda import as_data, as_text

    chosen = payload.choose(form, output, FORMATS, "table")
    payload.write(as_text(agenda, known) if chosen == "table" else as_json(as_data(agenda, known)), output)


def _market(found: Market) -> dict[str, str | None]:
    return {
        "market": found.notation,
        "requirements": str(len(found.requirements)),
        "authority": found.authority.token,
        "checked_on": found.checked_on.isoformat(),
        "label": found.label,
    }


def _basis(found: Requirement, known: Knowledge) -> str:
    """Say how a rule was checked, by the word that ``schemes show`` has, and that it is of low confidence."""
    from comity.judgement.doubts import lowest_confidence

    low = lowest_confidence(known, found) is Confidence.LOW
    return found.basis.value + (", low confidence" if low else "")


def _requirement(found: Requirement, known: Knowledge) -> dict[str, str | None]:
    from comity.report.explain.rule import starts

    return {
        "requirement": found.notation,
        "level": found.level.value,
        "actor": found.actor_label,
        "applies_from": starts(found, known),
        "assurance": found.rank.token,
        "basis": _basis(found, known),
        "citation": found.citation,
        "label": found.label,
    }
