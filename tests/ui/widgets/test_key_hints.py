"""The footer."""

from __future__ import annotations

from tests.ui.conftest import Open
from tests.ui.helpers import mark_at


async def test_the_footer_can_be_clicked(open_reader: Open) -> None:
    async with open_reader() as reader:
        place = reader.frame.splitlines()[-1].index("s star")
        await reader.pilot.click("KeyHints", offset=(place, 0))
        await reader.settle()
        assert mark_at(reader, 0).star
