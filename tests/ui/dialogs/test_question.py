"""A question with more answers than lines: each can be seen, chosen and clicked."""

from __future__ import annotations

from string import ascii_lowercase

import pytest

from tests.ui.conftest import Open, Reader
from tui.core.commands import COMMANDS, Command
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.pane_layout import MIN_COLUMNS, MIN_LINES

LONG = "Which of these many things is it to be, now that there are more of them than lines here?"


async def ask(reader: Reader) -> list[str | None]:
    given: list[str | None] = []
    answers = (
        Command(f"answer_{letter}", (letter,), f"answer {letter}", "An answer", "Many", ("order",))
        for letter in ascii_lowercase
    )
    reader.app.commands = (*(each for each in COMMANDS if each.where != ("order",)), *answers)
    reader.app.push_screen(QuestionScreen(LONG, "order"), given.append)
    await reader.settle()
    return given


async def test_the_arrows_scroll_to_every_answer(open_reader: Open) -> None:
    async with open_reader((MIN_COLUMNS, MIN_LINES)) as reader:
        given = await ask(reader)
        assert "▸ a answer a" in reader.frame
        assert "answer z" not in reader.frame
        for letter in ascii_lowercase[1:]:
            await reader.pilot.press("down")
            await reader.pilot.pause()
            assert f"▸ {letter} answer {letter}" in reader.frame
        await reader.press("down")
        assert "▸ Esc leave it" in reader.frame
        await reader.press("down")
        assert "▸ a answer a" in reader.frame
        await reader.press("up", "up", "enter")
        assert given == ["answer_z"]


@pytest.mark.parametrize("scrolled", [0, 25])
async def test_a_click_gives_the_answer_under_the_mouse(open_reader: Open, scrolled: int) -> None:
    async with open_reader((MIN_COLUMNS, MIN_LINES)) as reader:
        given = await ask(reader)
        await reader.press(*["down"] * scrolled)
        lines = reader.frame.splitlines()
        y, line = next(
            (y, line) for y, line in enumerate(lines) if "answer y" in line or "answer b" in line
        )
        await reader.pilot.click(offset=(line.index("answer"), y))
        await reader.settle()
        assert given == ["answer_y" if scrolled else "answer_b"]


async def test_a_click_outside_the_answers_gives_none(open_reader: Open) -> None:
    async with open_reader((80, 40)) as reader:
        given = await ask(reader)
        y = next(y for y, line in enumerate(reader.frame.splitlines()) if "answer c" in line)
        await reader.pilot.click(offset=(1, y))
        await reader.settle()
        assert given == []
