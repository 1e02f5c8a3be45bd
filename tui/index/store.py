"""The folder of the index: its segments' files, who may write, which to merge."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from tui.catalog.catalog import Catalog
from tui.index import manifest
from tui.index.build import Arrays
from tui.index.files import Damaged, MappedArrays, write_arrays
from tui.index.manifest import Manifest, entry_of, witnesses
from tui.index.merge import merge
from tui.index.segment import Segment

MOST_SEGMENTS = 6
"""More segments than this are merged."""
MOST_DEAD = 0.25
"""A greater part of dead docs than this is left behind by merging everything."""
_RATIO = 4
"""A merge takes in the next older segment while that is at most so many times as large."""
_LOCK = "lock"
_WAIT = 0.1


class Store:
    """The files in one folder. Reading needs no lock; `writing` is for one process at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, catalog: Catalog, *, thorough: bool) -> tuple[Manifest, list[Segment]] | None:
        """What is there for `catalog`; None if that is nothing whole. See `manifest.load`."""
        for _ in range(3):
            found = manifest.read(self.folder)
            if found is None or not found.is_of(catalog):
                return None
            try:
                return found, manifest.load(self.folder, found, thorough=thorough)
            except (Damaged, OSError):
                if manifest.read(self.folder) == found:
                    return None
        return None

    @contextmanager
    def writing(self, check: Callable[[], None]) -> Iterator[None]:
        """Be the one who writes; waits for another process, `check` may raise meanwhile.

        OSError if the folder cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / _LOCK)
        while True:
            try:
                lock.acquire(timeout=0)
                break
            except Timeout:
                check()
                time.sleep(_WAIT)
        try:
            yield
        finally:
            lock.release()

    def put(self, arrays: Arrays) -> Segment:
        """Write a new segment and map it."""
        return self._finish(lambda path: write_arrays(path, arrays))

    def merged(self, segments: Sequence[Segment], check: Callable[[], None]) -> Segment:
        """The living papers of `segments` as one new segment."""
        return self._finish(lambda path: merge(segments, path, check))

    def _finish(self, write: Callable[[Path], None]) -> Segment:
        name = f"{time.time_ns():x}-{secrets.token_hex(4)}"
        path = self.folder / f"{name}.new"
        write(path)
        whole = self.folder / f"{name}.segment"
        path.replace(whole)
        _sync(self.folder)
        return Segment(MappedArrays(whole))

    def publish(self, segments: Sequence[Segment], changed: int, catalog: Catalog) -> None:
        """Make `segments` the index, if they are not, and remove the files of others."""
        files = [s.arrays for s in segments if isinstance(s.arrays, MappedArrays)]
        entries = tuple(entry_of(arrays.path, arrays.crc) for arrays in files)
        rows = [int(s.rows[i]) for s in segments for i in {0, s.size // 2, s.size - 1}]
        new = Manifest(changed, witnesses(catalog, sorted(rows)), entries)
        if new != manifest.read(self.folder):
            manifest.write(self.folder, new)
            _sync(self.folder)
        self._sweep({entry.file for entry in entries})

    def _sweep(self, kept: set[str]) -> None:
        """Remove segments that are not `kept`, and what a killed process left."""
        for path in self.folder.iterdir():
            if path.suffix in (".segment", ".new") and path.name not in kept:
                with contextlib.suppress(OSError):
                    path.unlink()


def to_merge(segments: Sequence[Segment], most: int = MOST_SEGMENTS) -> int:
    """How many of `segments`, oldest first, stay as they are: those after them are merged.

    All stay where there are at most `most` and few docs are dead.
    """
    living = [segment.size - len(segment.dead) for segment in segments]
    size = sum(segment.size for segment in segments)
    if size and sum(living) < (1 - MOST_DEAD) * size:
        return 0
    if len(segments) <= most:
        return len(segments)
    first = len(segments) - 1
    merged = living[first]
    while first and (living[first - 1] <= _RATIO * merged or first == len(segments) - 1):
        first -= 1
        merged += living[first]
    return first


def _sync(folder: Path) -> None:
    """See to it that names in `folder` are on disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
