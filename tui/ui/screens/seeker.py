"""Seeker: the search behind the list. One at a time, off the event loop, the newest wins."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.catalog.catalog import Stored
    from tui.search import Hits, Search
    from tui.search.query import Query

AHEAD = 40
"""Papers read with an answer: about a screenful, so that no slow disk holds up the screen."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the list is to show: the papers of a filter, or those similar to one."""

    text: str = ""
    like: int | None = None
    """Row of the paper the others are to be similar to; the text is then left aside."""
    base: str = ""
    """What the view and the order ask for besides."""
    reverse: bool = False
    """Whether the last shall be the first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows, and what the filter was understood to be."""

    query: Query
    hits: Hits
    papers: dict[int, Stored]
    """The first papers, by row."""


class Seeker:
    """Answers the latest question; an older search is told to stop and never delivered."""

    def __init__(
        self,
        search: Callable[[], Search],
        read: Callable[[list[int]], Iterable[Stored]],
        deliver: Callable[[Question, Answer], None],
    ) -> None:
        self._search = search
        self._read = read
        self._deliver = deliver
        self._to_count: tuple[list[str], Callable[[list[int]], None]] | None = None
        self._question = Question()
        self._asked = 0
        self._answered = 0
        self._working = False
        self.answered = asyncio.Event()
        """Set while no answer is to come."""
        self.answered.set()

    def ask(self, question: Question) -> bool:
        """Ask; True if `work` must be started to answer it."""
        self._asked += 1
        self._question = question
        self.answered.clear()
        started = not self._working
        self._working = True
        return started

    def count(self, texts: list[str], then: Callable[[list[int]], None]) -> bool:
        """Ask for the number of papers of each text, when no search waits; as `ask`."""
        self._to_count = texts, then
        started = not self._working
        self._working = True
        return started

    async def work(self) -> None:
        """Answer until nothing newer is asked."""
        from tui.core.progress import Cancelled

        try:
            while self._answered != self._asked or self._to_count is not None:
                number, question = self._asked, self._question

                def newer(number: int = number) -> bool:
                    return number != self._asked

                with suppress(Cancelled):
                    if self._answered == number and self._to_count:
                        texts, then = counting = self._to_count
                        counts = await asyncio.to_thread(self._count, texts, newer)
                        if self._to_count is counting:  # given up for a search, it comes again
                            self._to_count = None
                            then(counts)
                        continue
                    answer = await asyncio.to_thread(self._answer, question, newer)
                    if not newer():
                        self._answered = number
                        self._deliver(question, answer)
                        self.answered.set()
        finally:
            self._working = False
            self._answered = self._asked
            self.answered.set()

    def _answer(self, question: Question, newer: Callable[[], bool]) -> Answer:
        from tui.search.query import parse

        query = parse(f"{question.base} {question.text}")
        if question.like is not None:
            hits = self._search().similar(question.like, cancelled=newer)
        else:
            hits = self._search().run(query, newer)
            if question.reverse:
                hits = replace(hits, rows=hits.rows[::-1])
        first = [int(row) for row in hits.rows[:AHEAD]]
        return Answer(query, hits, {stored.row: stored for stored in self._read(first)})

    def _count(self, texts: list[str], newer: Callable[[], bool]) -> list[int]:
        from tui.search.query import parse

        return [self._search().run(parse(text), newer).total for text in texts]
