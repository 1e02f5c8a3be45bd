"""`[export]`: how papers are written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tui.export import key_pattern


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """The wishes of `[export]`."""

    key: str = key_pattern.DEFAULT_PATTERN
    """The pattern of citation keys; see `tui.export.key_pattern`."""


def read_export(
    table: Mapping[str, Any], wrong: Callable[[str, str, str], None], use: Callable[[str], None]
) -> ExportSettings:
    """The section as it is written; `wrong` is told what is, `use` what counts."""
    for name in sorted(set(table) - {"key"}):
        wrong(f"export.{name}", "there is no such setting", "ignored; there is key")
    if "key" not in table:
        return ExportSettings()
    if why := key_pattern.check_pattern(table["key"]):
        wrong("export.key", why, f"{key_pattern.DEFAULT_PATTERN} is used")
        return ExportSettings()
    use("export.key")
    return ExportSettings(table["key"])
