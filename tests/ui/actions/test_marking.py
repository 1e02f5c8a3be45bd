"""Marks by their keys: read, star, undo; many papers at once."""

from __future__ import annotations

from tests.ui.conftest import Open
from tests.ui.helpers import mark_at, shown_message, shown_titles
from tui.core.listing import Listing
from tui.core.paper import Paper
from tui.ui.widgets.status_line import StatusLine


async def test_space_marks_read_and_goes_to_the_next_unread(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("j", "r", "k", "space")
        assert [mark_at(reader, number).read for number in range(4)] == [True, True, False, False]
        assert reader.papers.cursor == 2
        await reader.press("space", "space")
        assert reader.papers.cursor == 3
        assert "all papers shown are read" in shown_message(reader)
        assert reader.main.query_one("#status", StatusLine).left.startswith("0 unread")


async def test_a_star_is_undone_and_redone(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("s")
        assert mark_at(reader, 0).star
        await reader.press("u")
        assert not mark_at(reader, 0).star
        assert shown_message(reader) == "undo: star of “Efficient Sinks for Streaming Attention”"
        await reader.press("ctrl+r")
        assert mark_at(reader, 0).star
        await reader.press("u", "u")
        assert shown_message(reader) == "nothing to undo"


async def test_keys_in_quick_succession_mark_the_paper_under_the_cursor(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.pilot.press("j", "s", "j", "r")
        await reader.settle()
        assert mark_at(reader, 1).star
        assert mark_at(reader, 2).read


async def test_a_paper_just_read_stays_in_a_list_of_unread_ones(open_reader: Open) -> None:
    async with open_reader(query="is:unread") as reader:
        await reader.press("space")
        assert len(shown_titles(reader)) == 4
        assert mark_at(reader, 0).read


async def test_marks_of_three_thousand_papers_are_one_change(open_reader: Open) -> None:
    many = [Paper(f"Title {number}", published="2024") for number in range(3_000)]
    async with open_reader((120, 40), many) as reader:
        await reader.press("asterisk", "r")
        assert len(reader.app.library.store.keys_where("read")) == 3_000
        await reader.press("u")
        assert shown_message(reader) == "undo: read of 3,000 papers"
        assert len(reader.app.library.store.keys_where("read")) == 0


async def test_a_day_of_82_papers_takes_82_keys(open_reader: Open) -> None:
    day = [Paper(f"Title {number}", listings=(Listing("2026-05-07"),)) for number in range(82)]
    async with open_reader((120, 40), day) as reader:
        for number in range(82):
            await reader.pilot.press(("space", "d", "space")[number % 3])
        await reader.settle()
        assert len(reader.app.library.store.keys_where("read")) == 82
        assert "all papers shown are read" in shown_message(reader)
