"""The reader by its keys: what a press does to the screen and to the store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.ui.conftest import Open
from tests.ui.helpers import mark_at, shown_message, shown_titles
from tui.catalog.catalog import Catalog
from tui.core.paper import Paper
from tui.ui.actions.general import VISIT_TIMEOUT
from tui.ui.widgets.filter_bar import FilterBar


async def test_the_pane_follows_the_cursor(open_reader: Open) -> None:
    async with open_reader() as reader:
        assert "We keep the first tokens" in reader.frame
        await reader.press("j")
        assert "Sparse attention is measured" in reader.frame
        assert "We keep the first tokens" not in reader.frame


async def test_a_query_can_be_given_at_the_start(open_reader: Open) -> None:
    async with open_reader(query="longformer") as reader:
        assert shown_titles(reader) == [
            "Longformers Revisited: Sparse Transformers on Long Documents"
        ]
        assert "longformer" in reader.frame


async def test_a_paper_is_read_over_the_whole_screen(open_reader: Open) -> None:
    async with open_reader((80, 18)) as reader:
        assert "We keep the first tokens" not in reader.frame
        await reader.press("enter")
        assert "We keep the first tokens" in reader.frame
        assert "Longformers" not in reader.frame
        await reader.press("s", "j")
        assert "Sparse attention" in reader.frame
        await reader.press("escape")
        assert mark_at(reader, 0).star
        assert reader.papers.has_focus
        assert reader.papers.cursor == 1


async def test_a_link_is_opened_and_copied(open_reader: Open) -> None:
    async with open_reader() as reader:
        with patch("webbrowser.open", return_value=True) as opened:
            await reader.press("o")
        opened.assert_called_once_with("https://arxiv.org/abs/2309.99901")
        await reader.press("y", "l")
        assert reader.app.clipboard == "https://arxiv.org/abs/2309.99901"
        assert shown_message(reader) == "copied https://arxiv.org/abs/2309.99901"
        await reader.press("end", "o")
        assert shown_message(reader) == "this paper has no link"


async def test_code_named_in_the_abstract_opens_where_there_is_no_page(open_reader: Open) -> None:
    paper = Paper("Engines", abstract="The code is at https://github.com/ada/engine.")
    async with open_reader(content=[paper]) as reader:
        with patch("webbrowser.open", return_value=True) as opened:
            await reader.press("o")
        opened.assert_called_once_with("https://github.com/ada/engine")


async def test_help_opens_and_closes(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("question_mark")
        assert "Mark read and go to the next unread" in reader.frame
        await reader.press("escape")
        assert reader.app.screen is reader.main


async def test_the_palette_has_every_command(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("ctrl+p")
        await reader.type("star")
        assert await reader.until(lambda: "Star, or remove the star  (s)" in reader.frame)


async def test_quit_ends_the_app(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("q")
        assert await reader.has_ended()


async def test_quit_does_not_wait_for_another_process_that_writes(
    open_reader: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    visit = Catalog.visit
    monkeypatch.setattr(
        Catalog, "visit", lambda self, wait, row: (waits.append(wait), visit(self, 0, row))[1]
    )
    async with open_reader(visit=False) as reader:
        for _ in range(2):
            reader.main.seen_papers.look(reader.papers.visible_rows)
        with closing(sqlite3.connect(home / "papers.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await reader.press("s", "q")
            assert await reader.has_ended()
        assert await reader.until(lambda: waits)
        assert waits == [VISIT_TIMEOUT]
        assert mark_at(reader, 0).star


async def test_a_terminal_that_is_too_small_says_so(open_reader: Open) -> None:
    async with open_reader((120, 40)) as reader:
        await reader.pilot.resize_terminal(50, 12)
        await reader.settle()
        assert "50x12 is too small; Sheaf needs 60x16" in reader.frame
        await reader.pilot.resize_terminal(80, 24)
        await reader.settle()
        assert "Efficient Sinks" in reader.frame


async def test_an_empty_library_says_what_to_do(open_reader: Open) -> None:
    async with open_reader(content=[]) as reader:
        assert "No papers yet." in reader.frame
        assert "a adds a file, an id or a URL" in reader.frame
        await reader.press("j", "s", "space", "n", "o", "enter", "u")


async def test_a_long_abstract_scrolls_from_the_list_and_by_its_own_keys(open_reader: Open) -> None:
    long = Paper("Long", abstract=" ".join(f"word{number}" for number in range(900)))
    async with open_reader((80, 24), [long]) as reader:
        assert "word0 " in reader.frame
        await reader.press("J", "J", "J")
        assert "word0 " not in reader.frame
        await reader.press("K", "K", "K", "K")
        assert "word0 " in reader.frame
        await reader.press("enter", "end")
        assert "word899" in reader.frame
        await reader.press("pageup", "up", "home")
        assert "word0 " in reader.frame


async def test_the_reader_opens_where_it_was_left(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("f1", "slash")
        await reader.type("sinks")
        await reader.press("enter", "greater_than_sign", "q")
        reader.app.library.store.flush()
    async with open_reader() as reader:
        assert reader.main.request.view.name == "Unread"
        assert reader.main.query_one(FilterBar).text == "sinks"
        assert shown_titles(reader) == ["Efficient Sinks for Streaming Attention"]
    async with open_reader(query="日本語") as reader:
        assert shown_titles(reader) == ["日本語の論文を読む"]


async def test_the_first_hint_is_shown_once(open_reader: Open) -> None:
    async with open_reader((80, 24), first_time=True) as reader:
        assert "space read and go on" in reader.frame
        assert "? all keys · Ctrl+P commands" in reader.frame
        await reader.press("escape")
        assert "space read and go on" not in reader.frame
    async with open_reader((80, 24), first_time=True) as reader:
        assert "space read and go on" not in reader.frame


async def test_an_unknown_key_is_reported_once(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("X")
        assert shown_message(reader) == "X does nothing here; ? shows all keys"
        await reader.press("s")
        assert shown_message(reader).startswith("star:")
        await reader.press("X")
        assert shown_message(reader) == ""  # once is enough; and what was said is over


async def test_the_help_is_filtered_as_the_user_types(open_reader: Open) -> None:
    async with open_reader((80, 24)) as reader:
        await reader.press("question_mark", *"unread")
        assert "Mark read and go to the next unread" in reader.frame
        assert "Write a note" not in reader.frame


async def test_a_narrow_terminal_opens_as_it_was_left(open_reader: Open) -> None:
    async with open_reader((80, 24)) as reader:
        first = reader.frame
        await reader.press("q")
        reader.app.library.store.flush()
    async with open_reader((80, 24)) as reader:
        assert reader.frame == first


async def test_a_second_answer_to_a_question_is_ignored(open_reader: Open) -> None:
    async with open_reader() as reader:
        for keys in (
            ("comma", "r", "d"),
            ("comma", "down", "enter", "enter"),
            ("t", "a", "enter", "enter"),
        ):
            await reader.pilot.press(*keys)
            await reader.settle()
        assert reader.app.is_running
        await reader.press("escape")
        assert reader.app.screen is reader.main
