"""What other processes change, and the index while it is made, are shown in the reader."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.conftest import Open, Reader
from tui.core.paper import Paper
from tui.index import segment_builder
from tui.index.index import Index
from tui.index.segment_builder import Arrays
from tui.library.library import Library
from tui.ui.app import SheafApp
from tui.ui.presenter import RowPresenter
from tui.ui.widgets.paper_list import PaperList


async def test_what_another_process_marks_and_adds_is_shown(open_reader: Open, home: Path) -> None:
    async with open_reader() as reader:
        with Library(home) as other:
            other.change_marks("star", {"arxiv:2309.99901": {"star": True}})
            other.add([Paper("A Paper from Elsewhere", published="2030-01-01")])
        for _ in range(60):
            await reader.pilot.pause(0.1)
            if "1 starred" in reader.frame and "5 papers" in reader.frame:
                break
        assert "1 starred" in reader.frame
        assert "A Paper from Elsewhere" in reader.frame
        assert "1 new · g shows them" in reader.frame
        with Library(home) as other:
            other.add([Paper("Another", published="2030"), Paper("And One More")])
        reader.main.watcher.poll_external_changes()
        await reader.settle()
        assert "3 new · g shows them" in reader.frame
        await reader.press("j")
        with Library(home) as other:
            other.add([Paper("The Last of Them")])
        reader.main.watcher.poll_external_changes()
        await reader.settle()
        assert "1 new · g shows them" in reader.frame


async def test_papers_are_read_again_only_after_a_change(
    open_reader: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[None] = []
    monkeypatch.setattr(RowPresenter, "forget_papers", lambda _: forgotten.append(None))
    async with open_reader() as reader:
        reader.main.watcher.update_index()
        await reader.settle()
        assert not forgotten
        with Library(home) as other:
            other.add([Paper("A Paper from Elsewhere")])
        reader.main.watcher.poll_external_changes()
        await reader.settle()
        assert len(forgotten) == 1


async def test_a_damaged_store_is_reported_until_escape(open_reader: Open, home: Path) -> None:
    home.mkdir()
    (home / "state.json").write_text('{"papers": {"1": {"key"', encoding="utf-8")
    async with open_reader() as reader:
        assert "state.json" in reader.frame
        assert "Esc hides this" in reader.frame
        await reader.press("escape")
        assert "Esc hides this" not in reader.frame


async def test_the_filter_answers_from_a_part_of_the_index(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment_builder, "LETTERS_PER_SEGMENT", 200)
    made, go_on = threading.Semaphore(0), threading.Semaphore(0)
    whole = Index._build

    def in_steps(*arguments: object) -> Iterator[Arrays]:
        for piece in whole(*arguments):  # type: ignore[arg-type]
            yield piece
            arguments[3].update("indexing", 0, 30)  # type: ignore[attr-defined]  # the piece is published
            made.release()
            go_on.acquire(timeout=20)

    monkeypatch.setattr(Index, "_build", in_steps)
    with Library(home, create=True) as library:
        library.add(Paper(f"Sinks of stream {number}", published="2020") for number in range(30))
        app = SheafApp(library, "sinks")
        async with app.run_test(size=(120, 40)) as pilot:
            reader = Reader(app, pilot)
            shown = 0
            for _ in range(2):
                while not made.acquire(blocking=False):
                    await pilot.pause(0.02)
                for _ in range(100):
                    await pilot.pause(0.02)
                    if len(app.reader_screen.query_one(PaperList).rows) > shown:
                        break
                rows = len(app.reader_screen.query_one(PaperList).rows)
                assert shown < rows < 30
                assert f"{rows} of 30 so far" in reader.frame
                assert "indexing" in reader.frame
                shown = rows
                go_on.release()
            go_on.release(100)
            await reader.settle()
            assert len(app.reader_screen.query_one(PaperList).rows) == 30
            assert "so far" not in reader.frame
            assert "indexing" not in reader.frame
