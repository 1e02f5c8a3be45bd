"""Papers alike in their telling words: TF-IDF over titles and abstracts, by the postings."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from tui.core.progress import Check
from tui.index.snapshot import Snapshot
from tui.index.tfidf import SIMILARITY_FIELDS, idf

WORDS = 40
"""Words of one paper that are compared: its most telling ones."""
TASTE_WORDS = 150
"""Words that make up a person's taste."""
COMMON = 0.05
"""Words in a greater part of the papers than this tell nothing."""


def profile(snapshot: Snapshot, docs: NDArray[np.int32]) -> dict[str, float]:
    """How much each word weighs in `docs`: the mean of their vectors of length 1."""
    weights: dict[str, float] = {}
    for segment, base in zip(snapshot.segments, snapshot.bases, strict=False):
        mine = docs[(docs >= base) & (docs < base + segment.size)] - base
        if not len(mine):
            continue
        total = np.zeros(len(segment.vocabulary))
        norm = np.asarray(segment.arrays["norm"], np.float64)[mine]
        for name, weight in SIMILARITY_FIELDS.items():
            tokens, at = segment.fields[name].texts_of(mine)
            owner = np.repeat(np.arange(len(mine)), np.diff(at))
            pairs = np.unique((owner << 32) | tokens)
            ids = pairs & 0xFFFFFFFF
            total += np.bincount(ids, weight / norm[pairs >> 32], minlength=len(total))
        total[0] = 0
        total *= idf(segment.counts, segment.size)
        best = np.argsort(-total)[: 4 * TASTE_WORDS]
        best = best[total[best] > 0]
        for word, value in zip(
            segment.vocabulary.get_many(best), total[best].tolist(), strict=True
        ):
            weights[word] = weights.get(word, 0.0) + value / len(docs)
    return weights


def less(liked: dict[str, float], disliked: dict[str, float]) -> dict[str, float]:
    """The words of what is liked minus those of what is not."""
    words = liked.keys() | disliked.keys()
    return {word: liked.get(word, 0.0) - disliked.get(word, 0.0) for word in words}


def alike(
    snapshot: Snapshot, weights: dict[str, float], words: int, check: Check
) -> NDArray[np.float32]:
    """The cosine of each doc with `weights`, up to a factor, by the `words` that matter most."""
    scores = np.zeros(snapshot.size, np.float32)
    telling = sorted(_telling(snapshot, weights), key=lambda pair: (-abs(pair[1]), pair[0]))
    for word, value in telling[:words]:
        for segment, base in zip(snapshot.segments, snapshot.bases, strict=False):
            id_ = segment.vocabulary.find(word)
            if id_ < 0:
                continue
            part = scores[base : base + segment.size]
            for name, weight in SIMILARITY_FIELDS.items():
                field = segment.fields[name]
                docs = field.docs_of_word(id_)
                part[docs] += np.float32(value * weight)
        check()
    for segment, base in zip(snapshot.segments, snapshot.bases, strict=False):
        scores[base : base + segment.size] /= segment.arrays["norm"]
    return scores


def _telling(snapshot: Snapshot, weights: dict[str, float]) -> Iterable[tuple[str, float]]:
    """The words that are neither everywhere nor in one paper only, weighed once more by idf."""
    for word, value in weights.items():
        count = 0
        for segment in snapshot.segments:
            id_ = segment.vocabulary.find(word)
            count += int(segment.counts[id_]) if id_ >= 0 else 0
        if count > 1 and (count < COMMON * snapshot.count or snapshot.count < 100):
            yield word, value * float(idf(np.array([count]), snapshot.count)[0])
