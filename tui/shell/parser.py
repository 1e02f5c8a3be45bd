"""`make_parser`: the table of subcommands to a parser of arguments."""

from __future__ import annotations

import argparse

from tui import __version__
from tui.shell.subcommands import SUBCOMMANDS, Subcommand


def _common_parser() -> argparse.ArgumentParser:
    """Return the parser of the options that are valid anywhere in any command."""
    parser = argparse.ArgumentParser(prog="sheaf", add_help=False, allow_abbrev=False)
    parser.add_argument("--home", metavar="DIR", help="the folder of papers and marks")
    parser.add_argument("--quiet", action="store_true", help="print only errors")
    parser.add_argument("--no-color", action="store_true", help="no colour")
    return parser


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of every subcommand and option."""
    parser = argparse.ArgumentParser(
        prog="sheaf",
        allow_abbrev=False,
        usage="sheaf [--home DIR] [QUERY...]\n       sheaf [--home DIR] COMMAND ...",
        description="Read papers in the terminal. `sheaf` opens the reader, `sheaf QUERY` opens "
        "it with the filter set.",
        parents=[_common_parser()],
        epilog="Exit status: 0 done, 1 something in the input was refused, 2 wrong use.",
    )
    parser.add_argument("--version", action="version", version=f"sheaf {__version__}")
    commands = parser.add_subparsers(
        prog="sheaf", dest="command", metavar="COMMAND", title="commands"
    )
    for subcommand in SUBCOMMANDS:
        _add_subcommand(commands, subcommand)
    return parser


def _add_subcommand(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], subcommand: Subcommand
) -> None:
    parser = commands.add_parser(
        subcommand.name,
        help=subcommand.help,
        description=subcommand.help,
        allow_abbrev=False,
        epilog=subcommand.epilog,
    )
    if subcommand.takes_query:
        parser.add_argument(
            "query", nargs="*", metavar="QUERY", help="a query, as in the filter of the reader"
        )
    exclusive: dict[str, argparse._MutuallyExclusiveGroup] = {}
    for each in subcommand.arguments:
        options = dict(each.options)
        # Two switches that set the same value, such as --read and --unread, exclude each other.
        group = options.get("dest") or each.names[0].lstrip("-")
        if "const" in options:
            if group not in exclusive:
                exclusive[group] = parser.add_mutually_exclusive_group()
            exclusive[group].add_argument(*each.names, **options)
        else:
            parser.add_argument(*each.names, **options)
    if subcommand.parts:
        parts = parser.add_subparsers(
            dest="part",
            metavar="|".join(part.name for part in subcommand.parts),
            required=not subcommand.function,
        )
        for part in subcommand.parts:
            _add_subcommand(parts, part)
