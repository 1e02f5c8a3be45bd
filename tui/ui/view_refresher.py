"""ViewRefresher: keeps the line of views up to date, and decides when their papers are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from tui.ui.view_tabs import ViewTabs

if TYPE_CHECKING:
    from tui.ui.reader import ReaderScreen

RECOUNT_DELAY = 0.2
"""Seconds from a mark to new counts of the views."""


class ViewRefresher:
    """Shows the views with their counts."""

    def __init__(self, reader: ReaderScreen) -> None:
        self._reader = reader
        self.tabs = ViewTabs(reader.library.store)
        self._timer: Timer | None = None
        """Runs until the views are counted again."""

    @property
    def is_due(self) -> bool:
        """Whether the views are to be counted again soon."""
        return self._timer is not None

    def refresh_soon(self) -> None:
        """Count the views again in a moment, once for many marks in quick succession."""
        if self._timer is None:
            self._timer = self._reader.set_timer(RECOUNT_DELAY, self.refresh)

    def refresh(self) -> None:
        """Show the views there are now, and count the papers of each again."""
        if self._timer:
            self._timer.stop()
            self._timer = None
        reader, request = self._reader, self._reader.request
        self.tabs.reload()
        if request.view not in self.tabs.views:
            reader.request = request._replace(view=self.tabs.same_view(request.view))
        reader.search.count(self.tabs.queries(reader.request.day), self._set_counts)
        self._show_tabs()

    def _set_counts(self, counts: list[int]) -> None:
        self.tabs.set_counts(counts)
        self._show_tabs()

    def _show_tabs(self) -> None:
        reader = self._reader
        tabs = self.tabs.tabs(reader.request, reader.key_of)
        reader.views_line.show(tabs.names, tabs.counts, tabs.current, tabs.right)
