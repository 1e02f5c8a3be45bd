"""Config: the values of config.toml, checked, and where each comes from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tui.core.commands import Command
from tui.core.text import clean_line
from tui.net.network_settings import NetworkSettings

if TYPE_CHECKING:  # a start without a configuration does not need them
    from tui.config.custom_commands import CustomCommand
    from tui.config.findings import Problem
    from tui.config.mail_section import MailSettings

DEFAULT_THEME = "sheaf-dark"
DEFAULT_PATTERN = "{author}{year}{word}"

_NO_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_NO_LINES: Mapping[str, int] = MappingProxyType({})
_NO_TEXTS: Mapping[str, str] = MappingProxyType({})


class Columns(NamedTuple):
    """The columns of the list beside the title: shown or not."""

    authors: bool = True
    date: bool = True
    venue: bool = False


COLUMNS = Columns._fields


class ExportSettings(NamedTuple):
    """The values of `[export]`."""

    key: str = DEFAULT_PATTERN
    """The pattern of citation keys."""


class Config(NamedTuple):
    """The user's configuration, by default without a file."""

    path: Path = Path()
    theme: str = DEFAULT_THEME
    """As written in the file; `with_themes` checks it."""
    layout: str = "auto"
    """`auto` depends on the width of the terminal."""
    dates: str = "iso"
    rows: int = 1
    """Lines of the list for each paper."""
    columns: Columns = Columns()
    preset: str = ""
    keys: Mapping[str, tuple[str, ...]] = _NO_KEYS
    """Command id to the keys the user wants, canonical, in the order of the file."""
    custom: tuple[CustomCommand, ...] = ()
    """The user's own commands."""
    mail: MailSettings | None = None
    """How the digest is sent; None if the section is missing or wrong."""
    export: ExportSettings = ExportSettings()
    network: NetworkSettings = NetworkSettings()
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, int] = _NO_LINES
    """The path of each value the file sets (`theme`, `columns.date`, `keys.star`), to its line."""
    environment: Mapping[str, str] = _NO_TEXTS
    """The path of each value that an environment variable sets, to the variable."""

    def commands(self, table: Sequence[Command]) -> tuple[Command, ...]:
        """Return `table` with the user's own commands, and the keys of the preset and the user."""
        if not (self.preset or self.keys or self.custom):
            return tuple(table)
        from tui.config.keymap import build_keymap

        return build_keymap(table, self.preset, self.keys, self.custom).commands

    def origin(self, name: str) -> str:
        """Return where a value comes from: `default`, `config.toml:12`, `preset vim`."""
        if line := self.lines.get(name):
            return f"{self.path.name}:{line}"
        if name in self.environment:
            return self.environment[name]
        from tui.config.keymap import PRESETS

        section, _, command = name.partition(".")
        if section == "keys" and command in PRESETS.get(self.preset, {}):
            return f"preset {self.preset}"
        return "default"

    @property
    def warning(self) -> str:
        """The problems in one short line; empty if there are none."""
        if not self.problems:
            return ""
        first, *others = self.problems
        text = f"{first.place}: {first.key or first.message}: {first.consequence}"
        if others:
            where = first.key or "the file as a whole"
            text = f"{first.place}: {len(others) + 1} mistakes, the first in {where}"
        return clean_line(f"{text}; `sheaf config` lists them")

    def with_themes(self, known: Collection[str]) -> Config:
        """Return this configuration; an unknown theme becomes the default theme and a problem."""
        if self.theme in known:
            return self
        from tui.config.findings import Problem

        message = f"there is no theme {self.theme!r}"
        if variable := self.environment.get("theme"):
            message = f"{variable}: {message}"
        problem = Problem(
            self.path, self.lines.get("theme", 0), "theme", message, f"{DEFAULT_THEME} is used"
        )
        return self._replace(
            theme=DEFAULT_THEME,
            problems=(*self.problems, problem),
            lines={name: line for name, line in self.lines.items() if name != "theme"},
            environment={name: each for name, each in self.environment.items() if name != "theme"},
        )
