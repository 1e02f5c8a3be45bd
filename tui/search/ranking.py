"""The order of the docs found: by relevance, or by a column."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui.core.progress import Check
from tui.core.text import split_words
from tui.index.snapshot import Snapshot
from tui.search.evaluator import Matches
from tui.search.title_ranking import add_title_scores

RELEVANT_DOCS = 2000
"""How many docs are ordered by relevance. Few people scroll to the rest: it is newest first."""
_TITLE_DOCS = 256
"""How many of the best docs have their titles looked at."""
_SCORE_STEPS = 4095
"""Scores are counted in so many steps to find the limit of the best: faster than to sort all."""

Docs = NDArray[np.int64]


def sort_newest_first(snapshot: Snapshot, mask: NDArray[np.bool_]) -> Docs:
    """Return the living docs of `mask`, newest first."""
    order = snapshot.newest_first
    return order.compress(mask.take(order))  # three times as fast as order[mask[order]]


def rank_by_relevance(snapshot: Snapshot, found: Matches, check: Check) -> Docs:
    """Return the living docs of `found`, the best match first, the newer of equal ones first."""
    mask = found.mask & snapshot.alive
    docs = np.flatnonzero(mask)
    scores = np.zeros(len(docs), np.float32)
    for scored in found.scored_levels:
        scores += scored.scores_of(docs)
        check()
    top = find_best_places(docs, scores, snapshot.age_rank, RELEVANT_DOCS)
    best, best_scores = docs[top], scores[top]
    check()
    first = best[:_TITLE_DOCS]
    # The scores of titles are made for word scores from 0 to 1.
    greatest = sum(float(scored.level_scores.max()) for scored in found.scored_levels) or 1.0
    first_scores = best_scores[:_TITLE_DOCS] / greatest
    first_scores = add_title_scores(snapshot, first, first_scores, found.word_matches)
    order = np.lexsort((snapshot.age_rank[first], -first_scores))
    best = np.concatenate((first[order], best[_TITLE_DOCS:]))
    if len(best) == len(docs):
        return best
    mask[best] = False
    return np.concatenate((best, sort_newest_first(snapshot, mask)))


def find_best_places(
    docs: Docs, scores: NDArray[np.float32], age_rank: NDArray[np.int32], size: int
) -> NDArray[np.int64]:
    """Return the places in `docs` of the `size` best, by score and then by age, int64.

    Near the limit, scores that differ by less than one of _SCORE_STEPS count as equal.
    """
    if len(docs) <= size:
        return np.lexsort((age_rank[docs], -scores))
    steps = (scores * (_SCORE_STEPS / max(float(scores.max()), 1e-6))).astype(np.uint16)
    at_least = np.cumsum(np.bincount(steps, minlength=_SCORE_STEPS + 1)[::-1])[::-1]
    limit = int(np.flatnonzero(at_least >= size)[-1])
    better = np.flatnonzero(steps > limit)
    equal = np.flatnonzero(steps == limit)
    room = size - len(better)
    if len(equal) > room:
        equal = equal[np.argpartition(age_rank[docs[equal]], room - 1)[:room]]
    places = np.concatenate((better, equal))
    return places[np.lexsort((age_rank[docs[places]], -scores[places]))]


def sort_by_column(snapshot: Snapshot, docs: Docs, name: str) -> Docs:
    """Return `docs` with the greatest value of a column first; equal ones keep their order."""
    values = snapshot.column(name)[docs].astype(np.int64)
    return docs[np.argsort(-values, kind="stable")]


def rank_titles(snapshot: Snapshot, check: Check) -> NDArray[np.int32]:
    """Return the rank of each doc by its normalized title, int32 [N]; equal titles share one.

    Titles without a word come last. Whole titles are compared only where their first bytes, which
    are a column, are equal.
    """
    starts = snapshot.column("title_start")
    order = np.argsort(starts)
    check()
    starts = starts[order]
    edges = np.flatnonzero(np.concatenate(([True], starts[1:] != starts[:-1], [True])))
    sizes = np.diff(edges)
    ranks = np.empty(len(order), np.int32)
    ranks[order] = np.repeat(edges[:-1], sizes)
    for low in edges[:-1][(sizes > 1) & (starts[edges[:-1]] != b"")].tolist():
        docs = order[low : edges[np.searchsorted(edges, low, "right")]]
        titles = [" ".join(split_words(snapshot.title(doc))) for doc in docs.tolist()]
        rank_of = {title: low + i for i, title in enumerate(sorted(set(titles)))}
        ranks[docs] = [rank_of[title] for title in titles]
        check()
    ranks[order[: int(np.count_nonzero(starts == b""))]] = len(order)
    return ranks
