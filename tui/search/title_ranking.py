"""A closer look at the titles of the best docs: are the words in order, and what else is there?

The levels of the words say nothing about their places. The constants were found by looking for
known papers by a few words of their titles, with and without typing errors: MRR@10 of
`tests/benchmarks/search.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import partial_ratio
from rapidfuzz.process import cdist

from tui.index.segment import Segment
from tui.index.snapshot import Snapshot
from tui.search.word_match import MatchedIds, WordMatch

_TITLE_WORDS = 24
"""Words of a title that are looked at; few titles are longer."""
_SPELLING_DOCS = 64
"""Docs whose whole title is compared with the query by rapidfuzz."""
_MAX_LETTERS = 6
"""Bytes of a word that count for the covered share of a title: `of` says less than `graph`."""

_COVERED = 0.4
"""Added in full for a title of typed words only, in proportion if it has other words."""
_IN_ORDER = 0.3
"""For words in the order typed; in proportion to the pairs of words in order."""
_EXACT = 0.3
"""For words that are in the title as typed, not only as a prefix or a near word."""
_ADJACENT = 0.03
"""For words next to each other. People leave words out, so this only decides between equals."""
_SPELLING = 0.1
"""For a title that has the whole query in it, letter by letter."""


def add_title_scores(
    snapshot: Snapshot,
    docs: NDArray[np.int64],
    scores: NDArray[np.float32],
    matches: Sequence[WordMatch],
) -> NDArray[np.float32]:
    """Return the `scores` of `docs` plus those of their titles, float32 [len(docs)]."""
    if not matches or not len(docs):
        return scores
    scores = scores.copy()
    for number, (segment, part) in enumerate(snapshot.parts()):
        here = (docs >= part.start) & (docs < part.stop)
        if here.any():
            ids = [match.ids[number] for match in matches]
            scores[here] += _place_scores(segment, docs[here] - part.start, ids)
    best = np.argsort(-scores, kind="stable")[:_SPELLING_DOCS]
    titles = [snapshot.title(doc).lower() for doc in docs[best].tolist()]
    typed = " ".join(match.word for match in matches)
    ratios = cdist([typed], titles, scorer=partial_ratio, dtype=np.float32)[0]  # 0 to 100
    scores[best] += np.float32(_SPELLING / 100) * ratios
    return scores


def _place_scores(
    segment: Segment, docs: NDArray[np.int64], ids: Sequence[MatchedIds]
) -> NDArray[np.float32]:
    """Return what the places of the words in the titles of some docs are worth, float32 [docs].

    Arrays here have a row for each doc and a column for each word of its title.
    """
    title = segment.fields["title"]
    starts = title.starts[docs]
    sizes = np.minimum(title.starts[docs + 1] - starts, _TITLE_WORDS)
    columns = np.arange(_TITLE_WORDS)
    in_title = columns < sizes[:, None]
    at = np.minimum(starts[:, None] + columns, max(len(title.tokens) - 1, 0))
    tokens = np.where(in_title, title.tokens[at] if len(title.tokens) else 0, 0)
    offsets = segment.vocabulary.offsets
    letters = np.minimum(offsets[tokens + 1] - offsets[tokens], _MAX_LETTERS)  # of word 0: none
    matched = [_is_match(tokens, each) & in_title for each in ids]
    covered = (letters * np.logical_or.reduce(matched)).sum(axis=1)
    scores = _COVERED * covered / np.maximum(letters.sum(axis=1), 1)
    for each in ids:
        low, high = each.exact
        if low < high:
            scores += _EXACT / len(ids) * (tokens == low).any(axis=1)
    for left, right in pairwise(matched):
        adjacent = (left[:, :-1] & right[:, 1:]).any(axis=1)
        first = np.where(left.any(axis=1), left.argmax(axis=1), _TITLE_WORDS)
        last = np.where(right.any(axis=1), _TITLE_WORDS - 1 - right[:, ::-1].argmax(axis=1), -1)
        scores += (_ADJACENT * adjacent + _IN_ORDER * (first < last)) / (len(ids) - 1)
    return np.asarray(scores, np.float32)


def _is_match(tokens: NDArray[np.int32], ids: MatchedIds) -> NDArray[np.bool_]:
    """Return which tokens are words that a typed word matches."""
    low, high = ids.prefix
    found = (tokens >= low) & (tokens < high)
    for some in ids.others.values():
        if len(some):
            found |= some[np.minimum(np.searchsorted(some, tokens), len(some) - 1)] == tokens
    return found
