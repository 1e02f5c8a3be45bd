"""Seeker: the search behind the filter. One at a time, off the event loop, the newest wins."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.query import Query
    from tui.search import Hits

Run = Callable[["Query", Callable[[], bool]], "Hits"]


class Seeker:
    """Answers the latest text asked for; an older search is told to stop and never delivered."""

    def __init__(self, run: Run, deliver: Callable[[str, Query, Hits], None]) -> None:
        self._run = run
        self._deliver = deliver
        self._text = ""
        self._asked = 0
        self._answered = 0
        self._working = False
        self.answered = asyncio.Event()
        """Set while no answer is to come."""
        self.answered.set()

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._answered != self._asked

    def ask(self, text: str) -> bool:
        """Ask for `text`; True if `work` must be started to answer it."""
        self._asked += 1
        self._text = text
        self.answered.clear()
        started = not self._working
        self._working = True
        return started

    async def work(self) -> None:
        """Answer until nothing newer is asked."""
        from tui.query import parse
        from tui.search import Cancelled

        try:
            while self.busy:
                number, text = self._asked, self._text
                query = parse(text)

                def newer(number: int = number) -> bool:
                    return number != self._asked

                try:
                    hits = await asyncio.to_thread(self._run, query, newer)
                except Cancelled:
                    continue
                if not newer():
                    self._answered = number
                    self._deliver(text, query, hits)
        finally:
            self._working = False
            self._answered = self._asked
            self.answered.set()
