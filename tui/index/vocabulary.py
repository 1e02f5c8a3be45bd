"""The words of a segment, sorted by their UTF-8 bytes: a word's id is its place.

Arrays (V words, B bytes in all, S beginnings inside words):

| name         | dtype, shape | what                                                               |
|--------------|--------------|--------------------------------------------------------------------|
| blob         | uint8 [B]    | the words one after another                                        |
| offsets      | int64 [V+1]  | where each begins in `blob`                                        |
| keys         | uint64 [V]   | the first 8 bytes, big-endian: sorted as the words are             |
| inside_keys  | uint64 [S]   | the first 8 bytes from each character but the first, sorted        |
| inside_words | int32 [S]    | the word of each                                                   |

A beginning is one slice of ids. A part inside words is one slice of `inside_keys`, which holds
what has at least MIN_INNER_LENGTH bytes left. Word 0 is the empty word, which separates authors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.index.strings import Strings, string_arrays

MIN_INNER_LENGTH = 4
"""Letters a part must have to be looked for inside words.

Shorter parts are inside so many words that they would match most papers.
"""

_KEY = 8


class Vocabulary(Strings):
    """Looks words up; see the module for the arrays."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        super().__init__(arrays)
        self.keys: NDArray[np.uint64] = arrays["keys"]
        self.inside_keys: NDArray[np.uint64] = arrays["inside_keys"]
        self.inside_words: NDArray[np.int32] = arrays["inside_words"]

    def find(self, word: str) -> int:
        """The id of a word; -1 if it is not here."""
        low, high = self.beginning(word)
        return low if low < high and self[low] == word else -1

    def beginning(self, part: str) -> tuple[int, int]:
        """The ids `low <= id < high` of the words that begin with `part`."""
        data = part.encode()
        low, high = self._slice(self.keys, data)
        if len(data) > _KEY:
            low, high = self.bisect(data, low, high), self.bisect(data + b"\xff", low, high)
        return low, high

    def inside(self, part: str) -> NDArray[np.int64]:
        """The ids, sorted, of the words that have `part` after their first character."""
        data = part.encode()
        low, high = self._slice(self.inside_keys, data)
        ids = np.unique(self.inside_words[low:high]).astype(np.int64)
        if len(data) > _KEY and len(ids):
            found = [part in word[1:] for word in self.many(ids)]
            ids = ids[np.array(found)]
        return ids

    @staticmethod
    def _slice(keys: NDArray[np.uint64], data: bytes) -> tuple[int, int]:
        first = np.uint64(int.from_bytes(data[:_KEY].ljust(_KEY, b"\0"), "big"))
        last = np.uint64(int.from_bytes(data[:_KEY].ljust(_KEY, b"\xff"), "big"))
        return int(keys.searchsorted(first)), int(keys.searchsorted(last, "right"))


def vocabulary_arrays(words: Sequence[bytes]) -> dict[str, NDArray[Any]]:
    """The arrays of `words`, which are sorted UTF-8, none twice."""
    arrays = string_arrays(words)
    strings = Strings(arrays)
    return arrays | key_arrays(strings.blob, strings.offsets)


def key_arrays(blob: NDArray[np.uint8], offsets: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    """`keys`, `inside_keys` and `inside_words` of the sorted words in `blob`."""
    ends = np.repeat(offsets[1:], np.diff(offsets))
    places = np.arange(len(blob))
    first = np.zeros(len(blob) + 1, bool)
    first[offsets] = True
    inside = ~first[:-1] & ((blob & 0xC0) != 0x80) & (ends - places >= MIN_INNER_LENGTH)
    starts = places[inside]
    inside_keys = _keys(blob, starts, ends[inside])
    inside_words = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))[inside]
    order = np.argsort(inside_keys, kind="stable")
    return {
        "keys": _keys(blob, offsets[:-1], offsets[1:]),
        "inside_keys": inside_keys[order],
        "inside_words": inside_words[order],
    }


def _keys(
    blob: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """The first 8 bytes from each start, zeros where the word is at its end."""
    keys = np.zeros(len(starts), np.uint64)
    last = max(len(blob) - 1, 0)
    for place in range(_KEY):
        at = starts + place
        byte = np.where(at < ends, blob[np.minimum(at, last)], 0) if len(blob) else 0
        keys = (keys << np.uint64(8)) | np.asarray(byte, np.uint64)
    return keys
