"""Keys from the table of commands in use. Textual binds keys to a class: each table makes one."""

from __future__ import annotations

import types
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui.core.commands import Command

Kind = TypeVar("Kind", bound=Screen[Any])


def bindings(
    commands: Sequence[Command], places: Collection[str], first: Collection[str] = ()
) -> list[BindingType]:
    """The keys of the commands valid in any of `places`; `first`: ids that no widget may take."""
    return [
        Binding(
            ",".join(command.keys),
            command.action,
            command.help,
            show=False,
            priority=command.id in first,
        )
        for command in commands
        if command.keys and set(command.where) & set(places)
    ]


def _keys(binding: BindingType) -> set[str]:
    keys = binding.key if isinstance(binding, Binding) else binding[0]
    return {key.strip() for key in keys.split(",")}


@lru_cache(maxsize=16)
def keyed(
    screen: type[Kind],
    commands: tuple[Command, ...],
    places: tuple[str, ...],
    first: tuple[str, ...] = (),
) -> type[Kind]:
    """`screen` with the keys of these commands in place of the usual ones."""

    def body(namespace: dict[str, Any]) -> None:
        ours = bindings(commands, places, first)
        taken = {key for command in commands for key in command.keys}
        textuals = [each for each in Screen.BINDINGS if not taken & _keys(each)]
        namespace["BINDINGS"] = [*textuals, *ours]
        namespace["commands"] = commands
        namespace["__module__"] = screen.__module__

    made: type[Kind] = types.new_class(
        screen.__name__, (screen,), {"inherit_bindings": False}, body
    )
    return made
