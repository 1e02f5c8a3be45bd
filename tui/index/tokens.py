"""Texts to word numbers, millions of words at a time.

A Python string for each word of each text, looked up in a dict, would be half the time of a build.
So the folded texts stay one run of bytes: words are found where spaces are, and told apart by a
64-bit hash, a polynomial in a random base, so that only distinct words ever become strings.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tui.core.text import WORD_LENGTH

BREAK = "\n"
"""Stands in a text, with spaces around it, for the empty word (number 0 of a vocabulary)."""

_SPACE = ord(" ")
_CHUNK = 1 << 20
_LEAST_BITS = 17
_FIRST_BITS = 19
_PIECE = 1 << 16
_BASE = secrets.randbits(64) | 1
_INVERSE = pow(_BASE, -1, 1 << 64)


class Tokens:
    """The words of many texts in order."""

    def __init__(self, texts: Sequence[str]) -> None:
        """`texts` are folded: lower case, single words between spaces."""
        self._data = " ".join([*texts, ""]).encode()
        sizes = [len(t) if t.isascii() else len(t.encode()) for t in texts]
        text_starts = np.zeros(len(texts) + 1, np.int64)
        np.cumsum(np.array(sizes, np.int64) + 1, out=text_starts[1:])
        self.begins, self._ends = self._places()
        self.starts: NDArray[np.int64] = np.searchsorted(self.begins, text_starts)
        """int64 [texts + 1]: which word each text begins with."""

    def hashes(self) -> NDArray[np.uint64]:
        """A number for each word, the same for the same word; never 0."""
        data = np.frombuffer(self._data, np.uint8)
        longest = min(len(data), _CHUNK + 4 * WORD_LENGTH) + 1
        powers, inverse = _powers(_BASE, longest), _powers(_INVERSE, longest)
        found = np.empty(len(self.begins), np.uint64)
        low = 0
        while low < len(found):
            first = int(self.begins[low])
            high = max(int(np.searchsorted(self._ends, first + _CHUNK, "right")), low + 1)
            part = data[first : self._ends[high - 1]].astype(np.uint64) + np.uint64(1)
            sums = np.zeros(len(part) + 1, np.uint64)
            np.cumsum(part * powers[: len(part)], out=sums[1:])
            begins, ends = self.begins[low:high] - first, self._ends[low:high] - first
            found[low:high] = (sums[ends] - sums[begins]) * inverse[begins]
            low = high
        found[found == 0] = 1
        return found

    def word(self, place: int) -> bytes:
        """A word, by its place among all."""
        return self._data[self.begins[place] : self._ends[place]]

    def _places(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where words begin and end in the bytes, int64; no word is longer than WORD_LENGTH."""
        letter = np.frombuffer(self._data, np.uint8) != _SPACE
        edges = np.flatnonzero(letter[1:] != letter[:-1]) + 1
        if len(letter) and letter[0]:
            edges = np.concatenate(([0], edges))
        begins, ends = edges[::2], edges[1::2]
        for place in np.flatnonzero(ends - begins > WORD_LENGTH).tolist():
            word = self._data[begins[place] : ends[place]].decode()
            ends[place] = begins[place] + len(word[:WORD_LENGTH].encode())
        return begins, ends


def _powers(base: int, size: int) -> NDArray[np.uint64]:
    """1, base, base², … modulo 2⁶⁴: `size` of them."""
    powers = np.full(size, np.uint64(base))
    powers[0] = 1
    return np.multiply.accumulate(powers)


def numbered(hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """A number from 0 for each distinct hash, int32 like `hashes`, and a place of each, int64."""
    bits = min(max(len(hashes).bit_length(), _LEAST_BITS), _FIRST_BITS)
    while (found := _slots(hashes, bits)) is None:
        bits += 2
    table, slots = found
    taken = np.flatnonzero(table)
    number_of = np.zeros(len(table), np.int32)
    number_of[taken] = np.arange(len(taken), dtype=np.int32)
    numbers: NDArray[np.int32] = number_of.take(slots)
    places = np.zeros(len(taken), np.int64)
    places[numbers] = np.arange(len(numbers))
    return numbers, places


def _slots(
    hashes: NDArray[np.uint64], bits: int
) -> tuple[NDArray[np.uint64], NDArray[np.int32]] | None:
    """A hash table with open addresses, and the slot of each hash; None if it gets too full.

    Many words at a time: those whose slot is free or holds their own hash are done, the rest try
    the next slot. Pieces and table are small enough to stay in the processor's cache.
    """
    table = np.zeros(1 << bits, np.uint64)
    slots = np.empty(len(hashes), np.int32)
    for low in range(0, len(hashes), _PIECE):
        wanted = hashes[low : low + _PIECE]
        slot = (wanted >> np.uint64(64 - bits)).astype(np.int64)
        waiting = np.flatnonzero(table.take(slot) != wanted)
        while len(waiting):
            mine, at = wanted.take(waiting), slot.take(waiting)
            free = np.flatnonzero(table.take(at) == 0)
            table[at.take(free)] = mine.take(free)
            waiting = waiting.take(np.flatnonzero(table.take(at) != mine))
            slot[waiting] = (slot.take(waiting) + 1) & (len(table) - 1)
        slots[low : low + _PIECE] = slot
        if 2 * np.count_nonzero(table) > len(table) and low + _PIECE < len(hashes):
            return None
    return table, slots
