"""The watcher sees what other processes change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.fake_background import FakeBackground
from tui.core.paper import Paper
from tui.library.library import Library
from tui.ui.watcher import Event, IndexReady, MarksChanged, PapersArrived, Watcher

KEY = "arxiv:2309.99901"


class Watched:
    """A library that is watched, and what the watcher has posted."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.events: list[Event] = []
        self.background = FakeBackground()
        self.watcher = Watcher(library, self.background, self.events.append)

    def poll(self) -> list[Event]:
        self.events.clear()
        self.watcher.poll_external_changes()
        self.background.finish()
        return list(self.events)


@pytest.fixture
def watched(home: Path, papers: list[Paper]) -> Iterator[Watched]:
    with Library(home, create=True) as library:
        library.add(papers)
        yield Watched(library)


def test_nothing_new_posts_nothing(watched: Watched) -> None:
    assert watched.poll() == []


def test_marks_of_another_process_are_posted_once(watched: Watched, home: Path) -> None:
    with Library(home) as other:
        other.change_marks("star", {KEY: {"star": True}})
    assert watched.poll() == [MarksChanged(frozenset({KEY}))]
    assert watched.poll() == []


def test_papers_of_another_process_are_posted_once(watched: Watched, home: Path) -> None:
    with Library(home) as other:
        other.add([Paper("Another")])
    assert [type(event) for event in watched.poll()] == [PapersArrived]
    assert watched.poll() == []


def test_the_index_is_made_and_posted(watched: Watched) -> None:
    watched.watcher.update_index()
    watched.background.finish()
    assert watched.events[-1] == IndexReady(4, 4, complete=True)
    assert not watched.library.index.is_stale


def test_a_notice_of_the_store_is_taken_once(home: Path) -> None:
    home.mkdir()
    (home / "state.json").write_text('{"papers": {"1": {"key"', encoding="utf-8")
    with Library(home, create=True) as library:
        watched = Watched(library)
        assert watched.poll() == [MarksChanged(frozenset())]
        assert "state.json" in watched.watcher.take_notice()
        assert watched.watcher.take_notice() == ""
        assert watched.poll() == []


def test_an_index_that_is_not_finished_when_the_reader_ends_is_left(watched: Watched) -> None:
    watched.watcher.stop()
    watched.watcher.update_index()
    watched.background.finish()
    assert watched.events == []
    assert watched.library.index.is_stale
