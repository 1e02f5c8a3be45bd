"""Values a paper has whole, not as text: its categories, venue, identifiers, sources.

Arrays (F distinct values, P pairs of value and doc):

| name          | dtype, shape  | what                                         |
|---------------|---------------|----------------------------------------------|
| blob, offsets | see `Strings` | the distinct values, sorted                  |
| at            | int64 [F+1]   | CSR: where the docs of each value begin      |
| docs          | int32 [P]     | the docs of each value, ascending            |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.catalog import Stored
from tui.fold import fold
from tui.ids import from_bare
from tui.index.strings import Strings, string_arrays
from tui.paper import SCHEMES

FACETS = ("cat", "venue", "id", "source")


def facet_values(name: str, stored: Stored) -> list[str]:
    """The values of a paper as they are kept: folded, so that case does not matter."""
    paper = stored.paper
    if name == "cat":
        return [category.casefold() for category in paper.categories]
    if name == "venue":
        return [fold(paper.venue)] if paper.venue else []
    if name == "source":
        return [source.casefold() for source in paper.sources]
    return [key.casefold() for key in {stored.key, *paper.id_keys}]


class Facet:
    """One kind of value; see the module for the arrays."""

    def __init__(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.name = name
        self.values = Strings(arrays)
        self.at: NDArray[np.int64] = arrays["at"]
        self.docs: NDArray[np.int32] = arrays["docs"]

    def mark(self, there: NDArray[np.bool_], value: str) -> None:
        """Set `there` (bool [N]) for docs with `value`, as a person types it.

        A category begins with it (`cs`, `cs.CL`), so does an identifier with or without its
        scheme; a venue has it at the start of a word; a source has it anywhere.
        """
        for low, high in self._ranges(value):
            there[self.docs[self.at[low] : self.at[high]]] = True

    def _ranges(self, value: str) -> list[tuple[int, int]]:
        value = value.casefold()
        if self.name == "cat":
            return [self._beginning(value)]
        if self.name == "id":
            known = [f"{scheme}:{name}".casefold() for scheme, name in from_bare(value).items()]
            schemes = [f"{scheme}:{value}" for scheme in (*SCHEMES, "title")]
            return [self._beginning(name) for name in dict.fromkeys([value, *known, *schemes])]
        if self.name == "venue":
            part = " " + fold(value)
            return [(i, i + 1) for i, name in enumerate(self.values) if part in " " + name]
        return [(i, i + 1) for i, name in enumerate(self.values) if value in name]

    def _beginning(self, part: str) -> tuple[int, int]:
        data = part.encode()
        return self.values.bisect(data), self.values.bisect(data + b"\xff")


def facet_arrays(values: Sequence[Sequence[str]]) -> dict[str, NDArray[Any]]:
    """The arrays of the values of each doc."""
    distinct = sorted(set(chain.from_iterable(values)))
    place = {value: i for i, value in enumerate(distinct)}
    sizes = np.fromiter(map(len, values), np.int64, len(values))
    docs = np.repeat(np.arange(len(values), dtype=np.int32), sizes)
    places = np.fromiter(map(place.__getitem__, chain.from_iterable(values)), np.int64, len(docs))
    order = np.argsort(places, kind="stable")
    at = np.zeros(len(distinct) + 1, np.int64)
    np.cumsum(np.bincount(places, minlength=len(distinct)), out=at[1:])
    arrays = string_arrays([value.encode() for value in distinct])
    return arrays | {"at": at, "docs": docs[order]}
