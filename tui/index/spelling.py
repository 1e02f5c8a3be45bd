"""Near words: rapidfuzz over those words of the vocabulary that can be near at all.

A word's letters as bits tell most pairs apart: an edit adds or takes away at most one letter, so
two words within k edits differ in at most k bits each way. What is left goes to rapidfuzz (OSA:
insertion, deletion, substitution, transposition of neighbours, one edit each).

Arrays (V words):

| name        | dtype, shape | what                                                              |
|-------------|--------------|-------------------------------------------------------------------|
| letters     | uint64 [V]   | bit c: letter c is there; bit c+32: twice or more                 |
| by_length   | int32 [V]    | ids by length, then most frequent first                           |
| length_at   | int64 [L+2]  | where each length begins there; the last one is all longer words  |
| letters_by  | uint64 [V]   | `letters` in the order of `by_length`                             |
| counts_by   | int32 [V]    | how often each occurs, in that order                              |
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from tui.index.vocabulary import Vocabulary

NEAR = 4
"""Letters from which a word may be one edit away."""
NEAR_TWO = 8
"""Letters from which a word may be two edits away."""
_LENGTHS = 66
_BITS = 32


def edits(word: str) -> int:
    """How many edits `word` may be away: none for short words and those with digits."""
    if len(word) < NEAR or not word.isalpha():
        return 0
    return 1 if len(word) < NEAR_TWO else 2


class Spelling:
    """Finds near words; see the module for the arrays."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], vocabulary: Vocabulary) -> None:
        self._letters: NDArray[np.uint64] = arrays["letters"]
        self._by_length: NDArray[np.int32] = arrays["by_length"]
        self._length_at: NDArray[np.int64] = arrays["length_at"]
        self._letters_by: NDArray[np.uint64] = arrays["letters_by"]
        self._counts_by: NDArray[np.int32] = arrays["counts_by"]
        self._vocabulary = vocabulary

    def near(
        self, word: str, counts: NDArray[np.int64], least: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Words within `edits(word)` that occur at least `least` times, by `counts` of each id.

        Ids int64 [N] and their edits int64 [N], the word itself left out.
        """
        most = edits(word)
        mine = _letters_of(word)
        parts = [np.zeros(0, np.int64)]
        for size in range(len(word) - most, min(len(word) + most, _LENGTHS) + 1):
            low, high = self._length_at[size : size + 2].tolist()
            if least > 1:
                rarest_first = self._counts_by[low:high][::-1]
                high -= int(rarest_first.searchsorted(least))
            theirs = self._letters_by[low:high]
            either = theirs ^ mine
            possible = np.flatnonzero(
                (np.bitwise_count(either & mine) <= most)
                & (np.bitwise_count(either & theirs) <= most)
            )
            parts.append(self._by_length[low:high][possible].astype(np.int64))
        found = np.concatenate(parts)
        found = found[counts[found] >= least]
        return self._within(word, found, self._vocabulary.many(found), most)

    def near_beginnings(
        self, word: str, counts: NDArray[np.int64], least: int
    ) -> NDArray[np.int64]:
        """Ids int64 [N] of words with the same first letter and a beginning within `edits`."""
        most = edits(word)
        low, high = self._vocabulary.beginning(word[0])
        possible = np.bitwise_count(_letters_of(word) & ~self._letters[low:high]) <= most
        possible &= counts[low:high] >= least
        found = np.flatnonzero(possible) + low
        texts = self._vocabulary.many(found)
        near = np.zeros(len(found), bool)
        for size in range(len(word) - most, len(word) + most + 1):
            starts = [text[:size] for text in texts]
            distinct = {start: place for place, start in enumerate(dict.fromkeys(starts))}
            if not distinct:
                break
            distances = cdist(
                [word], list(distinct), scorer=OSA.distance, score_cutoff=most, dtype=np.uint8
            )[0]
            places = np.fromiter(map(distinct.__getitem__, starts), np.int64, len(starts))
            near |= distances[places] <= most
        return found[near]

    @staticmethod
    def _within(
        word: str, ids: NDArray[np.int64], texts: list[str], most: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if not texts:
            return ids, ids
        distances = cdist([word], texts, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
        near = (distances <= most) & (distances > 0)
        return ids[near], distances[near].astype(np.int64)


def _code(byte: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The bit of a character, by its first byte."""
    letter = byte.astype(np.int64) - ord("a")
    return np.where((letter >= 0) & (letter < 26), letter, 26 + byte % 6)


def _letters_of(word: str) -> np.uint64:
    data = np.frombuffer(word.encode(), np.uint8)
    return np.uint64(_letter_bits(data, np.zeros(len(data), np.int64), 1)[0])


def _letter_bits(
    data: NDArray[np.uint8], owner: NDArray[np.int64], size: int
) -> NDArray[np.uint64]:
    """The bits of `size` words, from their bytes and the word each byte is of."""
    start = (data & 0xC0) != 0x80
    counts = np.bincount(owner[start] * _BITS + _code(data[start]), minlength=size * _BITS)
    counts = counts.reshape(size, _BITS)
    bits = np.uint64(1) << np.arange(_BITS, dtype=np.uint64)
    once: NDArray[np.uint64] = ((counts >= 1) * bits).sum(axis=1, dtype=np.uint64)
    twice: NDArray[np.uint64] = ((counts >= 2) * bits).sum(axis=1, dtype=np.uint64)
    return once | (twice << np.uint64(_BITS))


def spelling_arrays(
    blob: NDArray[np.uint8], offsets: NDArray[np.int64], counts: NDArray[np.int64]
) -> dict[str, NDArray[Any]]:
    """The arrays for the words in `blob`, each `counts` times in the segment."""
    size = len(offsets) - 1
    letters = np.zeros(size, np.uint64)
    step = 50_000
    for low in range(0, size, step):
        high = min(low + step, size)
        part = blob[offsets[low] : offsets[high]]
        owner = np.repeat(np.arange(high - low), np.diff(offsets[low : high + 1]))
        letters[low:high] = _letter_bits(part, owner, high - low)
    starts = np.concatenate(([0], np.cumsum((blob & 0xC0) != 0x80)))
    lengths = np.minimum(np.diff(starts[offsets]), _LENGTHS)
    by_length = np.lexsort((-counts, lengths)).astype(np.int32)
    length_at = np.zeros(_LENGTHS + 2, np.int64)
    np.cumsum(np.bincount(lengths, minlength=_LENGTHS + 1), out=length_at[1:])
    return {
        "letters": letters,
        "by_length": by_length,
        "length_at": length_at,
        "letters_by": letters[by_length],
        "counts_by": counts[by_length].astype(np.int32),
    }
