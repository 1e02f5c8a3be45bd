"""The reader by its keys: what a press does to the screen and to the store."""

from __future__ import annotations

import errno
from pathlib import Path
from unittest.mock import patch

import pytest
from textual import events
from textual.widgets import TextArea

from tests.ui.conftest import Open, Reader
from tui.core import files
from tui.core.paper import Paper
from tui.library.library import Library
from tui.state import Mark
from tui.ui.widgets.filter_bar import FilterBar, FilterInput
from tui.ui.widgets.paper_list import PaperList
from tui.ui.widgets.status_line import StatusLine


def mark(reader: Reader, number: int) -> Mark:
    """The mark of the paper of a place in the list."""
    library = reader.app.library
    stored = library.catalog.get(int(papers(reader).rows[number]))
    assert stored
    return library.store.mark(stored.key)


def papers(reader: Reader) -> PaperList:
    return reader.main.panes.papers


def said(reader: Reader) -> str:
    return reader.main.status.text


def titles(reader: Reader) -> list[str]:
    rows = [int(row) for row in papers(reader).rows]
    return [stored.paper.title for stored in reader.app.library.catalog.get_many(rows)]


async def test_keys_move_the_cursor_and_stop_at_both_ends(open_reader: Open) -> None:
    async with open_reader() as reader:
        places = []
        for key in (
            "j",
            "down",
            "k",
            "G",
            "j",
            "up",
            "g",
            "k",
            "pagedown",
            "pageup",
            "end",
            "home",
        ):
            await reader.pilot.press(key)
            places.append(papers(reader).cursor)
        assert places == [1, 2, 1, 3, 3, 2, 0, 0, 3, 0, 3, 0]


async def test_the_pane_follows_the_cursor(open_reader: Open) -> None:
    async with open_reader() as reader:
        assert "We keep the first tokens" in reader.frame
        await reader.press("j")
        assert "Sparse attention is measured" in reader.frame
        assert "We keep the first tokens" not in reader.frame


async def test_space_marks_read_and_goes_to_the_next_unread(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("j", "r", "k", "space")
        assert [mark(reader, number).read for number in range(4)] == [True, True, False, False]
        assert papers(reader).cursor == 2
        await reader.press("space", "space")
        assert papers(reader).cursor == 3
        assert "all papers shown are read" in said(reader)
        assert reader.main.query_one("#status", StatusLine).left.startswith("0 unread")


async def test_a_star_is_undone_and_redone(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("s")
        assert mark(reader, 0).star
        await reader.press("u")
        assert not mark(reader, 0).star
        assert said(reader) == "undo: star of “Efficient Sinks for Streaming Attention”"
        await reader.press("ctrl+r")
        assert mark(reader, 0).star
        await reader.press("u", "u")
        assert said(reader) == "nothing to undo"


async def test_a_mark_is_on_disk_when_the_key_is_done(open_reader: Open, home: Path) -> None:
    async with open_reader() as reader:
        await reader.press("s")
        with Library(home) as other:
            assert [key for key, _ in other.store.marks()] == ["arxiv:2309.99901"]


async def test_keys_in_quick_succession_mark_the_paper_under_the_cursor(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.pilot.press("j", "s", "j", "r")
        await reader.settle()
        assert mark(reader, 1).star
        assert mark(reader, 2).read


async def test_a_filter_forgives_a_typo_and_is_cleared(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("streming sinks")
        assert titles(reader) == ["Efficient Sinks for Streaming Attention"]
        assert "1 of 4" in reader.frame
        assert "streming → streaming" in reader.frame
        await reader.press("enter", "s")
        assert mark(reader, 0).star
        await reader.press("escape")
        assert reader.main.query_one(FilterBar).text == ""
        assert len(titles(reader)) == 4


async def test_the_cursor_stays_on_its_paper_when_the_filter_goes(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("日本語")
        await reader.press("enter", "escape")
        stored = reader.main.current
        assert stored is not None
        assert stored.paper.title == "日本語の論文を読む"
        assert papers(reader).cursor == 2


async def test_after_the_filter_letters_are_commands_again(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("longformer")
        await reader.press("down", "s")
        assert mark(reader, 0).star
        assert reader.main.query_one(FilterBar).text == "longformer"


async def test_letters_in_the_filter_are_no_commands(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("slash", "s", "q", "space", "slash")
        assert reader.main.query_one(FilterInput).value == "sq /"
        assert not mark_anything(reader)


def mark_anything(reader: Reader) -> bool:
    return any(True for _ in reader.app.library.store.marks())


async def test_keys_typed_ahead_act_on_the_result(open_reader: Open) -> None:
    """Keys that come faster than the search: the star is for the paper asked for."""
    async with open_reader() as reader:
        await reader.pilot.press("slash", *"longformrs", "enter", "s")
        await reader.settle()
        starred = [key for key, each in reader.app.library.store.marks() if each.star]
        assert starred == ["doi:10.5555/long.2022"]


async def test_an_empty_result_says_why_and_what_to_press(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("zzzzqqqq")
        assert "No paper matches." in reader.frame
        assert "Esc clears the filter" in reader.frame
        await reader.press("enter", "s", "r", "space", "n", "o", "y")
        assert not mark_anything(reader)


async def test_a_query_can_be_given_at_the_start(open_reader: Open) -> None:
    async with open_reader(query="longformer") as reader:
        assert titles(reader) == ["Longformers Revisited: Sparse Transformers on Long Documents"]
        assert "longformer" in reader.frame


async def test_a_paper_just_read_stays_in_a_list_of_unread_ones(open_reader: Open) -> None:
    async with open_reader(query="is:unread") as reader:
        await reader.press("space")
        assert len(titles(reader)) == 4
        assert mark(reader, 0).read


async def test_a_note_is_cleaned_saved_and_undone(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("n")
        reader.app.screen.query_one(TextArea).insert("compare\nwith \x1b[31m windows")
        await reader.settle()
        assert "\x1b" not in reader.frame
        await reader.press("f2")
        assert mark(reader, 0).note == "compare\nwith [31m windows"
        assert "compare" in reader.frame
        await reader.press("u")
        assert mark(reader, 0).note == ""


async def test_escape_leaves_an_unchanged_note_without_a_question(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("n", "escape")
        assert reader.app.screen is reader.main


@pytest.mark.parametrize(("answer", "note"), [("s", "draft"), ("d", ""), ("escape", None)])
async def test_escape_asks_about_a_changed_note(
    open_reader: Open, answer: str, note: str | None
) -> None:
    async with open_reader() as reader:
        await reader.press("n")
        editor = reader.app.screen
        editor.query_one(TextArea).text = "draft"
        await reader.pilot.press("escape")
        await reader.pilot.pause()
        assert "The note has changed." in reader.frame
        await reader.pilot.press(answer)
        await reader.pilot.pause()
        if note is None:
            assert reader.app.screen is editor
            await reader.pilot.press("ctrl+s")
        await reader.settle()
        assert reader.app.screen is reader.main
        assert mark(reader, 0).note == ("draft" if note is None else note)


async def test_a_paper_is_read_over_the_whole_screen(open_reader: Open) -> None:
    async with open_reader((80, 18)) as reader:
        assert "We keep the first tokens" not in reader.frame
        await reader.press("enter")
        assert "We keep the first tokens" in reader.frame
        assert "Longformers" not in reader.frame
        await reader.press("s", "j")
        assert "Sparse attention" in reader.frame
        await reader.press("escape")
        assert mark(reader, 0).star
        assert papers(reader).has_focus
        assert papers(reader).cursor == 1


async def test_a_link_is_opened_and_copied(open_reader: Open) -> None:
    async with open_reader() as reader:
        with patch("webbrowser.open", return_value=True) as opened:
            await reader.press("o")
        opened.assert_called_once_with("https://arxiv.org/abs/2309.99901")
        await reader.press("y", "l")
        assert reader.app.clipboard == "https://arxiv.org/abs/2309.99901"
        assert said(reader) == "copied https://arxiv.org/abs/2309.99901"
        await reader.press("G", "o")
        assert said(reader) == "this paper has no link"


async def test_clicks_move_star_and_select(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.pilot.click(PaperList, offset=(20, 2))
        await reader.settle()
        assert papers(reader).cursor == 2
        await reader.pilot.click(PaperList, offset=(3, 1))
        await reader.settle()
        assert mark(reader, 1).star
        assert papers(reader).cursor == 2


async def test_wheel_and_scroll_bar_leave_the_cursor(open_reader: Open) -> None:
    many = [Paper(f"Paper {number:03}", published="2020") for number in range(300)]
    async with open_reader(size=(80, 24), content=many) as reader:
        lists = papers(reader)
        assert "▐" in reader.frame
        lists.post_message(events.MouseScrollDown(lists, 5, 5, 0, 0, 0, False, False, False))
        await reader.settle()
        assert (lists.top, lists.cursor) == (3, 0)
        column, last = lists.outer_size.width - 1, lists.size.height - 1
        await reader.pilot.mouse_down(PaperList, offset=(column, last))
        await reader.settle()
        assert lists.top == 300 - lists.size.height
        await reader.pilot.hover(PaperList, offset=(column, 0))
        assert lists.top == 0
        await reader.pilot.mouse_up(PaperList, offset=(column, 0))
        await reader.pilot.hover(PaperList, offset=(column, last))
        assert (lists.top, lists.cursor) == (0, 0)


async def test_the_footer_can_be_clicked(open_reader: Open) -> None:
    async with open_reader() as reader:
        place = reader.frame.splitlines()[-1].index("s star")
        await reader.pilot.click("KeyHints", offset=(place, 0))
        await reader.settle()
        assert mark(reader, 0).star


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
        await reader.pilot.pause(0.3)
        assert "Star, or remove the star  (s)" in reader.frame


async def test_quit_ends_the_app(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("q")
        assert not reader.app.is_running


async def test_what_another_process_marks_and_adds_is_shown(open_reader: Open, home: Path) -> None:
    async with open_reader() as reader:
        with Library(home) as other:
            other.mark("star", {"arxiv:2309.99901": {"star": True}})
            other.add([Paper("A Paper from Elsewhere", published="2030-01-01")])
        for _ in range(60):
            await reader.pilot.pause(0.1)
            if "1 starred" in reader.frame and "5 papers" in reader.frame:
                break
        assert "1 starred" in reader.frame
        assert "A Paper from Elsewhere" in reader.frame
        assert "1 new · g shows them" in reader.frame
        with Library(home) as other:
            other.add([Paper("Another", published="2030"), Paper("And One More")])
        reader.main.watcher.poll_external_changes()
        await reader.settle()
        assert "3 new · g shows them" in reader.frame
        await reader.press("j")
        with Library(home) as other:
            other.add([Paper("The Last of Them")])
        reader.main.watcher.poll_external_changes()
        await reader.settle()
        assert "1 new · g shows them" in reader.frame


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


async def test_a_click_on_a_link_opens_it(open_reader: Open) -> None:
    async with open_reader() as reader:
        lines = reader.frame.splitlines()
        y = next(number for number, line in enumerate(lines) if "arxiv.org/pdf" in line)
        x = lines[y].index("arxiv.org/pdf")
        with patch("webbrowser.open", return_value=True) as opened:
            await reader.pilot.click(offset=(x + 2, y))
            await reader.settle()
        opened.assert_called_once_with("https://arxiv.org/pdf/2309.99901")


async def test_a_mark_repaints_one_row_and_a_move_two(open_reader: Open) -> None:
    many = [Paper(f"Title {number}", published="2024") for number in range(500)]
    async with open_reader((120, 40), many) as reader:
        before = papers(reader).lines_drawn
        await reader.press("j")
        assert papers(reader).lines_drawn - before == 2
        before = papers(reader).lines_drawn
        await reader.pilot.press("s")
        await reader.settle()
        assert papers(reader).lines_drawn - before <= 2  # once marked, once saved


async def test_similar_papers_are_shown_and_left(open_reader: Open) -> None:
    many = [
        Paper("Sparse attention for streams", abstract="sparse attention on streams of text"),
        Paper("Attention that is sparse", abstract="streams of sparse attention in text"),
        Paper("Breeding of wheat", abstract="genes of wheat and rye in dry fields"),
        Paper("Rye in fields", abstract="dry fields and genes of rye"),
    ]
    async with open_reader((120, 40), many) as reader:
        while reader.main.current and reader.main.current.paper.title != "Breeding of wheat":
            await reader.press("j")
        await reader.press("z")
        assert titles(reader)[0] == "Rye in fields"
        assert "similar to “Breeding of wheat”" in reader.frame
        await reader.press("s")
        assert mark(reader, 0).star
        await reader.press("escape")
        assert len(titles(reader)) == 4
        assert reader.main.current
        assert reader.main.current.paper.title == "Breeding of wheat"


async def test_a_mark_that_cannot_be_saved_is_taken_back_with_a_warning(
    open_reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_reader() as reader:
        await reader.press("s")

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(files, "write", full)
            await reader.press("j", "s")
            assert not mark(reader, 1).star
            assert "the disk is full" in reader.frame
            await reader.press("j", "k")
            assert "the disk is full" in reader.frame
        await reader.press("s")
        assert mark(reader, 1).star
        assert "the disk is full" not in reader.frame


async def test_a_damaged_store_is_reported_until_escape(open_reader: Open, home: Path) -> None:
    home.mkdir()
    (home / "state.json").write_text('{"papers": {"1": {"key"', encoding="utf-8")
    async with open_reader() as reader:
        assert "state.json" in reader.frame
        assert "Esc hides this" in reader.frame
        await reader.press("escape")
        assert "Esc hides this" not in reader.frame


async def test_a_note_being_written_survives_a_crash(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("n")
        reader.app.screen.query_one(TextArea).insert("half a thou")
        for _ in range(40):
            await reader.pilot.pause(0.1)
            if reader.app.library.store.drafts():
                break
    async with open_reader() as reader:
        await reader.press("n")
        assert "half a thou" in reader.frame
        assert "a draft that was not saved" in reader.frame
        await reader.press("f2")
        assert mark(reader, 0).note == "half a thou"
        assert not reader.app.library.store.drafts()


async def test_the_reader_opens_where_it_was_left(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("f1", "slash")
        await reader.type("sinks")
        await reader.press("enter", "greater_than_sign", "q")
        reader.app.library.store.flush()
    async with open_reader() as reader:
        assert reader.main.request.view.name == "Unread"
        assert reader.main.query_one(FilterBar).text == "sinks"
        assert titles(reader) == ["Efficient Sinks for Streaming Attention"]
    async with open_reader(query="日本語") as reader:
        assert titles(reader) == ["日本語の論文を読む"]


async def test_a_tag_in_a_row_can_be_clicked(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("l", "g")
        line = next(y for y, row in enumerate(reader.frame.splitlines()) if "#later" in row)
        x = reader.frame.splitlines()[line].index("#later")
        await reader.pilot.click(offset=(x + 2, line))
        await reader.settle()
        assert reader.main.query_one(FilterBar).text == "tag:later"
        assert len(titles(reader)) == 1


async def test_marks_of_ten_thousand_papers_are_one_change(open_reader: Open) -> None:
    many = [Paper(f"Title {number}", published="2024") for number in range(10_000)]
    async with open_reader((120, 40), many) as reader:
        await reader.press("asterisk", "r")
        assert len(reader.app.library.store.keys_where("read")) == 10_000
        await reader.press("u")
        assert said(reader) == "undo: read of 10,000 papers"
        assert len(reader.app.library.store.keys_where("read")) == 0


async def test_a_day_of_82_papers_takes_82_keys(open_reader: Open) -> None:
    day = [Paper(f"Title {number}", listed="2026-05-07") for number in range(82)]
    async with open_reader((120, 40), day) as reader:
        for number in range(82):
            await reader.pilot.press(("space", "d", "space")[number % 3])
        await reader.settle()
        assert len(reader.app.library.store.keys_where("read")) == 82
        assert "all papers shown are read" in said(reader)


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
        assert said(reader) == "X does nothing here; ? shows all keys"
        await reader.press("s")
        assert said(reader).startswith("star:")
        await reader.press("X")
        assert said(reader) == ""  # once is enough; and what was said is over


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


async def test_a_note_changed_elsewhere_meanwhile_is_kept(open_reader: Open, home: Path) -> None:
    async with open_reader() as reader:
        await reader.press("n")
        reader.app.screen.query_one(TextArea).insert("mine")
        with Library(home) as other:
            other.mark("note", {"arxiv:2309.99901": {"note": "theirs"}})
        for _ in range(40):
            await reader.pilot.pause(0.1)
            if mark(reader, 0).note:
                break
        await reader.press("f2")
        note = mark(reader, 0).note
        assert note.startswith("theirs")
        assert "--- written here meanwhile" in note
        assert note.endswith("mine")
