"""Config: what config.toml says, checked; and where each value comes from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from tui.config.custom_commands import CustomCommand
from tui.config.export_section import ExportSettings
from tui.config.keymap import PRESETS, build_keymap
from tui.config.mail_section import MailSettings
from tui.config.problems import Problem
from tui.core.commands import Command
from tui.core.text import clean_line
from tui.net.network_settings import NetworkSettings

THEME = "sheaf-dark"
LAYOUTS = ("auto", "side", "stacked", "list")
DATES = ("iso", "relative")
ROWS = (1, 2)
NO_PRESET = ""
PRESET_NAMES = (NO_PRESET, *PRESETS)
DEFAULT = "default"

_NO_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_NO_LINES: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of the list beside the title: on or off."""

    authors: bool = True
    date: bool = True
    venue: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """The user's wishes; with nothing given, the defaults."""

    path: Path = field(default_factory=Path)
    theme: str = THEME
    """As written: the app knows which themes there are and asks `with_themes`."""
    layout: str = "auto"
    """`auto` goes by the width."""
    dates: str = "iso"
    rows: int = 1
    """Lines a paper has in the list."""
    columns: Columns = Columns()
    preset: str = NO_PRESET
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NO_KEYS)
    """Command id to the keys asked for, canonical, in the file's order."""
    custom: tuple[CustomCommand, ...] = ()
    mail: MailSettings | None = None
    """How the digest is sent; None where the file does not say, or says it wrong."""
    export: ExportSettings = field(default_factory=ExportSettings)
    network: NetworkSettings = field(default_factory=NetworkSettings)
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, int] = field(default_factory=lambda: _NO_LINES)
    """The line of each value that is used, by its path: `theme`, `columns.date`, `keys.star`."""
    outside: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Values that come from elsewhere, and from where."""

    def commands(self, table: Sequence[Command]) -> tuple[Command, ...]:
        """`table` with the preset, the user's keys and the user's commands."""
        return build_keymap(table, self.preset, self.keys, self.custom).commands

    def origin(self, name: str) -> str:
        """Where a value comes from: `default`, `config.toml:12`, `preset vim`."""
        if line := self.lines.get(name):
            return f"{self.path.name}:{line}"
        if name in self.outside:
            return self.outside[name]
        section, _, command = name.partition(".")
        if section == "keys" and command in PRESETS.get(self.preset, {}):
            return f"preset {self.preset}"
        return DEFAULT

    @property
    def warning(self) -> str:
        """The problems in one short line; empty if there are none."""
        if not self.problems:
            return ""
        first, *more = self.problems
        where = f"{first.file.name}:{first.line}" if first.line else first.file.name
        what = f"{where}: {first.key or first.wrong}: {first.instead}"
        if more:
            what = f"{where}: {len(more) + 1} mistakes, the first in {first.key or 'all of it'}"
        return clean_line(f"{what}; `sheaf config` tells all")

    def with_themes(self, known: Collection[str]) -> Config:
        """This, with a problem and the usual theme in place of one that is not `known`."""
        if self.theme in known:
            return self
        line = self.lines.get("theme", 0)
        instead = f"{THEME} is used"
        wrong = f"there is no theme {self.theme!r}"
        if outside := self.outside.get("theme"):
            wrong = f"{outside}: {wrong}"
        return replace(
            self,
            theme=THEME,
            problems=(*self.problems, Problem(self.path, line, "theme", wrong, instead)),
            lines={name: at for name, at in self.lines.items() if name != "theme"},
            outside={name: where for name, where in self.outside.items() if name != "theme"},
        )
