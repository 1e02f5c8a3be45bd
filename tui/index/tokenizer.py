"""Texts to word numbers, millions of words at a time.

To make a Python string of each word of each text and look it up in a dict would be half the time
of building an index. So the normalized texts stay one run of bytes: a word is what lies between
spaces, and its identity is a 64-bit hash, a polynomial in a random base. Only one occurrence of
each distinct word ever becomes a string.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tui.core.text import HYPHEN, WORD_LENGTH

SEPARATOR = "\n"
"""Stands in a text, between spaces, for the empty word, which has number 0 in a vocabulary.

It separates authors, so that no phrase reaches from one into the next.
"""

_SPACE, _HYPHEN = ord(" "), ord(HYPHEN)
_BYTES_AT_A_TIME = 1 << 17
"""Bytes whose hashes are in the processor's cache while they are computed."""
_LEAST_BITS = 17
_FIRST_BITS = 19
_HASHES_AT_A_TIME = 1 << 16
# The base is odd, so that it has an inverse modulo 2**64: a word's hash is then the same wherever
# it stands. It is random, so that no text can be written to collide.
_BASE = secrets.randbits(64) | 1
_INVERSE = pow(_BASE, -1, 1 << 64)


class TokenStream:
    """The words of many texts in order."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Split `texts`, which are normalized: lower-case words with spaces or HYPHEN between."""
        self._data = " ".join([*texts, ""]).encode()
        sizes = [len(t) if t.isascii() else len(t.encode()) for t in texts]
        text_starts = np.zeros(len(texts) + 1, np.int64)
        np.cumsum(np.array(sizes, np.int64) + 1, out=text_starts[1:])
        self.word_starts, self._word_ends = self._find_words()
        """int64 [words]: where each word begins in the bytes."""
        self.starts: NDArray[np.int64] = np.searchsorted(self.word_starts, text_starts)
        """int64 [texts + 1]: the word that each text begins with."""

    def hashes(self) -> NDArray[np.uint64]:
        """Return a number for each word, uint64 [words]: equal for equal words, never 0."""
        data = np.frombuffer(self._data, np.uint8)
        longest = min(len(data), _BYTES_AT_A_TIME + 4 * WORD_LENGTH) + 1
        powers, inverse = _powers(_BASE, longest), _powers(_INVERSE, longest)
        found = np.empty(len(self.word_starts), np.uint64)
        low = 0
        while low < len(found):
            first = int(self.word_starts[low])
            last = np.searchsorted(self._word_ends, first + _BYTES_AT_A_TIME, "right")
            high = max(int(last), low + 1)
            part = data[first : self._word_ends[high - 1]].astype(np.uint64) + np.uint64(1)
            sums = np.zeros(len(part) + 1, np.uint64)
            np.cumsum(part * powers[: len(part)], out=sums[1:])
            starts, ends = self.word_starts[low:high] - first, self._word_ends[low:high] - first
            # The powers begin at `first`; the inverse moves each word to the power 0.
            found[low:high] = (sums[ends] - sums[starts]) * inverse[starts]
            low = high
        found[found == 0] = 1
        return found

    def word(self, place: int) -> bytes:
        """Return a word in UTF-8, by its place among all words."""
        return self._data[self.word_starts[place] : self._word_ends[place]]

    def hyphenated(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the words that a hyphen joins to the next one, and the text of each, int64."""
        hyphens = np.flatnonzero(np.frombuffer(self._data, np.uint8) == _HYPHEN)
        words = np.searchsorted(self.word_starts, hyphens) - 1
        has_both = (words >= 0) & (words + 1 < len(self.word_starts))
        words, hyphens = words[has_both], hyphens[has_both]
        # Not a dash, which has spaces on both sides; there may be one beside a Greek letter.
        is_joined = (self._word_ends[words] == hyphens) | (
            self.word_starts[words + 1] == hyphens + 1
        )
        words = words[is_joined]
        texts = np.searchsorted(self.starts, words, "right") - 1
        in_text = words + 1 < self.starts[texts + 1]
        return words[in_text], texts[in_text]

    def _find_words(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where words begin and end in the bytes; long ones are cut at WORD_LENGTH."""
        data = np.frombuffer(self._data, np.uint8)
        is_letter = (data != _SPACE) & (data != _HYPHEN)
        edges = np.flatnonzero(is_letter[1:] != is_letter[:-1]) + 1
        if len(is_letter) and is_letter[0]:
            edges = np.concatenate(([0], edges))
        starts, ends = edges[::2], edges[1::2]
        for place in np.flatnonzero(ends - starts > WORD_LENGTH).tolist():
            word = self._data[starts[place] : ends[place]].decode()
            ends[place] = starts[place] + len(word[:WORD_LENGTH].encode())
        return starts, ends


def _powers(base: int, size: int) -> NDArray[np.uint64]:
    """Return 1, base, base², … modulo 2⁶⁴: `size` of them."""
    powers = np.full(size, np.uint64(base))
    powers[0] = 1
    return np.multiply.accumulate(powers)


def number_hashes(hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Give each distinct hash a number from 0.

    Return the number of each hash, int32, and one place in `hashes` for each number, int64. As
    `numpy.unique` does it, but without sorting: several times as fast.
    """
    bits = min(max(len(hashes).bit_length(), _LEAST_BITS), _FIRST_BITS)
    while (filled := _fill_table(hashes, bits)) is None:
        bits += 2
    table, slots = filled
    taken = np.flatnonzero(table)
    number_of_slot = np.zeros(len(table), np.int32)
    number_of_slot[taken] = np.arange(len(taken), dtype=np.int32)
    numbers: NDArray[np.int32] = number_of_slot.take(slots)
    places = np.zeros(len(taken), np.int64)
    places[numbers] = np.arange(len(numbers))
    return numbers, places


def _fill_table(
    hashes: NDArray[np.uint64], bits: int
) -> tuple[NDArray[np.uint64], NDArray[np.int32]] | None:
    """Return an open-addressing hash table of 2**bits slots, and the slot of each hash.

    None if more than half of it would be taken. Many hashes are put in at a time: those whose slot
    is free or has the same hash are done, the others try the next slot. A piece of the hashes and
    the table are small enough for the processor's cache.
    """
    table = np.zeros(1 << bits, np.uint64)
    slots = np.empty(len(hashes), np.int32)
    for low in range(0, len(hashes), _HASHES_AT_A_TIME):
        piece = hashes[low : low + _HASHES_AT_A_TIME]
        slot = (piece >> np.uint64(64 - bits)).astype(np.int64)
        waiting = np.flatnonzero(table.take(slot) != piece)
        while len(waiting):
            hash_, at = piece.take(waiting), slot.take(waiting)
            free = np.flatnonzero(table.take(at) == 0)
            # Of several hashes for one free slot the last one gets it; the others try again.
            table[at.take(free)] = hash_.take(free)
            waiting = waiting.take(np.flatnonzero(table.take(at) != hash_))
            slot[waiting] = (slot.take(waiting) + 1) & (len(table) - 1)
        slots[low : low + _HASHES_AT_A_TIME] = slot
        if 2 * np.count_nonzero(table) > len(table) and low + _HASHES_AT_A_TIME < len(hashes):
            return None
    return table, slots
