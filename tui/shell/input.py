"""Input of the commands: the bytes of a file that the user names, or of standard input."""

from __future__ import annotations

import sys

from tui.core.errors import UsageError
from tui.core.files import read_user_file


def read_file(file: str) -> bytes:
    """Return the bytes of a file, or of standard input for `-`. Raises UsageError."""
    if file != "-":
        return read_user_file(file)
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        why = error.strerror or error
        raise UsageError(f"standard input: cannot be read: {why}") from error
