"""manifest.json: which segments make up the index, and of which catalog they were made."""

from __future__ import annotations

import os
import time
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from tui.catalog.catalog import Catalog
from tui.index.files import VERSION, Damaged, MappedArrays
from tui.index.segment import Segment

NAME = "manifest.json"
TICK = 0.02
"""Seconds in which a file may change twice and show the same time of change."""
SMALL = 32 << 20
"""Bytes of a file that is read through at once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One segment as it was when the manifest was written."""

    file: str
    size: int
    crc: int
    modified: int
    """Nanoseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the index is made of."""

    changed: int
    """The batch of the catalog it is up to."""
    witnesses: tuple[tuple[int, str], ...]
    """A few rows and when they were added: another catalog has other ones."""
    segments: tuple[Entry, ...]

    def is_of(self, catalog: Catalog) -> bool:
        """Whether the index can have been made of `catalog`."""
        if self.changed > catalog.changed:
            return False
        known = {s.row: s.added for s in catalog.get_many([row for row, _ in self.witnesses])}
        return all(known.get(row, added) == added for row, added in self.witnesses) and (
            bool(known) or not self.witnesses
        )


def witnesses(catalog: Catalog, rows: list[int]) -> tuple[tuple[int, str], ...]:
    """What tells `catalog` from another, by a few of its rows."""
    some = sorted({rows[len(rows) * i // 8] for i in range(8)} | {rows[-1]}) if rows else []
    return tuple((stored.row, stored.added) for stored in catalog.get_many(some))


def entry_of(path: Path, crc: int) -> Entry:
    """The entry of a segment's file as it is now."""
    stat = path.stat()
    return Entry(path.name, stat.st_size, crc, stat.st_mtime_ns)


def write(folder: Path, manifest: Manifest) -> None:
    """Put `manifest` in place of the one there is, in one step.

    A file changed after this has another time of change than its entry, or was changed back.
    """
    time.sleep(TICK)
    data = orjson.dumps({"version": VERSION, **asdict(manifest)})
    path = folder / f"{NAME}.new"
    with path.open("wb") as file:
        file.write(data + b"\n%08x\n" % zlib.crc32(data))
        file.flush()
        os.fsync(file.fileno())
    path.replace(folder / NAME)


def read(folder: Path) -> Manifest | None:
    """The manifest in `folder`; None if there is none of this version or it is damaged."""
    try:
        data, crc, _ = (folder / NAME).read_bytes().rsplit(b"\n", 2)
        if crc != b"%08x" % zlib.crc32(data):
            return None
        fields = orjson.loads(data)
        if fields.pop("version") != VERSION:
            return None
        fields["segments"] = tuple(Entry(**entry) for entry in fields["segments"])
        fields["witnesses"] = tuple((row, added) for row, added in fields["witnesses"])
        return Manifest(**fields)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def load(folder: Path, manifest: Manifest, *, thorough: bool) -> list[Segment]:
    """The segments of `manifest`. Damaged if one is not what was written.

    Files that changed since are read through when `thorough`, else they count as damaged.
    """
    segments = []
    for entry in manifest.segments:
        path = folder / entry.file
        arrays = MappedArrays(path)
        stat = path.stat()
        if stat.st_size != entry.size or arrays.crc != entry.crc:
            raise Damaged(f"{path}: not the file that was written")
        untouched = stat.st_mtime_ns == entry.modified
        if not untouched and not ((thorough or entry.size < SMALL) and arrays.is_whole):
            raise Damaged(f"{path}: changed since it was written")
        segments.append(Segment(arrays))
    return segments
