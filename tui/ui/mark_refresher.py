"""MarkRefresher: what is shown again when marks change, and what is said when one is not saved."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from tui.state import Change, SaveRefused

if TYPE_CHECKING:
    from tui.ui.background import Background
    from tui.ui.reader import ReaderScreen

REPAINT_ALL_ABOVE = 50
"""Changed rows from which the whole list is repainted, not each row."""


class MarkRefresher:
    """Updates list, panes and counts after marks change, in this process or in another."""

    def __init__(self, reader: ReaderScreen, background: Background) -> None:
        self._reader = reader
        self._background = background
        self._shows_refusal = False
        """Whether the warning on the screen is about a change that was not saved."""

    def on_changed(self, keys: Collection[str]) -> None:
        """Repaint the rows of these papers and the panes, and soon the counts of the views."""
        reader, papers = self._reader, self._reader.panes.papers
        rows = reader.library.catalog.rows_of(keys).values()
        if len(rows) > REPAINT_ALL_ABOVE:
            papers.forget()
        else:
            for row in rows:
                papers.forget(row)
        if papers.row in rows:
            reader.show_current_paper()
        reader.view_refresher.refresh_soon()
        reader.refresh_summary()

    def on_saved(self, change: Change, refused: SaveRefused | None) -> None:
        """Show that a change is saved, or why not. Called from the thread that writes."""
        self._background.call(partial(self._show_saved, change, refused))

    def _show_saved(self, change: Change, refused: SaveRefused | None) -> None:
        """Repaint the papers of a change; the reason of a refusal stays until one is saved."""
        self.on_changed(change.keys)
        status = self._reader.status
        if refused:
            self._shows_refusal = True
            status.message("")
            status.warn(str(refused))
        elif self._shows_refusal:
            self._shows_refusal = False
            status.hide_notice()
