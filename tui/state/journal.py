"""Journals: append-only files of lines with checksums, one file for each running instance.

A line is a JSON object whose first member is the checksum of the rest:

    {"sum":"1c291ca3","t":STAMP,"label":"star","set":{...},"was":{...}}

`t` is the stamp; `label` names the step; `set` is table to document to field to value; `was` is the
same with [value, stamp] as it was before, for undo; `base` is table to document to the stamps of
the versions of the note that the new one supersedes; `kind` is undo or redo, with `of`, the stamp
of that step; `silent` marks what undo skips; `docs` holds whole documents with their own stamps (an
import). The first line of a journal is a header with `journal`, the version of this format.

A journal is filled under a temporary name, synced and renamed, and then its folder is synced, so it
is never seen without its header. Its instance holds a lock on it as long as it lives: who can take
the lock knows that the instance is gone. Windows can neither rename an open file nor read a locked
one, so there a journal has its name from the start, is not locked, and only its instance moves it.
"""

from __future__ import annotations

import os
import re
import threading
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from tui.core import files
from tui.state.clock import StampClock, is_stamp
from tui.state.document import META, Line, Shape, all_fit, clean_tables, matches
from tui.state.marks import StateError
from tui.state.storage import Locations

VERSION = 1
_FILE_COST = 1 << 10
"""Bytes that a journal counts beside its lines: many small ones take long to open."""

_HEAD = b'{"sum":"%08x",'
_HEAD_SIZE = len(_HEAD % 0)


def encode(body: Line) -> bytes:
    """Return the line with its newline. StateError for one that would not be read back."""
    try:
        rest = orjson.dumps(body)[1:]
    except TypeError as error:
        raise StateError(f"This cannot be saved: {error}.") from error
    if not is_valid(body):
        raise StateError("This cannot be saved: it is nested too deeply or has an empty name.")
    return _HEAD % zlib.crc32(rest) + rest + b"\n"


def decode(line: bytes) -> Line | None:
    """Return the object of a line without its newline, None if its checksum is wrong.

    The object may still be of another shape than `is_valid` requires.
    """
    line = line.rstrip(b"\r")
    rest = line[_HEAD_SIZE:]
    if line[:_HEAD_SIZE] != _HEAD % zlib.crc32(rest):
        return None
    try:
        body: Line = orjson.loads(b"{" + rest)
    except orjson.JSONDecodeError:
        return None
    return body


def is_valid(body: Line) -> bool:
    """Whether a line with a right checksum has the shape that this format requires."""
    return (
        "t" in body
        and ("kind" in body) == ("of" in body)
        and ("label" in body or "set" not in body)
        and all(matches(body[name], shape) for name, shape in _SHAPES.items() if name in body)
    )


def _all_rows(tables: Any, check: Callable[[str, Any], bool]) -> bool:
    """Whether `tables` maps tables to keys to dicts that all pass a check."""
    return matches(tables, {str: {str: dict}}) and all(
        table != META and key and check(table, row)
        for table, rows in tables.items()
        for key, row in rows.items()
    )


def _are_earlier_values(table: str, fields: dict[str, Any]) -> bool:
    return all(
        matches(pair, list) and len(pair) == 2 and matches(pair[1], str) for pair in fields.values()
    ) and all_fit(table, {name: value for name, (value, _) in fields.items()})


_SHAPES: dict[str, Shape] = {
    "t": is_stamp,
    "journal": int,
    "label": str,
    "silent": lambda silent: silent is True,
    "kind": lambda kind: kind in ("undo", "redo"),
    "of": str,
    "set": lambda tables: _all_rows(tables, all_fit),
    "was": lambda tables: _all_rows(tables, _are_earlier_values),
    "base": {str: {str: [is_stamp]}},
    "docs": lambda tables: matches(tables, dict) and clean_tables(tables)[1] == 0,
}


class JournalContent(NamedTuple):
    """What was read from a journal."""

    path: Path
    lines: list[Line]
    damaged: int = 0
    """How many lines have a wrong checksum or another shape."""
    newer: bool = False
    """The journal has a later format; none of its lines is read."""


def read_lines(path: Path, data: bytes) -> JournalContent:
    """Decode the bytes of a journal, which may end in the middle of a line."""
    *whole, rest = data.split(b"\n")
    bodies = [decode(text) for text in whole if text.strip()]
    # The last line may lack its newline: it was not acknowledged, so it is no damage. Or its
    # newline is the damaged byte, and `rest[:-1]` is the line. A complete line is used now, and
    # once more when it has its newline, which does no harm.
    if last := decode(rest) or decode(rest[:-1]):
        bodies.append(last)
    versions = [body.get("journal") for body in bodies if body]
    if any(type(version) is int and version > VERSION for version in versions):
        return JournalContent(path, [], newer=True)
    lines = [body for body in bodies if body and is_valid(body)]
    return JournalContent(path, lines, len(bodies) - len(lines))


def list_journals(folder: Path) -> list[Path]:
    """Return the journals in a folder, by name; none if there is no folder. Raises OSError."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return sorted(path for path in folder.iterdir() if re.fullmatch(r"j-.*\.jsonl", path.name))
    return []


def host_of(name: str) -> str:
    """Return the host in a journal's name `j-HOST-PID-RANDOM.jsonl`, "" if it has none."""
    parts = name.split("-")
    return parts[1] if len(parts) >= 4 else ""


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
        self.bytes = 0
        """Bytes read since the last checkpoint, and `_FILE_COST` for each journal."""

    def read_new(self, folder: Path, skip: Collection[str]) -> Iterator[JournalContent]:
        """Yield what the journals in a folder gained since the last call, but for `skip`."""
        archived = self.archived if folder == self._archive else set()
        self.unread.pop(folder, None)
        try:
            paths = list_journals(folder)
        except OSError as error:
            self.unread[folder] = error
            return
        for path in paths:
            if path.name in skip or path.name in archived:
                continue
            self.unread.pop(path, None)
            try:
                content = self._read_rest(path)
            except FileNotFoundError:
                continue  # another instance moved it to the archive just now
            except OSError as error:
                self.unread[path] = error
                continue
            archived.add(path.name)
            if content is not None:
                yield content

    def _read_rest(self, path: Path) -> JournalContent | None:
        status = path.stat()
        inode, offset = self._positions.get(path.name, (status.st_ino, 0))
        if inode != status.st_ino or offset > status.st_size:
            offset = 0
        if status.st_size <= offset:
            return None
        with path.open("rb") as file:
            file.seek(offset)
            data = file.read()
        content = read_lines(path, data)
        if not content.newer:
            self._positions[path.name] = (status.st_ino, offset + data.rfind(b"\n") + 1)
            self.bytes += len(data) + (0 if offset else _FILE_COST)
        return content


@dataclass(eq=False, slots=True)
class Journal:
    """An open journal of this instance; after a failed `append` a new one must be started."""

    path: Path
    descriptor: int
    size: int
    """Bytes that are acknowledged."""
    has_refused_bytes: bool = False
    """Whether bytes of a refused change, which could not be removed, follow them."""

    def append(self, data: bytes) -> None:
        """Return when `data` is on the medium; it is not yet acknowledged. Raises OSError."""
        self.has_refused_bytes = True
        files.write(self.descriptor, data)
        files.sync_file(self.descriptor)

    def acknowledge(self, size: int) -> None:
        """Let bytes that were appended count."""
        self.size += size
        self.has_refused_bytes = False

    def cut(self) -> None:
        """Remove the bytes of a refused change. Raises OSError."""
        if self.has_refused_bytes:
            files.truncate(self.descriptor, self.size)
            self.has_refused_bytes = False

    def is_in_place(self) -> bool:
        """Whether the file we write to still is the one with our name."""
        with suppress(OSError):
            return os.path.samestat(self.path.stat(), os.fstat(self.descriptor))
        return False

    def lines(self) -> bytes:
        """Return all that was written after the header; the next `append` goes to its end."""
        os.lseek(self.descriptor, 0, os.SEEK_SET)
        with open(self.descriptor, "rb", closefd=False) as file:
            return file.read().partition(b"\n")[2]


def take_over(path: Path) -> int | None:
    """Lock a journal whose instance is gone; None while it lives or may live."""
    if files.WINDOWS:
        return None
    try:
        descriptor = files.open_existing(path)
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
            if (current := self._current) is None:
                self._current = self._create(data)
            else:
                try:
                    current.append(data)
                    if not current.is_in_place():
                        # Somebody moved the file: write what it holds once more.
                        self._current = self._create(current.lines())
                        files.close(current.descriptor)
                except OSError:
                    # After a failed sync the system may have dropped the pages: do not trust it.
                    self._retired.append(current)
                    self._current = None
                    with suppress(OSError):
                        current.cut()
                    raise
                current.acknowledge(len(data))
            self.bytes += len(data)

    def _create(self, first: bytes) -> Journal:
        """Create a journal that durably holds `first`. Raises OSError and then leaves no file."""
        folder, host = self._locations.folder, self._locations.host
        files.make_folder(folder)
        path = folder / f"j-{host}-{os.getpid()}-{os.urandom(4).hex()}.jsonl"
        header = encode({"journal": VERSION, "host": host, "t": self._clock.tick()})
        temporary = path if files.WINDOWS else path.with_name(f".{path.name}.tmp")
        descriptor = files.create(temporary, exclusive=True)
        try:
            files.write(descriptor, header + first)
            files.sync_file(descriptor)
            if not files.WINDOWS:
                files.take_lock(descriptor)
                files.rename(temporary, path)
            files.sync_folder(folder)
        except OSError:
            files.close(descriptor)
            for leftover in (temporary, path):
                with suppress(OSError):
                    files.remove(leftover)
            raise
        self.names.add(path.name)
        return Journal(path, descriptor, len(header) + len(first))

    def retire(self) -> list[Journal]:
        """Return the journals so far that hold no refused bytes, still locked.

        The next change goes to a new one.
        """
        with self._lock:
            if self._current is not None:
                self._retired.append(self._current)
                self._current = None
            self.bytes = 0
            return [journal for journal in self._retired if not journal.has_refused_bytes]

    def release(self, journal: Journal) -> None:
        """Close a retired journal; from now on any instance on this machine may archive it."""
        with self._lock:
            self._retired.remove(journal)
            files.close(journal.descriptor)

    def close(self) -> None:
        """Close all journals; they stay where they are."""
        self.retire()
        for journal in list(self._retired):
            self.release(journal)
