"""`parse`: the text of config.toml to a Config. Every value is checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from tui.config.custom_commands import read_commands
from tui.config.export_section import read_export
from tui.config.findings import Findings, quote
from tui.config.key_names import read_keys
from tui.config.keymap import PRESETS, build_keymap
from tui.config.load import FileError
from tui.config.mail_section import read_mail
from tui.config.network_section import environment_overrides, read_network
from tui.config.settings import COLUMNS, Columns, Config
from tui.core.commands import COMMANDS

_LINE = re.compile(r"at line (\d+)")

Table = Mapping[str, Any]

CHOICES: Mapping[str, Collection[object]] = {
    "layout": ("auto", "side", "stacked", "list"),
    "dates": ("iso", "relative"),
    "rows": (1, 2),
    "preset": ("", *PRESETS),
}
"""Setting to its allowed values, the default first."""


def parse(path: Path, text: str, error: FileError | None, environ: Mapping[str, str]) -> Config:
    """Return the configuration in `text`, or the defaults with a problem if there is an `error`.

    The environment comes first for the URLs of services. `TEXTUAL_THEME`, the theme of other
    Textual programs, is the default theme.
    """
    findings = Findings(path, text)
    table: Table = {}
    if not error:
        table, error = _parse_toml(text)
    if error:
        findings.reject_file(error.line, error.reason, "the defaults are used")
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


def _parse_toml(text: str) -> tuple[Table, FileError | None]:
    """Return the table of a TOML text, and why it is empty if the text is not TOML."""
    try:
        return tomllib.loads(text), None
    except RecursionError:
        reason, found = "nested too deep", None
    except ValueError as error:
        found = _LINE.search(str(error))
        reason = "not TOML: " + re.sub(r" \(at .*\)$", "", str(error))
    line = int(found[1]) if found else text.rstrip("\n").count("\n") + 1
    return {}, FileError(line, reason)


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
