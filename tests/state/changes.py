"""Changes that many tests make."""

from __future__ import annotations

from tui.state import Change


def star(*keys: str, on: bool = True) -> Change:
    """Return the change that stars papers, or removes their stars."""
    return Change.of("star", {key: {"star": on} for key in keys})
