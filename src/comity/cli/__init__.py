"""The command line: parse, build, run, exit."""

from comity.cli.app import main

__all__ = ["main"]
