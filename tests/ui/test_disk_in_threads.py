"""The event loop waits for no disk: files are synced and databases opened in threads."""

from __future__ import annotations

import sqlite3
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import TextArea

from tests.ui.conftest import Open
from tui.catalog.catalog import Catalog
from tui.core import files
from tui.feeds.feed_names import Feed
from tui.feeds.subscriptions import follow_change
from tui.library.library import Library
from tui.ui.dialogs.note import NoteScreen


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each sync and each opening of a database was on the event loop."""
    used: list[bool] = []

    def record(function: Any) -> Any:
        def record_thread(*args: Any, **options: Any) -> Any:
            used.append(threading.current_thread() is threading.main_thread())
            return function(*args, **options)

        return record_thread

    for owner, names in (
        (sqlite3, ("connect",)),
        (files, ("sync_file", "sync_folder", "remove")),
        (Catalog, ("visit", "add")),
    ):
        for name in names:
            monkeypatch.setattr(owner, name, record(getattr(owner, name)))
    return used


async def test_the_draft_of_a_note_is_saved_and_dropped_in_threads(
    open_reader: Open, threads: list[bool]
) -> None:
    async with open_reader() as reader:
        stored = reader.main.current
        assert stored
        await reader.press("n")
        threads.clear()
        reader.app.screen.query_one(TextArea).text = "half a note"
        assert isinstance(reader.app.screen, NoteScreen)
        reader.app.screen.save_draft()
        await reader.settle()
        assert reader.app.library.store.draft(stored.key) == "half a note"
        await reader.press("f2")
        assert reader.app.library.store.draft(stored.key) is None
        assert threads
        assert not any(threads)


async def test_the_statuses_of_the_feeds_are_read_in_a_thread(
    open_reader: Open, threads: list[bool]
) -> None:
    async with open_reader() as reader:
        reader.app.library.store.apply(follow_change([Feed("hf:daily")], date(2026, 5, 7)))
        threads.clear()
        await reader.press("F")
        assert "never fetched" in reader.frame
        assert threads
        assert not any(threads)


async def test_the_visit_is_saved_in_a_thread(
    open_reader: Open, threads: list[bool], home: Path
) -> None:
    async with open_reader(visit=False) as reader:
        for _ in range(2):
            reader.main.seen_papers.look(reader.papers.visible_rows)
        threads.clear()
        await reader.press("q")
        assert await reader.has_ended()
        reader.app.library.close()
        assert threads
        assert not any(threads)
    with Library(home) as library:
        assert library.catalog.last_visited_row


async def test_a_mark_is_synced_in_a_thread(open_reader: Open, threads: list[bool]) -> None:
    async with open_reader() as reader:
        threads.clear()
        await reader.press("s", "u", "t")
        await reader.type("later")
        await reader.press("enter")
        assert threads
        assert not any(threads)


async def test_papers_are_added_in_a_thread(
    open_reader: Open, threads: list[bool], tmp_path: Path
) -> None:
    path = tmp_path / "a.bib"
    path.write_text("@article{a, title = {Sown in a File}, year = 2024}")
    async with open_reader() as reader:
        threads.clear()
        await reader.press("a")
        await reader.type(str(path))
        await reader.press("enter")
        assert "1 added" in reader.frame
        assert threads
        assert not any(threads)


async def test_a_feed_is_followed_in_a_thread(open_reader: Open, threads: list[bool]) -> None:
    async with open_reader() as reader:
        threads.clear()
        await reader.press("F", "a")
        await reader.type("hf:daily")
        await reader.press("enter")
        assert "hf:daily: followed now" in reader.frame
        assert threads
        assert not any(threads)
