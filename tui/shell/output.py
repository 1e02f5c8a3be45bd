"""Output of the commands: data on standard output, messages on standard error, files.

All of it is cleaned here. State, journals, configuration, environment and file names are foreign
text as much as a paper is: another program may have written them.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from tui.core.errors import SheafError
from tui.core.files import write_user_file
from tui.core.text import clean_line, clean_output, dump_json

if TYPE_CHECKING:
    from tui.catalog.batch import KeptApart

SHOWN_KEPT_APART = 5
"""Papers kept apart that are printed; a large import has many."""


def data(text: str, end: str = "\n") -> None:
    """Print lines of data. Raises SheafError if standard output cannot be written."""
    with standard_output() as stream:
        stream.write(clean_output(text) + end)


def json(value: Mapping[str, Any]) -> None:
    """Print one JSON object on one line. Raises SheafError as `data`."""
    data(dump_json(value))


def say(text: str, *, quiet: bool = False) -> None:
    """Print one line for the person."""
    if not quiet:
        prompt(clean_line(text) + "\n")


def say_problems(problems: Sequence[object], shown: int, rest: str) -> None:
    """Print up to `shown` problems, each on a line, and how many more there are with `rest`."""
    for each in problems[:shown]:
        say(f"sheaf: {each}")
    if more := len(problems[shown:]):
        say(f"sheaf: {more:,} more {rest}")


def say_kept_apart(papers: Sequence[KeptApart]) -> None:
    """Print which papers were kept apart, the first few of them."""
    say_problems(papers, SHOWN_KEPT_APART, "kept apart; `sheaf doctor --duplicates` lists them")


def prompt(text: str) -> None:
    """Print a question for the person, without a line end; what cannot be printed is lost."""
    try:
        sys.stderr.write(clean_output(text))
        sys.stderr.flush()
    except OSError:
        discard(sys.stderr)


def write_file(file: str, text: str, *, force: bool) -> None:
    """Write `text`, cleaned, to a file, or to standard output for `-`.

    Raises SheafError if the file exists and `force` is false, UsageError if it cannot be written.
    """
    if file == "-":
        data(text, end="")
        return
    path = Path(file).expanduser()
    if path.exists() and not force:
        raise SheafError(f"{file} exists; --force replaces it")
    write_user_file(path, clean_output(text).encode("utf-8"))


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Yield standard output. Raises SheafError for an error in writing to it, such as a full disk.

    BrokenPipeError passes: a reader that has enough, as in `sheaf list | head`, is no error.
    """
    try:
        yield sys.stdout
    except BrokenPipeError:
        raise
    except OSError as error:
        raise SheafError(f"standard output cannot be written: {error.strerror or error}") from error


def flush() -> None:
    """Write what standard output holds back. Raises SheafError as `data`."""
    with standard_output() as stream:
        stream.flush()


def discard(stream: TextIO) -> None:
    """Discard further output to a stream, so that Python's flush at exit succeeds."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def prepare_streams() -> None:
    """Make the standard streams safe to use, whatever the caller has set up or closed.

    A stream that raises OSError takes the place of one that is closed (`>&-`): Python has None
    there, and a database that is opened next would get the number of the stream. Characters that
    the encoding of the terminal does not have are printed as `?`.
    """
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_WRONLY), "r")
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
