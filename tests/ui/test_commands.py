"""Every command of the table by its key; a command without a check fails a test."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from unittest.mock import patch

import pytest
from textual.widgets import Input

from tests.ui.conftest import Open, Reader
from tui.core.commands import COMMANDS, Command
from tui.core.listing import Listing
from tui.core.paper import Paper
from tui.services.completion import Completion
from tui.state import Mark
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.widgets.filter_bar import FilterBar, FilterInput
from tui.ui.widgets.paper_detail import PaperDetail
from tui.ui.widgets.paper_list import PaperList
from tui.ui.widgets.status_line import StatusLine

LONG = " ".join(f"word{number}" for number in range(900))
PAPERS = [
    Paper(
        f"Paper {letter} on {'wheat' if n < 3 else 'neutrino masses'}",
        abstract=LONG,
        published=f"202{9 - n}",
        listings=(Listing(f"2026-05-0{n + 1}"),),
        ids={"arxiv": f"2405.0000{n}"},
        votes=n,
    )
    for n, letter in enumerate("ABCDEF")
]

Press = Callable[[Reader, str], Awaitable[None]]


def papers(reader: Reader) -> PaperList:
    return reader.papers


def mark(reader: Reader, number: int = 0) -> Mark:
    return reader.app.library.store.mark(f"arxiv:2405.0000{number}")


def shown_message(reader: Reader) -> str:
    return reader.main.status.text


async def _next(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert reader.papers.cursor == 1


async def _previous(reader: Reader, key: str) -> None:
    await reader.press("j", "j", key)
    assert reader.papers.cursor == 1


async def _last(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert reader.papers.cursor == 5


async def _first(reader: Reader, key: str) -> None:
    await reader.press("j", "j", key)
    assert reader.papers.cursor == 0


async def _scroll_down(reader: Reader, key: str) -> None:
    assert "word0 " in reader.frame
    await reader.press(key, key)
    assert "word0 " not in reader.frame


async def _scroll_up(reader: Reader, key: str) -> None:
    await reader.press("J", key)
    assert "word0 " in reader.frame


async def _read_next(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert mark(reader).read
    assert reader.papers.cursor == 1


async def _read(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert mark(reader).read
    await reader.press(key)
    assert not mark(reader).read


async def _follow(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert "there is nothing to follow" in reader.frame


async def _group(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert "6 papers in 2 groups" in reader.frame
    await reader.press(key)
    assert "in 2 groups" not in reader.frame


async def _fold(reader: Reader, key: str) -> None:
    await reader.press("G", key)
    assert len(reader.papers.places) == 2 + 3
    await reader.press("j", key)
    assert len(reader.papers.places) == 2


async def _pass_group(reader: Reader, key: str) -> None:
    await reader.press("G", key)
    assert [mark(reader, number).read for number in range(6)].count(True) == 3
    assert shown_message(reader) == "read: 3 papers · u undoes it"


async def _star(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert mark(reader).star
    assert "1 starred today" in reader.frame


async def _star_next(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert mark(reader).star
    assert reader.papers.cursor == 1


async def _not_for_me(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert (mark(reader).dismissed, mark(reader).read) == (True, True)
    assert reader.papers.cursor == 1


async def _later(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert mark(reader).tags == ("later",)
    assert reader.papers.cursor == 1


async def _rate(reader: Reader, key: str) -> None:
    await reader.press("5" if key == "0" else "0", key)
    assert mark(reader).rating == int(key)
    assert reader.papers.cursor == 0


async def _tag(reader: Reader, key: str) -> None:
    await reader.press("l", "k", key)
    await reader.type("rag #long-context, -later")
    await reader.press("enter")
    assert mark(reader).tags == ("long-context", "rag")
    assert "#rag" in reader.frame
    await reader.press(key)
    field = reader.app.screen.query_one(Input)
    field.value = "lon"
    await reader.press("tab")
    assert field.value == "long-context "
    await reader.press("escape")
    assert mark(reader).tags == ("long-context", "rag")


async def _note(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert "Note · Paper A" in reader.frame
    await reader.press("escape")


async def _note_outside(reader: Reader, key: str) -> None:
    """Without a terminal for another editor, the editor of Sheaf opens."""
    with patch.dict("os.environ", {"VISUAL": "vi"}):
        await reader.press(key)
    assert "Note · Paper A" in reader.frame
    await reader.press("escape")


async def _undo(reader: Reader, key: str) -> None:
    await reader.press("v", "v", "v", "s", key)
    assert shown_message(reader) == "undo: star of 3 papers"
    assert not mark(reader, 1).star


async def _redo(reader: Reader, key: str) -> None:
    await reader.press("s", "u", key)
    assert mark(reader).star


async def _repeat(reader: Reader, key: str) -> None:
    await reader.press("4", "j", key)
    assert mark(reader, 1).rating == 4


async def _select(reader: Reader, key: str) -> None:
    await reader.press(key, key)
    assert "2 selected" in reader.frame
    await reader.press("3")
    assert [mark(reader, n).rating for n in range(3)] == [3, 3, 0]
    assert not reader.main.selection
    await reader.press(key, "escape")
    assert not reader.main.selection


async def _select_range(reader: Reader, key: str) -> None:
    await reader.press("j", "v", "j", "j", key, "s")
    assert [mark(reader, n).star for n in range(6)] == [False, True, True, True, True, False]


async def _select_all(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert len(reader.main.selection) == 6
    await reader.press(key)
    assert not reader.main.selection


async def _seen_all(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert "no paper shown is new" in reader.frame


async def _read_all(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert reader.main.query_one("#status", StatusLine).left.startswith("0 unread")
    await reader.press("u")
    assert not mark(reader).read
    more = [Paper(f"Further {n}") for n in range(30)]
    reader.app.library.add(more)
    for _ in range(40):
        await reader.pilot.pause(0.1)
        if len(reader.papers.rows) == 36:
            break
    await reader.pilot.press(key)
    await reader.pilot.pause()
    assert "Mark 36 papers read?" in reader.frame
    await reader.press("y")
    assert mark(reader, 3).read


async def _filter(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert isinstance(reader.app.focused, FilterInput)


async def _to_list(reader: Reader, key: str) -> None:
    await reader.press("slash", key)
    assert reader.papers.has_focus


async def _clear(reader: Reader, key: str) -> None:
    await reader.press("slash", "a", "enter", key)
    assert reader.main.query_one(FilterBar).text == ""


async def _view(reader: Reader, key: str) -> None:
    number = int(key[1:])
    await reader.press(key)
    if number <= len(reader.main.view_refresher.tabs.views):
        assert reader.main.request.view is reader.main.view_refresher.tabs.views[number - 1]
    else:
        assert f"there is no view {number}" in shown_message(reader)


async def _next_view(reader: Reader, key: str) -> None:
    await reader.press("f1", "space", key, key)
    assert reader.main.request.view.name == "Starred"
    assert not len(reader.papers.rows)
    assert "Tab goes to the next view" in reader.frame


async def _previous_view(reader: Reader, key: str) -> None:
    await reader.press("f2", key)
    assert reader.main.request.view.name == "Unread"
    assert "Unread 6" in reader.frame


async def _keep_view(reader: Reader, key: str) -> None:
    await reader.press("slash")
    await reader.type("date:2027 wheat")
    await reader.press("enter", key)
    assert isinstance(reader.app.screen, PromptScreen)
    await reader.type("Wheat of 27")
    await reader.press("enter")
    assert reader.main.request.view.name == "Wheat of 27"
    assert len(reader.papers.rows) == 1
    await reader.pilot.pause(0.4)
    await reader.settle()
    assert "Wheat of 27 1" in reader.frame
    await reader.press(key)
    await reader.type("Wheat since 27")
    await reader.press("enter")
    await reader.type("date:2027.. wheat")
    await reader.press("enter")
    assert reader.main.request.view.name == "Wheat since 27"
    assert len(reader.papers.rows) == 3
    await reader.press(key)
    await reader.type("")
    await reader.press("enter")
    assert reader.main.request.view.name == "All"
    assert "Wheat since 27" not in reader.frame
    await reader.press("u")
    await reader.pilot.pause(0.4)
    assert "Wheat since 27" in reader.frame


async def _day_before(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert reader.main.request.day == "2026-05-06"
    assert len(reader.papers.rows) == 1
    await reader.press(key)
    assert reader.main.request.day == "2026-05-05"


async def _day_after(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert "no papers were listed after" in shown_message(reader)
    await reader.press("left_square_bracket", "left_square_bracket", key)
    assert reader.main.request.day == "2026-05-06"


async def _days(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert "2026-05-06 · 1 paper" in reader.frame
    await reader.press("left", "enter")
    assert reader.main.request.day == "2026-05-05"


async def _sort(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert "Order by" in reader.frame
    await reader.press("v")
    assert "by votes" in reader.frame
    rows = [int(row) for row in reader.papers.rows]
    assert rows == [6, 5, 4, 3, 2, 1]
    assert reader.papers.cursor == 0
    await reader.press(key, "v")
    assert [int(row) for row in reader.papers.rows] == rows[::-1]


async def _narrower(reader: Reader, key: str) -> None:
    before = reader.papers.size.width
    await reader.press(key)
    assert reader.papers.size.width < before


async def _wider(reader: Reader, key: str) -> None:
    before = reader.papers.size.width
    await reader.press(key)
    assert reader.papers.size.width > before


async def _open(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert reader.main.query_one(PaperDetail).has_focus
    assert "Paper B" not in reader.frame


async def _browse(reader: Reader, key: str) -> None:
    with patch("webbrowser.open", return_value=True) as opened:
        await reader.press(key)
    opened.assert_called_once_with("https://arxiv.org/abs/2405.00000")


async def _similar(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert "similar to “Paper A on wheat”" in reader.frame


async def _copy(reader: Reader, key: str) -> None:
    await reader.press(key, "l")
    assert reader.app.clipboard == "https://arxiv.org/abs/2405.00000"


async def _complete_paper(reader: Reader, key: str) -> None:
    done = Completion((), "nothing new from arXiv")
    with patch("tui.services.completion.complete", return_value=done):
        await reader.press(key)
    assert shown_message(reader) == "nothing new from arXiv"


async def _fetch(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert shown_message(reader) == "no feeds are followed; F follows one"


async def _feeds(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert "No feeds are followed." in reader.frame


async def _fetch_day(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert "fetch the daily papers of" in reader.frame


async def _add(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert "a file, a folder, an arXiv id, a DOI or a URL" in reader.frame


async def _export(reader: Reader, key: str) -> None:
    await reader.press(key, "p")
    assert "Export 1 paper as" in reader.frame


async def _subscribe(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert "Who gets the digest?" in reader.frame


async def _save_note(reader: Reader, key: str) -> None:
    await reader.press("n", "h", "i", key)
    assert mark(reader).note == "hi"


async def _leave_note(reader: Reader, key: str) -> None:
    await reader.press("n", key)
    assert reader.app.screen is reader.main


async def _help(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert "All keys" in reader.frame


async def _palette(reader: Reader, key: str) -> None:
    await reader.press(key)
    assert reader.app.screen is not reader.main


async def _quit(reader: Reader, key: str) -> None:
    await reader.pilot.press(key)
    assert await reader.has_ended()


CHECKS: dict[str, Press] = {
    "next": _next, "previous": _previous, "page_down": _last, "page_up": _first, "first": _first,
    "last": _last, "scroll_down": _scroll_down, "scroll_up": _scroll_up, "read_next": _read_next,
    "read": _read, "star": _star, "star_next": _star_next, "not_for_me": _not_for_me,
    "later": _later, **{f"rate_{n}": _rate for n in range(6)}, "tag": _tag, "note": _note,
    "note_outside": _note_outside, "undo": _undo, "redo": _redo, "repeat": _repeat,
    "select": _select, "select_range": _select_range, "select_all": _select_all,
    "seen_all": _seen_all,
    "read_all": _read_all, "filter": _filter, "to_list": _to_list, "clear": _clear,
    **{f"view_{n}": _view for n in range(1, 9)}, "next_view": _next_view,
    "previous_view": _previous_view, "keep_view": _keep_view, "day_before": _day_before,
    "day_after": _day_after, "days": _days, "sort": _sort, "narrower": _narrower, "wider": _wider,
    "open": _open, "browse": _browse, "similar": _similar, "copy": _copy,
    "complete_paper": _complete_paper, "fetch": _fetch, "feeds": _feeds, "fetch_day": _fetch_day,
    "follow": _follow, "group": _group, "fold": _fold, "pass_group": _pass_group,
    "add": _add, "export": _export, "subscribe": _subscribe, "save_note": _save_note,
    "leave_note": _leave_note, "help": _help, "palette": _palette, "quit": _quit,
}  # fmt: skip


HERE = tuple(command for command in COMMANDS if {"list", "filter", "note"} & set(command.where))
"""The commands of the reader; those of the dialogs are in `dialogs/test_dialog_keys.py`."""


def test_every_command_has_a_check() -> None:
    assert set(CHECKS) == {command.id for command in HERE}


@pytest.mark.parametrize("command", HERE, ids=lambda command: command.id)
async def test_command(open_reader: Open, command: Command) -> None:
    """Each command is run by its first key."""
    async with open_reader((120, 24), PAPERS) as reader:
        await CHECKS[command.id](reader, command.keys[0])
