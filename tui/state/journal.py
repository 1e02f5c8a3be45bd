"""Journal: the append-only file of one running instance.

It is filled under a temporary name, synced, renamed and its folder synced, so that it is never seen
without its header. Its lock is held as long as the instance lives: who can take it knows that the
journal is dead and may be folded. Windows can neither rename an open file nor read a locked byte,
so there the file has its name from the start and the lock is on a file beside it.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from tui.core import files
from tui.state.line import encode
from tui.state.places import Places
from tui.state.stamp import Clock

SUFFIX = ".jsonl"
_ALIVE = ".alive"


def host_of(name: str) -> str:
    """Return the host in a journal's name `j-HOST-PID-RANDOM.jsonl`, "" if it has none."""
    parts = name.split("-")
    return parts[1] if len(parts) >= 4 and parts[0] == "j" else ""


class Journal:
    """An open journal. After an OSError it is spent: its good lines stand, a new one is begun."""

    def __init__(self, path: Path, descriptor: int, lock: int, size: int) -> None:
        self.path = path
        self.size = size
        """Bytes that are acknowledged."""
        self.spoiled = False
        """Behind them are bytes of a refused change, which the disk has not let us take out."""
        self._descriptor = descriptor
        self._lock = lock

    @classmethod
    def begin(cls, places: Places, clock: Clock, first: bytes) -> Journal:
        """Make a journal that durably holds `first`. OSError: then nothing is left."""
        files.make_folder(places.aside)
        name = f"j-{places.host}-{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}"
        path = places.aside / name
        header = encode({"journal": 1, "host": places.host, "t": clock.tick()})
        filling = path if files.WINDOWS else path.with_name(f".{name}.tmp")
        descriptor = files.create(filling, exclusive=True)
        lock = descriptor
        try:
            if files.WINDOWS:
                lock = files.create(path.with_name(name + _ALIVE))
            files.take_lock(lock)
            files.write(descriptor, header + first)
            files.sync_file(descriptor)
            if filling != path:
                files.rename(filling, path)
            files.sync_folder(places.aside)
        except OSError:
            files.close(descriptor)
            for leftover in (filling, path):
                try:
                    files.remove(leftover)
                except OSError:
                    continue
            raise
        return cls(path, descriptor, lock, len(header) + len(first))

    def append(self, data: bytes) -> None:
        """Return when `data` is on the medium. OSError: it is refused; see `spoiled`."""
        try:
            files.write(self._descriptor, data)
            files.sync_file(self._descriptor)
        except OSError:
            self.spoiled = True
            with suppress(OSError):
                self.cut()
            raise
        self.size += len(data)

    def cut(self) -> None:
        """Take out what was refused. OSError."""
        if self.spoiled:
            files.truncate(self._descriptor, self.size)
            self.spoiled = False

    def in_place(self) -> bool:
        """Tell whether the file we write to is still the one with our name."""
        try:
            there = self.path.stat()
        except OSError:
            return False
        here = os.fstat(self._descriptor)
        return (there.st_ino, there.st_dev) == (here.st_ino, here.st_dev)

    def lines(self) -> bytes:
        """Return all acknowledged bytes after the header."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        parts, left = [], self.size
        while left > 0 and (part := os.read(self._descriptor, left)):
            parts.append(part)
            left -= len(part)
        os.lseek(self._descriptor, self.size, os.SEEK_SET)
        return b"".join(parts).partition(b"\n")[2]

    def close(self) -> None:
        """Let go of the file; from now on anybody on this machine may fold it."""
        files.close(self._descriptor)
        if self._lock != self._descriptor:
            files.close(self._lock)
            drop_alive(self.path)


def drop_alive(path: Path) -> None:
    """Remove the lock file beside a journal, where there are such files."""
    with suppress(OSError):
        files.remove(path.with_name(path.name + _ALIVE))


def is_live(path: Path) -> bool:
    """Tell whether a running instance of this machine holds a journal."""
    descriptor = take_over(path)
    if descriptor is None:
        return path.exists()
    files.close(descriptor)
    return False


def take_over(path: Path) -> int | None:
    """Take the lock of a journal nobody holds; None while its instance lives or may live."""
    try:
        if not files.WINDOWS:
            descriptor = files.open_existing(path)
        else:
            # Its instance removed the file at its end, or left it behind unlocked.
            descriptor = files.create(path.with_name(path.name + _ALIVE))
    except OSError:
        return None
    if files.take_lock(descriptor):
        return descriptor
    files.close(descriptor)
    return None
