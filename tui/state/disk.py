"""The one door to the disk: every call of this package that changes a file goes through here.

So a test can record the calls, make them fail, or stop the process between two of them. A file
counts as written only after `sync_file`, a name (made, renamed, removed) only after `sync_folder`.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from filelock import lock_descriptor

WINDOWS = sys.platform == "win32"
_BINARY: int = getattr(os, "O_BINARY", 0)
_CLOEXEC: int = getattr(os, "O_CLOEXEC", 0)
PRIVATE = 0o600


def make_folder(path: Path) -> None:
    """Make a folder and those above it, each durably; nothing happens if it is there."""
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
    """Open a file that is there for reading, writing and locking."""
    return os.open(path, os.O_RDWR | _BINARY | _CLOEXEC)


def write(descriptor: int, data: bytes) -> None:
    """Write all of `data`; OSError if not all of it fits."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def truncate(descriptor: int, size: int) -> None:
    """Cut a file to `size` bytes, and go on writing there."""
    os.ftruncate(descriptor, size)
    os.lseek(descriptor, size, os.SEEK_SET)


def sync_file(descriptor: int) -> None:
    """Return when the file's bytes are on the medium, not only in a cache of it."""
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
    """Return when the names in a folder are on the medium; Windows does that by itself."""
    if WINDOWS:
        return
    descriptor = os.open(path, os.O_RDONLY | _CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def rename(source: Path, goal: Path) -> None:
    """Give a file another name, in the place of any file that has it."""
    os.replace(source, goal)  # noqa: PTH105


def move(source: Path, goal: Path) -> None:
    """Give a file another name durably, on another file system if need be."""
    try:
        rename(source, goal)
        sync_folder(goal.parent)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_file(goal, [source.read_bytes()])
        remove(source)


def remove(path: Path) -> None:
    """Take a file away; nothing happens if it is not there."""
    path.unlink(missing_ok=True)


def close(descriptor: int) -> None:
    """Close a descriptor, and with it its lock."""
    with suppress(OSError):
        os.close(descriptor)


def take_lock(descriptor: int) -> bool:
    """Take the lock of an open file without waiting; False if another holds it or none exist."""
    try:
        return lock_descriptor(descriptor, blocking=False)
    except OSError:
        return False


def write_file(path: Path, pieces: Iterable[bytes], *, durable: bool = True) -> None:
    """Write a whole file beside `path` and rename it into place, so that it is never half there."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    descriptor = create(temporary)
    try:
        for piece in pieces:
            write(descriptor, piece)
        if durable:
            sync_file(descriptor)
    except BaseException:
        close(descriptor)
        with suppress(OSError):
            remove(temporary)
        raise
    close(descriptor)
    rename(temporary, path)
    if durable:
        sync_folder(path.parent)


def create_like(path: Path, model: Path) -> int:
    """Open an empty file with the mode and, if allowed, the owner of `model`; private if none."""
    try:
        status = model.stat()
    except FileNotFoundError:
        return create(path)
    descriptor = create(path)
    if not WINDOWS:
        with suppress(OSError):
            if (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid()):
                os.fchown(descriptor, status.st_uid, status.st_gid)
        with suppress(OSError):
            os.fchmod(descriptor, status.st_mode & 0o777)
    return descriptor


def excludes(locked: Path) -> bool:
    """Tell whether the lock held on a file keeps a second descriptor out; some only pretend."""
    try:
        second = open_existing(locked)
    except OSError:
        return False
    try:
        return not take_lock(second)
    finally:
        close(second)
