"""The order of the docs found: by relevance, or by a column."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui.core.progress import Check
from tui.core.text import split_words
from tui.index.snapshot import Snapshot
from tui.search.evaluate import Found
from tui.search.titles import with_titles

TOP = 2000
"""How many of the best are put in order of relevance; those after them follow newest first."""
_STEPS = 4095
LOOKED_AT = 256
"""How many of the best have their titles looked at."""

Docs = NDArray[np.int64]


def newest(snapshot: Snapshot, mask: NDArray[np.bool_]) -> Docs:
    """The living docs of `mask`, newest first."""
    order = snapshot.newest_first
    return order.compress(mask.take(order))  # three times as fast as order[mask[order]]


def by_relevance(snapshot: Snapshot, found: Found, check: Check) -> Docs:
    """The living docs of `found`, best match first, newer ones first among equals."""
    mask = found.mask & snapshot.alive
    docs = np.flatnonzero(mask)
    scores = np.zeros(len(docs), np.float32)
    for scored in found.scored:
        scores += scored.of(docs)
        check()
    top = best_places(docs, scores, snapshot.age_rank, TOP)
    best, best_scores = docs[top], scores[top]
    check()
    looked_at = best[:LOOKED_AT]
    most = sum(float(scored.scores.max()) for scored in found.scored) or 1.0
    refined = with_titles(snapshot, looked_at, best_scores[:LOOKED_AT] / most, found.matches)
    order = np.lexsort((snapshot.age_rank[looked_at], -refined))
    best = np.concatenate((looked_at[order], best[LOOKED_AT:]))
    if len(best) == len(docs):
        return best
    mask[best] = False
    return np.concatenate((best, newest(snapshot, mask)))


def best_places(
    docs: Docs, scores: NDArray[np.float32], age: NDArray[np.int32], size: int
) -> NDArray[np.int64]:
    """Places of the `size` best docs in order: by score, then by age.

    Where the line between them is drawn, scores that differ by 1 in _STEPS count as equal.
    """
    if len(docs) <= size:
        return np.lexsort((age[docs], -scores))
    steps = (scores * (_STEPS / max(float(scores.max()), 1e-6))).astype(np.uint16)
    at_least = np.cumsum(np.bincount(steps, minlength=_STEPS + 1)[::-1])[::-1]
    least = int(np.flatnonzero(at_least >= size)[-1])
    better = np.flatnonzero(steps > least)
    equal = np.flatnonzero(steps == least)
    room = size - len(better)
    if len(equal) > room:
        equal = equal[np.argpartition(age[docs[equal]], room - 1)[:room]]
    places = np.concatenate((better, equal))
    return places[np.lexsort((age[docs[places]], -scores[places]))]


def by_column(snapshot: Snapshot, docs: Docs, sort: str) -> Docs:
    """`docs`, which are newest first, with the greatest of a column first."""
    values = snapshot.column(sort)[docs].astype(np.int64)
    return docs[np.argsort(-values, kind="stable")]


def title_ranks(snapshot: Snapshot, check: Check) -> NDArray[np.int32]:
    """The place of each doc by folded title from a to z, int32 [N]: one place for equal titles.

    Titles without a word come last. Only where the first bytes are equal are whole titles compared.
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
        place = {title: low + i for i, title in enumerate(sorted(set(titles)))}
        ranks[docs] = [place[title] for title in titles]
        check()
    ranks[order[: int(np.count_nonzero(starts == b""))]] = len(order)
    return ranks
