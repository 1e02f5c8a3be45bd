"""Values a paper has whole and shares with others: its categories, venue, sources.

Arrays (F distinct values, P pairs of value and doc):

| name          | dtype, shape  | what                                         |
|---------------|---------------|----------------------------------------------|
| blob, offsets | see `Strings` | the distinct values, sorted                  |
| at            | int64 [F+1]   | CSR: where the docs of each value begin      |
| docs          | int32 [P]     | the docs of each value, ascending            |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.catalog.catalog import Stored
from tui.core.text import normalize
from tui.index.strings import Strings, string_arrays

FACETS = ("cat", "venue", "source")


_folded = lru_cache(maxsize=10_000)(normalize)


def facet_values(name: str, stored: Stored) -> list[str]:
    """The values of a paper as they are kept: folded, so that case does not matter."""
    paper = stored.paper
    if name == "cat":
        return [category.casefold() for category in paper.categories] if paper.categories else []
    if name == "venue":
        return [_folded(paper.venue)] if paper.venue else []
    return [source.casefold() for source in paper.sources] if paper.sources else []


class Facet:
    """One kind of value; see the module for the arrays."""

    def __init__(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.name = name
        self.values = Strings(arrays)
        self.at: NDArray[np.int64] = arrays["at"]
        self.docs: NDArray[np.int32] = arrays["docs"]

    def mark(self, there: NDArray[np.bool_], value: str) -> None:
        """Set `there` (bool [N]) for docs with `value`, as a person types it.

        A category begins with it (`cs`, `cs.CL`); a venue has it at the start of a word; a source
        has it anywhere.
        """
        for low, high in self._ranges(value):
            there[self.docs[self.at[low] : self.at[high]]] = True

    def _ranges(self, value: str) -> list[tuple[int, int]]:
        value = value.casefold()
        if self.name == "cat":
            data = value.encode()
            return [(self.values.bisect(data), self.values.bisect(data + b"\xff"))]
        if self.name == "venue":
            part = " " + normalize(value)
            return [(i, i + 1) for i, name in enumerate(self.values) if part in " " + name]
        return [(i, i + 1) for i, name in enumerate(self.values) if value in name]


def facet_arrays(values: Sequence[Sequence[str]]) -> dict[str, NDArray[Any]]:
    """The arrays of the values of each doc."""
    distinct = sorted(set(chain.from_iterable(values)))
    place = {value: i for i, value in enumerate(distinct)}
    sizes = np.fromiter(map(len, values), np.int64, len(values))
    docs = np.repeat(np.arange(len(values), dtype=np.int32), sizes)
    places = np.fromiter(map(place.__getitem__, chain.from_iterable(values)), np.int64, len(docs))
    return facet_from_pairs(distinct, places, docs)


def facet_from_pairs(
    distinct: Sequence[str], places: NDArray[np.int64], docs: NDArray[np.int32]
) -> dict[str, NDArray[Any]]:
    """The arrays of sorted values, and pairs of the place of a value and a doc that has it."""
    order = np.lexsort((docs, places))
    at = np.zeros(len(distinct) + 1, np.int64)
    np.cumsum(np.bincount(places, minlength=len(distinct)), out=at[1:])
    arrays = string_arrays([value.encode() for value in distinct])
    return arrays | {"at": at, "docs": docs[order]}
