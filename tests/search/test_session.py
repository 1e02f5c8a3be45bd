"""SearchSession: the newest request wins, and no request or count is lost."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from tui.core.progress import Cancelled
from tui.search.query import Query
from tui.search.session import SearchRequest, SearchResult, SearchSession


class SlowSearch:
    """A search whose first run goes on until it is cancelled."""

    def __init__(self) -> None:
        self.started = threading.Event()

    def run(self, query: Query, cancelled: Callable[[], bool]) -> Any:
        is_first = not self.started.is_set()
        self.started.set()
        if query.text.strip() == "broken":
            raise ValueError(query.text)
        for _ in range(2000 if is_first else 0):
            if cancelled():
                raise Cancelled
            threading.Event().wait(0.001)
        return SimpleNamespace(rows=[], total=7)


class Reader:
    """What a screen does with a session: it starts the work and keeps what is delivered."""

    def __init__(self) -> None:
        self.search = SlowSearch()
        self.delivered: list[str] = []
        self.work: list[asyncio.Future[None]] = []
        self.session = SearchSession(
            lambda: self.search,  # type: ignore[arg-type,return-value]
            lambda rows: [],
            self.deliver,
            lambda coroutine: self.work.append(asyncio.ensure_future(coroutine)),
        )

    def deliver(self, request: SearchRequest, result: SearchResult) -> None:
        self.delivered.append(request.text)

    def deliver_counts(self, counts: list[int]) -> None:
        self.delivered.append(str(counts))


async def test_counts_that_a_request_cancels_are_delivered_after_it() -> None:
    reader = Reader()
    reader.session.submit_count(["is:unread", "is:starred"], reader.deliver_counts)
    await asyncio.to_thread(reader.search.started.wait, 5)
    reader.session.submit(SearchRequest("sinks"))
    assert len(reader.work) == 1
    await asyncio.wait_for(reader.work[0], 5)
    assert reader.delivered == ["sinks", "[7, 7]"]


async def test_only_the_newest_request_is_delivered() -> None:
    reader = Reader()
    reader.session.submit(SearchRequest("s"))
    await asyncio.to_thread(reader.search.started.wait, 5)
    reader.session.submit(SearchRequest("si"))
    reader.session.submit(SearchRequest("sin"))
    assert not reader.session.idle.is_set()
    await asyncio.wait_for(reader.session.idle.wait(), 5)
    assert reader.delivered == ["sin"]


async def test_a_failed_search_is_raised_and_the_session_goes_on() -> None:
    reader = Reader()
    reader.search.started.set()
    reader.session.submit(SearchRequest("broken"))
    with pytest.raises(ValueError, match="broken"):
        await reader.work[0]
    assert reader.session.idle.is_set()
    reader.session.submit(SearchRequest("whole"))
    await asyncio.wait_for(reader.work[1], 5)
    assert reader.delivered == ["whole"]


@pytest.mark.parametrize("module", ["tui.search.query", "tui.search.session"])
def test_importing_what_the_reader_needs_at_its_start_loads_no_numpy(module: str) -> None:
    code = f"import sys, {module}\nsys.exit('numpy' in sys.modules)\n"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
