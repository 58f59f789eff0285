"""Write docs/cli.md from the help of every command (``--check``: compare instead)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from comity.cli.app import comity

TARGET = Path(__file__).resolve().parent.parent / "docs" / "cli.md"

HEAD = """<!-- Made by tools/generate_cli_docs.py from the help of the commands: change that. -->
# Command line

The payload goes to standard output, everything else to standard error. `-` stands for standard input or output.

| exit code | means |
|---|---|
| 0 | nothing that `--fail-on` names; of `ask`: satisfied |
| 1 | findings, among them an unreadable document beside readable ones |
| 2 | the question cannot be answered as asked: usage, an unknown name, nothing readable |

A fact that is given for one subject starts with the subject's identifier: `--fact ID:name=value`.
`--fail-on` takes verdicts and `error` by comma, or `none`.
"""


def sections(command: click.Command, parent: click.Context | None, name: str) -> Iterator[str]:
    """Yield the help of a command and of its subcommands, as Markdown."""
    ctx = click.Context(command, parent=parent, info_name=name, terminal_width=100, **command.context_settings)
    level = "#" * min(ctx.command_path.count(" ") + 2, 4)
    yield f"{level} {ctx.command_path}\n\n```\n{command.get_help(ctx).rstrip()}\n```\n"
    if isinstance(command, click.Group):
        for child in command.list_commands(ctx):
            found = command.get_command(ctx, child)
            if found is not None:
                yield from sections(found, ctx, child)


def main(arguments: list[str]) -> int:
    """Write the page, or tell whether it is fresh."""
    text = "\n".join([HEAD, *sections(comity, None, "comity")])
    if "--check" not in arguments:
        TARGET.write_text(text, "utf-8")
        return 0
    if not TARGET.is_file() or TARGET.read_text("utf-8") != text:
        print(f"{TARGET} is not fresh: run tools/generate_cli_docs.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
