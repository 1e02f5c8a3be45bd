"""A small library, and marks that live in a dict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tui.catalog.catalog import Catalog
from tui.core.paper import Paper
from tui.index.index import Index


class DictMarks:
    """Marks given by hand: `what` or `(what, value)` to rows; row to (tags, note) texts."""

    def __init__(self) -> None:
        self.version = 0
        self.marked: dict[tuple[str, str | int | None], set[int]] = {}
        self.noted: dict[int, str] = {}

    def mark(self, what: str, *rows: int, value: str | int | None = None) -> None:
        self.marked.setdefault((what, value), set()).update(rows)
        self.version += 1

    def note(self, row: int, text: str) -> None:
        self.noted[row] = text
        self.mark("note", row)

    def rows(self, what: str, value: str | int | None = None) -> NDArray[np.int64]:
        return np.array(sorted(self.marked.get((what, value), ())), np.int64)

    def tags(self) -> Mapping[str, int]:
        return {str(v): len(rows) for (what, v), rows in self.marked.items() if what == "tag"}

    def texts(self) -> Iterable[tuple[int, str, str]]:
        tags: dict[int, list[str]] = {}
        for (what, value), rows in self.marked.items():
            for row in rows if what == "tag" else ():
                tags.setdefault(row, []).append(str(value))
        for row in tags.keys() | self.noted.keys():
            yield row, " ".join(sorted(tags.get(row, []))), self.noted.get(row, "")


@pytest.fixture
def marks() -> DictMarks:
    return DictMarks()


@pytest.fixture
def library(tmp_path: Path) -> Callable[..., tuple[Catalog, Index]]:
    """Makes a catalog of papers and an index that is up to it."""

    def make(*papers: Paper) -> tuple[Catalog, Index]:
        catalog = Catalog(tmp_path / "papers.db", create=True)
        catalog.add(papers)
        index = Index.open(tmp_path / "index", catalog)
        index.update(catalog)
        return catalog, index

    return make
