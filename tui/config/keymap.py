"""The keymap: the built-in keys, then those of a preset, then the user's.

If two commands claim a key in the same place, the user's choice comes before the preset, and the
preset before the built-in keys; of two choices of the user, the first in the file wins. A command
that loses a key to a choice in the file is reported, one that loses a key to a preset is not.

The keymap is built twice: by `parse`, which reports the mistakes in the file, and by
`Config.commands`, whose result becomes `SheafApp.commands` and is bound to each screen by
`SheafScreen.bind_commands`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tui.config.custom_commands import GROUP, CustomCommand
from tui.config.findings import Findings
from tui.config.key_names import types_text
from tui.core.commands import Command

PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "vim": {
        "last": ("G", "end"),
        "group": ("L",),
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
"""Preset, to command, to all its keys in that preset."""

RESERVED = {"ctrl+c": "leaves Sheaf from anywhere", "ctrl+q": "leaves Sheaf from anywhere"}
TEXT_FIELDS = {
    "filter": "the filter", "note": "the note", "prompt": "a line of text", "help": "the help",
}  # fmt: skip
"""Places where keys type text, and so cannot be commands; and words for each."""
ESCAPE = "escape"
"""Commands with this key lead back to the list: they must keep a key, and no other may take it."""


class Keymap(NamedTuple):
    """The commands with the keys in use."""

    commands: tuple[Command, ...]
    origins: Mapping[str, str]
    """Command id to `user`, `preset`, or empty for built-in keys."""


def build_keymap(
    table: Sequence[Command],
    preset: str,
    keys: Mapping[str, tuple[str, ...]],
    custom: Sequence[CustomCommand] = (),
    findings: Findings | None = None,
) -> Keymap:
    """Return the commands of `table` and the user's own with the keys of a preset and the user.

    `keys` is command id to canonical keys, in the order of the file. Mistakes go to `findings`.
    """
    findings = findings or Findings(Path(), "")
    return _KeymapBuilder(table, preset, keys, custom, findings).build()


class _KeymapBuilder:
    """Gives each key to one command in each place where that command is valid."""

    def __init__(
        self,
        table: Sequence[Command],
        preset: str,
        keys: Mapping[str, tuple[str, ...]],
        custom: Sequence[CustomCommand],
        findings: Findings,
    ) -> None:
        self._reject = findings.reject
        self._commands = {command.id: command for command in table}
        for each in custom:
            # Without the program in the help: the palette of Textual reads brackets as markup.
            command = Command(each.id, (), each.name, f"Run your command {each.name}", GROUP)
            self._commands[each.id] = command
        self._preset = PRESETS.get(preset, {})
        self._chosen: dict[str, tuple[str, ...]] = {}
        """Command id to the accepted keys of the user."""
        for name, claimed in keys.items():
            if name in self._commands:
                self._accept_keys(name, claimed)
            else:
                consequence = "ignored; `sheaf config` lists the commands"
                self._reject(f"keys.{name}", "there is no such command", consequence)
        for each in custom:
            self._accept_keys(each.id, each.keys)
        self._owners: dict[tuple[str, str], str] = {}
        """Place and key to the command that has it."""

    def build(self) -> Keymap:
        chosen = dict(sorted(self._chosen.items(), key=lambda item: not self._has_escape(item[0])))
        built_in = {name: command.keys for name, command in self._commands.items()}
        keys: dict[str, tuple[str, ...]] = {}
        for claims in (chosen, self._preset, built_in):
            for name in claims:
                if name in self._commands and name not in keys:
                    keys[name] = tuple(key for key in claims[name] if self._assign_key(name, key))
        origins = {
            name: "user" if name in self._chosen else "preset" if name in self._preset else ""
            for name in self._commands
        }
        commands = (
            each if each.keys == keys[name] else each._replace(keys=keys[name])
            for name, each in self._commands.items()
        )
        return Keymap(tuple(commands), origins)

    def _has_escape(self, name: str) -> bool:
        return ESCAPE in self._commands[name].keys

    def _accept_keys(self, name: str, keys: tuple[str, ...]) -> None:
        """Record the user's keys that the command may have; an empty tuple removes its keys."""
        path = _setting_path(name)
        allowed: list[str] = []
        for key in dict.fromkeys(keys):
            if problem := self._check_key(name, key):
                self._reject(path, problem, "left out")
            else:
                allowed.append(key)
        if not keys and self._has_escape(name):
            self._reject(path, "this command must have a key", "its usual keys are used")
        elif allowed or not keys:
            self._chosen[name] = tuple(allowed)

    def _check_key(self, name: str, key: str) -> str:
        """Return why a command cannot have a key; empty if it can."""
        places = self._commands[name].where
        fields = [words for place, words in TEXT_FIELDS.items() if place in places]
        if key in RESERVED:
            return f"{key} {RESERVED[key]}"
        if key == ESCAPE and not self._has_escape(name):
            return f"{key} leads back to the list everywhere"
        if fields and types_text(key):
            return f"{key} types text in {' and '.join(fields)}; use ctrl or F1 to F12"
        return ""

    def _assign_key(self, name: str, key: str) -> bool:
        """Give a key to a command; return False if another one has it in one of its places."""
        places = [(place, key) for place in self._commands[name].where]
        owners = (self._owners[place] for place in places if place in self._owners)
        if owner := next((owner for owner in owners if owner != name), ""):
            self._report_loss(name, owner, key)
            return False
        self._owners |= dict.fromkeys(places, name)
        return True

    def _report_loss(self, loser: str, owner: str, key: str) -> None:
        if loser in self._chosen:
            message = f"{key} is also the key of {owner}"
            self._reject(_setting_path(loser), message, f"{owner} has it")
        elif owner in self._chosen:
            message = f"{key} is also a key of {loser}"
            consequence = f"{owner} has it; `{loser} = […]` gives {loser} another"
            self._reject(_setting_path(owner), message, consequence)


def _setting_path(name: str) -> str:
    """Return where the keys of a command are set: `keys.star`, `commands.summary.key`."""
    return f"{name}.key" if "." in name else f"keys.{name}"
