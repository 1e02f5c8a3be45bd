"""Listings: on which days, in which feeds and at which places papers were listed.

Arrays (L listings):

| name            | dtype, shape  | contents                                                  |
|-----------------|---------------|-----------------------------------------------------------|
| doc             | int32 [L]     | the doc of each listing, ascending                        |
| day             | int32 [L]     | the day as yyyymmdd                                       |
| rank            | int32 [L]     | the place in the list of that day; LAST_RANK if unknown   |
| feed, by        | int32 [L]     | the place of the name in `feeds` and in `people`          |
| feeds.*         | see `Strings` | the distinct names of feeds, without differences of case  |
| people.*        | see `Strings` | who submitted or chose papers, normalized                 |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.core.listing import Listing
from tui.core.text import normalize
from tui.index.columns import number_of_iso_date
from tui.index.strings import Strings, string_arrays

LAST_RANK = (1 << 31) - 1
"""Stands for an unknown rank: such papers come last on their day."""
_NAMES = {"feed": "feeds", "by": "people"}
"""The array that has places, and the strings they are places in."""

Arrays = dict[str, NDArray[Any]]


class Listings:
    """The listings of some docs; see the module for the arrays."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.doc: NDArray[np.int32] = arrays["doc"]
        self.day: NDArray[np.int32] = arrays["day"]
        self.rank: NDArray[np.int32] = arrays["rank"]
        self.names = {
            column: Strings({part: arrays[f"{strings}.{part}"] for part in ("blob", "offsets")})
            for column, strings in _NAMES.items()
        }
        self.places: dict[str, NDArray[np.int32]] = {name: arrays[name] for name in _NAMES}

    def find(self, low: int, high: int, feed: str, by: str) -> NDArray[np.int64]:
        """Return the places of the listings of these days, int64.

        `feed` is a part of the name of a feed, but for its quotes, which a query cannot have. `by`
        is normalized, and the beginning of a word of a name. Both may be empty.
        """
        found = (self.day >= low) & (self.day <= high)
        if feed:
            part = feed.replace('"', "")
            found &= self._has_name("feed", lambda name: part in name.replace('"', ""))
        if by:
            start = f" {by}"
            found &= self._has_name("by", lambda name: start in f" {name}")
        return np.flatnonzero(found)

    def _has_name(self, column: str, matches: Callable[[str], bool]) -> NDArray[np.bool_]:
        names = np.fromiter(map(matches, self.names[column]), bool, len(self.names[column]))
        return names[self.places[column]]


def listing_arrays(listings: Sequence[Sequence[Listing]]) -> Arrays:
    """Return the arrays from the listings of each doc."""
    every = [each for some in listings for each in some]
    sizes = np.fromiter(map(len, listings), np.int64, len(listings))
    ranks = (each.rank or LAST_RANK for each in every)
    arrays: Arrays = {
        "doc": np.repeat(np.arange(len(listings), dtype=np.int32), sizes),
        "day": np.fromiter((number_of_iso_date(each.day) for each in every), np.int32, len(every)),
        "rank": np.fromiter((min(rank, LAST_RANK) for rank in ranks), np.int32, len(every)),
    }
    arrays |= _name_arrays("feed", [each.feed.casefold() for each in every])
    return arrays | _name_arrays("by", [normalize(each.by) for each in every])


def _name_arrays(column: str, names: Sequence[str]) -> Arrays:
    distinct = sorted(set(names))
    place_of = {name: place for place, name in enumerate(distinct)}
    places = np.fromiter(map(place_of.__getitem__, names), np.int32, len(names))
    strings = string_arrays([name.encode() for name in distinct])
    return {column: places} | {f"{_NAMES[column]}.{part}": a for part, a in strings.items()}


def merge_listings(parts: Sequence[tuple[Listings, NDArray[np.int32]]]) -> Arrays:
    """Return the arrays of several, each with the new number of its docs; -1 for dead ones."""
    kept = [np.flatnonzero(new_docs[each.doc] >= 0) for each, new_docs in parts]
    pairs = list(zip(parts, kept, strict=True))
    arrays: Arrays = {
        "doc": np.concatenate([new_docs[each.doc[some]] for (each, new_docs), some in pairs]),
        "day": np.concatenate([each.day[some] for (each, _), some in pairs]),
        "rank": np.concatenate([each.rank[some] for (each, _), some in pairs]),
    }
    for column, strings in _NAMES.items():
        distinct = sorted({name for each, _ in parts for name in each.names[column]})
        place_of = {name: place for place, name in enumerate(distinct)}
        places = [np.zeros(0, np.int32)]
        for (each, _), some in pairs:
            new_places = np.array([place_of[name] for name in each.names[column]], np.int32)
            places.append(new_places[each.places[column][some]])
        arrays[column] = np.concatenate(places)
        named = string_arrays([name.encode() for name in distinct])
        arrays |= {f"{strings}.{part}": array for part, array in named.items()}
    return arrays
