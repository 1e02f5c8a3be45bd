"""The user's own commands: `[commands.NAME]`, a program that gets papers and gives text."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tui.core.commands import CUSTOM_PREFIX

INPUTS = ("markdown", "json")
OUTPUTS = ("pane", "note", "tag", "clipboard")
TIMEOUT = 60.0
"""Seconds a program may take where the user says nothing."""
LONGEST = 3600.0
GROUP = "Custom commands"


@dataclass(frozen=True, slots=True)
class CustomCommand:
    """One program of the user's."""

    name: str
    run: str
    keys: tuple[str, ...] = ()
    """Keys asked for; the table of commands tells which it has got."""
    input: str = "markdown"
    output: str = "pane"
    shell: bool = False
    timeout: float = TIMEOUT

    @property
    def id(self) -> str:
        """Its id in the table of commands: `commands.summary`."""
        return CUSTOM_PREFIX + self.name

    @property
    def words(self) -> list[str]:
        """The program and its arguments, where no shell reads them."""
        return shlex.split(self.run)


def cannot_run(run: object, shell: bool) -> str:
    """Why `run` is no program, empty if it is one."""
    if not isinstance(run, str) or not run.strip():
        return "no program to run"
    if not shell:
        try:
            words = shlex.split(run)
        except ValueError as error:
            return f"cannot be split into words: {str(error).lower()}"
        if not words or not words[0]:
            return "no program to run"
    return ""


def is_timeout(value: object) -> bool:
    """Whether `value` is a number of seconds to wait."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 < value <= LONGEST


def is_name(name: str) -> bool:
    """Whether `name` can be a command's: letters, digits, `-` and `_`."""
    return bool(name) and name.replace("-", "").replace("_", "").isalnum() and name.isascii()


def unknown_fields(table: Mapping[str, Any]) -> frozenset[str]:
    """What in `[commands.NAME]` nobody knows."""
    return frozenset(table) - {"key", "run", "input", "output", "shell", "timeout"}
