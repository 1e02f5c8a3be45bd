"""`[export]`: how papers are written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tui.export import pattern


@dataclass(frozen=True, slots=True)
class Export:
    """The wishes of `[export]`."""

    key: str = pattern.DEFAULT
    """The pattern of citation keys; see `tui.export.pattern`."""


def read(
    table: Mapping[str, Any], wrong: Callable[[str, str, str], None], use: Callable[[str], None]
) -> Export:
    """The section as it is written; `wrong` is told what is, `use` what counts."""
    for name in sorted(set(table) - {"key"}):
        wrong(f"export.{name}", "there is no such setting", "ignored; there is key")
    if "key" not in table:
        return Export()
    if why := pattern.wrong(table["key"]):
        wrong("export.key", why, f"{pattern.DEFAULT} is used")
        return Export()
    use("export.key")
    return Export(table["key"])
