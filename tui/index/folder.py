"""The folder of the index: segment files, and a manifest that says which of them are the index.

Readers need no lock: they read the manifest, which is replaced as a whole, and map the segments it
names. A writer holds the lock of the folder. It publishes a new manifest only after the segments
are on the disk, and then removes the files that no manifest names any more.
"""

from __future__ import annotations

import contextlib
import secrets
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from tui.catalog.catalog import Catalog
from tui.core.files import write_atomically
from tui.core.progress import Check
from tui.index.segment import Segment
from tui.index.segment_builder import Arrays
from tui.index.segment_file import VERSION, DamagedFile, MappedArrays, write_segment
from tui.index.segment_merge import merge_segments

MAX_SEGMENTS = 6
"""More segments than this are merged: each costs every search a little time."""
MAX_DEAD_SHARE = 0.25
"""If more than this share of the docs is dead, all segments are merged."""
_MERGE_RATIO = 4
"""A merge takes in the next older segment while that is at most so many times as large.

So each paper is copied a few times in all, however many small segments come.
"""
CLOCK_TICK = 0.02
"""Resolution of modification times in seconds: two changes within it may have the same time."""
_MANIFEST = "manifest.json"
_LOCK = "lock"
_LOCK_POLL = 0.1
_SMALL_FILE = 32 << 20
"""Bytes of a file that may be read when the index is opened."""
_TRIES = 3


@dataclass(frozen=True, slots=True)
class _Entry:
    """One segment file as it was when the manifest was written."""

    file: str
    size: int
    crc: int
    modified: int
    """Nanoseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which segments are the index, and of which catalog."""

    changed: int
    """The last transaction of the catalog whose papers are in the index."""
    witnesses: tuple[tuple[int, str], ...]
    """A few rows and when they were added: another catalog has other ones."""
    segments: tuple[_Entry, ...]

    def matches(self, catalog: Catalog) -> bool:
        """Return whether the index may have been made from `catalog`."""
        if self.changed > catalog.last_change:
            return False
        added = {s.row: s.added for s in catalog.get_many([row for row, _ in self.witnesses])}
        if self.witnesses and not added:
            return False
        return all(added.get(row, when) == when for row, when in self.witnesses)


class IndexFolder:
    """Reads and writes the files of one index."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self, catalog: Catalog, *, thorough: bool) -> tuple[Manifest, list[Segment]] | None:
        """Return the index if it is whole and of `catalog`, else None.

        A file that was modified since it was written is read and its checksum compared; without
        `thorough` only if it is small, so that opening takes no time.
        """
        # Another process may replace the manifest and remove segments in between: try again.
        for _ in range(_TRIES):
            manifest = self._read_manifest()
            if manifest is None or not manifest.matches(catalog):
                return None
            try:
                entries = manifest.segments
                return manifest, [self._load_segment(entry, thorough) for entry in entries]
            except (DamagedFile, OSError):
                if self._read_manifest() == manifest:
                    return None
        return None

    @contextmanager
    def lock(self, check: Check) -> Iterator[None]:
        """Hold the lock of the writer; `check` may raise while another process is waited for.

        Raises OSError if the folder cannot be written.
        """
        from filelock import FileLock, Timeout  # takes 9 ms, which only writing needs

        self._path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._path / _LOCK)
        while True:
            try:
                lock.acquire(timeout=0)
                break
            except Timeout:
                check()
                time.sleep(_LOCK_POLL)
        try:
            yield
        finally:
            lock.release()

    def write(self, arrays: Arrays) -> Segment:
        """Write a segment and return it, mapped."""
        path = self._new_segment_path()
        write_segment(path, arrays)
        return Segment(MappedArrays(path))

    def write_merged(self, segments: Sequence[Segment], check: Check) -> Segment:
        """Write the living docs of `segments` as one segment and return it, mapped."""
        path = self._new_segment_path()
        merge_segments(segments, path, check)
        return Segment(MappedArrays(path))

    def publish(self, segments: Sequence[Segment], last_change: int, catalog: Catalog) -> None:
        """Make `segments` the index and remove all other files."""
        mapped = [s.arrays for s in segments if isinstance(s.arrays, MappedArrays)]
        entries = tuple(_entry(arrays) for arrays in mapped)
        manifest = Manifest(last_change, _witnesses(catalog, segments), entries)
        if manifest != self._read_manifest():
            self._write_manifest(manifest)
        self._remove_files_except({entry.file for entry in entries})

    def _new_segment_path(self) -> Path:
        return self._path / f"{time.time_ns():x}-{secrets.token_hex(4)}.segment"

    def _load_segment(self, entry: _Entry, thorough: bool) -> Segment:
        path = self._path / entry.file
        arrays = MappedArrays(path)
        status = path.stat()
        if status.st_size != entry.size or arrays.crc != entry.crc:
            raise DamagedFile(f"{path}: not the file that was written")
        may_read = thorough or entry.size < _SMALL_FILE
        if status.st_mtime_ns != entry.modified and not (may_read and arrays.matches_checksum()):
            raise DamagedFile(f"{path}: changed since it was written")
        return Segment(arrays)

    def _read_manifest(self) -> Manifest | None:
        """Return the manifest; None if there is none of this version or it is damaged."""
        try:
            data, crc, _ = (self._path / _MANIFEST).read_bytes().rsplit(b"\n", 2)
            if crc != b"%08x" % zlib.crc32(data):
                return None
            fields = orjson.loads(data)
            if fields.pop("version") != VERSION:
                return None
            fields["segments"] = tuple(_Entry(**entry) for entry in fields["segments"])
            fields["witnesses"] = tuple((row, added) for row, added in fields["witnesses"])
            return Manifest(**fields)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _write_manifest(self, manifest: Manifest) -> None:
        # A file that changes after this moment gets another time of modification than its entry.
        time.sleep(CLOCK_TICK)
        data = orjson.dumps({"version": VERSION, **asdict(manifest)})
        write_atomically(self._path / _MANIFEST, data + b"\n%08x\n" % zlib.crc32(data))

    def _remove_files_except(self, kept: set[str]) -> None:
        """Remove other segments, and the temporary files of a killed process."""
        for path in self._path.iterdir():
            if path.suffix in (".segment", ".tmp", ".new") and path.name not in kept:
                # Windows does not remove a file that another process has mapped; a later run does.
                with contextlib.suppress(OSError):
                    path.unlink()


def _entry(arrays: MappedArrays) -> _Entry:
    status = arrays.path.stat()
    return _Entry(arrays.path.name, status.st_size, arrays.crc, status.st_mtime_ns)


def _witnesses(catalog: Catalog, segments: Sequence[Segment]) -> tuple[tuple[int, str], ...]:
    """Return a few rows, spread over the segments, and when the papers were added."""
    rows = sorted(int(s.rows[i]) for s in segments for i in {0, s.size // 2, s.size - 1})
    some = sorted({rows[len(rows) * i // 8] for i in range(8)} | {rows[-1]}) if rows else []
    return tuple((stored.row, stored.added) for stored in catalog.get_many(some))


def count_segments_to_keep(segments: Sequence[Segment], most: int) -> int:
    """Return how many of `segments`, oldest first, stay; those after them are to be merged.

    All stay if there are at most `most` and few docs are dead.
    """
    living = [segment.size - len(segment.dead) for segment in segments]
    size = sum(segment.size for segment in segments)
    if size and sum(living) < (1 - MAX_DEAD_SHARE) * size:
        return 0
    if len(segments) <= most:
        return len(segments)
    first = len(segments) - 1
    merged = living[first]
    while first and (living[first - 1] <= _MERGE_RATIO * merged or first == len(segments) - 1):
        first -= 1
        merged += living[first]
    return first
