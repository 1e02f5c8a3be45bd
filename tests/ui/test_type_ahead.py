"""Keys that come faster than they are handled: each waits for what the one before it does."""

from __future__ import annotations

import asyncio

import pytest
from textual.events import Key, Paste
from textual.widgets import TextArea

from tests.textual_private import character_to_key
from tests.ui.conftest import Open, Reader
from tests.ui.helpers import current_mark, has_marks
from tui.ui import type_ahead


async def send(reader: Reader, text: str, *keys: str) -> None:
    """Send the characters of `text` and then `keys` at once, as a terminal does."""
    for character in text:
        reader.app.post_message(Key(character_to_key(character), character))
    for key in keys:
        reader.app.post_message(Key(key, None))
    await reader.settle()


async def test_letters_behind_a_command_go_to_its_dialog(open_reader: Open) -> None:
    async with open_reader() as reader:
        await send(reader, "tdone", "enter")
        mark = current_mark(reader)
        assert mark.tags == ("done",)
        assert not mark.read
        assert not mark.dismissed


@pytest.mark.parametrize("save", ["ctrl+s", "f2"])
async def test_the_key_that_saves_a_note_does_not_overtake_the_text(
    open_reader: Open, save: str
) -> None:
    async with open_reader() as reader:
        await send(reader, "nfirst", save)
        assert current_mark(reader).note == "first"
        await send(reader, "n")
        assert isinstance(reader.app.focused, TextArea)
        reader.app.post_message(Paste(" pasted" * 300))
        await send(reader, "", save)
        assert current_mark(reader).note == "first" + " pasted" * 300


async def test_keys_wait_for_the_second_dialog_of_an_action(open_reader: Open) -> None:
    async with open_reader() as reader:
        await send(reader, "ejdr")  # as JSON lines, to a file whose name gains two letters
        assert not has_marks(reader)
        assert reader.app.screen is not reader.main


async def test_enter_in_the_palette_runs_what_was_typed(open_reader: Open) -> None:
    async with open_reader() as reader:
        reader.app.post_message(Key("ctrl+p", None))
        await send(reader, "star", "enter")
        assert current_mark(reader).star


async def test_keys_do_not_wait_for_ever(
    open_reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_reader() as reader:
        reader.main.start_asking(asyncio.Event().wait(), "hanging")  # type: ignore[arg-type]
        await reader.pilot.press("s")
        assert not current_mark(reader).star
        monkeypatch.setattr(type_ahead, "DIALOG_TIMEOUT", 0)
        await reader.pilot.press("j")
        assert reader.papers.cursor == 1
        assert has_marks(reader)
        reader.app.workers.cancel_all()
