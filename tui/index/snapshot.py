"""A snapshot: the segments of one moment as one array of docs.

A doc is a place in the segments laid end to end. Of the docs with the same catalog row only the
newest is alive. A snapshot never changes: a search keeps its own while the index gets a new one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.core.listing import MAX_RANK
from tui.index.segment import Segment


class Snapshot:
    """The papers of the index at one moment. Safe for any number of threads.

    What is computed when it is first needed may be computed by two threads at once: the result is
    the same.
    """

    def __init__(
        self,
        segments: Sequence[Segment] = (),
        removed_rows: NDArray[np.int64] | None = None,
        last_change: int = 0,
    ) -> None:
        """Join `segments`, oldest first.

        `removed_rows` are rows that are no longer in the catalog. `last_change` is the number of
        the last transaction of the catalog whose papers are in the segments.
        """
        self.last_change = last_change
        self.bases = [0, *np.cumsum([s.size for s in segments], dtype=int).tolist()]
        """The first doc of each segment, and `size`."""
        self.size = self.bases[-1]
        """How many docs there are, dead ones included; N in the shapes below."""
        self.rows: NDArray[np.int32] = _join([s.rows for s in segments], np.int32)
        """int32 [N]: the catalog row of each doc."""
        self._doc_of_row = np.full(int(self.rows.max(initial=0)) + 1, -1, np.int32)
        self._doc_of_row[self.rows] = np.arange(self.size, dtype=np.int32)  # the last one wins
        if removed_rows is not None and len(removed_rows):
            self._doc_of_row[removed_rows[removed_rows < len(self._doc_of_row)]] = -1
        self.alive: NDArray[np.bool_] = self._doc_of_row[self.rows] == np.arange(self.size)
        """bool [N]: whether each doc is the newest of its row."""
        self.segments = tuple(
            segment.with_dead(np.flatnonzero(~self.alive[base : base + segment.size]))
            for segment, base in zip(segments, self.bases, strict=False)
        )
        self.count = int(np.count_nonzero(self.alive))
        """How many docs are alive."""
        self._columns: dict[str, NDArray[Any]] = {}

    def parts(self) -> Iterator[tuple[Segment, slice]]:
        """Yield each segment and the docs that it has."""
        for segment, base in zip(self.segments, self.bases, strict=False):
            yield segment, slice(base, base + segment.size)

    def release_memory(self) -> None:
        """Give back the memory that reading the files of the segments has taken."""
        for segment in self.segments:
            segment.release_memory()

    def column(self, name: str) -> NDArray[Any]:
        """Return a column of all docs, [N]; see `tui.index.columns`."""
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = _join([s.arrays[name] for s in self.segments], np.int32)
        return column

    @cached_property
    def day(self) -> NDArray[np.int32]:
        """int32 [N]: the date that is shown, as yyyymmdd: when published, else when listed."""
        published: NDArray[np.int32] = self.column("published")
        listed: NDArray[np.int32] = self.column("listed")
        day: NDArray[np.int32] = np.where(published > 0, published, listed)
        return day

    @cached_property
    def newest_first(self) -> NDArray[np.int64]:
        """int64 [count]: the living docs in the order of Catalog.newest.

        That is by day, then by the place in a list of papers, then by row.
        """
        day = self.day.astype(np.uint64)
        # In 22 bits; an unknown month or day is 0, so a year has 13 months.
        days = (day // 10_000 * 13 + day // 100 % 100) * 32 + day % 100
        rank = self.column("rank")
        places = np.where(rank > 0, MAX_RANK + 1 - rank, 0).astype(np.uint64)  # in 11 bits
        keys = (days << np.uint64(42)) | (places << np.uint64(31)) | self.rows.astype(np.uint64)
        order = np.argsort(keys)[::-1]
        return order.compress(self.alive.take(order))

    @cached_property
    def age_rank(self) -> NDArray[np.int32]:
        """int32 [N]: the place of each doc in `newest_first`; N for dead docs."""
        rank = np.full(self.size, self.size, np.int32)
        rank[self.newest_first] = np.arange(len(self.newest_first), dtype=np.int32)
        return rank

    def docs_or_none(self, rows: NDArray[np.integer]) -> NDArray[np.int32]:
        """Return the living doc of each row, int32 [rows]; -1 for rows without one."""
        rows = np.asarray(rows, np.int64)
        known = (rows >= 0) & (rows < len(self._doc_of_row))
        docs = np.full(len(rows), -1, np.int32)
        docs[known] = self._doc_of_row[rows[known]]
        return docs

    def docs_of(self, rows: NDArray[np.integer]) -> NDArray[np.int32]:
        """Return the living docs of `rows`, int32; rows without one are left out."""
        docs = self.docs_or_none(rows)
        return docs[docs >= 0]

    def title(self, doc: int) -> str:
        """Return the title of a doc."""
        segment = bisect_right(self.bases, doc) - 1
        return self.segments[segment].titles[doc - self.bases[segment]]


def _join(arrays: list[NDArray[Any]], dtype: type[Any]) -> NDArray[Any]:
    """Return the arrays end to end; one array is not copied. `dtype` is for none at all."""
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype)
