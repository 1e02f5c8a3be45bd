"""Reading config.toml: every value is checked here, and nothing in it stops the start."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tui.config import custom_commands, export_section, mail_section, network_section
from tui.config.custom_commands import CustomCommand
from tui.config.key_names import canonical_key
from tui.config.keymap import build_keymap
from tui.config.mail_section import MailSettings
from tui.config.problems import LineIndex, Problem
from tui.config.settings import DATES, LAYOUTS, PRESET_NAMES, ROWS, Columns, Config
from tui.core.commands import COMMANDS, CUSTOM_PREFIX
from tui.core.text import shorten

LARGEST = 1 << 20
"""Bytes; what is larger is no file of settings."""
_AT = re.compile(r"at line (\d+)")
_CHOICES: Mapping[str, Collection[object]] = {
    "layout": LAYOUTS,
    "dates": DATES,
    "rows": ROWS,
    "preset": PRESET_NAMES,
}
_COLUMNS = ("authors", "date", "venue")
_NOWHERE: Mapping[str, Any] = {}


def load(path: Path, environ: Mapping[str, str] = os.environ) -> Config:
    """The user's config; a file that is not there gives the defaults.

    The theme of other Textual programs (`TEXTUAL_THEME`) is the default one.
    """
    outside = {"theme": "TEXTUAL_THEME"} if environ.get("TEXTUAL_THEME") else {}
    usual = {"theme": environ["TEXTUAL_THEME"]} if outside else {}
    text, problem = _text(path)
    tables: Mapping[str, Any] = _NOWHERE
    if not problem:
        tables, problem = _parsed(path, text)
    elsewhere, wrong_urls = network_section.environment_overrides(environ)
    outside |= elsewhere
    problems = [Problem(path, 0, *each) for each in wrong_urls]
    reader = _Reader(path, LineIndex(text), [problem, *problems] if problem else problems)
    fields: dict[str, Any] = usual | reader.settings(tables)
    config = Config(path=path, outside=outside, **fields)
    table = build_keymap(COMMANDS, config.preset, config.keys, config.custom)
    for wrong in table.wrong:
        reader.wrong(wrong.path, wrong.wrong, wrong.instead)
    refused = {f"keys.{name}" for name, origin in table.origins.items() if origin != "user"}
    return replace(
        config,
        problems=tuple(sorted(reader.problems, key=lambda problem: problem.line)),
        lines={
            name: line for name, line in reader.used.items() if name not in refused | {*elsewhere}
        },
    )


def _text(path: Path) -> tuple[str, Problem | None]:
    """The text of the file, and what was wrong with reading it."""

    def failed(why: str, line: int = 0) -> tuple[str, Problem]:
        return "", Problem(path, line, "", why, "the defaults are used")

    try:
        if path.exists() and not path.is_file():
            return failed("is no file")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return "", None
    except (OSError, ValueError) as error:
        return failed(f"cannot be read: {getattr(error, 'strerror', None) or error}")
    if len(data) > LARGEST:
        return failed("is too large to be a file of settings")
    try:
        return data.decode("utf-8-sig"), None  # editors on Windows put a mark before the text
    except UnicodeDecodeError as error:
        return failed("is not UTF-8", data[: error.start].count(b"\n") + 1)


def _parsed(path: Path, text: str) -> tuple[Mapping[str, Any], Problem | None]:
    try:
        return tomllib.loads(text), None
    except (ValueError, RecursionError) as error:
        found = _AT.search(str(error))
        line = int(found[1]) if found else text.rstrip("\n").count("\n") + 1
        why = re.sub(r" \(at .*\)$", "", str(error))
        why = "nested too deep" if isinstance(error, RecursionError) else f"not TOML: {why}"
        return _NOWHERE, Problem(path, line, "", why, "the defaults are used")


class _Reader:
    """Takes values out of the tables; what is wrong is told and left out."""

    def __init__(self, path: Path, lines: LineIndex, problems: list[Problem]) -> None:
        self._path = path
        self._lines = lines
        self.problems = problems
        self.used: dict[str, int] = {}
        """Path of each value that is used, to its line."""

    def wrong(self, key: str, wrong: str, instead: str) -> None:
        self.problems.append(Problem(self._path, self._lines.of(key), key, wrong, instead))

    def use(self, key: str) -> None:
        self.used[key] = self._lines.of(key)

    def settings(self, tables: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of Config the file gives."""
        fields: dict[str, Any] = {}
        readers: dict[str, Callable[[Any], Any]] = {
            "columns": self._columns,
            "keys": self._keys,
            "commands": self._own,
            "mail": self._mail,
            "export": lambda table: export_section.read_export(table, self.wrong, self.use),
            "network": lambda table: network_section.read_network(table, self.wrong, self.use),
        }
        for name, value in tables.items():
            if name in readers:
                if isinstance(value, dict):
                    fields["custom" if name == "commands" else name] = readers[name](value)
                else:
                    self.wrong(name, f"is a section, `[{name}]`", "ignored")
            elif name == "theme":
                if isinstance(value, str) and value:
                    self.use(name)
                    fields[name] = value
                else:
                    self.wrong(name, f"is the name of a theme, not {_said(value)}", "ignored")
            elif name in _CHOICES:
                if self._choice(name, value, _CHOICES[name], getattr(Config(), name)):
                    self.use(name)
                    fields[name] = value
            else:
                known = ("theme", *_CHOICES, *readers)
                self.wrong(name, "there is no such setting", f"ignored; there are {_list(known)}")
        return fields

    def _choice(self, key: str, value: object, known: Collection[object], usual: object) -> bool:
        """Whether a value is one of a few; `true` is not 1."""
        if type(value) in {type(each) for each in known} and value in known:
            return True
        self.wrong(
            key, f"is one of {_list(known)}, not {_said(value)}", f"{_list([usual])} is used"
        )
        return False

    def _mail(self, table: Mapping[str, Any]) -> MailSettings | None:
        found = mail_section.read_mail(table, self.wrong)
        if found:
            for name in table.keys() & set(mail_section.SETTINGS):
                self.use(f"mail.{name}")
        return found

    def _columns(self, table: Mapping[str, Any]) -> Columns:
        wanted: dict[str, bool] = {}
        for name, value in table.items():
            key = f"columns.{name}"
            if name not in _COLUMNS:
                self.wrong(key, "there is no such column", f"ignored; there are {_list(_COLUMNS)}")
            elif self._choice(key, value, (True, False), getattr(Columns(), name)):
                self.use(key)
                wanted[name] = value
        return Columns(**wanted)

    def _keys(self, table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        asked: dict[str, tuple[str, ...]] = {}
        for name, value in table.items():
            keys = self._key_list(f"keys.{name}", value)
            if keys is not None:
                self.use(f"keys.{name}")
                asked[name] = keys
        return asked

    def _key_list(self, path: str, value: object) -> tuple[str, ...] | None:
        """The keys of a value, canonical; None if it names none, though it should."""
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(key, str) for key in given):
            self.wrong(path, f"is a list of keys, not {_said(value)}", "the usual keys are used")
            return None
        keys: list[str] = []
        for text in given:
            key = canonical_key(text)
            if key is None:
                self.wrong(path, f"{text!r} is no key", "left out")
            elif key not in keys:
                keys.append(key)
        return tuple(keys) if keys or not given else None

    def _own(self, table: Mapping[str, Any]) -> tuple[CustomCommand, ...]:
        found = (self._own_command(name, value) for name, value in table.items())
        return tuple(each for each in found if each)

    def _own_command(self, name: str, table: object) -> CustomCommand | None:
        """One command of the user's; None if there is nothing in it that could be run."""
        path = CUSTOM_PREFIX + name
        if not custom_commands.is_name(name) or not isinstance(table, dict):
            self.wrong(path, "is a section, `[commands.NAME]`, NAME of letters, - and _", "ignored")
            return None
        for field in sorted(custom_commands.unknown_fields(table)):
            self.wrong(f"{path}.{field}", "a command has no such field", "ignored")
        shell = table.get("shell", False)
        if not isinstance(shell, bool):
            self.wrong(f"{path}.shell", "is true or false", "the command is left out")
            return None
        if why := custom_commands.cannot_run(table.get("run"), shell):
            self.wrong(f"{path}.run", why, "the command is left out")
            return None
        chosen: dict[str, Any] = {}
        for field, known in (
            ("input", custom_commands.INPUTS),
            ("output", custom_commands.OUTPUTS),
        ):
            if field in table and self._choice(f"{path}.{field}", table[field], known, known[0]):
                chosen[field] = table[field]
        if custom_commands.is_timeout(table.get("timeout", custom_commands.TIMEOUT)):
            chosen["timeout"] = float(table.get("timeout", custom_commands.TIMEOUT))
        else:
            wrong = f"is a number of seconds up to {custom_commands.LONGEST:.0f}"
            self.wrong(f"{path}.timeout", wrong, f"{custom_commands.TIMEOUT:.0f} is used")
        keys = self._key_list(f"{path}.key", table["key"]) if "key" in table else ()
        self.use(path)
        return CustomCommand(name, table["run"], keys or (), shell=shell, **chosen)


def _said(value: object) -> str:
    """A value as one would write it, not too much of it."""
    text = repr(value) if not isinstance(value, bool) else str(value).lower()
    return shorten(text, 40)


def _list(known: Collection[object]) -> str:
    return ", ".join(each if each and isinstance(each, str) else _said(each) for each in known)
