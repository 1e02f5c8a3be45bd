"""Findings: the problems of config.toml, and the lines of the values that are used."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tui.core.text import clean_line, shorten


class Problem(NamedTuple):
    """A mistake in config.toml. It never stops Sheaf from starting."""

    file: Path
    line: int
    """From 1; 0 if the problem is in no single line."""
    key: str
    """The path of the value: `keys.star`; empty for the file as a whole."""
    message: str
    consequence: str
    """What Sheaf does instead: `auto is used`, `ignored`."""

    def __str__(self) -> str:
        key = f"{self.key}: " if self.key else ""
        return clean_line(f"{self.place}: {key}{self.message}; {self.consequence}")

    @property
    def place(self) -> str:
        """`config.toml:12`."""
        return f"{self.file.name}:{self.line}" if self.line else self.file.name


class Findings:
    """Collects problems, and the lines of the values that are used."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._index = LineIndex(text)
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}
        """The path of each value that is used, to its line."""

    def reject(self, key: str, message: str, consequence: str = "ignored") -> None:
        """Report a problem with the value at path `key`."""
        line = self._index.line_of(key)
        self.problems.append(Problem(self._path, line, key, message, consequence))

    def reject_file(self, line: int, message: str, consequence: str) -> None:
        """Report a problem with the file as a whole."""
        self.problems.append(Problem(self._path, line, "", message, consequence))

    def reject_unknown(self, key: str, known: Collection[str]) -> None:
        self.reject(key, "unknown setting", f"ignored; the settings are {', '.join(known)}")

    def accept(self, key: str) -> None:
        """Note that the value at path `key` is used."""
        self.lines[key] = self._index.line_of(key)

    def choose(self, key: str, table: Mapping[str, Any], choices: Collection[object]) -> Any:
        """Return the value of the last part of `key` in `table`, or the first choice.

        Reports a problem if the table has a value that is not one of the choices.
        """
        default, *_ = choices
        name = key.rpartition(".")[2]
        if name not in table:
            return default
        value = table[name]
        # The types are compared because in Python `true` is 1, and 1.0 is 1.
        if any(type(value) is type(choice) and value == choice for choice in choices):
            self.accept(key)
            return value
        expected = ", ".join(map(_format_choice, choices))
        message = f"must be one of {expected}, not {quote(value)}"
        self.reject(key, message, f"{_format_choice(default)} is used")
        return default


def _format_choice(value: object) -> str:
    return value if value and isinstance(value, str) else quote(value)


def quote(value: object) -> str:
    """Return a value as TOML writes it, in at most 40 characters."""
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return shorten(text, 40)


_HEADER = re.compile(r"\s*\[\[?([^\[\]]+)\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""[\w\-."' ]+""")


class LineIndex:
    """The line of each key of a TOML text, which `tomllib` does not give."""

    def __init__(self, text: str) -> None:
        self._lines: dict[str, int] = {}
        section = ""
        for number, line in enumerate(text.split("\n"), 1):
            key, equals, _ = line.partition("=")
            if header := _HEADER.match(line):
                section = _without_quotes(header[1])
                self._lines.setdefault(section, number)
            elif equals and _KEY.fullmatch(key):
                name = _without_quotes(key)
                self._lines.setdefault(f"{section}.{name}" if section else name, number)

    def line_of(self, path: str) -> int:
        """Return the line of `keys.star`, from 1.

        A key of an inline table has the line of the table; 0 if nothing is found.
        """
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path.rpartition(".")[0]
        return 0


def _without_quotes(name: str) -> str:
    """Return `commands . "my-one"` as `commands.my-one`."""
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
