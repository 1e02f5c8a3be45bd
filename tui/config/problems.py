"""Problem: one thing wrong in config.toml; Lines: where in its text a key stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tui.core.text import clean_line


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what holds instead. Never stops the start."""

    file: Path
    line: int
    """From 1; 0 where no line is to blame."""
    key: str
    """`keys.star`; empty for the file as a whole."""
    wrong: str
    instead: str
    """What is used in place of it."""

    def __str__(self) -> str:
        place = f"{self.file.name}:{self.line}" if self.line else self.file.name
        key = f"{self.key}: " if self.key else ""
        return clean_line(f"{place}: {key}{self.wrong}; {self.instead}")


_HEADER = re.compile(r"\s*\[\[?([^\[\]]+)\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""[\w\-."' ]+""")


class LineIndex:
    """The line of each key of a TOML text, found by looking, not by parsing."""

    def __init__(self, text: str) -> None:
        self._found: dict[str, int] = {}
        section = ""
        for number, line in enumerate(text.split("\n"), 1):
            key, equals, _ = line.partition("=")
            if header := _HEADER.match(line):
                section = _bare(header[1])
                self._found.setdefault(section, number)
            elif equals and _KEY.fullmatch(key):
                path = f"{section}.{_bare(key)}" if section else _bare(key)
                self._found.setdefault(path, number)

    def of(self, path: str) -> int:
        """The line of `keys.star`; of the nearest thing around it if it is written otherwise."""
        while path:
            if path in self._found:
                return self._found[path]
            path = path.rpartition(".")[0]  # an inline table: all of it on its key's line
        return 0


def _bare(name: str) -> str:
    """`commands . "my-one"` as `commands.my-one`."""
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
