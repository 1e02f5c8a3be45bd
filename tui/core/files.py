"""Writing files durably: the only module of Sheaf that replaces a file or syncs a folder.

`write_atomically` and `atomic_file` replace a whole file. The functions below them are the single
system calls they are made of; the journal of marks uses those directly. Because all of them are
called through this module, tests can record the calls, make one fail, or stop the process between
two of them.

The bytes of a file are on the medium only after `sync_file`, a name (of a file that was created,
renamed or removed) only after `sync_folder`.
"""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from tui.core.errors import UsageError

WINDOWS = sys.platform == "win32"
_BINARY: int = getattr(os, "O_BINARY", 0)
_CLOEXEC: int = getattr(os, "O_CLOEXEC", 0)
PRIVATE = 0o600


class _DescriptorStream(io.RawIOBase):
    """A binary stream over `write`, so that every byte goes through this module."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def write(self, data: bytes | memoryview) -> int:  # type: ignore[override]
        write(self._descriptor, data)
        return len(data)


@contextmanager
def atomic_file(
    path: Path,
    *,
    mode: int | None = None,
    durable: bool = True,
    sync_name: bool = True,
    before_replacing: Callable[[], None] | None = None,
) -> Iterator[BinaryIO]:
    """Yield a binary stream whose content replaces `path` when the block ends without an error.

    After an error, also one raised by `before_replacing`, the file is as it was before. Symbolic
    links are followed: the file they lead to is replaced and the link stays. An existing file
    keeps its mode and, where the system allows it, its owner; a new one gets `mode`, by default
    what the umask gives. A path that exists and is not a regular file (a pipe, a device) is
    written in place.

    `durable=False` skips the syncs, for files that can be made again. `sync_name=False` skips that
    of the folder only: a caller that writes many files into a folder syncs it once, at the end.

    Raises OSError.
    """
    path = path.resolve()
    if _is_special(path):
        with path.open("wb") as special:
            yield special
        return
    temporary = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}.tmp")
    descriptor = create_like(temporary, path, mode)
    try:
        raw = cast(io.RawIOBase, _DescriptorStream(descriptor))
        try:
            stream = cast(BinaryIO, io.BufferedWriter(raw, 1 << 16))
            yield stream
            stream.flush()
            if durable:
                sync_file(descriptor)
        finally:
            # Otherwise the buffer of a failed write is flushed when it is collected, into whatever
            # file has the number of this descriptor by then.
            raw.close()
            close(descriptor)
        if before_replacing:
            before_replacing()
        rename(temporary, path)
    except BaseException:
        with suppress(OSError):
            remove(temporary)
        raise
    if durable and sync_name:
        sync_folder(path.parent)


def write_atomically(
    path: Path, data: bytes | Iterable[bytes], *, mode: int | None = None, durable: bool = True
) -> None:
    """Replace the content of `path` as `atomic_file` does. Raises OSError."""
    with atomic_file(path, mode=mode, durable=durable) as file:
        for piece in (data,) if isinstance(data, bytes) else data:
            file.write(piece)


def write_user_file(path: Path, data: bytes) -> None:
    """Write a file that the user named, as `write_atomically`. Raises UsageError."""
    try:
        write_atomically(path, data)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error


def read_user_file(file: str) -> bytes:
    """Return the bytes of a file that the user names. Raises UsageError if it cannot be read."""
    try:
        return Path(file).expanduser().read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or error
        raise UsageError(f"{file}: cannot be read: {why}") from error


def _is_special(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


def make_folder(path: Path) -> None:
    """Create a folder and its parents durably; an existing folder is left as it is."""
    if path.is_dir():
        return
    make_folder(path.parent)
    with suppress(FileExistsError):
        path.mkdir(mode=0o700)
    sync_folder(path.parent)


def create(path: Path, *, exclusive: bool = False, mode: int = PRIVATE) -> int:
    """Open an empty file for writing and return its descriptor."""
    flags = os.O_RDWR | os.O_CREAT | _BINARY | _CLOEXEC
    return os.open(path, flags | (os.O_EXCL if exclusive else os.O_TRUNC), mode)


def open_existing(path: Path) -> int:
    """Open an existing file for reading, writing and locking."""
    return os.open(path, os.O_RDWR | _BINARY | _CLOEXEC)


def write(descriptor: int, data: bytes | memoryview) -> None:
    """Write all of `data`. Raises OSError if it does not fit."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def truncate(descriptor: int, size: int) -> None:
    """Cut a file to `size` bytes; the next write appends there."""
    os.ftruncate(descriptor, size)
    os.lseek(descriptor, size, os.SEEK_SET)


def sync_file(descriptor: int) -> None:
    """Return when the bytes of the file are on the medium, not only in its cache."""
    if sys.platform == "darwin":
        import fcntl

        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError:
            # Network and FUSE file systems do not know the call; fsync is what they offer.
            os.fsync(descriptor)
    elif hasattr(os, "fdatasync"):
        os.fdatasync(descriptor)
    else:
        os.fsync(descriptor)


def sync_folder(path: Path) -> None:
    """Return when the names in a folder are on the medium. Windows needs no call for that."""
    if WINDOWS:
        return
    descriptor = os.open(path, os.O_RDONLY | _CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def rename(source: Path, goal: Path) -> None:
    """Rename a file; a file that has the new name is replaced."""
    os.replace(source, goal)  # noqa: PTH105


def move(source: Path, goal: Path) -> None:
    """Rename a file durably, also across file systems."""
    try:
        rename(source, goal)
        sync_folder(goal.parent)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_atomically(goal, source.read_bytes(), mode=source.stat().st_mode & 0o777)
        remove(source)


def remove(path: Path) -> None:
    """Remove a file; a missing file is no error."""
    path.unlink(missing_ok=True)


def close(descriptor: int) -> None:
    """Close a descriptor, which releases its lock."""
    with suppress(OSError):
        os.close(descriptor)


def take_lock(descriptor: int) -> bool:
    """Lock an open file without waiting; False if it is locked or cannot be locked."""
    # Imported late: it takes 15 ms, and the first frame of the reader needs no lock.
    from filelock import lock_descriptor

    try:
        return lock_descriptor(descriptor, blocking=False)
    except OSError:
        return False


def create_like(path: Path, model: Path, mode: int | None = None) -> int:
    """Create `path` and return its descriptor; mode and owner are those of `model` if it exists.

    Without `model`, the mode is `mode`, by default 0o666 less the umask.
    """
    try:
        status = model.stat()
    except FileNotFoundError:
        return create(path, exclusive=True, mode=0o666 if mode is None else mode)
    descriptor = create(path, exclusive=True)
    if not WINDOWS:
        with suppress(OSError):
            if (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid()):
                os.fchown(descriptor, status.st_uid, status.st_gid)
        with suppress(OSError):
            os.fchmod(descriptor, status.st_mode & 0o777)
    return descriptor


def lock_excludes_others(locked: Path) -> bool:
    """Return whether the lock we hold on a file excludes a second descriptor.

    Some network file systems accept every lock.
    """
    try:
        second = open_existing(locked)
    except OSError:
        return False
    try:
        return not take_lock(second)
    finally:
        close(second)
