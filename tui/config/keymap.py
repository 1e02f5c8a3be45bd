"""The table of commands in use: the built-in one, then a preset, then the user's keys.

The later wins a key: the user's over the preset's, that over the built-in ones. Between two of the
user's the first in the file keeps it. What loses a key to the user's is told, a preset's is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tui.config.custom_commands import GROUP, CustomCommand
from tui.config.key_names import types_text
from tui.core.commands import Command

PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "vim": {
        "page_down": ("ctrl+f", "pagedown"),
        "page_up": ("ctrl+b", "pageup"),
        "scroll_down": ("J", "ctrl+d"),
        "scroll_up": ("K", "ctrl+u"),
    },
    "emacs": {
        "next": ("ctrl+n", "down", "j"),
        "previous": ("ctrl+p", "up", "k"),
        "page_down": ("ctrl+v", "pagedown"),
        "page_up": ("alt+v", "pageup"),
        "filter": ("ctrl+s", "slash"),
        "undo": ("ctrl+underscore", "u"),
        "clear": ("escape", "ctrl+g"),
        "leave_note": ("escape", "ctrl+g"),
        "palette": ("alt+x",),
    },
}
"""Preset to command to all the keys it has there."""

RESERVED = {"ctrl+c": "leaves Sheaf from anywhere", "ctrl+q": "leaves Sheaf from anywhere"}
TYPED_IN = frozenset({"filter", "note"})
"""Places where letters are typed, and can be no commands."""
WAY_OUT = "escape"
"""Commands that have this key lead back to the list: they keep a key, and it is theirs alone."""


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """Something wrong with a key: the path in the file, what, and what holds instead."""

    path: str
    wrong: str
    instead: str


@dataclass(frozen=True, slots=True)
class Keymap:
    """The commands in use and whence their keys."""

    commands: tuple[Command, ...]
    origins: Mapping[str, str]
    """Command id to `user`, `preset` or nothing for the built-in keys."""
    wrong: tuple[KeyProblem, ...]


def build_keymap(
    table: Sequence[Command],
    preset: str,
    asked: Mapping[str, tuple[str, ...]],
    custom: Sequence[CustomCommand] = (),
) -> Keymap:
    """Apply a preset and the keys asked for (canonical, by command id, in the file's order)."""
    return _Keys(table, preset, asked, custom).table()


class _Keys:
    """Keys being given out; a key is taken in each place its command is valid in."""

    def __init__(
        self,
        table: Sequence[Command],
        preset: str,
        asked: Mapping[str, tuple[str, ...]],
        custom: Sequence[CustomCommand],
    ) -> None:
        self._wrong: list[KeyProblem] = []
        self._commands = {command.id: command for command in table}
        self._commands |= {each.id: _row(each) for each in custom}
        self._preset = PRESETS.get(preset, {})
        self._asked: dict[str, tuple[str, ...]] = {}
        for name, keys in asked.items():
            if name in self._commands:
                self._ask(name, keys)
            else:
                instead = "ignored; `sheaf config` lists the names"
                self._wrong.append(KeyProblem(f"keys.{name}", "there is no such command", instead))
        for each in custom:
            self._ask(each.id, each.keys)
        self._taken: dict[tuple[str, str], str] = {}
        """Place and key to the command that has it."""

    def table(self) -> Keymap:
        given: dict[str, tuple[str, ...]] = {}
        for name in sorted(self._asked, key=lambda name: not self._leads_out(name)):
            given[name] = tuple(key for key in self._asked[name] if self._take(name, key))
        for name, keys in self._preset.items():
            if name in self._commands and name not in given:
                given[name] = tuple(key for key in keys if self._take(name, key))
        for name, command in self._commands.items():
            if name not in given:
                given[name] = tuple(key for key in command.keys if self._take(name, key))
        origins = {
            name: "user" if name in self._asked else "preset" if name in self._preset else ""
            for name in self._commands
        }
        commands = (replace(each, keys=given[name]) for name, each in self._commands.items())
        return Keymap(tuple(commands), origins, tuple(self._wrong))

    def _leads_out(self, name: str) -> bool:
        return WAY_OUT in self._commands[name].keys

    def _ask(self, name: str, keys: tuple[str, ...]) -> None:
        """Note the keys the command can have, whatever others want; none means none is wanted."""
        path = setting_path(name)
        good: list[str] = []
        for key in dict.fromkeys(keys):
            if why := self._unusable(name, key):
                self._wrong.append(KeyProblem(path, why, "left out"))
            else:
                good.append(key)
        if not keys and self._leads_out(name):
            self._wrong.append(KeyProblem(path, "it must have a key", "its usual ones are used"))
        elif good or not keys:
            self._asked[name] = tuple(good)

    def _unusable(self, name: str, key: str) -> str:
        """Why a command cannot have a key; empty if it can."""
        places = sorted(TYPED_IN & set(self._commands[name].where))
        if key in RESERVED:
            return f"{key} {RESERVED[key]}"
        if key == WAY_OUT and not self._leads_out(name):
            return f"{key} leads back, everywhere"
        if places and types_text(key):
            return f"{key} is text in the {' and the '.join(places)}; take one with ctrl or F1-F12"
        return ""

    def _take(self, name: str, key: str) -> bool:
        """Give a key to a command, unless one before it has taken it."""
        places = self._commands[name].where
        owner = next((owner for owner in self._owners(key, places) if owner != name), "")
        if owner:
            self._tell(name, owner, key)
            return False
        self._taken |= {(place, key): name for place in places}
        return True

    def _owners(self, key: str, places: Sequence[str]) -> Iterator[str]:
        return (self._taken[place, key] for place in places if (place, key) in self._taken)

    def _tell(self, loser: str, owner: str, key: str) -> None:
        if loser in self._asked:
            wrong = f"{key} is also the key of {owner}"
            self._wrong.append(KeyProblem(setting_path(loser), wrong, f"{owner} has it"))
        elif owner in self._asked:
            wrong = f"{key} is a key of {loser} as well"
            instead = f"{owner} has it; `{loser} = […]` gives that another"
            self._wrong.append(KeyProblem(setting_path(owner), wrong, instead))


def setting_path(name: str) -> str:
    """Where the keys of a command are set: `keys.star`, `commands.summary.key`."""
    return f"{name}.key" if "." in name else f"keys.{name}"


def _row(command: CustomCommand) -> Command:
    """Its row: without the program, as Textual's palette takes brackets for markup."""
    return Command(command.id, (), command.name, f"Run your command {command.name}", GROUP)
