"""Every screen as text at three sizes, compared with the frame that was reviewed.

`SHEAF_WRITE_FRAMES=1 pytest tests/screens/test_frames.py` writes them anew; look at the diff.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.widgets import TextArea

from tests.screens.conftest import SIZES, Open, Reader
from tui.config import Columns, Config, OwnCommand
from tui.paper import Paper
from tui.screens.main import SMALLEST
from tui.screens.running import RunScreen

FRAMES = Path(__file__).parent / "frames"

SAMPLE = Paper(
    "A Sample of the Library",
    ("Ina Muster", "Jo Doe"),
    "In a few words of our own, this says what the paper asks, does and finds.",
    "2024-05-06",
    listed="2026-05-07",
    abstract_source="sample",
)


async def _list(reader: Reader) -> None:
    await reader.press("j", "s", "r", "k")


async def _filter(reader: Reader) -> None:
    await reader.press("slash")
    await reader.type("streming attension")


async def _nothing(reader: Reader) -> None:
    await reader.press("slash")
    await reader.type("zzzzqqqq")


async def _reading(reader: Reader) -> None:
    await reader.press("enter")


async def _note(reader: Reader) -> None:
    await reader.press("n")
    reader.app.screen.query_one(TextArea).text = "Compare with window attention.\n\nAsk Mei."
    await reader.settle()


async def _question(reader: Reader) -> None:
    await _note(reader)
    await reader.press("escape")


async def _help(reader: Reader) -> None:
    await reader.press("question_mark")


async def _palette(reader: Reader) -> None:
    await reader.press("ctrl+p")
    await reader.pilot.pause(0.3)


async def _tags(reader: Reader) -> None:
    await reader.press("l", "k", "t")
    await reader.type("la")


async def _days(reader: Reader) -> None:
    await reader.press("left_square_bracket", "backslash")


async def _order(reader: Reader) -> None:
    await reader.press("comma")


async def _selected(reader: Reader) -> None:
    await reader.press("v", "v", "s", "l", "g", "f4")
    await reader.pilot.pause(0.3)
    await reader.settle()


async def _sample(reader: Reader) -> None:
    await reader.press("g")


def _own(run: str, until: str) -> Callable[[Reader], Awaitable[None]]:
    """One of the user's own commands, when the screen says `until`."""

    async def ran(reader: Reader) -> None:
        reader.app.push_screen(RunScreen(OwnCommand("summary", run, shell=True), []))
        for _ in range(250):
            await reader.pilot.pause(0.02)
            if until in reader.frame:
                break
        await reader.settle()

    return ran


async def _keep_view(reader: Reader) -> None:
    await _filter(reader)
    await reader.press("enter", "w")


SCREENS: dict[str, Callable[[Reader], Awaitable[None]]] = {
    "list": _list,
    "filter": _filter,
    "nothing": _nothing,
    "reading": _reading,
    "note": _note,
    "question": _question,
    "help": _help,
    "palette": _palette,
    "tags": _tags,
    "days": _days,
    "order": _order,
    "selected": _selected,
    "sample": _sample,
    "view": _keep_view,
    "own-running": _own("sleep 30", "running"),
    "own-output": _own("seq -f 'line %g' 40", "y copies"),
    "own-failed": _own("echo half of it; echo no model of that name >&2; exit 3", "failed"),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_frame(
    open_reader: Open, papers: list[Paper], name: str, size: tuple[int, int]
) -> None:
    content = [SAMPLE, *papers] if name == "sample" else papers
    async with open_reader(size, content) as reader:
        await SCREENS[name](reader)
        compare(name, size, reader.frame)


@pytest.mark.parametrize("name", ["list", "filter", "note", "tags", "own-output", "own-failed"])
async def test_a_frame_is_the_same_in_the_light_theme(
    open_reader: Open, papers: list[Paper], name: str
) -> None:
    async with open_reader((120, 40), papers, config=Config(theme="sheaf-light")) as reader:
        await SCREENS[name](reader)
        compare(name, (120, 40), reader.frame)


@pytest.mark.parametrize("name", ["order", "days", "tags", "question", "own-output"])
async def test_a_frame_of_the_smallest_terminal(
    open_reader: Open, papers: list[Paper], name: str
) -> None:
    async with open_reader(SMALLEST, papers) as reader:
        await SCREENS[name](reader)
        compare(name, SMALLEST, reader.frame)


async def test_two_lines_a_paper(open_reader: Open, papers: list[Paper]) -> None:
    config = Config(rows=2, columns=Columns(venue=True))
    async with open_reader((80, 24), papers, config=config) as reader:
        await reader.press("l", "k")
        compare("two-lines", (80, 24), reader.frame)
        await reader.pilot.click("PaperList", offset=(20, 5))
        await reader.settle()
        assert reader.main.shown
        assert reader.main.shown.paper.title == papers[2].title


async def test_relative_dates_where_they_are_as_exact(open_reader: Open) -> None:
    async with open_reader(config=Config(dates="relative")) as reader:
        today = date.today()
        days = [(today - timedelta(days=age)).isoformat() for age in (0, 1, 6, 7)]
        words = [reader.main.day_words(day) for day in days]
        assert words == ["today", "yesterday", f"{today - timedelta(days=6):%A}", days[3]]
        assert reader.main.day_words("2026") == "2026"


def compare(name: str, size: tuple[int, int], frame: str) -> None:
    path = FRAMES / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("SHEAF_WRITE_FRAMES"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(frame, encoding="utf-8")
    assert frame == path.read_text(encoding="utf-8")
