"""The reader follows config.toml: theme, layout, keys, own commands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from textual.widgets import Input

from tests.config.conftest import Write, write  # noqa: F401
from tests.ui.conftest import Reader
from tui.core.paper import Paper
from tui.library.library import Library
from tui.state import Mark
from tui.ui.app import SheafApp

Follow = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture
def follow(
    home: Path,
    papers: list[Paper],
    write: Write,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> Follow:
    """`async with follow("theme = 'nord'") as reader:`"""
    monkeypatch.setattr(Input, "cursor_blink", False)

    @asynccontextmanager
    async def following(text: str, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Reader]:
        with Library(home, create=True) as library:
            library.add(papers)
            app = SheafApp(library, config=write(text))
            async with app.run_test(size=size) as pilot:
                reader = Reader(app, pilot)
                await reader.settle()
                yield reader

    return following


def mark(reader: Reader) -> Mark:
    stored = reader.main.current
    assert stored
    return reader.app.library.store.mark(stored.key)


async def ran(reader: Reader, *keys: str) -> None:
    """Press, and wait for the program."""
    await reader.pilot.press(*keys)
    for _ in range(200):
        await reader.pilot.pause(0.02)
        if not any(
            worker.group == "custom" and not worker.is_finished for worker in threads(reader)
        ):
            break
    await reader.settle()


def threads(reader: Reader) -> list:  # type: ignore[type-arg]
    return [worker for worker in reader.app.workers if worker.name == "_run"]


@pytest.mark.parametrize("theme", ["nord", "textual-light", "sheaf-light", "ansi-dark"])
async def test_the_theme_of_the_config_is_used(follow: Follow, theme: str) -> None:
    async with follow(f"theme = '{theme}'") as reader:
        assert reader.app.theme == theme
        assert "sheaf config" not in reader.frame


async def test_a_mistake_in_the_config_is_shown_in_one_line_until_escape(follow: Follow) -> None:
    async with follow("theme = 'neon'\nlayout = 'up'") as reader:
        assert reader.app.theme == "sheaf-dark"
        assert (
            "! config.toml:2: 2 mistakes, the first in layout; `sheaf config` lists" in reader.frame
        )
        await reader.press("escape")
        assert "sheaf config" not in reader.frame


@pytest.mark.parametrize(
    ("layout", "size", "classes"),
    [
        ("auto", (120, 40), set()),
        ("auto", (80, 24), {"-stacked"}),
        ("side", (80, 24), set()),
        ("stacked", (120, 40), {"-stacked"}),
        ("list", (120, 40), {"-list-only"}),
    ],
)
async def test_the_layout_of_the_config_is_used(
    follow: Follow, layout: str, size: tuple[int, int], classes: set[str]
) -> None:
    async with follow(f"layout = '{layout}'", size) as reader:
        assert reader.main.classes & {"-stacked", "-list-only"} == classes


async def test_a_command_with_another_key_leaves_its_old_one(follow: Follow) -> None:
    async with follow("[keys]\nstar = ['f9']") as reader:
        await reader.press("s")
        assert not mark(reader).star
        await reader.press("f9")
        assert mark(reader).star
        assert "F9 star" in reader.frame


async def palette(reader: Reader, words: str) -> str:
    """What the palette shows for some words."""
    await reader.press("ctrl+p")
    await reader.type(words)
    await reader.pilot.pause(0.3)
    return reader.frame


async def test_a_command_without_a_key_stays_in_help_and_palette(follow: Follow) -> None:
    async with follow("[keys]\nstar = []") as reader:
        await reader.press("s")
        assert not mark(reader).star
        assert "star, or" not in reader.frame
        assert "Star, or remove the star\n" in await palette(reader, "star")
        await reader.press("escape", "question_mark")
        assert "no key" in reader.frame


async def test_a_preset_changes_keys_of_the_note_editor_too(follow: Follow) -> None:
    async with follow("preset = 'emacs'") as reader:
        await reader.press("ctrl+n")
        assert reader.main.panes.papers.cursor == 1
        await reader.press("ctrl+p")
        assert reader.main.panes.papers.cursor == 0
        await reader.press("n")
        assert "Ctrl+G leave" in reader.frame or "Esc leave" in reader.frame
        await reader.press("ctrl+g")
        assert reader.app.screen is reader.main


async def test_the_output_of_a_custom_command_is_shown(follow: Follow) -> None:
    text = "[commands.first]\nkey = 'ctrl+y'\nrun = 'head -n 1'"
    async with follow(text) as reader:
        await ran(reader, "ctrl+y")
        assert "first · y copies · Esc leaves" in reader.frame
        assert "# Efficient Sinks" in reader.frame
        await reader.press("y")
        assert reader.app.clipboard.startswith("# Efficient Sinks")
        await reader.press("escape")
        assert reader.app.screen is reader.main


async def test_the_output_of_a_custom_command_is_added_to_the_note(follow: Follow) -> None:
    text = "[commands.count]\nkey = 'ctrl+y'\nrun = 'head -c 4'\noutput = 'note'"
    async with follow(text) as reader:
        await ran(reader, "ctrl+y")
        await ran(reader, "ctrl+y")
        assert mark(reader).note == "# Ef\n\n# Ef"
        await reader.press("u")
        assert mark(reader).note == "# Ef"


async def test_the_output_of_a_custom_command_becomes_tags(follow: Follow) -> None:
    text = "[commands.tags]\nkey = 'ctrl+y'\nrun = 'echo \"#rag, long-context\"'\noutput = 'tag'"
    async with follow(text) as reader:
        await ran(reader, "ctrl+y")
        assert mark(reader).tags == ("long-context", "rag")


async def test_the_output_of_a_custom_command_is_copied(follow: Follow) -> None:
    text = "[commands.head]\nkey = 'ctrl+y'\nrun = 'head -c 4'\noutput = 'clipboard'"
    with patch("tui.ui.clipboard.copy"):
        async with follow(text) as reader:
            await ran(reader, "ctrl+y")
            assert reader.app.clipboard == "# Ef"
            assert "head: copied" in reader.frame


async def test_a_long_output_is_refused_as_tags(follow: Follow) -> None:
    text = "[commands.tags]\nkey = 'ctrl+y'\nrun = 'seq 30'\noutput = 'tag'"
    async with follow(text) as reader:
        await ran(reader, "ctrl+y")
        assert mark(reader).tags == ()
        assert "30 words" in reader.frame


async def test_escape_stops_a_custom_command(follow: Follow) -> None:
    text = "[commands.slow]\nkey = 'ctrl+y'\nrun = 'sleep 60'\noutput = 'note'"
    async with follow(text) as reader:
        await reader.pilot.press("ctrl+y")
        await reader.pilot.pause(0.1)
        assert "running · Esc stops it" in reader.frame
        await reader.pilot.press("escape")
        await ran(reader)
        assert reader.app.screen is reader.main
        assert mark(reader).note == ""


async def test_a_failed_custom_command_is_shown_with_its_errors(follow: Follow) -> None:
    run = "echo '[b]no[/x] model\u202e' >&2; exit 2"
    text = f'[commands.bad]\nkey = "ctrl+y"\nrun = "{run}"\nshell = true\noutput = "tag"'
    async with follow(text) as reader:
        await ran(reader, "ctrl+y")
        assert "bad ended with status 2" in reader.frame
        assert "[b]no[/x] model" in reader.frame
        assert mark(reader).tags == ()


async def test_a_custom_command_is_in_help_and_palette(follow: Follow) -> None:
    async with follow("[commands.count]\nkey = 'ctrl+y'\nrun = 'wc -w'", (120, 120)) as reader:
        assert "Run your command count  (Ctrl+Y)" in await palette(reader, "your command")
        await reader.press("escape", "question_mark")
        assert "Custom commands" in reader.frame
        assert "Run your command count" in reader.frame


async def test_markup_and_escapes_in_a_custom_command_are_harmless(follow: Follow) -> None:
    run = "sh -c 'sleep 60' '.[0] [/b] [@click=app.quit]x[/]'\\u001b]0;y\\u0007"
    async with follow(f'[commands.jq]\nkey = "ctrl+y"\nrun = "{run}"', (120, 120)) as reader:
        assert "Run your command jq  (Ctrl+Y)" in await palette(reader, "your command")
        await reader.press("escape")
        await reader.press("ctrl+y")
        assert "sh -c 'sleep 60' '.[0] [/b] [@click=app.quit]x[/]']0;y" in reader.frame
        await reader.press("escape")
