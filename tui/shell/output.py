"""What commands print: data on standard output, messages on standard error."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from tui.core.errors import SheafError
from tui.core.files import write_user_file
from tui.core.text import clean_line


def data(text: str) -> None:
    """Print one line of data."""
    sys.stdout.write(text + "\n")


def json(value: Mapping[str, Any]) -> None:
    """Print one JSON object on one line."""
    sys.stdout.write(orjson.dumps(value).decode() + "\n")


def say(text: str, *, quiet: bool = False) -> None:
    """Print one line for the person, cleaned: the name of a file may contain anything."""
    if not quiet:
        sys.stderr.write(clean_line(text) + "\n")


def write_file(file: str, content: bytes, *, force: bool) -> None:
    """Write `content` to a file, or to standard output for `-`.

    Raises SheafError if the file exists and `force` is false, UsageError if it cannot be written.
    """
    if file == "-":
        sys.stdout.write(content.decode("utf-8", "replace"))
        sys.stdout.flush()
        return
    path = Path(file).expanduser()
    if path.exists() and not force:
        raise SheafError(f"{file} exists; --force replaces it")
    write_user_file(path, content)
