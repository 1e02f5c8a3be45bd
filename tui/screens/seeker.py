"""Seeker: the search behind the list. One at a time, off the event loop, the newest wins."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.query import Query
    from tui.search import Hits, Search


@dataclass(frozen=True, slots=True)
class Question:
    """What the list is to show: the papers of a filter, or those similar to one."""

    text: str = ""
    like: int | None = None
    """Row of the paper the others are to be similar to; the text is then left aside."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows, and what the filter was understood to be."""

    query: Query
    hits: Hits


class Seeker:
    """Answers the latest question; an older search is told to stop and never delivered."""

    def __init__(
        self, search: Callable[[], Search], deliver: Callable[[Question, Answer], None]
    ) -> None:
        self._search = search
        self._deliver = deliver
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

    async def work(self) -> None:
        """Answer until nothing newer is asked."""
        from tui.search import Cancelled

        try:
            while self._answered != self._asked:
                number, question = self._asked, self._question

                def newer(number: int = number) -> bool:
                    return number != self._asked

                try:
                    answer = await asyncio.to_thread(self._answer, question, newer)
                except Cancelled:
                    continue
                if not newer():
                    self._answered = number
                    self._deliver(question, answer)
        finally:
            self._working = False
            self._answered = self._asked
            self.answered.set()

    def _answer(self, question: Question, newer: Callable[[], bool]) -> Answer:
        from tui.query import parse

        query = parse(question.text)
        if question.like is None:
            return Answer(query, self._search().run(query, newer))
        return Answer(query, self._search().similar(question.like, cancelled=newer))
