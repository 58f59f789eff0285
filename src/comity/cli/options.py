"""The options that several commands share, and the question that they make up."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from comity.cli.parameters import Day, FactText, GivenFact, Word
from comity.model.classes import dataclass
from comity.model.scales import Assurance, Authority

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

PATH = click.Path(path_type=Path)
"""A file or folder of the user; that it does not exist is found by who reads it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the command line asks about documents.

    :param documents: files, folders, archives, ``-`` for standard input.
    :param assurance: the lowest effective assurance that counts, ``None`` for what each rule asks.
    :param authority: the authority from which a mapped proof satisfies, ``None`` for each market's policy.
    :param extra: the user's own schemes, markets and mappings.
    """

    documents: tuple[str, ...]
    on: date
    markets: tuple[str, ...] = ()
    case: Path | None = None
    facts: tuple[GivenFact, ...] = ()
    subjects: tuple[str, ...] = ()
    assurance: Assurance | None = None
    authority: Authority | None = None
    trust: Path | None = None
    extra: tuple[Path, ...] = ()


def _today() -> date:
    return date.today()  # the only clock of the program


ON = click.option("--on", type=Day(), default=_today, show_default="today", help="Judge as of this day.")
EXTRA = click.option(
    "--with", "extra", type=PATH, multiple=True, metavar="PATH", help="Add your own schemes, markets and mappings."
)
OUTPUT = click.option(
    "-o", "--output", metavar="FILE", help="Write to a file; its extension picks the format. '-' is standard output."
)
FORCE = click.option("--force", is_flag=True, help="Write over a file that is there already.")

_QUESTION: tuple[Decorator, ...] = (
    click.option("--market", "markets", multiple=True, metavar="M", help="Judge against what this market asks."),
    click.option("--case", type=PATH, metavar="FILE", help="Facts of the case, as TOML."),
    click.option(
        "--fact", "facts", type=FactText(), multiple=True, help="State a fact; lists by comma; 'NAME=' unsets."
    ),
    click.option("--subject", "subjects", multiple=True, metavar="ID", help="Judge only these subjects."),
    ON,
    click.option("--assurance", type=Word(Assurance), help="The lowest assurance that counts."),
    click.option("--authority", type=Word(Authority), help="The lowest authority of mappings that satisfies."),
    click.option("--trust", type=PATH, metavar="FILE", help="Issuers you vouch for, as TOML."),
    EXTRA,
)


def asks(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the documents and options of a question, and hand them over as one :class:`Question`."""

    @functools.wraps(command)
    def collected(*args: Any, **given: Any) -> Any:
        names = Question.__dataclass_fields__
        question = Question(**{k: given.pop(k) for k in list(given) if k in names})
        return command(question, *args, **given)

    decorated: Callable[..., Any] = collected
    for option in reversed(_QUESTION):
        decorated = option(decorated)
    return decorated


DOCUMENTS = click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
