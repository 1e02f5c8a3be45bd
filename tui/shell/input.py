"""Input of the commands: the bytes of a file that the user names, or of standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from tui.core.errors import UsageError


def read_file(file: str) -> bytes:
    """Return the bytes of a file, or of standard input for `-`. Raises UsageError."""
    try:
        if file == "-":
            return sys.stdin.buffer.read()
        return Path(file).expanduser().read_bytes()
    except (OSError, ValueError) as error:
        name = "standard input" if file == "-" else file
        why = getattr(error, "strerror", "") or error
        raise UsageError(f"{name}: cannot be read: {why}") from error
