"""Tails: reading journals as they grow, one's own excepted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.state import line
from tui.state.journal import SUFFIX
from tui.state.line import Line


@dataclass(slots=True)
class Tail:
    """How far a journal has been read, in bytes, and which file that was."""

    inode: int
    offset: int = 0


@dataclass(slots=True)
class Batch:
    """What a journal had that was new."""

    path: Path
    lines: list[Line]
    damaged: int = 0
    """Lines that could not be read in full."""


def listing(folder: Path) -> list[os.DirEntry[str]]:
    """Return the journals in a folder, by name; none if there is no folder. OSError."""
    try:
        with os.scandir(folder) as entries:
            found = [
                entry
                for entry in entries
                if entry.name.startswith("j-") and entry.name.endswith(SUFFIX)
            ]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(found, key=lambda entry: entry.name)


class Tails:
    """Remembers how far each journal of a folder has been read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tails: dict[str, Tail] = {}
        self.unread: dict[str, OSError] = {}
        """Journals that the system refuses to show, and why; "" for their folder."""

    def rewind(self) -> None:
        """Read everything again at the next `fresh`."""
        self._tails.clear()

    def fresh(self, skip: set[str]) -> Iterator[Batch]:
        """Give what journals have gained, those named in `skip` excepted. Costs one listing."""
        try:
            entries = listing(self._folder)
            self.unread.pop("", None)
        except OSError as error:
            self.unread[""] = error
            return
        for name in self._tails.keys() - {entry.name for entry in entries}:
            del self._tails[name]
        for entry in entries:
            if entry.name in skip:
                continue
            try:
                status = entry.stat()
            except FileNotFoundError:
                continue
            except OSError as error:
                self.unread[entry.name] = error
                continue
            tail = self._tails.get(entry.name)
            if tail is None or tail.inode != status.st_ino or tail.offset > status.st_size:
                tail = self._tails[entry.name] = Tail(status.st_ino)
            if status.st_size > tail.offset:
                try:
                    batch = self._read(Path(entry.path), tail)
                except FileNotFoundError:
                    # Folded and moved just now; the snapshot has it.
                    continue
                except OSError as error:
                    self.unread[entry.name] = error
                    continue
                self.unread.pop(entry.name, None)
                yield batch

    @staticmethod
    def _read(path: Path, tail: Tail) -> Batch:
        with path.open("rb") as file:
            file.seek(tail.offset)
            data = file.read()
        whole, newline, rest = data.rpartition(b"\n")
        tail.offset += len(whole) + len(newline)
        batch = read_lines(path, whole)
        # A line without its newline is not acknowledged yet. If it is complete, taking it twice
        # does no harm; the offset stays before it.
        batch.lines += line.salvage(rest)
        return batch


def read_lines(path: Path, data: bytes) -> Batch:
    """Decode lines; a damaged one is counted, and what is whole in it is kept."""
    batch = Batch(path, [])
    for text in data.split(b"\n"):
        if not text.strip():
            continue
        body = line.decode(text)
        if body is not None:
            batch.lines.append(body)
        else:
            batch.damaged += 1
            batch.lines += line.salvage(text)
    return batch


def read_journal(path: Path) -> Batch:
    """Read a whole journal that nobody writes to. OSError if it cannot be read."""
    data = path.read_bytes()
    whole, _, rest = data.rpartition(b"\n")
    batch = read_lines(path, whole)
    batch.lines += line.salvage(rest)
    return batch
