"""Grouping: shows the papers of the list in groups of one subject, found in a thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.core.progress import Cancelled
from tui.core.text import count_items

if TYPE_CHECKING:
    from tui.search.clusters import PaperGroup
    from tui.ui.background import Background
    from tui.ui.list_request import ListRequest
    from tui.ui.reader import ReaderScreen
    from tui.ui.widgets.list_places import Rows

LEAST_PAPERS = 4
"""Papers that a list must have to be grouped."""
MOST_PAPERS = 2000
"""Papers that are grouped at most: the first of a longer list."""


class Grouping:
    """Starts and ends the groups of the list.

    Papers that arrive meanwhile are shown when the groups end, so that nothing moves under the
    cursor of a user who goes through the groups.
    """

    def __init__(self, reader: ReaderScreen, background: Background) -> None:
        self._reader = reader
        self._background = background
        self.is_on = False
        """Whether the list shows groups and keeps them when the same papers are searched again."""

    def start(self) -> None:
        """Group the papers shown, the first MOST_PAPERS of them."""
        reader = self._reader
        rows = reader.panes.papers.rows
        if not reader.search.complete:
            reader.status.message("papers can be grouped once the index is complete")
        elif len(rows) < LEAST_PAPERS:
            reader.status.message("too few papers to group")
        else:
            work = partial(self._find, reader.request, rows)
            self._background.run(work, "groups", "grouping the papers")

    def end(self) -> None:
        """Show the list without groups, with the cursor on the same paper."""
        papers = self._reader.panes.papers
        self.is_on = False
        papers.followed = papers.heading.rows[0] if papers.heading else papers.row
        self._reader.refresh_list()

    def _find(self, request: ListRequest, rows: Rows) -> None:
        """Run in a thread."""
        try:
            first = rows[:MOST_PAPERS]
            groups = self._reader.library.search.group(
                first, lambda: self._reader.request != request
            )
        except Cancelled:  # the list is to show something else
            return
        self._background.call(partial(self._show, request, groups, len(rows)))

    def _show(self, request: ListRequest, groups: Sequence[PaperGroup], total: int) -> None:
        reader, key_of = self._reader, self._reader.key_of
        if reader.request != request:
            return
        if len(groups) < 2:
            reader.status.message("no subjects are found in these papers")
            return
        self.is_on = True
        reader.panes.papers.show_groups(groups, reader.panes.papers.followed)
        reader.update_current()
        number = count_items(len(groups), "groups")
        first = f"first {MOST_PAPERS:,} of " if total > MOST_PAPERS else ""
        reader.filter_bar.show_summary(f"{first}{total:,} papers in {number}")
        reader.status.message(
            f"{key_of('open')} unfolds · {key_of('pass_group')} passes over · "
            f"{key_of('group')} ends the groups"
        )
