"""Papers that are similar by their words: TF-IDF over titles and abstracts, by the postings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from tui.core.progress import Check
from tui.index.snapshot import Snapshot
from tui.index.tfidf import SIMILARITY_FIELDS, idf

PAPER_WORDS = 40
"""Words of one paper that are compared: those with the greatest weights."""
PREFERENCE_WORDS = 150
"""Words that describe what the user likes and dislikes."""
_MAX_SHARE = 0.05
"""Words in a greater share of the papers are not compared: they tell nothing and cost most."""
_FEW_PAPERS = 100
"""In a library of fewer papers every word is compared, whatever its share."""


def word_weights(snapshot: Snapshot, docs: NDArray[np.int32]) -> dict[str, float]:
    """Return the weights of the words in `docs`: the mean of their vectors of length 1."""
    weights: dict[str, float] = {}
    for segment, part in snapshot.parts():
        local = docs[(docs >= part.start) & (docs < part.stop)] - part.start
        if not len(local):
            continue
        total = np.zeros(len(segment.vocabulary))
        norm = np.asarray(segment.arrays["norm"], np.float64)[local]
        for name, weight in SIMILARITY_FIELDS.items():
            tokens, offsets = segment.fields[name].texts_of(local)
            owner = np.repeat(np.arange(len(local)), np.diff(offsets))
            pairs = np.unique((owner << 32) | tokens)
            ids = pairs & 0xFFFFFFFF
            total += np.bincount(ids, weight / norm[pairs >> 32], minlength=len(total))
        total[0] = 0
        total *= idf(segment.counts, segment.size)
        best = np.argsort(-total)[: 4 * PREFERENCE_WORDS]
        best = best[total[best] > 0]
        words = segment.vocabulary.get_many(best)
        for word, value in zip(words, total[best].tolist(), strict=True):
            weights[word] = weights.get(word, 0.0) + value / len(docs)
    return weights


def subtract_weights(liked: Mapping[str, float], disliked: Mapping[str, float]) -> dict[str, float]:
    """Return the weights of `liked` minus those of `disliked`."""
    words = liked.keys() | disliked.keys()
    return {word: liked.get(word, 0.0) - disliked.get(word, 0.0) for word in words}


def cosine_scores(
    snapshot: Snapshot, weights: Mapping[str, float], words: int, check: Check
) -> NDArray[np.float32]:
    """Return the cosine of each doc with `weights` times a constant, float32 [N].

    Only the `words` words that count most are used.
    """
    scores = np.zeros(snapshot.size, np.float32)
    weighted = sorted(_weigh(snapshot, weights), key=lambda pair: (-abs(pair[1]), pair[0]))
    for word, value in weighted[:words]:
        for segment, part in snapshot.parts():
            id_ = segment.vocabulary.find(word)
            if id_ < 0:
                continue
            local = scores[part]
            for name, weight in SIMILARITY_FIELDS.items():
                local[segment.fields[name].docs_of_word(id_)] += np.float32(value * weight)
        check()
    for segment, part in snapshot.parts():
        scores[part] /= segment.arrays["norm"]
    return scores


def _weigh(snapshot: Snapshot, weights: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Yield the words worth comparing, with their weights times idf.

    Words of a single paper are left out, because no other paper is similar by them.
    """
    for word, value in weights.items():
        count = 0
        for segment in snapshot.segments:
            id_ = segment.vocabulary.find(word)
            count += int(segment.counts[id_]) if id_ >= 0 else 0
        if count > 1 and (count < _MAX_SHARE * snapshot.count or snapshot.count < _FEW_PAPERS):
            yield word, value * float(idf(np.array([count]), snapshot.count)[0])
