"""Hostile text is shown without harm: it ends nothing, and no control character is painted."""

from __future__ import annotations

import asyncio
import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from tests.textual_private import shown_strips
from tests.ui.conftest import SIZES, Open, Reader
from tui.core.paper import Paper
from tui.sources.reader import read
from tui.ui.widgets.paper_detail import PaperDetail

TITLES = [
    "On [Retracted] results",
    "Sampling on [a, b) intervals and a [/b] c",
    "[@click=app.quit]press me[/]",
    "[bold red]markup[/bold red] \\[escaped] [CLS] [MASK]",
    "set \x1b]0;the title\x07 and \x1b[31mred \x9b31m \x1b]52;c;aGk=\x07",
    "bidi \u202egnp.exe\u202c and \u2066isolate\u2069",
    "nul \x00 del \x7f bell \x07 back\x08space",
    "a" * 5000,
    "幅の広い文字" * 200,
    "e" + "\u0301" * 300,
    "👩\u200d👩\u200d👧\u200d👦 family ❤\ufe0f 🇯🇵",
    "مرحبا بالعالم shalom שלום",
    "half \ud800 a character",
    "$\\alpha$-stable {\\'e} <b>bold</b> &amp; &#27;[31m",
    "line\u2028separator\u2029paragraph\x85next",
    "{placeholder} %s %(x)s $variable",
    "\u00ad\u200b\u2060x",
]


def harmless(frame: str) -> bool:
    """Whether a frame has no character that controls a terminal."""
    return not any(
        unicodedata.category(character) in ("Cc", "Cs", "Cf") and character not in "\n\u200c\u200d"
        for character in frame
    )


@pytest.fixture
def hostile(tmp_path: Path) -> list[Paper]:
    """Papers read from a file, with each text as title, author, abstract and venue."""
    file = tmp_path / "hostile.jsonl"
    records = [
        {"title": each, "authors": [each], "abstract": f"{number} {each}", "venue": each}
        for number, each in enumerate(TITLES)
    ]
    file.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    papers = [each for each in read(str(file), date.today()) if isinstance(each, Paper)]
    assert len(papers) == len(TITLES)
    return papers


async def walk(reader: Reader, count: int) -> None:
    """Go down the list: every paper in the pane is harmless, and its lines fit.

    The whole frame is checked at every tenth paper.
    """
    width = reader.app.size.width
    detail = reader.main.query_one(PaperDetail)
    for number in range(count):
        if number % 10 == 0:
            strips = shown_strips(reader.app.screen)
            assert harmless("".join(strip.text for strip in strips))
            assert {strip.cell_length for strip in strips} == {width}
        lines = detail._lines
        assert harmless("".join(line.text for line in lines))
        assert all(line.cell_length <= detail.text_width for line in lines)
        await reader.main.run_action("run('next')")
        await asyncio.sleep(0.002)  # a pilot's pause costs ten times the move


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_titles_are_harmless(
    open_reader: Open, hostile: list[Paper], size: tuple[int, int]
) -> None:
    async with open_reader(size, hostile) as reader:
        await walk(reader, len(hostile))
        for key in ("s", "space", "enter", "escape", "n", "escape", "y", "question_mark", "escape"):
            await reader.press(key)
            assert harmless(reader.frame)
        assert reader.app.is_running


async def test_markup_in_a_title_is_text(open_reader: Open, hostile: list[Paper]) -> None:
    async with open_reader((120, 40), hostile[:4]) as reader:
        for shown in ("On [Retracted] results", "[@click=app.quit]press me[/]", "[bold red]markup"):
            assert shown in reader.frame


@pytest.mark.parametrize("query", [*TITLES, '"', "(((", "a|", "-", "title:", "is:", "year:..", "*"])
async def test_hostile_queries_are_harmless(open_reader: Open, query: str) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type(query)
        assert harmless(reader.frame)
        assert reader.app.is_running


async def test_the_cursor_visits_odd_papers(open_reader: Open, shared: Path) -> None:
    file = shared / "corpora" / "oddities.jsonl"
    papers = [each for each in read(str(file), date.today()) if isinstance(each, Paper)]
    papers = papers[::5]  # all of them take half a minute and have found nothing more
    async with open_reader((120, 40), papers) as reader:
        count = len(reader.app.library.catalog)
        await walk(reader, count)
        assert reader.app.is_running
