"""Views: named queries one goes through with Tab. Six are built in, the rest are the user's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tui.state import Change

TABLE = "views"
"""The table of the state store that keeps the user's views."""


@dataclass(frozen=True, slots=True)
class View:
    """A name for a query. `{day}` in the query stands for the day one is on."""

    name: str
    query: str = ""
    own: bool = False
    """Whether the user made it."""

    def text(self, day: str) -> str:
        """The query to search for, on a day."""
        return self.query.replace("{day}", day)

    @property
    def by_day(self) -> bool:
        return "{day}" in self.query


ALL = View("All")
TODAY = View("Today", "listed:{day}")
NEW = View("New", "is:new")
"""What came since the last visit."""
BUILT_IN = (
    View("Unread", "is:unread"),
    TODAY,
    View("Starred", "is:starred"),
    View("Later", "tag:later"),
    ALL,
    NEW,
)


def views(documents: Mapping[str, Mapping[str, Any]]) -> tuple[View, ...]:
    """The built-in views, then the user's by their place and name."""
    names = {view.name for view in BUILT_IN}
    own = [
        View(name, str(fields.get("query", "")), own=True)
        for name, fields in sorted(documents.items())
        if fields.get("query") and name not in names
    ]
    return (*BUILT_IN, *own)


def keeping(name: str, query: str, before: View | None = None) -> Change:
    """The change that keeps a view; `before` is the one it takes the place of."""
    tables: dict[str, dict[str, Any]] = {name: {"query": query}}
    if before is not None and before.own and before.name != name:
        tables[before.name] = None  # type: ignore[assignment]
    return Change.of(f"view “{name}”", tables={TABLE: tables})


def dropping(view: View) -> Change:
    """The change that ends a view of the user's."""
    return Change.of(f"end of view “{view.name}”", tables={TABLE: {view.name: None}})
