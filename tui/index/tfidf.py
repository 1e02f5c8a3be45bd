"""TF-IDF: how much a word tells about a paper, and the length of a paper's vector of weights.

A word weighs the same however often it is in one text (binary term frequency): in titles and
abstracts a repeated word tells little more. The weight of a word is idf, once for each field.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIMILARITY_FIELDS = {"title": 1.5, "abstract": 1.0}
"""The fields that are compared to find similar papers, and the weight of each.

A word in the title says more about the subject than one in the abstract.
"""
_WORDS_AT_A_TIME = 20_000
"""Words whose postings are in memory at once."""


def idf(counts: NDArray[np.integer], size: int) -> NDArray[np.float32]:
    """Return log(1 + size / (1 + count)) for words that are in `counts` of `size` papers."""
    return np.log1p(size / (1.0 + counts)).astype(np.float32)


def doc_norms(arrays: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
    """Return the length of each doc's vector, float32 [N], by the counts of its own segment."""
    size = len(arrays["title.starts"]) - 1
    squares = np.zeros(size, np.float64)
    for name in SIMILARITY_FIELDS:
        squares += squared_lengths(name, arrays[f"{name}.at"], arrays[f"{name}.docs"], size)
    return lengths(squares)


def squared_lengths(
    name: str, offsets: NDArray[np.int64], docs: NDArray[np.int32], size: int
) -> NDArray[np.float64]:
    """Return what a field adds to the squared length of each of `size` docs, float64 [size].

    `offsets` and `docs` are the postings of the field `name`.
    """
    squares = np.zeros(size, np.float64)
    counts = np.diff(offsets)
    weights = (SIMILARITY_FIELDS.get(name, 0.0) * idf(counts, size)) ** 2
    for low in range(0, len(counts), _WORDS_AT_A_TIME):
        part = counts[low : low + _WORDS_AT_A_TIME]
        docs_of_words = docs[offsets[low] : offsets[low + len(part)]]
        values = np.repeat(weights[low : low + len(part)], part)
        squares += np.bincount(docs_of_words, values, minlength=size)
    return squares


def lengths(squares: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the square roots, float32; never 0, so that they can be divisors."""
    return np.sqrt(np.maximum(squares, 1e-6)).astype(np.float32)
