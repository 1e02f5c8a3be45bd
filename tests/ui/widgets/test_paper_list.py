"""The list: its cursor, its scroll bar, and how little it repaints."""

from __future__ import annotations

from textual import events

from tests.ui.conftest import Open
from tui.core.paper import Paper
from tui.ui.widgets.paper_list import PaperList


async def test_keys_move_the_cursor_and_stop_at_both_ends(open_reader: Open) -> None:
    async with open_reader() as reader:
        places = []
        for key in (
            "j",
            "down",
            "k",
            "L",
            "j",
            "up",
            "g",
            "k",
            "pagedown",
            "pageup",
            "end",
            "home",
        ):
            await reader.pilot.press(key)
            places.append(reader.papers.cursor)
        assert places == [1, 2, 1, 3, 3, 2, 0, 0, 3, 0, 3, 0]


async def test_wheel_and_scroll_bar_leave_the_cursor(open_reader: Open) -> None:
    many = [Paper(f"Paper {number:03}", published="2020") for number in range(300)]
    async with open_reader(size=(80, 24), content=many) as reader:
        lists = reader.papers
        assert "▐" in reader.frame
        lists.post_message(events.MouseScrollDown(lists, 5, 5, 0, 0, 0, False, False, False))
        await reader.settle()
        assert (lists.top, lists.cursor) == (3, 0)
        column, last = lists.outer_size.width - 1, lists.size.height - 1
        await reader.pilot.mouse_down(PaperList, offset=(column, last))
        await reader.settle()
        assert lists.top == 300 - lists.size.height
        await reader.pilot.hover(PaperList, offset=(column, 0))
        assert lists.top == 0
        await reader.pilot.mouse_up(PaperList, offset=(column, 0))
        await reader.pilot.hover(PaperList, offset=(column, last))
        assert (lists.top, lists.cursor) == (0, 0)


async def test_a_mark_repaints_one_row_and_a_move_two(open_reader: Open) -> None:
    many = [Paper(f"Title {number}", published="2024") for number in range(500)]
    async with open_reader((120, 40), many) as reader:
        before = reader.papers.lines_drawn
        await reader.press("j")
        assert reader.papers.lines_drawn - before == 2
        before = reader.papers.lines_drawn
        await reader.pilot.press("s")
        await reader.settle()
        assert reader.papers.lines_drawn - before <= 2  # once marked, once saved
