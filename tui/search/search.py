"""Search: a query and the person's marks over the index, to rows in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui.core.paper import COUNTS
from tui.core.progress import NO_PROGRESS, Check, Progress
from tui.index.index import Index
from tui.index.snapshot import Snapshot
from tui.search.evaluate import Evaluator, Found
from tui.search.marks import MarkRows, MarkTexts
from tui.search.match import Match
from tui.search.query import Query
from tui.search.rank import best_places, by_column, by_relevance, newest, title_ranks
from tui.search.similar import TASTE_WORDS, WORDS, alike, less, profile

LIT = 40
"""Near words of one typed word that are given back for lighting up."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer to a query."""

    rows: NDArray[np.int32]
    """Rows of the catalog, in order."""
    words: tuple[str, ...] = ()
    """Folded words to light up: those typed and the near ones that were found instead."""
    corrections: tuple[tuple[str, str], ...] = ()
    """A word as typed and the near word that was found for it, where it is hardly found itself."""
    scored: bool = False
    """Whether the order is one of relevance."""

    @property
    def total(self) -> int:
        """How many papers match: exact."""
        return len(self.rows)


class Search:
    """Answers queries. Any number of threads may use one object at once.

    What searches share is either replaced as a whole and never changed (the snapshot of the index,
    the texts of the marks, the evaluator, the order of titles) or a `Cache`. Each search reads
    such an attribute once and keeps what it has read, so that all its steps see the same papers.
    Two searches that need the same thing at the same time both compute it; none waits for another.
    """

    def __init__(self, index: Index, marks: MarkRows) -> None:
        self._index = index
        self._marks = marks
        self._evaluator: Evaluator | None = None
        self._titles: tuple[Snapshot, NDArray[np.int32]] | None = None
        self._texts = MarkTexts.read(marks)

    def run(self, query: Query, cancelled: Callable[[], bool] = lambda: False) -> Hits:
        """The papers that match, in the order asked for. Cancelled once `cancelled()` is true."""
        check = Progress(cancelled).check
        snapshot = self._index.snapshot
        found = self._evaluate(snapshot, query, check)
        scored = query.sort == "relevance" or (not query.sort and bool(found.scored))
        if scored and found.scored:
            docs = by_relevance(snapshot, found, check)
        else:
            docs = newest(snapshot, found.mask)
            check()
            docs = self._sorted(snapshot, docs, query.sort, check)
        return Hits(
            snapshot.rows.take(docs),
            _words(found),
            tuple(pair for match in found.matches for pair in _correction(match)),
            scored and bool(found.scored),
        )

    def similar(
        self, row: int, limit: int = 200, cancelled: Callable[[], bool] = lambda: False
    ) -> Hits:
        """The papers most like that of `row`, most alike first, itself left out."""
        snapshot = self._index.snapshot
        docs = snapshot.docs_of(np.array([row]))
        if not len(docs):
            return Hits(np.zeros(0, np.int32), scored=True)
        scores = alike(snapshot, profile(snapshot, docs), WORDS, Progress(cancelled).check)
        scores[docs] = 0
        some = np.flatnonzero((scores > 0) & snapshot.alive)
        best = some[best_places(some, scores[some], snapshot.age_rank, limit)]
        return Hits(snapshot.rows[best], scored=True)

    def taste(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """How much each row is to the person's taste, as `sort:foryou` orders; 0 if unknown."""
        snapshot = self._index.snapshot
        docs = snapshot.docs_or_none(np.asarray(rows, np.int64))
        scores = np.append(self._taste(snapshot, NO_PROGRESS.check), np.float32(0))
        return scores[docs]

    def nearest(self, row: int, among: Sequence[int]) -> tuple[int, float]:
        """The row of `among` most like `row`, and how alike from 0 to 1; -1 where there is none."""
        snapshot = self._index.snapshot
        doc, *others = snapshot.docs_or_none(np.array([row, *among], np.int64)).tolist()
        known = [other for other in others if other >= 0 and other != doc]
        if doc < 0 or not known:
            return -1, 0.0
        words = profile(snapshot, np.array([doc], np.int32))
        scores = alike(snapshot, words, WORDS, NO_PROGRESS.check)
        best = max(known, key=scores.__getitem__)
        likeness = float(scores[best] / scores[doc]) if scores[doc] > 0 else 0.0
        return int(snapshot.rows[best]), likeness

    def _evaluate(self, snapshot: Snapshot, query: Query, check: Check) -> Found:
        texts = self._texts = self._texts.refreshed(self._marks)
        evaluator = self._evaluator
        if evaluator is None or not evaluator.is_of(snapshot, texts):
            evaluator = self._evaluator = Evaluator(snapshot, texts)
        return evaluator.evaluate(query.parts, self._marks, check)

    def _sorted(
        self, snapshot: Snapshot, docs: NDArray[np.int64], sort: str, check: Check
    ) -> NDArray[np.int64]:
        """`docs`, which are newest first, in the order of `sort`."""
        if sort in ("added", "votes", *COUNTS):
            return by_column(snapshot, docs, sort)
        if sort == "title":
            titles = self._titles
            if titles is None or titles[0] is not snapshot:
                titles = self._titles = (snapshot, title_ranks(snapshot, check))
            return docs[np.argsort(titles[1][docs], kind="stable")]
        if sort == "author":
            starts = snapshot.column("author_start")[docs]
            return docs[np.lexsort((starts, starts == b""))]
        if sort == "rating":
            stars = np.zeros(snapshot.size, np.int8)
            for n in range(1, 6):
                stars[snapshot.docs_of(self._marks.rows("rating", n))] = n
            return docs[np.argsort(-stars[docs], kind="stable")]
        if sort == "foryou":
            return docs[np.argsort(-self._taste(snapshot, check)[docs], kind="stable")]
        return docs

    def _taste(self, snapshot: Snapshot, check: Check) -> NDArray[np.float32]:
        """How much each doc is like the starred papers, and unlike those read and not starred."""
        rows = {what: self._marks.rows(what) for what in ("star", "read", "dismissed")}
        starred = snapshot.docs_of(rows["star"])
        passed = np.union1d(rows["read"], rows["dismissed"])
        unstarred = snapshot.docs_of(np.setdiff1d(passed, rows["star"]))
        taste = less(profile(snapshot, starred), profile(snapshot, unstarred))
        return alike(snapshot, taste, TASTE_WORDS, check)


def _words(found: Found) -> tuple[str, ...]:
    words = [word for match in found.matches for word in (match.word, *match.near[:LIT])]
    words += [word for phrase in found.phrases for word in phrase.words]
    return tuple(dict.fromkeys(words))


def _correction(match: Match) -> list[tuple[str, str]]:
    """The nearest word instead of one that is scarce, and is not a part of words either."""
    inside = any(len(ids.kinds.get("inside", ())) for ids in match.ids)
    return [(match.word, match.near[0])] if match.near and match.scarce and not inside else []
