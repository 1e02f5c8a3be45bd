"""What a click on a part of a paper does."""

from __future__ import annotations

from unittest.mock import patch

from tests.ui.conftest import Open
from tests.ui.helpers import mark_at, shown_titles
from tui.ui.widgets.filter_bar import FilterBar
from tui.ui.widgets.paper_list import PaperList


async def test_clicks_move_star_and_select(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.pilot.click(PaperList, offset=(20, 2))
        await reader.settle()
        assert reader.papers.cursor == 2
        await reader.pilot.click(PaperList, offset=(3, 1))
        await reader.settle()
        assert mark_at(reader, 1).star
        assert reader.papers.cursor == 2


async def test_a_click_on_a_link_opens_it(open_reader: Open) -> None:
    async with open_reader() as reader:
        lines = reader.frame.splitlines()
        y = next(number for number, line in enumerate(lines) if "arxiv.org/pdf" in line)
        x = lines[y].index("arxiv.org/pdf")
        with patch("webbrowser.open", return_value=True) as opened:
            await reader.pilot.click(offset=(x + 2, y))
            await reader.settle()
        opened.assert_called_once_with("https://arxiv.org/pdf/2309.99901")


async def test_a_tag_in_a_row_can_be_clicked(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("l", "g")
        line = next(y for y, row in enumerate(reader.frame.splitlines()) if "#later" in row)
        x = reader.frame.splitlines()[line].index("#later")
        await reader.pilot.click(offset=(x + 2, line))
        await reader.settle()
        assert reader.main.query_one(FilterBar).text == "tag:later"
        assert len(shown_titles(reader)) == 1
