"""Notes by their keys: written, saved, refused, kept over a crash and a change elsewhere."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import TextArea

from tests.ui.conftest import Open, Reader
from tests.ui.helpers import mark_at, shown_message
from tui.core import files
from tui.library.library import Library
from tui.ui.actions import notes
from tui.ui.dialogs.note import NoteScreen

KEY = "arxiv:2309.99901"


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """`with full_disk():` nothing can be written."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    @contextmanager
    def full() -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setattr(files, "write", refuse)
            patch.setattr(files, "create", refuse)
            yield

    return full


def editor(reader: Reader) -> TextArea:
    screen = reader.app.screen
    assert isinstance(screen, NoteScreen)
    return screen.query_one(TextArea)


def saved_note(reader: Reader) -> str:
    return reader.app.library.store.mark(KEY).note


async def test_a_refused_note_stays_on_the_screen_and_as_a_draft(
    open_reader: Open, full_disk: Callable[[], Any]
) -> None:
    async with open_reader() as reader:
        store = reader.app.library.store
        await reader.press("n")
        editor(reader).text = "a long thought"
        await reader.pilot.pause(0.4)
        await reader.settle()
        with full_disk():
            await reader.press("ctrl+s")
            assert editor(reader).text == "a long thought"
            assert "Not saved: the disk is full" in reader.frame
            assert "Your text stays here" in reader.frame
            assert saved_note(reader) == ""
            assert store.draft(KEY) == "a long thought"
        await reader.press("f2")
        assert reader.app.screen is reader.main
        assert saved_note(reader) == "a long thought"
        assert store.draft(KEY) is None
        assert "Not saved" not in reader.frame


async def test_a_refused_note_of_another_editor_is_shown_here(
    open_reader: Open, full_disk: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "write")
    monkeypatch.setattr(notes, "edit_outside", lambda command, text: f"{text}written outside")
    async with open_reader() as reader:
        monkeypatch.setattr(reader.app, "suspend", contextmanager(lambda: iter([None])))
        with full_disk():
            await reader.press("N")
            assert editor(reader).text == "written outside"
            assert "Not saved: the disk is full" in reader.frame
        await reader.press("ctrl+s")
        assert saved_note(reader) == "written outside"
        assert shown_message(reader) == "note saved"
        assert reader.app.library.store.drafts() == {}


async def test_a_note_that_is_being_written_when_the_reader_ends_is_a_draft(
    open_reader: Open, home: Path
) -> None:
    async with open_reader() as reader:
        await reader.press("n")
        await reader.press(*"half")
        await reader.press("ctrl+c")
    async with open_reader() as reader:
        await reader.press("n")
        assert editor(reader).text == "half"


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
            other.change_marks("note", {"arxiv:2309.99901": {"note": "theirs"}})
        for _ in range(40):
            await reader.pilot.pause(0.1)
            if mark_at(reader, 0).note:
                break
        await reader.press("f2")
        note = mark_at(reader, 0).note
        assert note.startswith("theirs")
        assert "--- written here meanwhile" in note
        assert note.endswith("mine")
