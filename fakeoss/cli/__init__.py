"""The command line: `python -m fakeoss`, one module a subcommand."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from fakeoss.version import __version__

COMMANDS: tuple[str, ...] = ("ops", "serve")
"""The subcommands; each is a module of this package that has the names of `Command`."""


class Command(Protocol):
    """What the module of a subcommand holds."""

    SUMMARY: str

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the subcommand's arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it, and give the exit status."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line with `arguments`, by default the process's; gives the exit status."""
    parser = argparse.ArgumentParser(prog="fakeoss", description="An in-process fake of Alibaba Cloud OSS for tests.")
    parser.add_argument("--version", action="version", version=f"fakeoss {__version__}")
    subparsers = parser.add_subparsers(dest="command", required=True)
    for name in COMMANDS:
        command = cast("Command", import_module(f"fakeoss.cli.{name}"))
        subparser = subparsers.add_parser(name, help=command.SUMMARY, description=command.SUMMARY)
        command.configure(subparser)
        subparser.set_defaults(run=command.run)
    found = parser.parse_args(arguments)
    return cast("int", found.run(found))
