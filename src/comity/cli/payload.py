"""Where a payload goes and in which format."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from comity.cli.base import Refused


def choose(wanted: str | None, output: str | None, extensions: Mapping[str, str], default: str) -> str:
    """Choose a format: the one asked for, else the one that the output's extension names, else the default.

    :param extensions: extension, without its dot, to the format's name.
    :raises click.UsageError: when the extension names no format.

    >>> choose(None, "report.JSON", {"json": "json", "txt": "table"}, "table")
    'json'
    """
    if wanted is not None:
        return wanted
    if output is None or output == "-":
        return default
    extension = Path(output).suffix.lstrip(".").casefold()
    if extension not in extensions:
        known = ", ".join("." + e for e in extensions)
        raise click.UsageError(f"{output}: no format has this extension (known: {known}); name one with --format")
    return extensions[extension]


def spare(output: str | None, force: bool = False) -> None:
    """Refuse to write over a file that holds something: what somebody has filled in is not made again.

    :param force: write over it all the same.
    :raises Refused: when there is such a file.
    """
    if output is None or output == "-" or force:
        return
    path = Path(output)
    if path.is_file() and path.stat().st_size:
        raise Refused(f"{output} is there already, and would be lost. Name another file, or write over it with --force")


COLOURFUL = ("WT_SESSION", "TERM", "TERM_PROGRAM", "ANSICON", "ConEmuANSI")
"""Variables of which one is set where a console of Windows understands colours; others print the codes as signs."""


def is_coloured(output: str | None) -> bool:
    """Tell whether text may be coloured: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    understood = sys.platform != "win32" or any(os.environ.get(name) for name in COLOURFUL)
    return output in (None, "-") and sys.stdout.isatty() and understood and not os.environ.get("NO_COLOR")


def stream(lines: Iterable[str], output: str | None) -> None:
    """Write lines as they come, as UTF-8, to a file or to standard output.

    :raises click.UsageError: when the file cannot be written.
    """
    if output is None or output == "-":
        for line in lines:
            click.echo(line.encode("utf-8"))
        return
    try:
        with Path(output).open("wb") as file:
            file.writelines(line.encode("utf-8") + b"\n" for line in lines)
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror or error}") from error


def write(payload: str | bytes, output: str | None) -> None:
    """Write the payload, a text as UTF-8, to a file or to standard output.

    :param payload: a text ends with a line end; bytes are written as they are.
    :raises click.UsageError: when the file cannot be written.
    """
    if isinstance(payload, str) and payload and not payload.endswith("\n"):
        payload += "\n"
    data = payload.encode("utf-8") if isinstance(payload, str) else payload
    if output is None or output == "-":
        click.echo(data, nl=False)
        return
    try:
        Path(output).write_bytes(data)
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror or error}") from error
