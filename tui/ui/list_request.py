"""ListRequest: what the list shows, as one value."""

from __future__ import annotations

from typing import NamedTuple

from tui.library.views import ALL, View
from tui.search.session import SearchRequest


class ListRequest(NamedTuple):
    """What the list shows: the papers of a view that match the filter, in an order."""

    view: View = ALL
    day: str = ""
    """The day that views by day show, as ISO date."""
    text: str = ""
    """The filter as the user typed it."""
    order: str = ""
    """The name of the order in the query language; empty for the usual one."""
    reverse: bool = False
    similar_to: int | None = None
    """Catalog row of the paper that the others are similar to, instead of view and filter."""

    def with_text(self, text: str) -> ListRequest:
        """Return the same request with another filter, and without `similar_to`."""
        return self._replace(text=text, similar_to=None)

    @property
    def is_filtered(self) -> bool:
        """Whether the list shows less than the view, or something else."""
        return bool(self.text.strip()) or self.similar_to is not None

    @property
    def view_query(self) -> str:
        """The query of the view and the order."""
        order = f"sort:{self.order} " if self.order else ""
        return f"{order}{self.view.query_for(self.day)}"

    def search_request(self) -> SearchRequest:
        """Return this request as the search takes it."""
        return SearchRequest(self.text, self.similar_to, self.view_query, self.reverse)

    def row_to_keep(self, new: ListRequest, row: int | None, followed: int | None) -> int | None:
        """Return the catalog row that the cursor stays on when `new` replaces this request.

        `row` is the row under the cursor now. `followed` is the row that the user moved the cursor
        to; None if the user did not move it, and then it goes to the first row. The cursor stays on
        its paper from view to view and when the filter is cleared. It goes to the first paper in
        another order or among similar papers, and returns from these to the paper that they are
        similar to.
        """
        if new == self:
            return followed
        if new.similar_to is not None or (self.order, self.reverse) != (new.order, new.reverse):
            return None
        if (self.view, self.day) != (new.view, new.day):
            return row
        if self.text != new.text:
            return followed if new.text else row
        return self.similar_to

    def row_to_keep_when_papers_arrive(self, row: int | None, followed: int | None) -> int | None:
        """Return the catalog row that the cursor stays on when papers have arrived.

        The same request has been searched again. Arriving papers do not move the cursor from the
        paper that the user has gone to. Without a filter they never move it. With a filter, a
        cursor that was not moved goes to the best match. `row` and `followed` are those of
        `row_to_keep`.
        """
        return row if followed is None and not self.is_filtered else followed
