"""What search asks of the user's marks, and tags and notes as a small segment."""

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
    """The user's marks by catalog rows. Several threads call it at once."""

    @property
    def version(self) -> int:
        """A number that changes whenever an answer below changes."""

    def rows(self, what: str, value: str | int | None = None) -> NDArray[np.int64]:
        """Return the rows with a mark, int64.

        `what` is read, star, dismissed, note or new; with a `value` rating or tag.
        """

    def tags(self) -> Mapping[str, int]:
        """Return each tag with the number of its papers."""

    def texts(self) -> Iterable[tuple[int, str, str]]:
        """Yield row, tags (with spaces between them) and note of each paper that has either."""


def matching_tags(marks: MarkRows, name: str) -> list[str]:
    """Return the tags whose normalized name is `name`; if there is none, those that begin so."""
    normalized = {tag: normalize(tag) or tag for tag in marks.tags()}
    exact = [tag for tag, text in normalized.items() if text == name]
    return exact or [tag for tag, text in normalized.items() if text.startswith(name)]


@dataclass(frozen=True, slots=True)
class MarkTexts:
    """The tags and notes of one moment."""

    version: int
    """The version of the marks; the texts may be newer, never older."""
    texts: tuple[tuple[int, str, str], ...]
    """The values of `MarkRows.texts`, sorted by row."""

    @classmethod
    def read(cls, marks: MarkRows) -> MarkTexts:
        """Return the texts as they are now."""
        version = marks.version
        return cls(version, tuple(sorted(marks.texts())))

    def refresh(self, marks: MarkRows) -> MarkTexts:
        """Return the texts as they are now; `texts` is the same object if none has changed."""
        if self.version == marks.version:
            return self
        new = MarkTexts.read(marks)
        return replace(self, version=new.version) if new.texts == self.texts else new

    @property
    def rows(self) -> NDArray[np.int64]:
        """The catalog row of each text, int64."""
        return np.array([row for row, _, _ in self.texts], np.int64)

    def segment(self) -> TextSegment:
        """Return a segment of the texts: its doc i is the paper `rows[i]`."""
        builder = TextBuilder(MARK_FIELDS)
        for _, tags, note in self.texts:
            builder.add(normalize_words(tags), normalize_words(note))
        return TextSegment(builder.arrays(), MARK_FIELDS)
