"""A snapshot: the segments of one moment as one array of docs.

A doc is a place in the segments laid end to end. A row of the catalog has at most one living doc:
the newest. Snapshots never change, so a search keeps its own while the index takes a newer one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.index.segment import Segment


class Snapshot:
    """The papers in the index at one moment."""

    def __init__(
        self,
        segments: Sequence[Segment] = (),
        gone: NDArray[np.int64] | None = None,
        changed: int = 0,
    ) -> None:
        """`segments` oldest first; `gone`: rows no longer in the catalog; `changed`: its batch."""
        self.changed = changed
        sizes = [segment.size for segment in segments]
        self.bases = [0, *np.cumsum(sizes, dtype=int).tolist()]
        self.size = self.bases[-1]
        self.rows: NDArray[np.int32] = _joined([s.rows for s in segments], np.int32)
        self.doc_of_row = np.full(int(self.rows.max(initial=0)) + 1, -1, np.int32)
        self.doc_of_row[self.rows] = np.arange(self.size, dtype=np.int32)
        if gone is not None and len(gone):
            self.doc_of_row[gone[gone < len(self.doc_of_row)]] = -1
        self.alive: NDArray[np.bool_] = self.doc_of_row[self.rows] == np.arange(self.size)
        self.segments = tuple(
            segment.without(np.flatnonzero(~self.alive[base : base + segment.size]))
            for segment, base in zip(segments, self.bases, strict=False)
        )
        self.count = int(np.count_nonzero(self.alive))

    def column(self, name: str) -> NDArray[Any]:
        """A column over all docs; see `tui.index.columns`."""
        found = self._columns.get(name)
        if found is None:
            found = _joined([s.arrays[name] for s in self.segments], None)
            self._columns[name] = found
        return found

    @cached_property
    def _columns(self) -> dict[str, NDArray[Any]]:
        return {}

    @cached_property
    def day(self) -> NDArray[np.int32]:
        """int32 [N]: the day shown, published or else listed, as yyyymmdd."""
        published: NDArray[np.int32] = self.column("published")
        listed: NDArray[np.int32] = self.column("listed")
        day: NDArray[np.int32] = np.where(published > 0, published, listed)
        return day

    @cached_property
    def newest(self) -> NDArray[np.int64]:
        """int64 [count]: the living docs, newest first: by day, then by row."""
        order = np.argsort((self.day.astype(np.int64) << 32) | self.rows)[::-1]
        return order.compress(self.alive.take(order))

    @cached_property
    def age(self) -> NDArray[np.int32]:
        """int32 [N]: the place of each doc in `newest`; beyond it for dead docs."""
        age = np.full(self.size, self.size, np.int32)
        age[self.newest] = np.arange(len(self.newest), dtype=np.int32)
        return age

    def docs_of(self, rows: NDArray[np.integer]) -> NDArray[np.int32]:
        """The living docs of rows, those without one left out."""
        rows = np.asarray(rows, np.int64)
        docs: NDArray[np.int32] = self.doc_of_row[rows[(rows >= 0) & (rows < len(self.doc_of_row))]]
        return docs[docs >= 0]

    def docs_or_none(self, rows: NDArray[np.int64]) -> NDArray[np.int32]:
        """The doc of each row, -1 where it has none."""
        known = (rows >= 0) & (rows < len(self.doc_of_row))
        docs = np.full(len(rows), -1, np.int32)
        docs[known] = self.doc_of_row[rows[known]]
        return docs

    def place(self, doc: int) -> tuple[Segment, int]:
        """The segment of a doc and its number there."""
        at = bisect_right(self.bases, doc) - 1
        return self.segments[at], doc - self.bases[at]

    def title(self, doc: int) -> str:
        """The title of a doc."""
        segment, number = self.place(doc)
        return segment.titles[number]


def _joined(arrays: list[NDArray[Any]], dtype: type[Any] | None) -> NDArray[Any]:
    """The arrays end to end; the one array itself where there is but one."""
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype or np.int32)
