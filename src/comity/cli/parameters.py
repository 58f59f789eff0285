"""Kinds of values that the command line takes, each with the message for a wrong one."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import click

from comity.cli.exits import FAIL_ON_WORDS
from comity.model.classes import dataclass
from comity.model.scales import Assurance, Authority, Scale

_PLAIN = re.compile(r"(?P<name>[A-Za-z][\w-]*)=(?P<value>.*)", re.DOTALL)
_OF_SUBJECT = re.compile(r"(?P<subject>.+?):(?P<name>[A-Za-z][\w-]*)=(?P<value>.*)", re.DOTALL)


class Day(click.ParamType[date]):
    """A day of the calendar, as ``YYYY-MM-DD``."""

    name = "date"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Name the value in the help."""
        return "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day; refuse one that the calendar does not have."""
        if isinstance(value, date):
            return value
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            self.fail(f"{value!r} is not a date; write YYYY-MM-DD, such as {date.today()}", param, ctx)
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            self.fail(f"{value} is not in the calendar: {error}", param, ctx)


class Word(click.ParamType[Scale]):
    """A word of an ordered scale."""

    def __init__(self, scale: type[Assurance] | type[Authority]) -> None:
        self.scale = scale
        self.name = scale.__name__.lower()

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Name the value in the help."""
        return "[" + "|".join(m.token for m in self.scale) + "]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Scale:
        """Read the word; the message for a wrong one lists the right ones."""
        if isinstance(value, Scale):
            return value
        try:
            return self.scale.of(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class FailOn(click.ParamType[frozenset[str]]):
    """Verdicts, by comma, that make a command exit with 1; ``none`` for none of them."""

    name = "words"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[str]:
        """Read the list; refuse a word that is no verdict."""
        if isinstance(value, frozenset):
            return value
        words = [w.strip() for w in value.split(",") if w.strip() and w.strip() != "none"]
        for word in words:
            if word not in FAIL_ON_WORDS:
                self.fail(f"{word!r} is none of {', '.join(FAIL_ON_WORDS)}, none", param, ctx)
        return frozenset(words)


@dataclass(frozen=True, slots=True)
class GivenFact:
    """A fact that the user states.

    :param subject: identifier of the subject, ``None`` for every subject of the fact's level.
    :param value: as written; empty unsets the fact.
    """

    subject: str | None
    name: str
    value: str


class FactText(click.ParamType[GivenFact]):
    """A fact, as ``[SUBJECT:]name=value``."""

    name = "fact"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Name the value in the help."""
        return "[SUBJECT:]NAME=VALUE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> GivenFact:
        """Read a fact; the subject's identifier may itself hold colons and equal signs."""
        if isinstance(value, GivenFact):
            return value
        found = _PLAIN.fullmatch(value) or _OF_SUBJECT.fullmatch(value)
        if found is None:
            self.fail(f"{value!r} is not a fact; write name=value or SUBJECT:name=value", param, ctx)
        parts = found.groupdict()
        return GivenFact(parts.get("subject"), parts["name"], parts["value"].strip())


def gathered(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, list[str]]:
    """Gather ``NAME=VALUE`` options by name; a name that is given twice has both values."""
    found: dict[str, list[str]] = {}
    for text in values:
        name, equals, value = text.partition("=")
        if not (equals and name.strip()):
            raise click.BadParameter(f"{text!r} is no parameter; write NAME=VALUE", ctx, param)
        found.setdefault(name.strip(), []).append(value)
    return found
