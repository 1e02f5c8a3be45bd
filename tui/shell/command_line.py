"""The command line: the arguments of `sheaf`, and the call of the function for them.

Exit status: 0 done, 1 something in the input was refused, 2 wrong use, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.core import paths
from tui.core.errors import SheafError, UsageError
from tui.shell import output

if TYPE_CHECKING:  # opening the reader does without argparse
    import argparse

MAX_FRAMES_PER_SECOND = "240"
"""As text, for Textual. With Textual's default of 60, waiting for the next frame would be most
of the time from a key to the painted list. Where nothing changes no frame is drawn."""


class ReaderLauncher(NamedTuple):
    """Opens the reader, which is in a package that this one may not import."""

    open: Callable[[Path, str, Path], int]
    """Open the reader with a home, a query and a configuration file; return the exit status."""
    theme_names: Callable[[], Collection[str]]
    """Return the names of the themes."""


class CommonOptions(NamedTuple):
    """The options that are valid anywhere in any command."""

    home: str = ""
    quiet: bool = False
    no_color: bool = False


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


def run_command_line(launcher: ReaderLauncher, arguments: list[str] | None) -> int:
    """Run `sheaf` with these arguments, by default those of the process; return the exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    output.prepare_streams()
    try:
        try:
            status = _run(launcher, words)
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


def split_common_options(words: Sequence[str]) -> tuple[CommonOptions, list[str]]:
    """Return the common options, and the other words. Raises UsageError if `--home` is last."""
    common, rest = CommonOptions(), []
    remaining = iter(words)
    for word in remaining:
        if word == "--":
            rest += [word, *remaining]
        elif word == "--quiet":
            common = common._replace(quiet=True)
        elif word == "--no-color":
            common = common._replace(no_color=True)
        elif word == "--home" or word.startswith("--home="):
            home = next(remaining, "") if word == "--home" else word.removeprefix("--home=")
            if not home or home.startswith("--"):
                raise UsageError("--home needs the name of a folder")
            common = common._replace(home=home)
        else:
            rest.append(word)
    return common, rest


def _run(launcher: ReaderLauncher, words: list[str]) -> int:
    common, rest = split_common_options(words)
    if common.no_color:
        os.environ["NO_COLOR"] = "1"
    home = paths.home_folder(common.home or None)
    home_given = bool(common.home or os.environ.get("SHEAF_HOME"))
    config_file = paths.config_file(home_given, home)
    if not _names_subcommand(rest):
        query = _reader_query(rest)
        os.environ.setdefault("TEXTUAL_FPS", MAX_FRAMES_PER_SECOND)
        return launcher.open(home, query, config_file)
    from tui.shell.parser import make_parser
    from tui.shell.subcommands import SUBCOMMANDS

    # `-optics` excludes a word from a query; argparse would read it as `--output ptics`.
    excluded = [word for word in rest if word.startswith("-o") and len(word) > 2]
    options, extra = make_parser().parse_known_args([word for word in rest if word not in excluded])
    extra += excluded
    subcommand = next(each for each in SUBCOMMANDS if each.name == options.command)
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


def _names_subcommand(words: list[str]) -> bool:
    return bool(words) and words[0] in {*_subcommand_names(), "-h", "--help", "--version"}


def _subcommand_names() -> list[str]:
    from tui.shell.subcommands import SUBCOMMANDS

    return [subcommand.name for subcommand in SUBCOMMANDS]


def _reader_query(words: list[str]) -> str:
    """Return the query to open the reader with. Raises UsageError if there is no terminal."""
    query = _join_query(words, "sheaf")
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        hint = _suggest(words) or "`sheaf list` prints papers for scripts"
        raise UsageError(f"the reader needs a terminal; {hint}")
    return query


def _join_query(words: list[str], program: str) -> str:
    """Return the words as one query. Raises UsageError if one is an option that does not exist."""
    if words[:1] == ["--"]:
        return " ".join(words[1:])
    unknown = next((word for word in words if word.startswith("--")), None)
    if unknown:
        hint = (program == "sheaf" and _suggest(words)) or f"see {program} --help"
        raise UsageError(f"unknown option {unknown}; {hint}")
    return " ".join(words)


def _suggest(words: list[str]) -> str:
    """Return a question with the subcommand that the first word resembles, or an empty string."""
    from tui.core.text import closest_match

    closest = closest_match(words[0], _subcommand_names()) if words else None
    return f"did you mean sheaf {closest}?" if closest else ""
