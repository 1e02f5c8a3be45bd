"""The base class of the screens: a worker that fails is shown on the screen that is on top."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.conftest import Open
from tui.config.custom_commands import CustomCommand
from tui.ui.dialogs import custom_command
from tui.ui.dialogs.custom_command import CustomCommandScreen
from tui.ui.dialogs.help import HelpScreen


def fail(*_: Any) -> None:
    raise RuntimeError("no [/b] room\x1b left")


async def test_a_custom_command_whose_runner_fails_is_shown(
    open_reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(custom_command, "run", fail)
    async with open_reader() as reader:
        results: list[str | None] = []
        reader.app.push_screen(
            CustomCommandScreen(CustomCommand("summary", "true"), []), results.append
        )
        await reader.settle()
        assert "your command failed: no [/b] room left" in reader.frame
        assert "stops it" not in reader.frame
        await reader.press("escape")
        assert results == [None]


async def test_a_feed_that_cannot_be_added_is_shown(
    open_reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_reader() as reader:
        await reader.press("F", "a")
        await reader.type("hf:daily")
        monkeypatch.setattr(reader.app.screen_stack[1], "_submit", fail)
        await reader.press("enter")
        assert "following a feed failed: no [/b] room left" in reader.frame
        await reader.press("escape")
        assert reader.app.screen is reader.main


async def test_a_worker_that_fails_below_is_shown_on_top(
    open_reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_reader() as reader:
        monkeypatch.setattr(reader.app.library.store, "poll", fail)
        await reader.press("F")
        reader.main.watcher.poll_external_changes()
        await reader.pilot.pause(0.2)
        assert "failed: no [/b] room left" in reader.frame


async def test_a_screen_without_a_place_for_words_shows_a_notification(
    open_reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    notified: list[str] = []
    monkeypatch.setattr(HelpScreen, "notify", lambda self, text, **_: notified.append(text))
    async with open_reader() as reader:
        await reader.press("question_mark")
        monkeypatch.setattr(reader.app.library.store, "poll", fail)
        reader.main.watcher.poll_external_changes()
        await reader.pilot.pause(0.2)
        assert any("failed: no [/b] room left" in text for text in notified)
