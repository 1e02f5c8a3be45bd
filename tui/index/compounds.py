"""Words that a text joins by a hyphen, so that `pretraining` finds `pre-training`.

The parts are words like any others; here is only which of them are joined where. Arrays (P places):

| name   | dtype, shape | contents                                                             |
|--------|--------------|----------------------------------------------------------------------|
| pairs  | int64 [P]    | ids of both words, `first << 32 \\| second`, sorted                   |
| docs   | int32 [P]    | the doc of each place                                                |
| fields | uint8 [P]    | the field of each place, by its number in the segment                |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.index.vocabulary import MIN_INNER_LENGTH, Vocabulary

_ID_BITS = 32


class Compounds:
    """The hyphenated words of a segment; see the module for the arrays."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], vocabulary: Vocabulary) -> None:
        self.pairs: NDArray[np.int64] = arrays["pairs"]
        self.docs: NDArray[np.int32] = arrays["docs"]
        self.fields: NDArray[np.uint8] = arrays["fields"]
        self._vocabulary = vocabulary

    def find(self, word: str) -> Iterator[tuple[str, slice]]:
        """Yield each way to write the beginning `word` with a hyphen, and its places.

        The way is two words with a space between them, as in a normalized text. Words shorter than
        MIN_INNER_LENGTH are not looked for: most of what they begin has nothing to do with them.
        """
        if len(word) < MIN_INNER_LENGTH:
            return
        for size in range(1, len(word)):
            first = self._vocabulary.find(word[:size])
            if first < 0:
                continue
            low, high = self._vocabulary.prefix_range(word[size:])
            if low < high:
                ends = np.array([low, high]) + (first << _ID_BITS)
                start, stop = self.pairs.searchsorted(ends).tolist()
                if start < stop:
                    yield f"{word[:size]} {word[size:]}", slice(start, stop)

    def count_living(self, places: slice, dead: NDArray[np.int64]) -> int:
        """Return how many of `places` are in docs that are not `dead`."""
        if not len(dead):
            return int(places.stop - places.start)
        return int(np.count_nonzero(~np.isin(self.docs[places], dead)))


def compound_arrays(
    first: NDArray[np.integer],
    second: NDArray[np.integer],
    docs: NDArray[np.integer],
    fields: NDArray[np.integer],
) -> dict[str, NDArray[Any]]:
    """Return the arrays from the words, the doc and the field of each place."""
    pairs = (first.astype(np.int64) << _ID_BITS) | second
    order = np.lexsort((docs, fields, pairs))
    return {
        "pairs": pairs[order],
        "docs": docs[order].astype(np.int32),
        "fields": fields[order].astype(np.uint8),
    }


def merge_compounds(
    parts: list[Compounds], new_words: list[NDArray[np.int32]], new_docs: list[NDArray[np.int32]]
) -> dict[str, NDArray[Any]]:
    """Return the arrays of several segments, by the new ids of their words and docs (-1: none)."""
    first, second, docs, fields = [], [], [], []
    for part, words, numbers in zip(parts, new_words, new_docs, strict=True):
        new = numbers[part.docs]
        pairs = part.pairs[new >= 0]
        first.append(words[pairs >> _ID_BITS])
        second.append(words[pairs & ((1 << _ID_BITS) - 1)])
        docs.append(new[new >= 0])
        fields.append(part.fields[new >= 0])
    return compound_arrays(*map(np.concatenate, (first, second, docs, fields)))
