"""Textual's bindings made from the table of commands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from textual.app import App
from textual.binding import Binding

from tui.core.commands import COMMANDS, Command


def commands_of(app: App[Any]) -> tuple[Command, ...]:
    """The table of commands in use: the built-in one with the user's keys and commands."""
    return tuple(getattr(app, "commands", COMMANDS))


def command_bindings(
    commands: Sequence[Command],
    places: Collection[str],
    priority: Collection[str] = (),
) -> list[Binding]:
    """The bindings of the commands that are valid in any of `places`.

    `priority`: ids of commands whose keys no widget may take for itself.
    """
    return [
        Binding(
            ",".join(command.keys),
            command.action,
            command.help,
            show=False,
            priority=command.id in priority,
        )
        for command in commands
        if command.keys and set(command.where) & set(places)
    ]
