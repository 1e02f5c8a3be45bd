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


_WORDS = {
    errno.ENOSPC: "the disk is full",
    getattr(errno, "EDQUOT", -1): "your disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "there is no permission to write there",
    errno.EPERM: "the system does not allow writing there",
    errno.EIO: "the disk reports an error",
    errno.EFBIG: "the file would be larger than the system allows",
    errno.ENOENT: "the folder is gone",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
}


def explain(error: OSError) -> str:
    """Return in a few words why the system refused."""
    return _WORDS.get(error.errno or 0) or error.strerror or str(error)


def save_refused(error: OSError, path: object) -> SaveRefused:
    """Return the refusal to show for a system error that occurred while writing `path`."""
    return SaveRefused(f"Not saved: {explain(error)} ({path}).", error.errno)
