"""`load`: config.toml to a Config. Every value is checked, and no mistake stops Sheaf."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tui.config.custom_commands import read_commands
from tui.config.export_section import read_export
from tui.config.findings import Findings, quote
from tui.config.key_names import read_keys
from tui.config.keymap import build_keymap
from tui.config.mail_section import read_mail
from tui.config.network_section import environment_overrides, read_network
from tui.config.settings import CHOICES, COLUMNS, Columns, Config
from tui.core.commands import COMMANDS

MAX_SIZE = 1 << 20
"""In bytes; a larger file is not a configuration."""
_LINE = re.compile(r"at line (\d+)")

Table = Mapping[str, Any]


def load(path: Path, environ: Mapping[str, str] = os.environ) -> Config:
    """Return the user's configuration; a missing file gives the defaults.

    The environment comes first for the URLs of services. `TEXTUAL_THEME`, the theme of other
    Textual programs, is the default theme.
    """
    text, line, error = _read_text(path)
    findings = Findings(path, text)
    table: Table = {}
    if text:
        table, line, error = _parse(text)
    if error:
        findings.reject_file(line, error, "the defaults are used")
    overrides = environment_overrides(environ, findings)
    fields: dict[str, Any] = {}
    environment = dict(overrides)
    if theme := environ.get("TEXTUAL_THEME"):
        fields["theme"] = theme
        environment["theme"] = "TEXTUAL_THEME"
    fields |= _read_settings(table, findings)
    config = Config(path=path, environment=environment, **fields)
    keymap = build_keymap(COMMANDS, config.preset, config.keys, config.custom, findings)
    unused = {f"keys.{name}" for name, origin in keymap.origins.items() if origin != "user"}
    return config._replace(
        problems=tuple(sorted(findings.problems, key=lambda problem: problem.line)),
        lines={
            name: line
            for name, line in findings.lines.items()
            if name not in unused and name not in overrides
        },
    )


def _read_text(path: Path) -> tuple[str, int, str]:
    """Return the text of the file, and the line and reason if it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            return "", 0, "is not a file"
        with path.open("rb") as file:
            data = file.read(MAX_SIZE + 1)
    except FileNotFoundError:
        return "", 0, ""
    except (OSError, ValueError) as error:
        return "", 0, f"cannot be read: {getattr(error, 'strerror', None) or error}"
    if len(data) > MAX_SIZE:
        return "", 0, "is larger than a configuration can be"
    try:
        return data.decode("utf-8-sig"), 0, ""  # Windows editors put a byte order mark first
    except UnicodeDecodeError as error:
        return "", data[: error.start].count(b"\n") + 1, "is not UTF-8"


def _parse(text: str) -> tuple[Table, int, str]:
    """Return the table of a TOML text, and the line and reason if it is not TOML."""
    import tomllib  # a start without a file does without it

    try:
        return tomllib.loads(text), 0, ""
    except RecursionError:
        reason, found = "nested too deep", None
    except ValueError as error:
        found = _LINE.search(str(error))
        reason = "not TOML: " + re.sub(r" \(at .*\)$", "", str(error))
    return {}, int(found[1]) if found else text.rstrip("\n").count("\n") + 1, reason


def _read_settings(table: Table, findings: Findings) -> dict[str, Any]:
    """Return the fields of Config that the file sets."""
    fields: dict[str, Any] = {}
    for name, value in table.items():
        if name in _SECTIONS:
            field, read = _SECTIONS[name]
            if isinstance(value, dict):
                fields[field] = read(value, findings)
            else:
                findings.reject(name, f"must be a section `[{name}]`")
        elif name in CHOICES:
            fields[name] = findings.choose(name, table, CHOICES[name])
        elif name != "theme":
            findings.reject_unknown(name, ("theme", *CHOICES, *_SECTIONS))
        elif isinstance(value, str) and value:
            findings.accept(name)
            fields[name] = value
        else:
            findings.reject(name, f"must be the name of a theme, not {quote(value)}")
    return fields


def _read_columns(table: Table, findings: Findings) -> Columns:
    columns: dict[str, bool] = {}
    for name in table:
        if name not in COLUMNS:
            consequence = f"ignored; the columns are {', '.join(COLUMNS)}"
            findings.reject(f"columns.{name}", "unknown column", consequence)
        else:
            default = getattr(Columns(), name)
            columns[name] = findings.choose(f"columns.{name}", table, (default, not default))
    return Columns(**columns)


def _read_keymap(table: Table, findings: Findings) -> dict[str, tuple[str, ...]]:
    """Return command id to keys; whether there are such commands is checked by `build_keymap`."""
    keymap: dict[str, tuple[str, ...]] = {}
    for name, value in table.items():
        keys = read_keys(f"keys.{name}", value, findings)
        if keys is not None:
            findings.accept(f"keys.{name}")
            keymap[name] = keys
    return keymap


_SECTIONS: Mapping[str, tuple[str, Callable[[Table, Findings], Any]]] = {
    "columns": ("columns", _read_columns),
    "keys": ("keys", _read_keymap),
    "commands": ("custom", read_commands),
    "mail": ("mail", read_mail),
    "export": ("export", read_export),
    "network": ("network", read_network),
}
"""Section to the field of Config it fills, and the function that reads it."""
