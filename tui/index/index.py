"""Index: what the rest of Sheaf uses of this package."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from tui.catalog.catalog import Catalog
from tui.core.progress import NO_PROGRESS, Progress
from tui.index.folder import MAX_SEGMENTS, IndexFolder, count_segments_to_keep
from tui.index.segment import Segment
from tui.index.segment_builder import Arrays, SegmentBuilder
from tui.index.snapshot import Snapshot

_INCOMPLETE = -1
"""`last_change` of the snapshot while a first index has only some of the papers."""
_GC_THRESHOLD = 50_000
"""Allocations between two garbage collections while building."""
_PAPERS_PER_STEP = 200
"""Papers between two checks whether the work is cancelled."""


class Index:
    """The papers of a catalog as arrays. Any number of threads may read it at any time."""

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self._folder = IndexFolder(folder)
        self._catalog = catalog
        self._updating = threading.Lock()
        self.problem = ""
        """Why the index could not be written; it then lives in memory only."""
        self.snapshot = Snapshot()
        """What searches read. It never changes: an update puts another one here."""

    @classmethod
    def open(cls, folder: Path, catalog: Catalog) -> Index:
        """Open the index in `folder`: usable at once, but empty or out of date until `update`.

        It is empty if its files are missing, damaged, of another version or of another catalog.
        """
        index = cls(folder, catalog)
        loaded = index._folder.load(catalog, thorough=False)
        if loaded:
            index._show(loaded[1], catalog, loaded[0].changed)
        return index

    @property
    def is_stale(self) -> bool:
        """Whether the catalog has papers, or changes of papers, that are not in the index."""
        return self.snapshot.last_change != self._catalog.last_change

    def update(self, catalog: Catalog, progress: Progress = NO_PROGRESS) -> None:
        """Bring the index up to `catalog`, merge segments and remove files that are not needed.

        To be called in a worker thread, with a `Catalog` of that thread. It waits for another
        process that updates the same index. Papers are found as soon as their segment is written;
        while a first index is built, `snapshot.last_change` is negative. `progress` counts papers.

        Raises Cancelled; the index on disk is then whole, with the new papers or without them.
        """
        with self._updating:
            try:
                with self._folder.lock(progress.check):
                    self.problem = ""
                    self._update_on_disk(catalog, progress)
            except OSError as error:
                self.problem = f"The index cannot be written: {error}"
                self._update_in_memory(catalog, progress)

    def _update_on_disk(self, catalog: Catalog, progress: Progress) -> None:
        """Load what is there, add what is new, publish; then merge, and publish again."""
        last_change = catalog.last_change
        loaded = self._folder.load(catalog, thorough=True)
        since, segments = (loaded[0].changed, loaded[1]) if loaded else (0, [])
        if since < last_change:
            # `map` keeps no reference to the arrays, which are large, once they are written.
            for segment in map(self._folder.write, self._build(catalog, since, progress)):
                segments.append(segment)
                if not self.snapshot.count or self.snapshot.last_change == _INCOMPLETE:
                    self._show(segments, catalog, _INCOMPLETE)
        if self.snapshot.last_change != last_change:
            self._show(segments, catalog, last_change)
        self._folder.publish(self.snapshot.segments, last_change, catalog)
        # A first index is merged into one segment: searches are then fastest.
        kept = count_segments_to_keep(self.snapshot.segments, MAX_SEGMENTS if since else 1)
        if kept < len(self.snapshot.segments):
            old, parts = self.snapshot.segments[:kept], self.snapshot.segments[kept:]
            merged = self._folder.write_merged(parts, progress.check)
            self._show([*old, merged], catalog, last_change)
            self._folder.publish(self.snapshot.segments, last_change, catalog)

    def _update_in_memory(self, catalog: Catalog, progress: Progress) -> None:
        """Bring the snapshot up to `catalog` without writing files."""
        last_change, old = catalog.last_change, self.snapshot
        if last_change == old.last_change:
            return
        since = max(old.last_change, 0) if old.last_change < last_change else 0
        new = map(Segment, self._build(catalog, since, progress))
        self._show([*(old.segments if since else ()), *new], catalog, last_change)

    def _show(self, segments: Sequence[Segment], catalog: Catalog, last_change: int) -> None:
        """Let searches read `segments` from now on."""
        removed = np.array(catalog.removed_rows(), np.int64)
        self.snapshot = Snapshot(segments, removed, last_change)

    def _build(self, catalog: Catalog, since: int, progress: Progress) -> Iterator[Arrays]:
        """Yield the arrays of one segment after another: the papers changed after `since`."""
        total = len(catalog) - (self.snapshot.count if since else 0)
        builder = SegmentBuilder()
        with _rare_garbage_collection():
            for done, stored in enumerate(catalog.iterate(since)):
                builder.add(stored)
                if builder.is_full:
                    yield builder.arrays()
                    builder = SegmentBuilder()
                if done % _PAPERS_PER_STEP == 0:
                    progress.check()
                    progress.update("indexing", done, max(total, done))
        if not builder.is_empty:
            yield builder.arrays()


@contextmanager
def _rare_garbage_collection() -> Iterator[None]:
    """Collect garbage less often: building makes no cycles, and each look for them takes time."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _GC_THRESHOLD), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
