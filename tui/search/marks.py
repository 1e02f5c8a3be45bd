"""What search asks of the store of marks, and the texts in it as a small segment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tui.core.text import normalize, normalize_words
from tui.index.build import TextBuilder
from tui.index.segment import TextSegment

MARK_FIELDS = ("tag", "note")


class MarkRows(Protocol):
    """The person's marks as rows of the catalog."""

    @property
    def version(self) -> int:
        """Changes whenever an answer below would differ."""

    def rows(self, what: str, value: str | int | None = None) -> NDArray[np.int64]:
        """Rows marked so: read, star, dismissed, note, new; rating and tag with a value."""

    def tags(self) -> Mapping[str, int]:
        """How many papers each tag has."""

    def texts(self) -> Iterable[tuple[int, str, str]]:
        """Row, tags joined by a space, note: of every paper that has tags or a note."""


class NoMarks:
    """The marks of a person who has made none."""

    version = 0

    def rows(self, what: str, value: str | int | None = None) -> NDArray[np.int64]:
        return np.zeros(0, np.int64)

    def tags(self) -> Mapping[str, int]:
        return {}

    def texts(self) -> Iterable[tuple[int, str, str]]:
        return ()


def tags_named(marks: MarkRows, name: str) -> list[str]:
    """The tags whose folded name is `name`; where there is none, those that begin so."""
    folded = {tag: normalize(tag) or tag for tag in marks.tags()}
    exact = [tag for tag, text in folded.items() if text == name]
    return exact or [tag for tag, text in folded.items() if text.startswith(name)]


class MarkTexts:
    """Tags and notes as an index of their own, made anew when one changes."""

    def __init__(self, marks: MarkRows) -> None:
        texts = sorted(marks.texts())
        self.key = hash(tuple(texts))
        """Differs when a text differs."""
        self._texts = texts
        self.rows = np.array([row for row, _, _ in texts], np.int64)

    def segment(self) -> TextSegment:
        """The segment: doc i is the paper of `rows[i]`."""
        builder = TextBuilder(MARK_FIELDS)
        for _, tags, note in self._texts:
            builder.add(normalize_words(tags), normalize_words(note))
        return TextSegment(builder.arrays(), MARK_FIELDS)
