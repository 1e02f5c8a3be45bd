"""A closer look at the titles of the best docs: are the words near each other and in order?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import partial_ratio
from rapidfuzz.process import cdist

from tui.index.segment import Segment
from tui.index.snapshot import Snapshot
from tui.search.match import Ids, Match

TITLE_WORDS = 24
"""Words of a title that are looked at."""
SPELLED = 64
"""Docs whose title rapidfuzz compares with the query."""
LETTERS = 6
"""Bytes of a word that count for how much of a title is covered: `of` tells less than others."""

COVERED = 0.4
"""For a title that has no other words."""
IN_ORDER = 0.3
"""For words that stand in the title in the order typed; less where only some do."""
WHOLE = 0.3
"""For words that are in the title as typed, not as a beginning or a near word."""
NEXT = 0.03
"""For words next to each other. People leave words out, so this only decides between equals."""
SPELLING = 0.1


def with_titles(
    snapshot: Snapshot,
    docs: NDArray[np.int64],
    scores: NDArray[np.float32],
    matches: Sequence[Match],
) -> NDArray[np.float32]:
    """`scores` of `docs`, and what their titles add, float32 [len(docs)]."""
    words = [match for match in matches if match.ids]
    if not words or not len(docs):
        return scores
    scores = scores.copy()
    for place, (segment, base) in enumerate(zip(snapshot.segments, snapshot.bases, strict=False)):
        here = (docs >= base) & (docs < base + segment.size)
        if here.any():
            ids = [match.ids[place] for match in words]
            scores[here] += _places(segment, docs[here] - base, ids)
    best = np.argsort(-scores, kind="stable")[:SPELLED]
    titles = [snapshot.title(doc).lower() for doc in docs[best].tolist()]
    typed = " ".join(match.word for match in words)
    alike = cdist([typed], titles, scorer=partial_ratio, dtype=np.float32)[0]
    scores[best] += np.float32(SPELLING / 100) * alike
    return scores


def _places(segment: Segment, docs: NDArray[np.int64], ids: Sequence[Ids]) -> NDArray[np.float32]:
    """What the places of the words in the titles of some docs of a segment are worth."""
    title = segment.fields["title"]
    starts = title.starts[docs]
    sizes = np.minimum(title.starts[docs + 1] - starts, TITLE_WORDS)
    columns = np.arange(TITLE_WORDS)
    inside = columns < sizes[:, None]
    at = np.minimum(starts[:, None] + columns, max(len(title.tokens) - 1, 0))
    tokens = np.where(inside, title.tokens[at] if len(title.tokens) else 0, 0)
    offsets = segment.vocabulary.offsets
    letters = np.minimum(offsets[tokens + 1] - offsets[tokens], LETTERS)  # word 0 has none
    there = [_is_one_of(tokens, mine) & inside for mine in ids]
    covered = (letters * np.logical_or.reduce(there)).sum(axis=1)
    scores = COVERED * covered / np.maximum(letters.sum(axis=1), 1)
    for mine in ids:
        if mine.exact[0] < mine.exact[1]:
            scores += WHOLE / len(ids) * (tokens == mine.exact[0]).any(axis=1)
    for left, right in pairwise(there):
        follows = (left[:, :-1] & right[:, 1:]).any(axis=1)
        first = np.where(left.any(axis=1), left.argmax(axis=1), TITLE_WORDS)
        last = np.where(right.any(axis=1), TITLE_WORDS - 1 - right[:, ::-1].argmax(axis=1), -1)
        scores += (NEXT * follows + IN_ORDER * (first < last)) / (len(ids) - 1)
    return np.asarray(scores, np.float32)


def _is_one_of(tokens: NDArray[np.int32], ids: Ids) -> NDArray[np.bool_]:
    """Which tokens are words that a typed word stands for."""
    low, high = ids.beginning
    found = (tokens >= low) & (tokens < high)
    for some in ids.kinds.values():
        if len(some):
            found |= some[np.minimum(np.searchsorted(some, tokens), len(some) - 1)] == tokens
    return found
