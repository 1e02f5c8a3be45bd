"""Views: named queries to switch between. Six are built in, the others are the user's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from tui.state import Change

TABLE = "views"
"""The table of the state store with the user's views."""


class View(NamedTuple):
    """A name for a query. `{day}` in the query stands for the chosen day."""

    name: str
    query: str = ""
    custom: bool = False
    """Whether the user made it."""

    def query_for(self, day: str) -> str:
        """Return the query of the view for a day."""
        return self.query.replace("{day}", day)

    @property
    def then(self) -> str:
        """What it does with its papers: `mute`, `tag:NAME`, or nothing; see Query."""
        if not self.custom or "then:" not in self.query.lower():
            return ""
        from tui.search.query import parse  # the reader's first frame must not wait for it

        return parse(self.query, complete=True).then

    @property
    def has_day(self) -> bool:
        """Whether the query depends on the day."""
        return "{day}" in self.query


ALL = View("All")
TODAY = View("Today", "listed:{day}")
NEW = View("New", "is:new")
"""Papers that the user has not seen."""
BUILT_IN = (
    View("Unread", "is:unread"),
    TODAY,
    View("Starred", "is:starred"),
    View("Later", "tag:later"),
    ALL,
    NEW,
)


def list_views(documents: Mapping[str, Mapping[str, Any]]) -> tuple[View, ...]:
    """Return the built-in views, then those in the documents of TABLE, by name."""
    names = {view.name for view in BUILT_IN}
    custom = [
        View(name, str(fields.get("query", "")), custom=True)
        for name, fields in sorted(documents.items())
        if fields.get("query") and name not in names
    ]
    return (*BUILT_IN, *custom)


def save_view_change(name: str, query: str, replaced: View | None = None) -> Change:
    """Return the change that saves a view in place of `replaced`."""
    tables: dict[str, dict[str, Any] | None] = {name: {"query": query}}
    if replaced is not None and replaced.custom and replaced.name != name:
        tables[replaced.name] = None
    return Change.of(f"view “{name}”", tables={TABLE: tables})


def remove_view_change(view: View) -> Change:
    """Return the change that removes a view of the user's."""
    return Change.of(f"end of view “{view.name}”", tables={TABLE: {view.name: None}})
