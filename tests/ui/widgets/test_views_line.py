"""The line of views says which day or order it is as far as there is room."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Open
from tui.core.paper import Paper


@pytest.mark.parametrize(("width", "end"), [(120, "[ ] other days"), (80, "[ ] other days")])
async def test_the_view_of_another_day_is_named_by_its_date(
    open_reader: Open, width: int, end: str
) -> None:
    async with open_reader((width, 24)) as reader:
        assert "Today 0" in reader.frame
        await reader.press("left_square_bracket")
        line = reader.frame.splitlines()[0]
        assert "2026-05-07 1 " in line
        assert "Today" not in line
        assert line.endswith(end)


async def test_a_long_order_is_cut(open_reader: Open) -> None:
    async with open_reader((80, 24)) as reader:
        await reader.press("comma", "d")
        assert "by date, newe" in reader.frame.splitlines()[0]
        assert reader.frame.splitlines()[0].endswith("…")


async def test_a_row_shows_the_count_that_orders_the_list(open_reader: Open) -> None:
    loved = Paper("Loved", published="2020", votes=1234, counts={"citations": 7})
    async with open_reader((80, 24), [loved, Paper("Unknown", published="2021")]) as reader:
        await reader.press("j")
        assert "1,234 votes" in reader.frame.partition("▔")[2]  # of the paper, not in the list
        await reader.press("comma", "v")
        first, second = reader.frame.splitlines()[2:4]
        assert first.endswith("1.2k votes")
        assert "2021" not in second
        await reader.press("comma", "i")
        assert reader.frame.splitlines()[2].endswith("7 citations")
