"""The command line: subcommands as data, their parser, and the call of their functions.

Exit status: 0 done, 1 something in the input was refused, 2 wrong use, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from tui import __version__
from tui.core import paths
from tui.core.errors import SheafError, UsageError
from tui.shell import output

FRAMES = "240"
"""Frames a second, at most. With Textual's default of 60, waiting for the next frame would be most
of the time from a key to the painted list. Where nothing changes no frame is drawn."""


@dataclass(frozen=True, slots=True)
class ReaderLauncher:
    """Opens the reader, which is in a package that this one may not import."""

    open: Callable[[Path, str, Path], int]
    """Open the reader with a home, a query and a configuration file; return the exit status."""
    theme_names: Callable[[], Collection[str]]
    """Return the names of the themes."""


class CommandLine(NamedTuple):
    """One call of `sheaf`, parsed for the function of its subcommand."""

    home: Path
    config_file: Path
    theme_names: Callable[[], Collection[str]]
    """Return the names of the themes, for commands that check the configuration."""
    options: argparse.Namespace
    """The arguments of the subcommand."""
    query: str = ""
    """The query, for subcommands that take one."""
    quiet: bool = False
    """Whether to print only errors."""
    home_given: bool = False
    """Whether the user named the home."""


class Argument(NamedTuple):
    """An argument as `add_argument` takes it."""

    names: tuple[str, ...]
    options: Mapping[str, Any]


def argument(*names: str, **options: Any) -> Argument:
    """Return an argument, written as `ArgumentParser.add_argument` takes it."""
    return Argument(names, options)


class Subcommand(NamedTuple):
    """A subcommand: its name, its arguments and the function that runs it."""

    name: str
    help: str
    function: str
    """`MODULE.FUNCTION` in this package; it takes a CommandLine and returns the exit status."""
    arguments: tuple[Argument, ...] = ()
    takes_query: bool = False
    """Whether its other words are a query, where `-word` excludes a word."""
    parts: tuple[Subcommand, ...] = ()
    """Its own subcommands; if the user names none, `function` runs."""
    epilog: str = ""


def run_command_line(
    subcommands: Sequence[Subcommand], launcher: ReaderLauncher, arguments: list[str] | None
) -> int:
    """Run `sheaf` with these arguments, by default those of the process; return the exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    output.prepare_streams()
    try:
        try:
            status = _run(subcommands, launcher, words)
        except SystemExit as end:  # argparse has printed a help text or a mistake
            status = end.code if isinstance(end.code, int) else 2
        output.flush()
        return status
    except BrokenPipeError:  # `sheaf list | head`: the reader of our output has ended
        output.discard(sys.stdout)
        return 0
    except KeyboardInterrupt:
        output.say("sheaf: interrupted")
        return 130
    except SheafError as error:
        output.say(f"sheaf: {error}")
        with suppress(SheafError, BrokenPipeError):
            output.flush()
            return 2 if isinstance(error, UsageError) else 1
        output.discard(sys.stdout)
        return 1


def _run(subcommands: Sequence[Subcommand], launcher: ReaderLauncher, words: list[str]) -> int:
    common, rest = _common_parser().parse_known_args(words)
    if common.no_color:
        os.environ["NO_COLOR"] = "1"
    home = paths.home_folder(common.home)
    home_given = bool(common.home or os.environ.get("SHEAF_HOME"))
    config_file = paths.config_file(home_given, home)
    by_name = {subcommand.name: subcommand for subcommand in subcommands}
    if not rest or not (rest[0] in by_name or rest[0] in ("-h", "--help", "--version")):
        query = _reader_query(rest, list(by_name))
        os.environ.setdefault("TEXTUAL_FPS", FRAMES)
        return launcher.open(home, query, config_file)
    # `-optics` excludes a word from a query; argparse would read it as `--output ptics`.
    excluded = [word for word in rest if word.startswith("-o") and len(word) > 2]
    options, extra = make_parser(subcommands).parse_known_args(
        [word for word in rest if word not in excluded]
    )
    extra += excluded
    subcommand = by_name[options.command]
    query = ""
    if subcommand.takes_query:
        query = _join_query([*options.query, *extra], f"sheaf {subcommand.name}")
    elif extra:
        raise UsageError(f"unknown option {extra[0]}; see sheaf {subcommand.name} --help")
    part_name = getattr(options, "part", None)
    part = next((each for each in subcommand.parts if each.name == part_name), subcommand)
    module, _, function = part.function.rpartition(".")
    line = CommandLine(
        home, config_file, launcher.theme_names, options, query, common.quiet, home_given
    )
    status: int = getattr(import_module(f"tui.shell.{module}"), function)(line)
    return status


def _reader_query(words: list[str], names: list[str]) -> str:
    """Return the query to open the reader with. Raises UsageError if there is no terminal."""
    query = _join_query(words, "sheaf", names)
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        hint = _suggest(words, names) or "`sheaf list` prints papers for scripts"
        raise UsageError(f"the reader needs a terminal; {hint}")
    return query


def _join_query(words: list[str], program: str, names: Sequence[str] = ()) -> str:
    """Return the words as one query. Raises UsageError if one is an option that does not exist."""
    if words[:1] == ["--"]:
        return " ".join(words[1:])
    unknown = next((word for word in words if word.startswith("--")), None)
    if unknown:
        hint = _suggest(words, names) or f"see {program} --help"
        raise UsageError(f"unknown option {unknown}; {hint}")
    return " ".join(words)


def _suggest(words: list[str], names: Sequence[str]) -> str:
    """Return a question with the subcommand that the first word resembles, or an empty string."""
    from tui.core.text import closest_match

    closest = closest_match(words[0], names) if words else None
    return f"did you mean sheaf {closest}?" if closest else ""


def _common_parser() -> argparse.ArgumentParser:
    """Return the parser of the options that are valid anywhere in any command."""
    parser = argparse.ArgumentParser(prog="sheaf", add_help=False, allow_abbrev=False)
    parser.add_argument("--home", metavar="DIR", help="the folder of papers and marks")
    parser.add_argument("--quiet", action="store_true", help="print only errors")
    parser.add_argument("--no-color", action="store_true", help="no colour")
    return parser


def make_parser(subcommands: Sequence[Subcommand]) -> argparse.ArgumentParser:
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
    for subcommand in subcommands:
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


def paper_count(text: str) -> int:
    """Parse a number of papers, for `type=` of an argument."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("a number of papers is 0 or more")
    return number


def sort_order(text: str) -> str:
    """Parse the name of an order, for `type=` of an argument."""
    from tui.search.query.tree import SORTS

    if text and text not in SORTS:
        raise argparse.ArgumentTypeError(f"{text!r} is not one of {', '.join(SORTS)}")
    return text
