"""The palette ranks a command by its name before the other words about it."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Open
from tui.core.commands import COMMANDS
from tui.ui.dialogs.palette import rank


def best(query: str) -> list[str]:
    """The ids of the commands found, best first."""
    ranks = {command.id: rank(command, query) for command in COMMANDS}
    return [name for name in sorted(ranks, key=lambda name: -ranks[name]) if ranks[name]]


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("sort", "sort"),
        ("order", "sort"),
        ("ordr", "sort"),
        ("undo", "undo"),
        ("tag", "tag"),
        ("later", "later"),
        ("quit", "quit"),
        ("rate 3", "rate_3"),
        ("all read", "read_all"),
        ("browser", "browse"),
        ("similar", "similar"),
    ],
)
def test_the_best_match_is_first(typed: str, command: str) -> None:
    assert best(typed)[0] == command


def test_every_command_is_found_by_its_label_and_none_by_nonsense() -> None:
    for command in COMMANDS:
        assert command.id in best(command.label)
    assert best("zzzz") == []
    assert best("") == []


async def test_enter_runs_the_first_match(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("ctrl+p")
        await reader.type("sort")
        await reader.pilot.pause(0.3)
        await reader.press("enter")
        assert "Order by" in reader.frame


async def test_the_palette_changes_the_theme(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("ctrl+p")
        await reader.type("theme")
        await reader.pilot.pause(0.3)
        assert "Change the theme" in reader.frame
