"""Write the computed parts of README.md between their markers (``--check``: compare instead).

``demo`` is the beginning of what ``make demo`` prints; ``law``, how much of each market was read where; ``rows``, by
whose word the mapping rows are.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from click.testing import CliRunner

from comity.cli.app import comity
from comity.judgement.doubts import about_requirement
from comity.knowledge import load
from comity.model.scales import Authority, Basis

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "README.md"
EXAMPLE = "examples/ev-battery"
STORY = ("--on", "2031-08-18", "--case", f"{EXAMPLE}/case.toml", "--trust", f"{EXAMPLE}/trust.toml")
CHECK = ("check", EXAMPLE, "--market", "eu", *STORY)
SECTIONS = 3
"""Sections of the table that the page shows: what was read, what is asked, what is not met."""


def demo() -> str:
    """Return the command and the first sections of its table."""
    table = CliRunner().invoke(comity, CHECK).stdout
    shown = "\n\n".join(table.split("\n\n")[:SECTIONS])
    left = len(table.splitlines()) - len(shown.splitlines())
    return f"```\n$ comity {' '.join(CHECK)}\n{shown}\n\n... and {left} lines more\n```\n"


def law() -> str:
    """Return a table of the markets: when each was checked, and where its rules were read."""
    heads = ("market", "checked on", "rules", "read in the source", "in a secondary source", "not verified", "in doubt")
    rows = [heads, ("---",) * len(heads)]
    knowledge = load()
    for notation, market in sorted(knowledge.markets.items()):
        bases = Counter(r.basis for r in market.requirements)
        doubted = sum(bool(about_requirement(knowledge, r)) for r in market.requirements)
        counts = (len(market.requirements), *(bases[basis] for basis in Basis), doubted)
        rows.append((f"`{notation}` {market.label}", str(market.checked_on), *map(str, counts)))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def rows() -> str:
    """Return how many mapping rows have each authority."""
    words = {Authority.DRAFT: "drafts of Comity's editors", Authority.RECOGNISED_IN_LAW: "recognised in law"}
    counts = sorted(Counter(row.authority for row in load().rows).items())
    told = " and ".join(f"{count} are {words.get(authority, authority.token)}" for authority, count in counts)
    return f"Of the mapping rows that come with Comity, {told}.\n"


PARTS = {"demo": demo, "law": law, "rows": rows}


def fresh(text: str) -> str:
    """Return the page with its computed parts made anew.

    :raises ValueError: when a part's markers do not stand in it once.
    """
    for name, made in PARTS.items():
        begin, end = f"<!-- {name}:begin (made by tools/generate_readme.py) -->\n", f"<!-- {name}:end -->"
        if (text.count(begin), text.count(end)) != (1, 1):
            raise ValueError(f"README.md has no one place for {name}")
        before, after = text.split(begin)[0], text.split(end)[1]
        text = f"{before}{begin}{made()}{end}{after}"
    return text


def main(arguments: list[str]) -> int:
    """Write the page, or tell whether it is fresh."""
    old = TARGET.read_text("utf-8")
    new = fresh(old)
    if "--check" not in arguments:
        TARGET.write_text(new, "utf-8")
        return 0
    if new != old:
        print(f"{TARGET} is not fresh: run tools/generate_readme.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
