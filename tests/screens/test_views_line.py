"""The line of views says which day or order it is as far as there is room."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Open


@pytest.mark.parametrize(
    ("width", "end"), [(120, "2026-05-07 · [ ] other days"), (80, "  2026-05-07"), (60, "New 0")]
)
async def test_the_day_is_said_before_the_hint(open_reader: Open, width: int, end: str) -> None:
    async with open_reader((width, 24)) as reader:
        await reader.press("left_square_bracket")
        assert reader.frame.splitlines()[0].endswith(end)


async def test_the_order_is_cut_where_it_is_too_long(open_reader: Open) -> None:
    async with open_reader((80, 24)) as reader:
        await reader.press("comma", "d")
        assert "by date, newe" in reader.frame.splitlines()[0]
        assert reader.frame.splitlines()[0].endswith("…")
