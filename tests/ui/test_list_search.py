"""The searches of the list wait for the index, and know when there is more to find."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.core.paper import Paper
from tui.library.library import Library
from tui.search.session import SearchRequest
from tui.ui.list_search import ListSearch
from tui.ui.watcher import IndexReady

if TYPE_CHECKING:
    from tui.search.session import SearchResult

COMPLETE = IndexReady(4, 4, complete=True)


@pytest.fixture
def library(home: Path, papers: list[Paper]) -> Iterator[Library]:
    with Library(home, create=True) as library:
        library.add(papers)
        library.update_index()
        yield library


async def test_before_the_index_is_ready_nothing_is_searched(library: Library) -> None:
    results: list[SearchResult] = []
    search = ListSearch(library, asyncio.ensure_future, results.append)
    search.submit(SearchRequest("sinks"))
    await asyncio.wait_for(search.wait(), 5)
    assert results == []
    assert search.set_index_state(COMPLETE)
    search.submit(SearchRequest("sinks"))
    await asyncio.wait_for(search.wait(), 5)
    await asyncio.sleep(0)
    assert [result.hits.total for result in results] == [1]
    assert [stored.paper.title for stored in results[0].papers.values()] == [
        "Efficient Sinks for Streaming Attention"
    ]
    search.close()


async def test_papers_are_counted(library: Library) -> None:
    counts: asyncio.Future[list[int]] = asyncio.get_running_loop().create_future()
    search = ListSearch(library, asyncio.ensure_future, lambda result: None)
    search.set_index_state(COMPLETE)
    search.count(["sinks", ""], counts.set_result)
    assert await asyncio.wait_for(counts, 5) == [1, 4]


def test_a_part_of_the_first_index_is_more_to_find_only_once(library: Library) -> None:
    search = ListSearch(library, lambda work: None, lambda result: None)
    part = IndexReady(2, 4, complete=False)
    assert search.set_index_state(part)
    assert (search.ready, search.complete) == (True, False)
    assert not search.set_index_state(part)
    assert search.set_index_state(COMPLETE)
    assert search.set_index_state(COMPLETE)  # other papers, perhaps as many
    assert not search.set_index_state(part)  # an update of a complete index changes nothing yet
    assert search.complete
