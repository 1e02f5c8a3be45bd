"""ViewTabs: the views with their counts, for the line above the filter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tui.library.orders import find_order
from tui.library.views import ALL, TABLE, TODAY, View, list_views
from tui.state import Store
from tui.ui.list_request import ListRequest


class Tabs(NamedTuple):
    """What the line of views shows."""

    names: Sequence[str]
    counts: Mapping[str, int]
    """Papers of each view by its name, where they are counted already."""
    current: int
    right: str
    """The text at the right end: the day and the order of the list, if not the usual ones."""


class ViewTabs:
    """The views and the counts of their papers."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.views: tuple[View, ...] = list_views(store.documents(TABLE))
        self._counts: dict[str, int] = {}

    def reload(self) -> None:
        """Read the views again, because the user may have changed them."""
        self.views = list_views(self._store.documents(TABLE))

    def same_view(self, view: View) -> View:
        """Return the view that now has the name of `view`, or `All` if there is none."""
        return next((each for each in self.views if each.name == view.name), ALL)

    def queries(self, day: str) -> list[str]:
        """Return the query of each view, to count its papers."""
        return [view.query_for(day) for view in self.views]

    def set_counts(self, counts: Sequence[int]) -> None:
        """Set the counts of the papers of each view, in the order of `queries`."""
        self._counts = {view.name: count for view, count in zip(self.views, counts, strict=False)}

    def tabs(self, request: ListRequest, key_of: Callable[[str], str]) -> Tabs:
        """Return the line for a request; `Today` on another day has the name of its date."""
        today = date.today().isoformat()
        parts = []
        if request.view.has_day:
            day = f"{request.day} · " if request.day == today else ""
            parts.append(f"{day}{key_of('day_before')} {key_of('day_after')} other days")
        if order := find_order(request.order):
            parts.append(f"by {order.label}{' · reversed' if request.reverse else ''}")
        names = {
            view: request.day if view is TODAY and request.day != today else view.name
            for view in self.views
        }
        counts = {
            name: self._counts[view.name]
            for view, name in names.items()
            if view.name in self._counts
        }
        current = self.views.index(request.view) if request.view in self.views else 0
        return Tabs(tuple(names.values()), counts, current, " · ".join(parts))
