"""Notes by their keys: written, saved, kept over a crash and a change elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import TextArea

from tests.ui.conftest import Open
from tests.ui.helpers import mark_at
from tui.library.library import Library


async def test_a_note_is_cleaned_saved_and_undone(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("n")
        reader.app.screen.query_one(TextArea).insert("compare\nwith \x1b[31m windows")
        await reader.settle()
        assert "\x1b" not in reader.frame
        await reader.press("f2")
        assert mark_at(reader, 0).note == "compare\nwith [31m windows"
        assert "compare" in reader.frame
        await reader.press("u")
        assert mark_at(reader, 0).note == ""


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
        assert mark_at(reader, 0).note == ("draft" if note is None else note)


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
        assert mark_at(reader, 0).note == "half a thou"
        assert not reader.app.library.store.drafts()


async def test_a_note_changed_elsewhere_meanwhile_is_kept(open_reader: Open, home: Path) -> None:
    async with open_reader() as reader:
        await reader.press("n")
        reader.app.screen.query_one(TextArea).insert("mine")
        with Library(home) as other:
            other.mark("note", {"arxiv:2309.99901": {"note": "theirs"}})
        for _ in range(40):
            await reader.pilot.pause(0.1)
            if mark_at(reader, 0).note:
                break
        await reader.press("f2")
        note = mark_at(reader, 0).note
        assert note.startswith("theirs")
        assert "--- written here meanwhile" in note
        assert note.endswith("mine")
