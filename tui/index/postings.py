"""One field (title, author, abstract) of a segment: which docs have which words, and its texts.

Arrays (V words, N docs, P postings, T tokens, F frequent ranges):

| name       | dtype, shape         | contents                                                   |
|------------|----------------------|------------------------------------------------------------|
| at         | int64 [V+1]          | CSR: the postings of word i are `docs[at[i]:at[i+1]]`      |
| docs       | int32 [P]            | the docs of each word, ascending                           |
| starts     | int64 [N+1]          | where the text of each doc begins in `tokens`              |
| tokens     | int32 [T]            | the word ids of each text in order                         |
| heavy      | int32 [F, 2]         | ranges of words `low <= id < high` with very many postings |
| heavy_bits | uint8 [F, ceil(N/8)] | their docs as bits, most significant first                 |

The postings of all words with a prefix are one slice of `docs`. The commonest words, and prefixes
of one to three letters, have so many postings that reading a bit of each doc is faster. Word 0,
which separates authors, has no postings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

_FREQUENT_SHARE = 4
"""A range of words has bits if it has at least N / _FREQUENT_SHARE postings."""
_FREQUENT_LEAST = 1024
"""The least postings of a range with bits; with fewer, reading the postings is fast enough."""
_FREQUENT_PREFIXES = (1, 2, 3)
"""Lengths in bytes of the prefixes that may have bits: what is typed with one to three keys."""
_POSTINGS_AT_A_TIME = 500_000
"""Postings that are read between two checks whether the search is cancelled."""


class FieldPostings:
    """One field of a segment; see the module for the arrays."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.offsets: NDArray[np.int64] = arrays["at"]
        self.docs: NDArray[np.int32] = arrays["docs"]
        self.starts: NDArray[np.int64] = arrays["starts"]
        self.tokens: NDArray[np.int32] = arrays["tokens"]
        self._bits: NDArray[np.uint8] = arrays["heavy_bits"]
        ranges = arrays["heavy"].tolist()
        self._place_of_range = {(low, high): place for place, (low, high) in enumerate(ranges)}

    def count_postings(self, low: int, high: int) -> int:
        """Return how many postings the words `low <= id < high` have."""
        return int(self.offsets[high] - self.offsets[low])

    def docs_of_word(self, word: int) -> NDArray[np.int32]:
        """Return the docs that have a word, by its id; ascending."""
        return self.docs[self.offsets[word] : self.offsets[word + 1]]

    def mark_range(self, levels: NDArray[np.uint8], low: int, high: int, level: int) -> None:
        """Write `level` to the docs that have one of the words `low <= id < high`.

        `levels` is uint8 [N] and has no value above `level`.
        """
        place = self._place_of_range.get((low, high))
        if place is None:
            levels[self.docs[self.offsets[low] : self.offsets[high]]] = level
            return
        bits = np.unpackbits(self._bits[place], count=len(levels))
        np.maximum(levels, bits * np.uint8(level), out=levels)

    def mark_words(
        self, levels: NDArray[np.uint8], words: NDArray[np.int64], level: int
    ) -> Iterator[None]:
        """As `mark_range` for any words; yields now and then so that the caller can stop."""
        starts, ends = self.offsets[words], self.offsets[words + 1]
        filled = starts < ends
        starts, ends = starts[filled], ends[filled]
        piece = np.cumsum(ends - starts) // _POSTINGS_AT_A_TIME
        for group in np.split(np.arange(len(starts)), np.flatnonzero(np.diff(piece)) + 1):
            if len(group):
                levels[self.docs[join_ranges(starts[group], ends[group])]] = level
                yield

    def texts_of(self, docs: NDArray[np.integer]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the tokens of `docs` one after another, and where each begins, [len(docs)+1]."""
        starts, ends = self.starts[docs], self.starts[docs + 1]
        offsets = np.zeros(len(docs) + 1, np.int64)
        np.cumsum(ends - starts, out=offsets[1:])
        return self.tokens[join_ranges(starts, ends)], offsets


def join_ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers `start <= number < end` of each pair, one after another."""
    sizes = ends - starts
    shift = starts - np.concatenate(([0], np.cumsum(sizes)[:-1])) if len(sizes) else starts
    return np.arange(sizes.sum()) + np.repeat(shift, sizes)


def postings(
    tokens: NDArray[np.int32], starts: NDArray[np.int64], words: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return `at` and `docs` of a field with these texts, over a vocabulary of `words` words."""
    size = max(len(starts) - 1, 1)
    # A pair of word and doc is one number, so that one sort sorts by word, then by doc; the
    # smaller numbers, which most segments can have, are sorted in half the time.
    dtype = np.uint32 if words * size < 1 << 32 else np.int64
    pairs: NDArray[Any] = tokens.astype(dtype)
    pairs *= dtype(size)
    pairs += np.repeat(np.arange(len(starts) - 1, dtype=dtype), np.diff(starts))
    if not tokens.all():
        pairs = pairs[tokens != 0]
    pairs.sort()
    if len(pairs):
        pairs = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))]
    words_of_pairs = pairs // dtype(size)
    offsets = np.zeros(words + 1, np.int64)
    np.cumsum(np.bincount(words_of_pairs, minlength=words), out=offsets[1:])
    return offsets, (pairs - words_of_pairs * dtype(size)).astype(np.int32)


def frequent_ranges(
    offsets: NDArray[np.int64], keys: NDArray[np.uint64], size: int
) -> NDArray[np.int32]:
    """Return the ranges of words that get bits in a segment of `size` docs, int32 [F, 2].

    `keys` are those of the vocabulary.
    """
    least = max(size // _FREQUENT_SHARE, _FREQUENT_LEAST)
    counts = np.diff(offsets)
    found = {(int(word), int(word) + 1) for word in np.flatnonzero(counts >= least)}
    for length in _FREQUENT_PREFIXES:
        prefix = keys >> np.uint64(64 - 8 * length)
        lows = np.flatnonzero(np.concatenate(([True], prefix[1:] != prefix[:-1])))
        highs = np.append(lows[1:], len(keys))
        frequent = offsets[highs] - offsets[lows] >= least
        found |= set(zip(lows[frequent].tolist(), highs[frequent].tolist(), strict=True))
    return np.array(sorted(found), np.int32).reshape(-1, 2)


def frequent_bits(
    ranges: NDArray[np.int32], offsets: NDArray[np.int64], docs: NDArray[np.int32], size: int
) -> Iterator[NDArray[np.uint8]]:
    """Yield the bits of each range, uint8 [ceil(size/8)]."""
    for low, high in ranges.tolist():
        has_word = np.zeros(size, bool)
        has_word[docs[offsets[low] : offsets[high]]] = True
        yield np.packbits(has_word)
