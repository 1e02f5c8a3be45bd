"""Commands of the user's config: where their output goes, and how they end."""

from __future__ import annotations

from unittest.mock import patch

from tests.ui.conftest import OpenConfigured, Reader
from tests.ui.helpers import current_mark, search_palette


async def run_command(reader: Reader, *keys: str) -> None:
    """Press keys, and wait for the program that they start."""
    await reader.pilot.press(*keys)
    for _ in range(200):
        await reader.pilot.pause(0.02)
        if all(each.is_finished for each in reader.app.workers if each.group == "custom"):
            break
    await reader.settle()


async def test_the_output_of_a_custom_command_is_shown(open_configured: OpenConfigured) -> None:
    text = "[commands.first]\nkey = 'ctrl+y'\nrun = 'head -n 1'"
    async with open_configured(text) as reader:
        await run_command(reader, "ctrl+y")
        assert "first · y copies · Esc leaves" in reader.frame
        assert "# Efficient Sinks" in reader.frame
        await reader.press("y")
        assert reader.app.clipboard.startswith("# Efficient Sinks")
        await reader.press("escape")
        assert reader.app.screen is reader.main


async def test_the_output_of_a_custom_command_is_added_to_the_note(
    open_configured: OpenConfigured,
) -> None:
    text = "[commands.count]\nkey = 'ctrl+y'\nrun = 'head -c 4'\noutput = 'note'"
    async with open_configured(text) as reader:
        await run_command(reader, "ctrl+y")
        await run_command(reader, "ctrl+y")
        assert current_mark(reader).note == "# Ef\n\n# Ef"
        await reader.press("u")
        assert current_mark(reader).note == "# Ef"


async def test_the_output_of_a_custom_command_becomes_tags(open_configured: OpenConfigured) -> None:
    text = "[commands.tags]\nkey = 'ctrl+y'\nrun = 'echo \"#rag, long-context\"'\noutput = 'tag'"
    async with open_configured(text) as reader:
        await run_command(reader, "ctrl+y")
        assert current_mark(reader).tags == ("long-context", "rag")


async def test_the_output_of_a_custom_command_is_copied(open_configured: OpenConfigured) -> None:
    text = "[commands.head]\nkey = 'ctrl+y'\nrun = 'head -c 4'\noutput = 'clipboard'"
    with patch("tui.ui.clipboard.copy"):
        async with open_configured(text) as reader:
            await run_command(reader, "ctrl+y")
            assert reader.app.clipboard == "# Ef"
            assert "head: copied" in reader.frame


async def test_a_long_output_is_refused_as_tags(open_configured: OpenConfigured) -> None:
    text = "[commands.tags]\nkey = 'ctrl+y'\nrun = 'seq 30'\noutput = 'tag'"
    async with open_configured(text) as reader:
        await run_command(reader, "ctrl+y")
        assert current_mark(reader).tags == ()
        assert "30 words" in reader.frame


async def test_escape_stops_a_custom_command(open_configured: OpenConfigured) -> None:
    text = "[commands.slow]\nkey = 'ctrl+y'\nrun = 'sleep 60'\noutput = 'note'"
    async with open_configured(text) as reader:
        await reader.pilot.press("ctrl+y")
        await reader.pilot.pause(0.1)
        assert "running · Esc stops it" in reader.frame
        await reader.pilot.press("escape")
        await run_command(reader)
        assert reader.app.screen is reader.main
        assert current_mark(reader).note == ""


async def test_a_failed_custom_command_is_shown_with_its_errors(
    open_configured: OpenConfigured,
) -> None:
    run = "echo '[b]no[/x] model\u202e' >&2; exit 2"
    text = f'[commands.bad]\nkey = "ctrl+y"\nrun = "{run}"\nshell = true\noutput = "tag"'
    async with open_configured(text) as reader:
        await run_command(reader, "ctrl+y")
        assert "bad ended with status 2" in reader.frame
        assert "[b]no[/x] model" in reader.frame
        assert current_mark(reader).tags == ()


async def test_a_custom_command_is_in_help_and_palette(open_configured: OpenConfigured) -> None:
    async with open_configured(
        "[commands.count]\nkey = 'ctrl+y'\nrun = 'wc -w'", (120, 120)
    ) as reader:
        assert "Run your command count  (Ctrl+Y)" in await search_palette(reader, "your command")
        await reader.press("escape", "question_mark")
        assert "Custom commands" in reader.frame
        assert "Run your command count" in reader.frame


async def test_markup_and_escapes_in_a_custom_command_are_harmless(
    open_configured: OpenConfigured,
) -> None:
    run = "sh -c 'sleep 60' '.[0] [/b] [@click=app.quit]x[/]'\\u001b]0;y\\u0007"
    async with open_configured(
        f'[commands.jq]\nkey = "ctrl+y"\nrun = "{run}"', (120, 120)
    ) as reader:
        assert "Run your command jq  (Ctrl+Y)" in await search_palette(reader, "your command")
        await reader.press("escape")
        await reader.press("ctrl+y")
        assert "sh -c 'sleep 60' '.[0] [/b] [@click=app.quit]x[/]']0;y" in reader.frame
        await reader.press("escape")
