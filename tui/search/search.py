"""Search: a query over the index and the user's marks gives catalog rows in order."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tui.core.paper import COUNTS
from tui.core.progress import NO_PROGRESS, Check, Progress
from tui.index.index import Index
from tui.index.snapshot import Snapshot
from tui.search.evaluator import Evaluator, Matches
from tui.search.listing_match import count_days, listing_conditions, sort_by_gain, sort_by_rank
from tui.search.mark_texts import MarkRows, MarkTexts
from tui.search.muting import apply_muting, muted_condition
from tui.search.query import Query
from tui.search.query.filters import MAX_RATING
from tui.search.query.tree import And, Condition, Listed
from tui.search.ranking import (
    find_best_places,
    rank_by_relevance,
    rank_titles,
    sort_by_column,
    sort_newest_first,
)
from tui.search.similarity import (
    PAPER_WORDS,
    PREFERENCE_WORDS,
    cosine_scores,
    subtract_weights,
    word_weights,
)
from tui.search.word_match import WordMatch

if TYPE_CHECKING:
    from tui.search.clusters import PaperGroup

RUNS_PER_RELEASE = 16
"""Searches after which the memory of the mapped files of the index is given back.

What a search has read of a file stays in the memory of the process, until that has the whole index.
The next search then takes a millisecond or two longer for 100,000 papers.
"""


@dataclass(frozen=True, slots=True)
class Hits:
    """The papers that a search found."""

    rows: NDArray[np.int32]
    """int32 [total]: the catalog rows in order."""
    words: tuple[str, ...] = ()
    """Normalized words to highlight: those typed, and near words that matched instead."""
    corrections: tuple[tuple[str, str], ...] = ()
    """Typed words that are probably misspelled, each with the near word that was found for it."""

    @property
    def total(self) -> int:
        """The exact number of papers found."""
        return len(self.rows)


class Search:
    """Answers queries. Any number of threads may use one object at once.

    What searches share is either replaced as a whole and never changed (the snapshot of the index,
    the texts of the marks, the evaluator, the order of titles) or a `Cache`. Each search reads
    such an attribute once and keeps what it has read, so that all its steps see the same papers.
    Two searches that need the same thing at the same time both compute it; none waits for another.

    `cancelled()` is called every few milliseconds; once it returns true, Cancelled is raised.
    """

    def __init__(
        self, index: Index, marks: MarkRows, muting: Callable[[], tuple[str, ...]] = tuple
    ) -> None:
        """Search `index`; `muting` returns the queries of the views that mute papers."""
        self._index = index
        self._muting = muting
        self._muted: tuple[tuple[tuple[str, ...], date], Condition]
        self._muted = ((), date.min), muted_condition(())
        """What the condition is made of, and the condition that papers are muted."""
        self._marks = marks
        self._evaluator: Evaluator | None = None
        self._titles: tuple[Snapshot, NDArray[np.int32]] | None = None
        self._texts = MarkTexts.read(marks)
        self._runs = itertools.count(1)

    def run(self, query: Query, cancelled: Callable[[], bool] = NO_PROGRESS.cancelled) -> Hits:
        """Return the papers that match `query` in the order it asks for. Raises Cancelled."""
        check = Progress(cancelled).check
        snapshot = self._index.snapshot
        found = self._evaluate(snapshot, query, check)
        listed = listing_conditions(query.parts)
        if found.scored_levels and query.sort in ("", "relevance"):
            docs = rank_by_relevance(snapshot, found, check)
        else:
            docs = sort_newest_first(snapshot, found.mask)
            check()
            if query.sort == "rank" or (listed and not query.sort):
                docs = sort_by_rank(snapshot, docs, listed or (Listed(),))
            else:
                docs = self._sort(snapshot, docs, query.sort, check)
        self._release_memory(snapshot)
        corrections = tuple(pair for match in found.word_matches for pair in _correction(match))
        return Hits(snapshot.rows.take(docs), _words_to_highlight(found), corrections)

    def days(self, feed: str = "") -> dict[str, int]:
        """Return each day on which papers were listed, oldest first, with their number.

        `feed` is a part of the name of the feed that listed them; empty for all.
        """
        return count_days(self._index.snapshot, feed)

    def find_similar(
        self, row: int, limit: int = 200, cancelled: Callable[[], bool] = NO_PROGRESS.cancelled
    ) -> Hits:
        """Return the papers similar to that of `row`, the most similar first. Raises Cancelled."""
        snapshot = self._index.snapshot
        docs = snapshot.docs_of(np.array([row]))
        if not len(docs):
            return Hits(np.zeros(0, np.int32))
        check = Progress(cancelled).check
        weights = word_weights(snapshot, docs)
        scores = cosine_scores(snapshot, weights, PAPER_WORDS, check)
        scores[docs] = 0
        shown = self._evaluate(snapshot, Query(), check).mask
        some = np.flatnonzero((scores > 0) & snapshot.alive & shown)
        best = some[find_best_places(some, scores[some], snapshot.age_rank, limit)]
        self._release_memory(snapshot)
        return Hits(snapshot.rows[best])

    def group(
        self,
        rows: Sequence[int] | NDArray[np.integer],
        cancelled: Callable[[], bool] = NO_PROGRESS.cancelled,
    ) -> list[PaperGroup]:
        """Return the papers of `rows` in groups of one subject. Raises Cancelled."""
        from tui.search.clusters import PaperGroup, group_docs  # few users of a search group papers

        snapshot = self._index.snapshot
        docs = snapshot.docs_of(np.asarray(rows, np.int64))
        groups = group_docs(snapshot, docs, Progress(cancelled).check)
        return [PaperGroup(name, snapshot.rows[docs[places]].tolist()) for name, places in groups]

    def find_most_similar(self, row: int, among: Sequence[int]) -> tuple[int, float]:
        """Return the row of `among` most similar to `row`, and the similarity from 0 to 1.

        The row is -1 if none of them, or not `row`, is in the index.
        """
        snapshot = self._index.snapshot
        doc, *others = snapshot.docs_or_none(np.array([row, *among], np.int64)).tolist()
        known = [other for other in others if other >= 0 and other != doc]
        if doc < 0 or not known:
            return -1, 0.0
        weights = word_weights(snapshot, np.array([doc], np.int32))
        scores = cosine_scores(snapshot, weights, PAPER_WORDS, NO_PROGRESS.check)
        best = max(known, key=scores.__getitem__)
        # The cosine of a paper with itself is 1, which gives the constant of the scores.
        similarity = float(scores[best] / scores[doc]) if scores[doc] > 0 else 0.0
        return int(snapshot.rows[best]), similarity

    def preference_scores(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Return how much each row is to the user's taste, float32 [rows]; 0 if it is unknown.

        The order of these scores is that of `sort:foryou`.
        """
        snapshot = self._index.snapshot
        docs = snapshot.docs_or_none(np.asarray(rows, np.int64))
        scores = self._preference_scores(snapshot, NO_PROGRESS.check)
        return np.append(scores, np.float32(0))[docs]  # doc -1, of an unknown row, is the 0

    def _release_memory(self, snapshot: Snapshot) -> None:
        if next(self._runs) % RUNS_PER_RELEASE == 0:
            snapshot.release_memory()

    def _evaluate(self, snapshot: Snapshot, query: Query, check: Check) -> Matches:
        texts = self._texts = self._texts.refresh(self._marks)
        evaluator = self._evaluator
        if evaluator is None or not evaluator.evaluates(snapshot, texts):
            evaluator = self._evaluator = Evaluator(snapshot, texts)
        made_of, muted = (self._muting(), date.today()), self._muted
        if made_of != muted[0]:  # `today` in a query is another day tomorrow
            muted = self._muted = made_of, muted_condition(made_of[0])
        parts = apply_muting(query, muted[1])
        return evaluator.evaluate(And(parts), self._marks, check)

    def _sort(
        self, snapshot: Snapshot, docs: NDArray[np.int64], sort: str, check: Check
    ) -> NDArray[np.int64]:
        """Return `docs`, which are newest first, in the order `sort`."""
        if sort in ("added", "votes", *COUNTS):
            return sort_by_column(snapshot, docs, sort)
        if sort == "rising":
            return sort_by_gain(snapshot, docs)
        if sort == "title":
            titles = self._titles
            if titles is None or titles[0] is not snapshot:
                titles = self._titles = (snapshot, rank_titles(snapshot, check))
            return docs[np.argsort(titles[1][docs], kind="stable")]
        if sort == "author":
            starts = snapshot.column("author_start")[docs]
            return docs[np.lexsort((starts, starts == b""))]
        if sort == "rating":
            stars = np.zeros(snapshot.size, np.int8)
            for n in range(1, MAX_RATING + 1):
                stars[snapshot.docs_of(self._marks.rows("rating", n))] = n
            return docs[np.argsort(-stars[docs], kind="stable")]
        if sort == "foryou":
            scores = self._preference_scores(snapshot, check)[docs]
            return docs[np.argsort(-scores, kind="stable")]
        return docs

    def _preference_scores(self, snapshot: Snapshot, check: Check) -> NDArray[np.float32]:
        """Return how similar each doc is to the starred papers and not to the others, float32 [N].

        The others are those that the user read or dismissed without a star.
        """
        rows = {what: self._marks.rows(what) for what in ("star", "read", "dismissed")}
        seen = np.union1d(rows["read"], rows["dismissed"])
        liked = snapshot.docs_of(rows["star"])
        disliked = snapshot.docs_of(np.setdiff1d(seen, rows["star"]))
        weights = subtract_weights(word_weights(snapshot, liked), word_weights(snapshot, disliked))
        return cosine_scores(snapshot, weights, PREFERENCE_WORDS, check)


def _words_to_highlight(found: Matches) -> tuple[str, ...]:
    words = [word for match in found.word_matches for word in _spellings(match)]
    words += [word for phrase in found.phrases for word in phrase.words]
    return tuple(dict.fromkeys(words))


def _spellings(match: WordMatch) -> tuple[str, ...]:
    return (match.word, *match.compounds, *match.near_words)


def _correction(match: WordMatch) -> list[tuple[str, str]]:
    """Return the typed word with its nearest near word, if the typed one is probably misspelled.

    That is so if it is rare and is not a part of other words.
    """
    is_part = any(len(ids.others.get("inside", ())) for ids in match.ids)
    if not match.near_words or not match.is_rare or is_part:
        return []
    return [(match.word, match.near_words[0])]
