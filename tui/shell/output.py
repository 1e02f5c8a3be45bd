"""What the commands print: data to stdout, words to stderr, nothing raw to a terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import orjson

from tui.core.text import clean_line


def data(text: str) -> None:
    """One line of data."""
    sys.stdout.write(text + "\n")


def json(value: Mapping[str, Any]) -> None:
    """One object on one line."""
    sys.stdout.write(orjson.dumps(value).decode() + "\n")


def say(text: str, *, quiet: bool = False) -> None:
    """One line for the person; a file's name in it may hold anything, so it is cleaned."""
    if not quiet:
        sys.stderr.write(clean_line(text) + "\n")
