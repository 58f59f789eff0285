"""The ``comity`` command, which finds its subcommands."""

from __future__ import annotations

import click

from comity import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="comity", message="%(prog)s %(version)s")
def main() -> None:
    """Does this claim satisfy that rule? Comity answers with a proof."""
