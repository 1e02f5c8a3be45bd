"""Index: what the rest of Sheaf sees of the arrays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tui.catalog import Catalog
from tui.index.build import PaperBuilder
from tui.index.segment import Segment
from tui.index.snapshot import Snapshot


class Index:
    """The papers of a catalog as arrays. Reading is safe from any thread, at any time."""

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self._folder = folder
        self._catalog = catalog
        self.snapshot = Snapshot()
        """What searches read; replaced whole, never changed."""

    @classmethod
    def open(cls, folder: Path, catalog: Catalog) -> Index:
        """The index in `folder`, usable at once: empty or stale until `update`."""
        return cls(folder, catalog)

    @property
    def stale(self) -> bool:
        """Whether the catalog has changed since."""
        return self.snapshot.changed != self._catalog.changed

    def __len__(self) -> int:
        return self.snapshot.count

    def update(
        self,
        catalog: Catalog,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> bool:
        """Bring the index up to `catalog`. False if it was cancelled, and nothing has changed.

        `progress(done, total)` is called in papers.
        """
        old = self.snapshot
        changed = catalog.changed
        if changed == old.changed:
            return True
        since = old.changed if old.changed < changed else 0
        segments = list(old.segments) if since else []
        gone = np.array(catalog.gone(), np.int64)
        total = len(catalog)
        builder = PaperBuilder()
        for done, stored in enumerate(catalog.iterate(since)):
            builder.add(stored)
            if builder.is_full:
                segments.append(Segment(builder.arrays()))
                builder = PaperBuilder()
            if done % 500 == 0:
                if cancelled and cancelled():
                    return False
                if progress:
                    progress(done, total)
        if not builder.is_empty:
            segments.append(Segment(builder.arrays()))
        self.snapshot = Snapshot(segments, gone, changed)
        return True

    def title(self, row: int) -> str:
        """The title of a row; empty if it is not in the index."""
        snapshot = self.snapshot
        docs = snapshot.docs_of(np.array([row]))
        return snapshot.title(int(docs[0])) if len(docs) else ""

    def newest(self) -> NDArray[np.int32]:
        """The rows of all papers, newest first, in the order of `Catalog.newest`."""
        snapshot = self.snapshot
        return snapshot.rows[snapshot.newest]
