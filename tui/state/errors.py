"""Errors about the user's marks, in words for the user."""

from __future__ import annotations

import errno

from tui.core.errors import SheafError


class StateError(SheafError):
    """The base of errors about marks, and an invalid change or request. Nothing was changed."""


class SaveRefused(StateError):
    """The change is not on disk and not in memory.

    `errno` is the system's error number, or None where no system call failed (a read-only store).
    """

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.errno = code


def explain(error: OSError) -> str:
    """Return in a few words why the system refused."""
    full = error.errno == errno.ENOSPC
    return "the disk is full" if full else error.strerror or str(error)


def save_refused(error: OSError, path: object) -> SaveRefused:
    """Return the refusal to show for a system error that occurred while writing `path`."""
    return SaveRefused(f"Not saved: {explain(error)} ({path}).", error.errno)
