"""Authors of papers in tests."""

from __future__ import annotations

from tui.core.author import Author


def authors(*names: str) -> tuple[Author, ...]:
    """Return the authors whose names are shown so."""
    return tuple(map(Author.parse, names))
