"""Selecting: the paper under the cursor, or many at once. What a decision is about."""

from __future__ import annotations

from textual import on

from tui.library.library import Library
from tui.ui.screens.marking import Marking
from tui.ui.widgets.paper_list import PaperList


class Selecting(Marking):
    """The part of the main screen that knows which papers an action is for."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._anchor: int | None = None
        """Row last selected by itself: a range starts there."""

    def subjects(self) -> dict[str, int]:
        """Key to row of the papers an action is for: the selected ones, else the one shown."""
        if self.selected:
            keys = self.library.catalog.keys_of(sorted(self.selected))
            return {key: row for row, key in keys.items()}
        stored = self.shown
        return {stored.key: stored.row} if stored else {}

    def select(self, rows: set[int]) -> None:
        """Select exactly `rows`, repaint what changed."""
        changed = self.selected ^ rows
        self.selected = rows
        papers = self.query_one(PaperList)
        if len(changed) > 50:
            papers.forget()
        else:
            for row in changed:
                papers.forget(row)
        self.count_marks()

    def action_select(self) -> None:
        """Select the paper, or let it go, and go on to the next."""
        papers = self.query_one(PaperList)
        if papers.row is not None:
            self._anchor = papers.row
            self.select(self.selected ^ {papers.row})
            papers.move_to(papers.cursor + 1)

    def action_select_range(self) -> None:
        """Select all from the paper last selected by itself to this one."""
        papers = self.query_one(PaperList)
        if papers.row is None:
            return
        rows = [int(row) for row in papers.rows]
        first = rows.index(self._anchor) if self._anchor in rows else 0
        low, high = sorted((first, papers.cursor))
        self.select(self.selected | set(rows[low : high + 1]))

    def action_select_all(self) -> None:
        """Select all shown, or none if all are."""
        rows = {int(row) for row in self.query_one(PaperList).rows}
        self.select(set() if rows <= self.selected else self.selected | rows)

    def end_selection(self) -> bool:
        """Let all go; False if nothing was selected."""
        had = bool(self.selected)
        self.select(set())
        return had

    @on(PaperList.SelectClicked)
    def _select_clicked(self, event: PaperList.SelectClicked) -> None:
        self._anchor = event.row
        self.select(self.selected ^ {event.row})
