"""`load`: config.toml to a Config. No mistake in the file stops Sheaf."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tui.config.settings import Config

MAX_SIZE = 1 << 20
"""In bytes; a larger file is not a configuration."""


class FileError(NamedTuple):
    """Why the file as a whole cannot be used."""

    line: int
    """From 1; 0 if no line is to blame."""
    reason: str


def load(path: Path, environ: Mapping[str, str] = os.environ) -> Config:
    """Return the user's configuration; a missing file and a plain environment give the defaults."""
    text, error = _read_text(path)
    if not (text or error or any(map(_is_setting, environ))):
        return Config(path=path)
    from tui.config.parse import parse  # a start without a configuration does not need it

    return parse(path, text, error, environ)


def _is_setting(variable: str) -> bool:
    is_url = variable.startswith("SHEAF_") and variable.endswith("_URL")
    return is_url or variable == "TEXTUAL_THEME"


def _read_text(path: Path) -> tuple[str, FileError | None]:
    """Return the text of the file, empty if there is none, and why it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            return "", FileError(0, "is not a file")
        with path.open("rb") as file:
            data = file.read(MAX_SIZE + 1)
    except FileNotFoundError:
        return "", None
    except (OSError, ValueError) as error:
        reason = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        return "", FileError(0, reason)
    if len(data) > MAX_SIZE:
        return "", FileError(0, "is larger than a configuration can be")
    try:
        return data.decode("utf-8-sig"), None  # Windows editors put a byte order mark first
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return "", FileError(line, "is not UTF-8")
