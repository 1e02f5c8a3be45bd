"""A segment: some papers of the catalog as arrays that never change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.index.facets import FACETS, Facet
from tui.index.postings import Field
from tui.index.spelling import Spelling
from tui.index.strings import Strings
from tui.index.vocabulary import Vocabulary


def part_of(arrays: Mapping[str, NDArray[Any]], name: str) -> dict[str, NDArray[Any]]:
    """The arrays `name.*`, by what follows the dot."""
    start = f"{name}."
    return {key[len(start) :]: array for key, array in arrays.items() if key.startswith(start)}


class TextSegment:
    """Texts of a few fields of some docs, numbered from 0."""

    def __init__(
        self,
        arrays: Mapping[str, NDArray[Any]],
        fields: tuple[str, ...],
        dead: NDArray[np.int64] | None = None,
    ) -> None:
        """`dead`: docs that no longer count, int64 [D]."""
        self.arrays = arrays
        self.vocabulary = Vocabulary(part_of(arrays, "words"))
        self.spelling = Spelling(part_of(arrays, "words"), self.vocabulary)
        self.fields = {name: Field(part_of(arrays, name)) for name in fields}
        self.size = len(next(iter(self.fields.values())).starts) - 1
        self.dead = np.zeros(0, np.int64) if dead is None else dead

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """In how many living docs each word is, int64 [V], one for each field it is in."""
        counts = np.zeros(len(self.vocabulary), np.int64)
        for field in self.fields.values():
            counts += np.diff(field.at)
            if len(self.dead):
                tokens, starts = field.texts(self.dead)
                owner = np.repeat(np.arange(len(self.dead)), np.diff(starts))
                pairs = np.unique((owner << 32) | tokens)
                counts -= np.bincount(pairs & 0xFFFFFFFF, minlength=len(counts))
        counts[0] = 0
        return counts

    @cached_property
    def counted(self) -> NDArray[np.int64]:
        """int64 [V+1]: the sum of `counts` before each word, so a beginning costs one look."""
        return np.concatenate(([0], np.cumsum(self.counts)))


class Segment(TextSegment):
    """Papers: their texts, columns, facets."""

    def __init__(
        self,
        arrays: Mapping[str, NDArray[Any]],
        dead: NDArray[np.int64] | None = None,
    ) -> None:
        super().__init__(arrays, ("title", "author", "abstract"), dead)
        self.rows: NDArray[np.int32] = arrays["row"]
        self.titles = Strings(part_of(arrays, "titles"))
        self.names = Strings(part_of(arrays, "names"))
        self.facets = {name: Facet(name, part_of(arrays, name)) for name in FACETS}

    def without(self, dead: NDArray[np.int64]) -> Segment:
        """The same papers of which those at `dead` no longer count."""
        return self if np.array_equal(dead, self.dead) else Segment(self.arrays, dead)
