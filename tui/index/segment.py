"""A segment: some papers of the catalog as arrays that never change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.index.compounds import Compounds
from tui.index.facets import FACETS, Facet
from tui.index.listings import Listings
from tui.index.postings import FieldPostings
from tui.index.segment_file import MappedArrays
from tui.index.spelling import Spelling
from tui.index.strings import Strings
from tui.index.vocabulary import Vocabulary

PAPER_FIELDS = ("title", "author", "abstract")
"""The fields of a paper whose words are indexed."""


class TextSegment:
    """The texts of a few fields of some docs, which are numbered from 0."""

    def __init__(
        self,
        arrays: Mapping[str, NDArray[Any]],
        fields: tuple[str, ...],
        dead: NDArray[np.int64] | None = None,
    ) -> None:
        """Use `arrays`; `dead` are the docs that no longer count, int64 [D]."""
        self.arrays = arrays
        self.vocabulary = Vocabulary(_arrays_of(arrays, "words"))
        self.spelling = Spelling(_arrays_of(arrays, "words"), self.vocabulary)
        self.fields = {name: FieldPostings(_arrays_of(arrays, name)) for name in fields}
        self.compounds = Compounds(_arrays_of(arrays, "compounds"), self.vocabulary)
        self.size = len(self.fields[fields[0]].starts) - 1
        """How many docs there are, dead ones included."""
        self.dead = np.zeros(0, np.int64) if dead is None else dead

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many living docs have each word, int64 [V]: the sum over all fields."""
        counts = np.zeros(len(self.vocabulary), np.int64)
        for field in self.fields.values():
            counts += np.diff(field.offsets)
            if len(self.dead):
                tokens, offsets = field.texts_of(self.dead)
                owner = np.repeat(np.arange(len(self.dead)), np.diff(offsets))
                pairs = np.unique((owner << 32) | tokens)
                counts -= np.bincount(pairs & 0xFFFFFFFF, minlength=len(counts))
        counts[0] = 0
        return counts

    @cached_property
    def cumulative_counts(self) -> NDArray[np.int64]:
        """The sum of `counts` before each word, int64 [V+1]: that of a range is one subtraction."""
        return np.concatenate(([0], np.cumsum(self.counts)))


class Segment(TextSegment):
    """Papers: their texts, columns and facets."""

    def __init__(
        self, arrays: Mapping[str, NDArray[Any]], dead: NDArray[np.int64] | None = None
    ) -> None:
        super().__init__(arrays, PAPER_FIELDS, dead)
        self.rows: NDArray[np.int32] = arrays["row"]
        self.titles = Strings(_arrays_of(arrays, "titles"))
        self.identifiers = Strings(_arrays_of(arrays, "names"))
        self.listings = Listings(_arrays_of(arrays, "listings"))
        self.facets = {name: Facet(name, _arrays_of(arrays, name)) for name in FACETS}

    def release_memory(self) -> None:
        """Give back the memory that reading the file of the segment has taken, if it has one."""
        if isinstance(self.arrays, MappedArrays):
            self.arrays.release_memory()

    def with_dead(self, dead: NDArray[np.int64]) -> Segment:
        """Return the same papers, of which those at `dead` no longer count."""
        return self if np.array_equal(dead, self.dead) else Segment(self.arrays, dead)


def _arrays_of(arrays: Mapping[str, NDArray[Any]], part: str) -> dict[str, NDArray[Any]]:
    """Return the arrays `<part>.*` by what follows the dot."""
    start = f"{part}."
    return {name[len(start) :]: array for name, array in arrays.items() if name.startswith(start)}
