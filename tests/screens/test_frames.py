"""Every screen as text at 80x24 and 120x40, compared with the frame that was reviewed.

`SHEAF_WRITE_FRAMES=1 pytest tests/screens/test_frames.py` writes them anew; look at the diff.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.widgets import TextArea

from tests.screens.conftest import SIZES, Open, Reader
from tui.paper import Paper

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


async def _sample(reader: Reader) -> None:
    await reader.press("g")


SCREENS: dict[str, Callable[[Reader], Awaitable[None]]] = {
    "list": _list,
    "filter": _filter,
    "nothing": _nothing,
    "reading": _reading,
    "note": _note,
    "question": _question,
    "help": _help,
    "palette": _palette,
    "sample": _sample,
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_frame(
    open_reader: Open, papers: list[Paper], name: str, size: tuple[int, int]
) -> None:
    content = [SAMPLE, *papers] if name == "sample" else papers
    async with open_reader(size, content) as reader:
        await SCREENS[name](reader)
        frame = reader.frame
    path = FRAMES / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("SHEAF_WRITE_FRAMES"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(frame, encoding="utf-8")
    assert frame == path.read_text(encoding="utf-8")
