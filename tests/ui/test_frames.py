"""Every screen as text at three sizes, compared with a frame that was reviewed.

`SHEAF_WRITE_FRAMES=1 pytest tests/ui/test_frames.py` writes the frames again; review the diff.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.widgets import TextArea

from tests.authors import authors
from tests.subjects import papers_on_subjects
from tests.ui.conftest import SIZES, Open, Reader
from tui.config import Columns, Config
from tui.config.custom_commands import CustomCommand
from tui.core.listing import Listing
from tui.core.paper import Paper
from tui.feeds.feed_names import Feed
from tui.feeds.feed_status import FeedStatus, save_status
from tui.feeds.subscriptions import follow_change, pause_change
from tui.ui.dialogs.custom_command import CustomCommandScreen
from tui.ui.pane_layout import MIN_COLUMNS, MIN_LINES

FRAMES = Path(__file__).parent / "frames"

SAMPLE = Paper(
    "A Sample of the Library",
    authors("Ina Muster", "Jo Doe"),
    "In a few words of our own, this says what the paper asks, does and finds.",
    "2024-05-06",
    listings=(Listing("2026-05-07"),),
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


async def _manual(reader: Reader) -> None:
    await _help(reader)
    await reader.press("f1")


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


def _custom_command(run: str, until: str) -> Callable[[Reader], Awaitable[None]]:
    """A command of the user's config, once the screen shows `until`."""

    async def open_command(reader: Reader) -> None:
        reader.app.push_screen(CustomCommandScreen(CustomCommand("summary", run, shell=True), []))
        for _ in range(250):
            await reader.pilot.pause(0.02)
            if until in reader.frame:
                break
        await reader.settle()

    return open_command


async def _keep_view(reader: Reader) -> None:
    await _filter(reader)
    await reader.press("enter", "w")


async def _no_feeds(reader: Reader) -> None:
    await reader.press("F")


async def _feeds(reader: Reader) -> None:
    names = ("hf:daily", "arxiv:cat:cs.LG AND abs:mamba", "https://example.org/papers.xml")
    followed = [Feed(names[0]), Feed(names[1]), Feed(names[2], "Ada's papers")]
    library = reader.app.library
    library.store.apply(follow_change(followed, date(2026, 5, 7)))
    library.store.apply(pause_change([names[1]]))
    good = FeedStatus(tried="2026-05-07T06:00:00Z", read=48, added=12, total=1204)
    save_status(library.catalog, names[0], good)
    save_status(library.catalog, names[2], replace(good, error="a web page instead of a feed"))
    await reader.press("F", "j")


async def _add(reader: Reader) -> None:
    await reader.press("a")


async def _copy(reader: Reader) -> None:
    await reader.press("v", "v", "y")


async def _export(reader: Reader) -> None:
    await reader.press("e", "a")


async def _subscribe(reader: Reader) -> None:
    await reader.press("M")


SCREENS: dict[str, Callable[[Reader], Awaitable[None]]] = {
    "list": _list,
    "filter": _filter,
    "nothing": _nothing,
    "reading": _reading,
    "note": _note,
    "question": _question,
    "help": _help,
    "manual": _manual,
    "palette": _palette,
    "tags": _tags,
    "days": _days,
    "order": _order,
    "selected": _selected,
    "sample": _sample,
    "view": _keep_view,
    "no-feeds": _no_feeds,
    "feeds": _feeds,
    "add": _add,
    "copy": _copy,
    "export": _export,
    "subscribe": _subscribe,
    "custom-running": _custom_command("sleep 30", "running"),
    "custom-output": _custom_command("seq -f 'line %g' 40", "y copies"),
    "custom-failed": _custom_command(
        "echo half of it; echo no model of that name >&2; exit 3", "failed"
    ),
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
        if size == SIZES[1]:  # the theme changes only colours, at any size
            reader.app.theme = "sheaf-light"
            await reader.pilot.pause()
            assert reader.frame == frame_of(name, size)


SMALL = ("order", "days", "tags", "question", "custom-output", "feeds", "no-feeds", "export")


@pytest.mark.parametrize("name", SMALL)
async def test_a_frame_of_the_smallest_terminal(
    open_reader: Open, papers: list[Paper], name: str
) -> None:
    async with open_reader((MIN_COLUMNS, MIN_LINES), papers) as reader:
        await SCREENS[name](reader)
        compare(name, (MIN_COLUMNS, MIN_LINES), reader.frame)


async def test_two_lines_a_paper(open_reader: Open, papers: list[Paper]) -> None:
    config = Config(rows=2, columns=Columns(venue=True))
    async with open_reader((80, 24), papers, config=config) as reader:
        await reader.press("l", "k")
        compare("two-lines", (80, 24), reader.frame)
        await reader.pilot.click("PaperList", offset=(20, 5))
        await reader.settle()
        assert reader.main.current
        assert reader.main.current.paper.title == papers[2].title


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_papers_in_groups(open_reader: Open, size: tuple[int, int]) -> None:
    async with open_reader(size, papers_on_subjects()) as reader:
        await reader.press("G", "P", "enter")
        compare("groups", size, reader.frame)


async def test_dates_of_the_last_week_are_relative(open_reader: Open) -> None:
    async with open_reader(config=Config(dates="relative")) as reader:
        today = date.today()
        days = [(today - timedelta(days=age)).isoformat() for age in (0, 1, 6, 7)]
        words = [reader.main.panes.presenter.format_day(day) for day in days]
        assert words == ["today", "yesterday", f"{today - timedelta(days=6):%A}", days[3]]
        assert reader.main.panes.presenter.format_day("2026") == "2026"


def compare(name: str, size: tuple[int, int], frame: str) -> None:
    if os.environ.get("SHEAF_WRITE_FRAMES"):
        FRAMES.mkdir(exist_ok=True)
        _path(name, size).write_text(frame, encoding="utf-8")
    assert frame == frame_of(name, size)


def frame_of(name: str, size: tuple[int, int]) -> str:
    """Return the frame that was reviewed."""
    return _path(name, size).read_text(encoding="utf-8")


def _path(name: str, size: tuple[int, int]) -> Path:
    return FRAMES / f"{name}-{size[0]}x{size[1]}.txt"
