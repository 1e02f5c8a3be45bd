"""Files that are there whole or as they were before, however long writing them takes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tui.core.errors import SheafError, UsageError


class Exists(SheafError):
    """The file exists and may not be replaced without being told to."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists; --force replaces it")
        self.path = path


@contextmanager
def whole_file(path: Path, *, force: bool, last: bool = True) -> Iterator[BinaryIO]:
    """A file to write to, in the place of `path` when the block ends well, gone when it does not.

    Exists if there is one and not `force`; UsageError if it cannot be written. A link stays one.
    What is no file (a pipe, a device) is written as it is. Who writes many calls `settle` after the
    `last`, for the names of all.
    """
    path = path.expanduser()
    try:
        if path.is_dir():
            raise UsageError(f"{path} is a folder; name a file in it")
        if path.exists() and not path.is_file():
            with path.open("wb") as device:
                yield device
            return
        if path.exists() and not force:
            raise Exists(path)
        path = path.resolve()
        temporary = path.with_name(f".{path.name[:100]}.{os.getpid()}.tmp")
        try:
            with temporary.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            with suppress(OSError):
                temporary.chmod(path.stat().st_mode & 0o777)
            if path.exists() and not force:  # it came to be meanwhile
                raise Exists(path)
            temporary.replace(path)
            if last:
                settle(path.parent)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error


def settle(folder: Path) -> None:
    """Return when the names in a folder are on the medium; Windows does that by itself."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
