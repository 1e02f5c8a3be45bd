"""Journals: append-only files of lines with checksums, one file for each running instance.

A journal is filled under a temporary name, synced and renamed, and then its folder is synced, so it
is never seen without its header. Its instance holds a lock on it as long as it lives: who can take
the lock knows that the instance is gone. Windows can neither rename an open file nor read a locked
byte, so there the file has its name from the start and the lock is on a file beside it.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from tui.core import files
from tui.state.clock import StampClock
from tui.state.journal_lines import VERSION, JournalContent, encode, read_lines
from tui.state.locations import Locations

_ALIVE = ".alive"


def list_journals(folder: Path) -> list[os.DirEntry[str]]:
    """Return the journals in a folder, by name; none if there is no folder. Raises OSError."""
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if re.fullmatch(r"j-.*\.jsonl", entry.name)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(found, key=lambda entry: entry.name)


def host_of(name: str) -> str:
    """Return the host in a journal's name `j-HOST-PID-RANDOM.jsonl`, "" if it has none."""
    parts = name.split("-")
    return parts[1] if len(parts) >= 4 and parts[0] == "j" else ""


class JournalFollower:
    """Reads the journals of a store as they grow, and those in its archive once."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive
        self._positions: dict[str, tuple[int, int]] = {}
        """Journal to its inode and how many bytes of it were read."""
        self.archived: set[str] = set()
        """Names of the archived journals whose lines are in memory."""
        self.unread: dict[Path, OSError] = {}
        """Journals and folders that the system refuses to show."""
        self.newer: set[str] = set()
        """Journals in a later format."""
        self.bytes = 0
        """Bytes read since the last checkpoint."""

    def read_new(self, folder: Path, skip: Collection[str]) -> Iterator[JournalContent]:
        """Yield what the journals in a folder gained since the last call, but for `skip`."""
        self.unread.pop(folder, None)
        try:
            entries = list_journals(folder)
        except OSError as error:
            self.unread[folder] = error
            return
        for entry in entries:
            if entry.name in skip or (folder == self._archive and entry.name in self.archived):
                continue
            path = Path(entry.path)
            self.unread.pop(path, None)
            try:
                content = self._read_entry(entry)
            except FileNotFoundError:
                continue  # another instance moved it to the archive just now
            except OSError as error:
                self.unread[path] = error
                continue
            if folder == self._archive:
                self.archived.add(entry.name)
            if content is not None:
                yield content

    def _read_entry(self, entry: os.DirEntry[str]) -> JournalContent | None:
        status = entry.stat()
        inode, offset = self._positions.get(entry.name, (status.st_ino, 0))
        if inode != status.st_ino or offset > status.st_size:
            offset = 0
        self._positions[entry.name] = (status.st_ino, offset)
        if status.st_size <= offset or (entry.name in self.newer and offset):
            return None
        with Path(entry.path).open("rb") as file:
            file.seek(offset)
            data = file.read()
        self._positions[entry.name] = (status.st_ino, offset + data.rfind(b"\n") + 1)
        self.bytes += len(data)
        content = read_lines(Path(entry.path), data)
        if content.newer:
            self.newer.add(entry.name)
        return content


class Journal:
    """An open journal. After an OSError its lines stay valid, and a new one must be started."""

    def __init__(self, path: Path, descriptor: int, lock: int, size: int) -> None:
        self.path = path
        self.size = size
        """Bytes that are acknowledged."""
        self.has_refused_bytes = False
        """Whether bytes of a refused change, which could not be removed, follow them."""
        self._descriptor = descriptor
        self._lock = lock

    @classmethod
    def create(cls, locations: Locations, clock: StampClock, first: bytes) -> Journal:
        """Create a journal that durably holds `first`. Raises OSError and then leaves no file."""
        files.make_folder(locations.folder)
        name = f"j-{locations.host}-{os.getpid()}-{os.urandom(4).hex()}.jsonl"
        path = locations.folder / name
        header = encode({"journal": VERSION, "host": locations.host, "t": clock.tick()})
        temporary = path if files.WINDOWS else path.with_name(f".{name}.tmp")
        descriptor = files.create(temporary, exclusive=True)
        lock = descriptor
        try:
            if files.WINDOWS:
                lock = files.create(path.with_name(name + _ALIVE))
            files.take_lock(lock)
            files.write(descriptor, header + first)
            files.sync_file(descriptor)
            if temporary != path:
                files.rename(temporary, path)
            files.sync_folder(locations.folder)
        except OSError:
            files.close(descriptor)
            for leftover in (temporary, path):
                with suppress(OSError):
                    files.remove(leftover)
            raise
        return cls(path, descriptor, lock, len(header) + len(first))

    def append(self, data: bytes) -> None:
        """Return when `data` is on the medium. Raises OSError if the system refuses it."""
        try:
            files.write(self._descriptor, data)
            files.sync_file(self._descriptor)
        except OSError:
            self.has_refused_bytes = True
            with suppress(OSError):
                self.cut()
            raise
        self.size += len(data)

    def cut(self) -> None:
        """Remove the bytes of a refused change. Raises OSError."""
        if self.has_refused_bytes:
            files.truncate(self._descriptor, self.size)
            self.has_refused_bytes = False

    def is_in_place(self) -> bool:
        """Whether the file we write to still is the one with our name."""
        try:
            named = self.path.stat()
        except OSError:
            return False
        ours = os.fstat(self._descriptor)
        return (named.st_ino, named.st_dev) == (ours.st_ino, ours.st_dev)

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
        """Release the file; from now on any instance on this machine may archive it."""
        files.close(self._descriptor)
        if self._lock != self._descriptor:
            files.close(self._lock)
            remove_lock_file(self.path)


def remove_lock_file(path: Path) -> None:
    """Remove the lock file beside a journal, where there are such files."""
    with suppress(OSError):
        files.remove(path.with_name(path.name + _ALIVE))


def is_live(path: Path) -> bool:
    """Whether a running instance of this machine holds a journal."""
    descriptor = take_over(path)
    if descriptor is None:
        return path.exists()
    files.close(descriptor)
    return False


def take_over(path: Path) -> int | None:
    """Lock a journal whose instance is gone; None while it lives or may live."""
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


class JournalWriter:
    """Appends durably; begins a new journal at the first change and after every failure."""

    def __init__(self, locations: Locations, clock: StampClock) -> None:
        self._locations = locations
        self._clock = clock
        self._lock = threading.Lock()
        self._current: Journal | None = None
        self._retired: list[Journal] = []
        self.names: set[str] = set()
        """File names of all journals begun here; their lines are in memory already."""
        self.bytes = 0
        """Bytes appended since the last checkpoint."""

    def append(self, data: bytes) -> None:
        """Return when `data` is on the medium, in a file with our name.

        Raises OSError; then none of `data` counts.
        """
        with self._lock:
            for journal in self._retired:
                journal.cut()
            current = self._current
            if current is None:
                self._begin(data)
            else:
                try:
                    current.append(data)
                    if not current.is_in_place():
                        # Somebody moved the file: write what it holds once more.
                        self._begin(current.lines())
                        current.close()
                except OSError:
                    # After a failed sync the system may have dropped the pages: do not trust it.
                    self._retired.append(current)
                    self._current = None
                    raise
            self.bytes += len(data)

    def _begin(self, first: bytes) -> None:
        self._current = Journal.create(self._locations, self._clock, first)
        self.names.add(self._current.path.name)

    def retire(self) -> list[Journal]:
        """Return the journals so far, still locked; the next change goes to a new one."""
        with self._lock:
            if self._current is not None:
                self._retired.append(self._current)
                self._current = None
            self.bytes = 0
            return list(self._retired)

    def release(self, journal: Journal) -> None:
        """Close a retired journal whose lines are in the snapshot."""
        with self._lock:
            if journal in self._retired:
                self._retired.remove(journal)
            journal.close()

    def close(self) -> None:
        """Close all journals; they stay where they are, and any instance may archive them."""
        with self._lock:
            for journal in (*self._retired, self._current):
                if journal is not None:
                    journal.close()
            self._retired, self._current = [], None
