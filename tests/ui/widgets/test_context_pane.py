"""A window of 180 columns has a third pane: the note, and the papers similar to this one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.authors import authors
from tests.ui.conftest import Open, Reader
from tui.core.paper import Paper
from tui.search.search import Search
from tui.ui.panes import REST_DELAY
from tui.ui.widgets.context_pane import ContextPane

PAPERS = [
    Paper("Wheat in dry fields", authors("Ada Lindqvist"), "Wheat and barley grow slowly.", "2024"),
    Paper("Barley after wheat", authors("Mei Tanaka"), "Barley and wheat in turn, slowly.", "2023"),
    Paper("Glass and light", authors("Wei Li"), "Lenses bend light.", "2022"),
    Paper("Light in glass", authors("Wei Li"), "Glass bends light in lenses.", "2021"),
]


def beside(reader: Reader) -> str:
    return "\n".join(line.text for line in reader.main.query_one(ContextPane)._lines)


async def test_note_and_similar_papers_are_shown(open_reader: Open) -> None:
    async with open_reader((200, 50), PAPERS) as reader:
        assert "Barley after wheat" in beside(reader)
        first = beside(reader).partition("Similar papers")[2].split("\n")[2]
        assert first.strip() == "Barley after wheat"
        assert "n writes one" in beside(reader)
        reader.app.library.change_marks("note", {reader.main.current.key: {"note": "sow early"}})  # type: ignore[union-attr]
        await reader.press("s")
        assert "sow early" in beside(reader)
        await reader.press("j", "j")
        assert "Light in glass" in beside(reader)
        assert "n writes one" in beside(reader)


async def test_a_click_goes_to_a_similar_paper(open_reader: Open) -> None:
    async with open_reader((200, 50), PAPERS) as reader:
        region = reader.main.query_one(ContextPane).region
        lines = beside(reader).splitlines()
        line = next(n for n, text in enumerate(lines) if "Barley after" in text)
        await reader.pilot.click(offset=(region.x + 4, region.y + line))
        await reader.settle()
        assert reader.main.current.paper.title == "Barley after wheat"  # type: ignore[union-attr]


async def test_below_180_columns_no_similar_papers_are_looked_for(open_reader: Open) -> None:
    async with open_reader((120, 40), PAPERS) as reader:
        await reader.pilot.pause(0.3)
        assert not reader.main.query_one(ContextPane).display
        assert reader.main.similar.get(reader.papers.row or 0) is None


async def test_an_empty_list_has_an_empty_context(open_reader: Open) -> None:
    async with open_reader((200, 50), PAPERS) as reader:
        await reader.press("slash")
        await reader.type("zzzzqqqq")
        assert beside(reader).strip() == ""


async def test_a_cursor_that_returns_at_once_starts_no_search(
    open_reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_reader((200, 50), PAPERS) as reader:
        sought: list[int] = []
        similar = Search.find_similar

        def count_and_find(search: Search, row: int, *others: Any) -> Any:
            sought.append(row)
            return similar(search, row, *others)

        monkeypatch.setattr(Search, "find_similar", count_and_find)
        await reader.pilot.press("j", "k")
        await reader.pilot.pause(2 * REST_DELAY)
        assert sought == []
        assert "Barley after wheat" in beside(reader)
