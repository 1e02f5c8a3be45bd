"""StoreRows: the user's marks as catalog rows, for the search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from tui.catalog.catalog import Catalog
from tui.state import Store


class StoreRows:
    """Answers of the state store in catalog row numbers; what does not change is kept."""

    def __init__(self, store: Store, catalog: Catalog) -> None:
        self._store = store
        self._catalog = catalog
        self._rows: dict[str, int] = {}
        """Key to row of marked papers looked up so far."""
        self._answers: dict[tuple[str, str | int | None], NDArray[np.int64]] = {}
        self._answered = -1
        self.visited = catalog.visited
        """The last row that is not new."""
        self._last = catalog.last_row

    @property
    def version(self) -> int:
        """Goes up whenever an answer may differ."""
        return self._store.version

    def rows(self, what: str, value: str | int | None = None) -> NDArray[np.int64]:
        """Catalog rows, sorted, of the papers with a mark; int64, shape (papers,)."""
        if what == "new":
            return np.arange(self.visited + 1, self._last + 1)
        if self._answered != self._store.version:
            self._answers.clear()
            self._answered = self._store.version
        asked = (what, value)
        if asked not in self._answers:
            keys = self._store.keys_where(what, value)
            rows = np.fromiter(self._rows_of(keys), np.int64)
            self._answers[asked] = np.unique(rows)
        return self._answers[asked]

    def tags(self) -> Mapping[str, int]:
        return self._store.tags()

    def texts(self) -> Iterator[tuple[int, str, str]]:
        """Row, tags and note of every paper that has either."""
        keys = set(self._store.keys_where("note")) | set(self._store.keys_where("tag"))
        self._learn(keys)
        for key in keys:
            if key in self._rows:
                mark = self._store.mark(key)
                yield self._rows[key], " ".join(mark.tags), mark.note

    def forget_rows(self) -> None:
        """The catalog has changed: keys may lead to other rows, and there may be more."""
        self._last = self._catalog.last_row
        self._rows.clear()
        self._answers.clear()

    def _rows_of(self, keys: Iterable[str]) -> Iterator[int]:
        keys = list(keys)
        self._learn(keys)
        return (self._rows[key] for key in keys if key in self._rows)

    def _learn(self, keys: Iterable[str]) -> None:
        unknown = [key for key in keys if key not in self._rows]
        if unknown:
            self._rows.update(self._catalog.rows_of(unknown))
