"""Marks that a test sets by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray


class DictMarks:
    """A `MarkRows` in memory."""

    def __init__(self) -> None:
        self.version = 0
        self.marked: dict[tuple[str, str | int | None], set[int]] = {}
        """`(what, value)` to rows."""
        self.notes: dict[int, str] = {}

    def mark(self, what: str, *rows: int, value: str | int | None = None) -> None:
        """Add a mark to rows."""
        self.marked.setdefault((what, value), set()).update(rows)
        self.version += 1

    def note(self, row: int, text: str) -> None:
        """Write the note of a row."""
        self.notes[row] = text
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
        for row in tags.keys() | self.notes.keys():
            yield row, " ".join(sorted(tags.get(row, []))), self.notes.get(row, "")
