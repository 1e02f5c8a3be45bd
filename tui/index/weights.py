"""TF-IDF: how telling a word is, and how long a paper is in those weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIMILAR_FIELDS = {"title": 1.5, "abstract": 1.0}
"""The fields whose words make two papers similar, and how much each counts."""
_WORDS = 20_000
"""Words whose postings are held at a time."""


def idf(counts: NDArray[np.integer], size: int) -> NDArray[np.float32]:
    """log(1 + size / (1 + count)) for words in `counts` of `size` papers."""
    return np.log1p(size / (1.0 + counts)).astype(np.float32)


def norms(arrays: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
    """float32 [N]: the length of each paper's vector, by the segment's own frequencies."""
    size = len(arrays["title.starts"]) - 1
    squares = np.zeros(size, np.float64)
    for name in SIMILAR_FIELDS:
        squares += squared(name, arrays[f"{name}.at"], arrays[f"{name}.docs"], size)
    return norm(squares)


def squared(
    name: str, at: NDArray[np.int64], docs: NDArray[np.int32], size: int
) -> NDArray[np.float64]:
    """float64 [N]: what the words of field `name`, by its postings, add to the squared length."""
    squares = np.zeros(size, np.float64)
    counts = np.diff(at)
    weights = (SIMILAR_FIELDS.get(name, 0.0) * idf(counts, size)) ** 2
    for low in range(0, len(counts), _WORDS):
        part = counts[low : low + _WORDS]
        of_words = docs[at[low] : at[low + len(part)]]
        values = np.repeat(weights[low : low + len(part)], part)
        squares += np.bincount(of_words, values, minlength=size)
    return squares


def norm(squares: NDArray[np.float64]) -> NDArray[np.float32]:
    """Lengths from squared lengths; never 0, so that one can divide by it."""
    return np.sqrt(np.maximum(squares, 1e-6)).astype(np.float32)
