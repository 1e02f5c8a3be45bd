"""Postings of one field of a segment, and the field's text as word ids.

Arrays (V words, N docs, P postings, T tokens, H heavy ranges):

| name       | dtype, shape         | what                                                         |
|------------|----------------------|--------------------------------------------------------------|
| at         | int64 [V+1]          | CSR: where the postings of each word begin in `docs`         |
| docs       | int32 [P]            | the docs of each word, ascending                             |
| starts     | int64 [N+1]          | where the text of each doc begins in `tokens`                |
| tokens     | int32 [T]            | the words of each doc in order                               |
| heavy      | int32 [H, 2]         | ranges of words `low <= id < high` with very many postings   |
| heavy_bits | uint8 [H, ceil(N/8)] | their docs as bits, most significant first                   |

The words with a common beginning are one slice of `docs`. Beginnings of one to three letters and
the commonest words have so many postings that a bit a doc is quicker to read. Word 0, which parts
authors, has no postings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

HEAVY = 4
"""A range is heavy when it has at least docs / HEAVY postings."""

_PREFIXES = (1, 2, 3)


class Field:
    """One field of a segment; see the module for the arrays."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.at: NDArray[np.int64] = arrays["at"]
        self.docs: NDArray[np.int32] = arrays["docs"]
        self.starts: NDArray[np.int64] = arrays["starts"]
        self.tokens: NDArray[np.int32] = arrays["tokens"]
        self._bits: NDArray[np.uint8] = arrays["heavy_bits"]
        heavy = arrays["heavy"].tolist()
        self._heavy = {(low, high): place for place, (low, high) in enumerate(heavy)}

    def mark_range(self, level: NDArray[np.uint8], low: int, high: int, value: int) -> None:
        """Raise `level` (uint8 [N], nowhere above `value`) in the docs of `low <= id < high`."""
        place = self._heavy.get((low, high))
        if place is None:
            level[self.docs[self.at[low] : self.at[high]]] = value
            return
        bits = np.unpackbits(self._bits[place], count=len(level))
        np.maximum(level, bits * np.uint8(value), out=level)

    def postings_in(self, low: int, high: int) -> int:
        """How many postings the words `low <= id < high` have."""
        return int(self.at[high] - self.at[low])

    def mark_words(
        self, level: NDArray[np.uint8], ids: NDArray[np.int64], value: int
    ) -> Iterator[None]:
        """As `mark_range` for scattered words; yields between pieces of bounded work."""
        for found in self.postings_of(ids):
            level[found] = value
            yield

    def postings_of(self, ids: NDArray[np.int64]) -> Iterator[NDArray[np.int32]]:
        """The docs of `ids`, in pieces of bounded size; a doc may come more than once."""
        starts, ends = self.at[ids], self.at[ids + 1]
        filled = starts < ends
        starts, ends = starts[filled], ends[filled]
        piece = np.cumsum(ends - starts) // _PIECE
        for group in np.split(np.arange(len(starts)), np.flatnonzero(np.diff(piece)) + 1):
            if len(group):
                yield self.docs[ragged(starts[group], ends[group])]

    def texts(self, docs: NDArray[np.integer]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The tokens of `docs` one after another, and int64 [len(docs)+1] where each begins."""
        starts, ends = self.starts[docs], self.starts[docs + 1]
        at = np.zeros(len(docs) + 1, np.int64)
        np.cumsum(ends - starts, out=at[1:])
        return self.tokens[ragged(starts, ends)], at


_PIECE = 500_000
"""Postings handled between two looks at whether the search is still wanted."""


def ragged(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers `start <= x < end` of each pair, one after another."""
    sizes = ends - starts
    shift = starts - np.concatenate(([0], np.cumsum(sizes)[:-1])) if len(sizes) else starts
    return np.arange(sizes.sum()) + np.repeat(shift, sizes)


def postings(
    tokens: NDArray[np.int32], starts: NDArray[np.int64], words: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """`at` and `docs` of a field from its texts, over a vocabulary of `words`."""
    docs = np.repeat(np.arange(len(starts) - 1, dtype=np.int64), np.diff(starts))
    pairs = tokens.astype(np.int64)
    pairs <<= 32
    pairs |= docs
    if not tokens.all():
        pairs = pairs[tokens != 0]
    pairs.sort()
    if len(pairs):
        pairs = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))]
    at = np.zeros(words + 1, np.int64)
    np.cumsum(np.bincount(pairs >> 32, minlength=words), out=at[1:])
    return at, (pairs & 0xFFFFFFFF).astype(np.int32)


def heavy_ranges(at: NDArray[np.int64], keys: NDArray[np.uint64], size: int) -> NDArray[np.int32]:
    """int32 [H, 2]: the ranges of words that get bits, in a segment of `size` docs."""
    least = max(size // HEAVY, 1024)
    counts = np.diff(at)
    found = {(int(word), int(word) + 1) for word in np.flatnonzero(counts >= least)}
    for length in _PREFIXES:
        begin = keys >> np.uint64(64 - 8 * length)
        lows = np.flatnonzero(np.concatenate(([True], begin[1:] != begin[:-1])))
        highs = np.append(lows[1:], len(keys))
        heavy = at[highs] - at[lows] >= least
        found |= set(zip(lows[heavy].tolist(), highs[heavy].tolist(), strict=True))
    return np.array(sorted(found), np.int32).reshape(-1, 2)


def heavy_bits(
    heavy: NDArray[np.int32], at: NDArray[np.int64], docs: NDArray[np.int32], size: int
) -> Iterable[NDArray[np.uint8]]:
    """The bits of each heavy range: uint8 [ceil(size/8)]."""
    for low, high in heavy.tolist():
        there = np.zeros(size, bool)
        there[docs[at[low] : at[high]]] = True
        yield np.packbits(there)
