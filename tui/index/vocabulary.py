"""The words of a segment, sorted by their UTF-8 bytes: the id of a word is its place.

Arrays (V words, B bytes in all, S positions inside words):

| name         | dtype, shape | contents                                                      |
|--------------|--------------|---------------------------------------------------------------|
| blob         | uint8 [B]    | see `Strings`                                                 |
| offsets      | int64 [V+1]  | see `Strings`                                                 |
| keys         | uint64 [V]   | the first 8 bytes of each word, big-endian: sorted as words   |
| inside_keys  | uint64 [S]   | the 8 bytes from each character but the first, sorted         |
| inside_words | int32 [S]    | the word of each of them                                      |

The words with a prefix are one range of ids. The words with a part inside are one slice of
`inside_keys`, which has the positions with at least MIN_INNER_LENGTH bytes after them. Word 0 is
the empty word, which separates authors.
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

_KEY_SIZE = 8


class Vocabulary(Strings):
    """Looks words up; see the module for the arrays."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        super().__init__(arrays)
        self.keys: NDArray[np.uint64] = arrays["keys"]
        self._inside_keys: NDArray[np.uint64] = arrays["inside_keys"]
        self._inside_words: NDArray[np.int32] = arrays["inside_words"]

    def find(self, word: str) -> int:
        """Return the id of `word`; -1 if it is not in the vocabulary."""
        data = word.encode()
        if len(data) < _KEY_SIZE:  # the key has the whole word
            key = _first_key(data)
            low = int(self.keys.searchsorted(key))
            return low if low < len(self.keys) and self.keys[low] == key else -1
        low, high = self.prefix_range(word)
        return low if low < high and self[low] == word else -1

    def prefix_range(self, prefix: str) -> tuple[int, int]:
        """Return the range `low <= id < high` of the words that begin with `prefix`."""
        data = prefix.encode()
        low, high = _slice(self.keys, data)
        if len(data) > _KEY_SIZE:
            low, high = self.bisect(data, low, high), self.bisect(data + b"\xff", low, high)
        return low, high

    def ids_containing(self, part: str) -> NDArray[np.int64]:
        """Return the sorted ids, int64, of the words with `part` after their first character."""
        data = part.encode()
        low, high = _slice(self._inside_keys, data)
        ids = np.unique(self._inside_words[low:high]).astype(np.int64)
        if len(data) > _KEY_SIZE and len(ids):
            found = [part in word[1:] for word in self.get_many(ids)]
            ids = ids[np.array(found)]
        return ids


def _slice(keys: NDArray[np.uint64], data: bytes) -> tuple[int, int]:
    """Return the bounds of the sorted keys that begin with `data`, or with its first 8 bytes."""
    first = _first_key(data)
    last = np.uint64(int.from_bytes(data[:_KEY_SIZE].ljust(_KEY_SIZE, b"\xff"), "big"))
    return int(keys.searchsorted(first)), int(keys.searchsorted(last, "right"))


def _first_key(data: bytes) -> np.uint64:
    """Return the least key of the words that begin with `data`."""
    return np.uint64(int.from_bytes(data[:_KEY_SIZE].ljust(_KEY_SIZE, b"\0"), "big"))


def vocabulary_arrays(words: Sequence[bytes]) -> dict[str, NDArray[Any]]:
    """Return the arrays of `words`, which are distinct, sorted and in UTF-8."""
    arrays = string_arrays(words)
    return arrays | key_arrays(arrays["blob"], arrays["offsets"])


def key_arrays(blob: NDArray[np.uint8], offsets: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    """Return `keys`, `inside_keys` and `inside_words` of the sorted words in `blob`."""
    ends = np.repeat(offsets[1:], np.diff(offsets))
    places = np.arange(len(blob))
    is_first = np.zeros(len(blob) + 1, bool)
    is_first[offsets] = True
    begins_character = (blob & 0xC0) != 0x80  # the other bytes of UTF-8 are 0b10xxxxxx
    inside = ~is_first[:-1] & begins_character & (ends - places >= MIN_INNER_LENGTH)
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
    """Return the 8 bytes from each start, with zeros from the end of the word on."""
    keys = np.zeros(len(starts), np.uint64)
    last = max(len(blob) - 1, 0)
    for place in range(_KEY_SIZE):
        at = starts + place
        byte = np.where(at < ends, blob[np.minimum(at, last)], 0) if len(blob) else 0
        keys = (keys << np.uint64(8)) | np.asarray(byte, np.uint64)
    return keys
