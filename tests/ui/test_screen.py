"""The base class of the screens: a worker that fails is shown on the screen that is on top."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

import tui.ui
from tests.ui.conftest import Open
from tui.config.custom_commands import CustomCommand
from tui.ui.dialogs import custom_command
from tui.ui.dialogs.custom_command import CustomCommandScreen
from tui.ui.dialogs.help import HelpScreen

FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


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
        assert await reader.until(lambda: "failed: no [/b] room left" in reader.frame)


async def test_a_screen_without_a_place_for_words_shows_a_notification(
    open_reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    notified: list[str] = []
    monkeypatch.setattr(HelpScreen, "notify", lambda self, text, **_: notified.append(text))
    async with open_reader() as reader:
        await reader.press("question_mark")
        monkeypatch.setattr(reader.app.library.store, "poll", fail)
        reader.main.watcher.poll_external_changes()
        failure = "failed: no [/b] room left"
        assert await reader.until(lambda: any(failure in text for text in notified))


def test_every_screen_shows_failed_workers_and_no_worker_ends_the_app() -> None:
    """Every screen inherits the handler, none replaces it, no worker has an `exit_on_error`."""
    for path in Path(tui.ui.__file__).parent.rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        functions = [each for each in nodes if isinstance(each, FUNCTIONS)]
        decorators = [each for function in functions for each in function.decorator_list]
        starts = [each for each in decorators if ast.unparse(each).startswith("work")]
        starts += [each for each in nodes if _name_of_call(each).endswith(".run_worker")]
        for each in starts:
            assert isinstance(each, ast.Call), f"{path.name}:{each.lineno}"
            options = {option.arg: ast.unparse(option.value) for option in each.keywords}
            assert options.get("exit_on_error") == "False", f"{path.name}:{each.lineno}"
            assert options.keys() >= {"group", "description"}, f"{path.name}:{each.lineno}"
        if path.name in ("screen.py", "palette.py"):  # the palette is a screen of Textual
            continue
        assert not any("Worker.StateChanged" in ast.unparse(each) for each in decorators), path
        names = {each.name for each in functions}
        assert not names & {"_report_failed_worker", "on_worker_state_changed"}, path
        classes = [each for each in nodes if isinstance(each, ast.ClassDef)]
        bases = {ast.unparse(base).partition("[")[0] for each in classes for base in each.bases}
        assert not bases & {"Screen", "ModalScreen"}, path


def _name_of_call(node: ast.AST) -> str:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""
