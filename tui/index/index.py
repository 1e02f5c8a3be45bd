"""Index: what the rest of Sheaf sees of the arrays."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tui.catalog.catalog import Catalog
from tui.core.progress import NO_PROGRESS, Cancelled, Progress
from tui.index.build import Arrays, PaperBuilder
from tui.index.segment import Segment
from tui.index.snapshot import Snapshot
from tui.index.store import MOST_SEGMENTS, Store, to_merge

_PART = -1
"""Stands for the batch while a first index is only partly there."""
_ALLOCATIONS = 50_000
"""Objects made between two looks for cycles while building."""
_STEP = 200
"""Papers between two looks at whether the work is still wanted."""


class Index:
    """The papers of a catalog as arrays. Reading is safe from any thread, at any time."""

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self._store = Store(folder)
        self._catalog = catalog
        self._updating = threading.Lock()
        self.problem = ""
        """Why the index could not be kept on disk; it then lives in memory only."""
        self.snapshot = Snapshot()
        """What searches read; replaced whole, never changed."""

    @classmethod
    def open(cls, folder: Path, catalog: Catalog) -> Index:
        """The index in `folder`, usable at once: empty or stale until `update`.

        What is missing, damaged, of another version or of another catalog counts as empty.
        """
        index = cls(folder, catalog)
        found = index._store.load(catalog, thorough=False)
        if found:
            index._show(found[1], catalog, found[0].changed)
        return index

    @property
    def stale(self) -> bool:
        """Whether the catalog has changed since, or the index was not there."""
        return self.snapshot.changed != self._catalog.changed

    def __len__(self) -> int:
        """How many papers are in it."""
        return self.snapshot.count

    def title(self, row: int) -> str:
        """The title of a row; empty if it is not in the index."""
        snapshot = self.snapshot
        docs = snapshot.docs_of(np.array([row]))
        return snapshot.title(int(docs[0])) if len(docs) else ""

    def newest(self) -> NDArray[np.int32]:
        """The rows of all papers, newest first, in the order of `Catalog.newest`."""
        snapshot = self.snapshot
        return snapshot.rows[snapshot.newest]

    def update(self, catalog: Catalog, progress: Progress = NO_PROGRESS) -> bool:
        """Bring the index up to `catalog`, and tidy its files. False if it was cancelled.

        For a worker thread with a `Catalog` of its own; another process that updates the same
        index is waited for. `progress` counts papers. New papers are found as
        soon as their segment is there; while an index is made from nothing, piece by piece.
        """
        with self._updating:
            try:
                return self._update(catalog, progress)
            except Cancelled:
                return False

    def _update(self, catalog: Catalog, progress: Progress) -> bool:
        try:
            with self._store.writing(progress.check):
                self.problem = ""
                self._bring_up(catalog, progress)
        except OSError as error:
            self.problem = f"The index cannot be kept on disk: {error}"
            self._in_memory(catalog, progress)
        return True

    def _bring_up(self, catalog: Catalog, progress: Progress) -> None:
        """Take what is on disk, add what is new, publish; then merge, and publish again."""
        changed = catalog.changed
        found = self._store.load(catalog, thorough=True)
        since, segments = (found[0].changed, found[1]) if found else (0, [])
        if since < changed:
            build = self._build(catalog, since, progress)
            for segment in map(self._store.put, build):
                segments.append(segment)
                if not self.snapshot.count or self.snapshot.changed == _PART:
                    self._show(segments, catalog, _PART)
        if self.snapshot.changed != changed:
            self._show(segments, catalog, changed)
        self._store.publish(self.snapshot.segments, changed, catalog)
        kept = to_merge(self.snapshot.segments, MOST_SEGMENTS if since else 1)
        if kept < len(self.snapshot.segments):
            whole, parts = self.snapshot.segments[:kept], self.snapshot.segments[kept:]
            self._show([*whole, self._store.merged(parts, progress.check)], catalog, changed)
            self._store.publish(self.snapshot.segments, changed, catalog)

    def _in_memory(self, catalog: Catalog, progress: Progress) -> None:
        """Bring the snapshot up without the disk."""
        changed, old = catalog.changed, self.snapshot
        if changed == old.changed:
            return
        since = max(old.changed, 0) if old.changed < changed else 0
        new = map(Segment, self._build(catalog, since, progress))
        self._show([*(old.segments if since else ()), *new], catalog, changed)

    def _show(self, segments: Sequence[Segment], catalog: Catalog, changed: int) -> None:
        """Let searches from now on read `segments`."""
        self.snapshot = Snapshot(segments, np.array(catalog.gone(), np.int64), changed)

    def _build(
        self,
        catalog: Catalog,
        since: int,
        progress: Progress,
    ) -> Iterator[Arrays]:
        """The papers written after batch `since`, as the arrays of one segment after another."""
        total = len(catalog) - (self.snapshot.count if since else 0)
        builder = PaperBuilder()
        with _fewer_collections():
            for done, stored in enumerate(catalog.iterate(since)):
                builder.add(stored)
                if builder.is_full:
                    yield builder.arrays()
                    builder = PaperBuilder()
                if done % _STEP == 0:
                    progress.check()
                    progress.update("indexing", done, max(total, done))
        if not builder.is_empty:
            yield builder.arrays()


@contextmanager
def _fewer_collections() -> Iterator[None]:
    """Have Python look for cycles less often: building makes none, and looking costs a tenth."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _ALLOCATIONS), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
