"""Typos: the words near a typed one, by rapidfuzz over those words that can be near at all.

To compare the typed word with all 800,000 words of a large library takes a second. Which letters a
word has, as bits, rules most words out: an edit adds or removes at most one letter, so that two
words within k edits differ in at most k bits each way. The distance of the rest is computed by
rapidfuzz (OSA: insertion, deletion, substitution and transposition of neighbours are one edit). One
edit is one typo.

Arrays (V words, L the greatest length):

| name        | dtype, shape | contents                                                           |
|-------------|--------------|--------------------------------------------------------------------|
| letters     | uint64 [V]   | bit c: the word has the letter c; bit c+32: twice or more          |
| by_length   | int32 [V]    | ids by length, those of one length by frequency, highest first     |
| length_at   | int64 [L+2]  | where each length begins there; the last one is all longer words   |
| letters_by  | uint64 [V]   | `letters` in the order of `by_length`                              |
| counts_by   | int32 [V]    | how often each word occurs, in that order                          |
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from tui.index.vocabulary import Vocabulary

MIN_LENGTH_ONE_TYPO = 4
"""Letters of the shortest word with a typo: nearly all words of three are near each other."""
MIN_LENGTH_TWO_TYPOS = 8
"""Letters of the shortest word with two typos."""
_LONGEST = 66
"""Characters of a word from which on all longer words count as equally long."""
_BITS = 32
_WORDS_AT_A_TIME = 50_000


def max_typos(word: str) -> int:
    """Return how many typos `word` may have: how many edits near words are away, at most.

    0 for short words, and for those with digits: `gpt3` is not a misspelled `gpt4`.
    """
    if len(word) < MIN_LENGTH_ONE_TYPO or not word.isalpha():
        return 0
    return 1 if len(word) < MIN_LENGTH_TWO_TYPOS else 2


class Spelling:
    """Finds near words of one segment; see the module for the arrays."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], vocabulary: Vocabulary) -> None:
        self._letters: NDArray[np.uint64] = arrays["letters"]
        self._by_length: NDArray[np.int32] = arrays["by_length"]
        self._length_at: NDArray[np.int64] = arrays["length_at"]
        self._letters_by: NDArray[np.uint64] = arrays["letters_by"]
        self._counts_by: NDArray[np.int32] = arrays["counts_by"]
        self._vocabulary = vocabulary

    def find_near_words(
        self, word: str, counts: NDArray[np.int64], least: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Find the words within `max_typos(word)` that occur at least `least` times.

        `counts` are the occurrences of each word of the segment, int64 [V]. Return the ids and
        the edits of each, both int64 [found]; `word` itself is left out.
        """
        most = max_typos(word)
        letters = _letters_of(word)
        parts = [np.zeros(0, np.int64)]
        for size in range(len(word) - most, min(len(word) + most, _LONGEST) + 1):
            low, high = self._length_at[size : size + 2].tolist()
            if least > 1:
                rarest_first = self._counts_by[low:high][::-1]
                high -= int(rarest_first.searchsorted(least))
            theirs = self._letters_by[low:high]
            different = theirs ^ letters
            possible = np.flatnonzero(
                (np.bitwise_count(different & letters) <= most)
                & (np.bitwise_count(different & theirs) <= most)
            )
            parts.append(self._by_length[low:high][possible].astype(np.int64))
        ids = np.concatenate(parts)
        ids = ids[counts[ids] >= least]
        if not len(ids):
            return ids, ids
        distances = _distances(word, self._vocabulary.get_many(ids), most)
        near = (distances <= most) & (distances > 0)
        return ids[near], distances[near].astype(np.int64)

    def find_near_prefixes(
        self, word: str, counts: NDArray[np.int64], least: int
    ) -> NDArray[np.int64]:
        """Find the words that begin with something within `max_typos(word)` of `word`.

        They occur at least `least` times by `counts` and have the same first letter: people
        seldom mistype it, and requiring it leaves few words to compare. Return int64 ids.
        """
        most = max_typos(word)
        low, high = self._vocabulary.prefix_range(word[0])
        missing = np.bitwise_count(_letters_of(word) & ~self._letters[low:high])
        ids = np.flatnonzero((missing <= most) & (counts[low:high] >= least)) + low
        texts = self._vocabulary.get_many(ids)
        near = np.zeros(len(ids), bool)
        for size in range(len(word) - most, len(word) + most + 1):
            prefixes = [text[:size] for text in texts]
            place_of = {prefix: place for place, prefix in enumerate(dict.fromkeys(prefixes))}
            if not place_of:
                break
            distances = _distances(word, list(place_of), most)
            places = np.fromiter(map(place_of.__getitem__, prefixes), np.int64, len(prefixes))
            near |= distances[places] <= most
        return ids[near]


def _distances(word: str, others: list[str], most: int) -> NDArray[np.uint8]:
    """Return the OSA distance of each of `others`; greater than `most` means far."""
    distances: NDArray[np.uint8] = cdist(
        [word], others, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8
    )[0]
    return distances


def _letters_of(word: str) -> np.uint64:
    data = np.frombuffer(word.encode(), np.uint8)
    return np.uint64(_letter_bits(data, np.zeros(len(data), np.int64), 1)[0])


def _letter_bits(
    data: NDArray[np.uint8], owner: NDArray[np.int64], size: int
) -> NDArray[np.uint64]:
    """Return the bits of `size` words, from their bytes and the word of each byte."""
    begins_character = (data & 0xC0) != 0x80
    byte = data[begins_character]
    letter = byte.astype(np.int64) - ord("a")
    # 26 bits for the letters a to z; all other characters share six, by their first byte.
    code = np.where((letter >= 0) & (letter < 26), letter, 26 + byte % 6)
    counts = np.bincount(owner[begins_character] * _BITS + code, minlength=size * _BITS)
    counts = counts.reshape(size, _BITS)
    bits = np.uint64(1) << np.arange(_BITS, dtype=np.uint64)
    once: NDArray[np.uint64] = ((counts >= 1) * bits).sum(axis=1, dtype=np.uint64)
    twice: NDArray[np.uint64] = ((counts >= 2) * bits).sum(axis=1, dtype=np.uint64)
    return once | (twice << np.uint64(_BITS))


def spelling_arrays(
    blob: NDArray[np.uint8], offsets: NDArray[np.int64], counts: NDArray[np.int64]
) -> dict[str, NDArray[Any]]:
    """Return the arrays for the words in `blob`, which occur `counts` times in the segment."""
    size = len(offsets) - 1
    letters = np.zeros(size, np.uint64)
    for low in range(0, size, _WORDS_AT_A_TIME):
        high = min(low + _WORDS_AT_A_TIME, size)
        part = blob[offsets[low] : offsets[high]]
        owner = np.repeat(np.arange(high - low), np.diff(offsets[low : high + 1]))
        letters[low:high] = _letter_bits(part, owner, high - low)
    characters = np.concatenate(([0], np.cumsum((blob & 0xC0) != 0x80)))
    lengths = np.minimum(np.diff(characters[offsets]), _LONGEST)
    by_length = np.lexsort((-counts, lengths)).astype(np.int32)
    length_at = np.zeros(_LONGEST + 2, np.int64)
    np.cumsum(np.bincount(lengths, minlength=_LONGEST + 1), out=length_at[1:])
    return {
        "letters": letters,
        "by_length": by_length,
        "length_at": length_at,
        "letters_by": letters[by_length],
        "counts_by": counts[by_length].astype(np.int32),
    }
