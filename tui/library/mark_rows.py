"""StoreMarkRows: the user's marks as catalog rows, for the search."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from tui.catalog.catalog import Catalog, StoredPaper
from tui.state import Mark, Store

if TYPE_CHECKING:
    # The reader's first frame must not wait for it.
    import numpy as np
    from numpy.typing import NDArray


class StoreMarkRows:
    """Answers of the state store in catalog rows; cached until the store changes.

    Any thread may call any method: the caches are used under a lock.
    """

    def __init__(self, store: Store, catalog: Catalog) -> None:
        self._store = store
        self._catalog = catalog
        self._lock = threading.Lock()
        self._row_of: dict[str, int] = {}
        """Key to row of the marked papers looked up so far."""
        self._cache: dict[tuple[str, str | int | None], NDArray[np.int64]] = {}
        self._cached_version = -1
        self._visits = 0
        self._last_visited_row = catalog.last_visited_row
        self._last = catalog.last_row

    @property
    def version(self) -> int:
        """A number that grows whenever an answer may differ."""
        return self._store.version + self._visits

    @property
    def last_visited_row(self) -> int:
        """The row up to which no paper is new."""
        return self._last_visited_row

    def set_last_visited_row(self, row: int) -> None:
        """Set the row up to which no paper is new."""
        with self._lock:
            self._last_visited_row = row
            self._visits += 1
            self._cache.clear()

    def rows(self, what: str, value: str | int | None = None) -> NDArray[np.int64]:
        """Return the catalog rows of the papers with a mark; int64, sorted, shape (papers,)."""
        import numpy as np

        with self._lock:
            if self._cached_version != self._store.version:
                self._cache.clear()
                self._cached_version = self._store.version
            request = (what, value)
            if request not in self._cache:
                later = np.arange(self._last_visited_row + 1, self._last + 1)
                if what == "new" and not len(later):
                    return later  # without a look at what was seen, which may be very much
                keys = self._store.keys_where("seen" if what == "new" else what, value)
                rows = np.unique(np.fromiter(self._rows_of(keys).values(), np.int64))
                self._cache[request] = np.setdiff1d(later, rows) if what == "new" else rows
            return self._cache[request]

    def is_new(self, stored: StoredPaper, mark: Mark) -> bool:
        """Return whether the user has not seen a paper with this mark yet."""
        return stored.row > self._last_visited_row and not mark.seen

    def tags(self) -> Mapping[str, int]:
        """Return each tag with the number of its papers."""
        return self._store.tags()

    def texts(self) -> Iterator[tuple[int, str, str]]:
        """Yield row, tags and note of every paper that has tags or a note."""
        keys = set(self._store.keys_where("note")) | set(self._store.keys_where("tag"))
        with self._lock:
            row_of = self._rows_of(keys)
        for key, row in row_of.items():
            mark = self._store.mark(key)
            yield row, " ".join(mark.tags), mark.note

    def forget_rows(self) -> None:
        """Forget what was looked up: the catalog has changed, so keys may have other rows."""
        with self._lock:
            self._last = self._catalog.last_row
            self._row_of.clear()
            self._cache.clear()

    def _rows_of(self, keys: Iterable[str]) -> dict[str, int]:
        """Return key to row for the papers that are in the catalog."""
        keys = list(keys)
        unknown = [key for key in keys if key not in self._row_of]
        if unknown:
            self._row_of.update(self._catalog.rows_of(unknown))
        return {key: self._row_of[key] for key in keys if key in self._row_of}
