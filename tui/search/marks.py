"""What search asks of the store of marks, and the texts in it as a small segment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tui.core.text import normalize, normalize_words
from tui.index.segment import TextSegment
from tui.index.segment_builder import TextBuilder

MARK_FIELDS = ("tag", "note")


class MarkRows(Protocol):
    """The user's marks as rows of the catalog. Called by several threads at once."""

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


@dataclass(frozen=True, slots=True)
class MarkTexts:
    """The tags and notes of one moment."""

    version: int
    """The version of the marks; the texts may be newer, never older."""
    texts: tuple[tuple[int, str, str], ...]
    """As `MarkRows.texts`, by row."""

    @classmethod
    def read(cls, marks: MarkRows) -> MarkTexts:
        """Return the texts as they are now."""
        version = marks.version
        return cls(version, tuple(sorted(marks.texts())))

    def refreshed(self, marks: MarkRows) -> MarkTexts:
        """Return the texts as they are now; `texts` is the same object if none has changed."""
        if self.version == marks.version:
            return self
        new = MarkTexts.read(marks)
        return replace(self, version=new.version) if new.texts == self.texts else new

    @property
    def rows(self) -> NDArray[np.int64]:
        """The catalog row of each text."""
        return np.array([row for row, _, _ in self.texts], np.int64)

    def segment(self) -> TextSegment:
        """The segment: doc i is the paper of `rows[i]`."""
        builder = TextBuilder(MARK_FIELDS)
        for _, tags, note in self.texts:
            builder.add(normalize_words(tags), normalize_words(note))
        return TextSegment(builder.arrays(), MARK_FIELDS)
