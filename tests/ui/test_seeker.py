"""The search behind the list: what is asked later goes first, and nothing asked is lost."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from tui.core.progress import Cancelled
from tui.search.query import Query
from tui.ui.screens.seeker import Answer, Question, Seeker


class Slow:
    """A search whose first run goes on until something newer is asked."""

    def __init__(self) -> None:
        self.begun = threading.Event()

    def run(self, query: Query, cancelled: Callable[[], bool]) -> Any:
        first = not self.begun.is_set()
        self.begun.set()
        for _ in range(2000 if first else 0):
            if cancelled():
                raise Cancelled
            threading.Event().wait(0.001)
        return SimpleNamespace(rows=[], total=7)


async def test_counts_given_up_for_a_search_come_after_it() -> None:
    search, told = Slow(), []

    def deliver(question: Question, answer: Answer) -> None:
        told.append(question.text)

    seeker = Seeker(lambda: search, lambda rows: [], deliver)  # type: ignore[arg-type,return-value]
    assert seeker.count(["is:unread", "is:starred"], lambda counts: told.append(str(counts)))
    work = asyncio.ensure_future(seeker.work())
    await asyncio.to_thread(search.begun.wait, 5)
    assert not seeker.ask(Question("sinks"))
    await asyncio.wait_for(work, 5)
    assert told == ["sinks", "[7, 7]"]
