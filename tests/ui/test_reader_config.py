"""The reader is as config.toml says: theme, layout, keys."""

from __future__ import annotations

import pytest

from tests.ui.conftest import OpenConfigured
from tests.ui.helpers import current_mark, search_palette


@pytest.mark.parametrize("theme", ["nord", "textual-light", "sheaf-light", "ansi-dark"])
async def test_the_theme_of_the_config_is_used(open_configured: OpenConfigured, theme: str) -> None:
    async with open_configured(f"theme = '{theme}'") as reader:
        assert reader.app.theme == theme
        assert "sheaf config" not in reader.frame


async def test_a_mistake_in_the_config_is_shown_in_one_line_until_escape(
    open_configured: OpenConfigured,
) -> None:
    async with open_configured("theme = 'neon'\nlayout = 'up'") as reader:
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
    open_configured: OpenConfigured, layout: str, size: tuple[int, int], classes: set[str]
) -> None:
    async with open_configured(f"layout = '{layout}'", size) as reader:
        assert reader.main.classes & {"-stacked", "-list-only"} == classes


async def test_a_command_with_another_key_leaves_its_old_one(
    open_configured: OpenConfigured,
) -> None:
    async with open_configured("[keys]\nstar = ['f9']") as reader:
        await reader.press("s")
        assert not current_mark(reader).star
        await reader.press("f9")
        assert current_mark(reader).star
        assert "F9 star" in reader.frame


async def test_a_command_without_a_key_stays_in_help_and_palette(
    open_configured: OpenConfigured,
) -> None:
    async with open_configured("[keys]\nstar = []") as reader:
        await reader.press("s")
        assert not current_mark(reader).star
        assert "star, or" not in reader.frame
        assert "Star, or remove the star\n" in await search_palette(reader, "star")
        await reader.press("escape", "question_mark")
        assert "no key" in reader.frame


async def test_a_preset_changes_keys_of_the_note_editor_too(
    open_configured: OpenConfigured,
) -> None:
    async with open_configured("preset = 'emacs'") as reader:
        await reader.press("ctrl+n")
        assert reader.papers.cursor == 1
        await reader.press("ctrl+p")
        assert reader.papers.cursor == 0
        await reader.press("n")
        assert "Ctrl+G leave" in reader.frame or "Esc leave" in reader.frame
        await reader.press("ctrl+g")
        assert reader.app.screen is reader.main
