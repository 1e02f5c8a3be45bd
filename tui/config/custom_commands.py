"""`[commands.NAME]`: the user's own commands, programs that get papers and print text."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any, NamedTuple

from tui.config.findings import Findings
from tui.config.key_names import read_keys
from tui.core.commands import CUSTOM_PREFIX

INPUTS = ("markdown", "json")
OUTPUTS = ("pane", "note", "tag", "clipboard")
DEFAULT_TIMEOUT = 60.0
"""In seconds."""
MAX_TIMEOUT = 3600.0
GROUP = "Custom commands"
_FIELDS = ("key", "run", "input", "output", "shell", "timeout")


class CustomCommand(NamedTuple):
    """One of the user's own commands."""

    name: str
    run: str
    keys: tuple[str, ...] = ()
    """The keys in config.toml; the keymap says which of them are in use."""
    input: str = "markdown"
    output: str = "pane"
    shell: bool = False
    timeout: float = DEFAULT_TIMEOUT
    """Seconds the program may take."""

    @property
    def id(self) -> str:
        """Its id in the table of commands: `commands.summary`."""
        return CUSTOM_PREFIX + self.name

    @property
    def words(self) -> list[str]:
        """The program and its arguments, for running it without a shell."""
        return shlex.split(self.run)


def read_commands(tables: Mapping[str, Any], findings: Findings) -> tuple[CustomCommand, ...]:
    """Return the commands that can be run; problems go to `findings`."""
    commands = (_read_command(name, table, findings) for name, table in tables.items())
    return tuple(command for command in commands if command)


def _read_command(name: str, table: object, findings: Findings) -> CustomCommand | None:
    path = CUSTOM_PREFIX + name
    is_name = name.replace("-", "").replace("_", "").isalnum() and name.isascii()
    if not is_name or not isinstance(table, dict):
        message = "must be a section `[commands.NAME]`, NAME of letters, digits, - and _"
        findings.reject(path, message)
        return None
    for field in sorted(set(table) - set(_FIELDS)):
        findings.reject_unknown(f"{path}.{field}", _FIELDS)
    shell = table.get("shell", False)
    if not isinstance(shell, bool):
        findings.reject(f"{path}.shell", "must be true or false", "the command is left out")
        return None
    if problem := _check_program(table.get("run"), shell):
        findings.reject(f"{path}.run", problem, "the command is left out")
        return None
    timeout = table.get("timeout", DEFAULT_TIMEOUT)
    is_number = isinstance(timeout, int | float) and not isinstance(timeout, bool)
    if not is_number or not 0 < timeout <= MAX_TIMEOUT:
        message = f"must be a number of seconds up to {MAX_TIMEOUT:.0f}"
        findings.reject(f"{path}.timeout", message, f"{DEFAULT_TIMEOUT:.0f} is used")
        timeout = DEFAULT_TIMEOUT
    keys = read_keys(f"{path}.key", table["key"], findings) if "key" in table else ()
    findings.accept(path)
    return CustomCommand(
        name,
        table["run"],
        keys or (),
        findings.choose(f"{path}.input", table, INPUTS),
        findings.choose(f"{path}.output", table, OUTPUTS),
        shell,
        float(timeout),
    )


def _check_program(run: object, shell: bool) -> str:
    """Return why `run` is not a program; empty if it is."""
    words = [run] if isinstance(run, str) and run.strip() else []
    if words and not shell:
        try:
            words = shlex.split(words[0])
        except ValueError as error:
            return f"cannot be split into words: {str(error).lower()}"
    return "" if words and words[0] else "no program to run"
