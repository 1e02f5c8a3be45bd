"""What an action may use of the reader, and what a list shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from textual.app import App
from textual.screen import Screen

from tui.library.views import ALL, View
from tui.search.session import SearchRequest

if TYPE_CHECKING:
    from tui.catalog.catalog import StoredPaper
    from tui.config import Config
    from tui.library.library import Library
    from tui.library.triage import Triage
    from tui.ui.jobs import JobRunner
    from tui.ui.panes import Panes
    from tui.ui.presenter import RowPresenter
    from tui.ui.status import StatusBar
    from tui.ui.widgets.paper_list import PaperList

T = TypeVar("T")
Place = Literal["list", "reading", "filter"]
"""Where the keys go: the list, the paper over the whole screen, or the field of the filter."""


@dataclass(frozen=True, slots=True)
class ListRequest:
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
        return replace(self, text=text, similar_to=None)

    @property
    def is_filtered(self) -> bool:
        """Whether the list shows less than the view, or something else."""
        return bool(self.text.strip()) or self.similar_to is not None

    @property
    def base(self) -> str:
        """The query of the view and the order."""
        order = f"sort:{self.order} " if self.order else ""
        return f"{order}{self.view.query_for(self.day)}"

    def search_request(self) -> SearchRequest:
        """Return this request as the search takes it."""
        return SearchRequest(self.text, self.similar_to, self.base, self.reverse)

    def row_to_keep(self, new: ListRequest, row: int | None, followed: int | None) -> int | None:
        """Return the catalog row that the cursor stays on when `new` replaces this request.

        `row` is the one under the cursor now; `followed` the one the user has gone to, None if
        the cursor is to be on the best match. The cursor stays on its paper from view to view and
        when the filter goes; it goes to the first paper in another order or among similar papers,
        and back to where it was from there.
        """
        if new.similar_to is not None or (self.order, self.reverse) != (new.order, new.reverse):
            return None
        if (self.view, self.day) != (new.view, new.day):
            return row
        if self.text != new.text:
            return followed if new.text else row
        if self.similar_to is not None:
            return self.similar_to
        return followed


class Reader(Protocol):
    """Everything that an action may use of the reader."""

    @property
    def app(self) -> App[object]: ...
    @property
    def library(self) -> Library: ...
    @property
    def config(self) -> Config: ...
    @property
    def status(self) -> StatusBar: ...
    @property
    def jobs(self) -> JobRunner: ...
    @property
    def triage(self) -> Triage: ...
    @property
    def papers(self) -> PaperList:
        """The list; it owns the cursor and the selection."""

    @property
    def presenter(self) -> RowPresenter: ...
    @property
    def panes(self) -> Panes:
        """List, abstract and context side by side."""

    @property
    def request(self) -> ListRequest:
        """What the list shows."""

    @property
    def current(self) -> StoredPaper | None:
        """The paper under the cursor; None in an empty list."""

    @property
    def place(self) -> Place:
        """Where the keys go now."""

    def key_of(self, command_id: str) -> str:
        """Return the first key of a command, as people write it."""

    def targets(self) -> list[int]:
        """Return the catalog rows to act on: the selected ones, else that of the cursor."""

    def show(self, request: ListRequest) -> None:
        """Show another list."""

    def go_to_place(self, place: Place) -> None:
        """Move the focus to another place, and show it."""

    async def ask(self, dialog: Screen[T]) -> T | None:
        """Show a dialog and return its result; None if the user left it."""

    def announce_new(self, count: int, text: str) -> None:
        """Say what a job has done, and how many papers have come in, if any.

        The key for the first paper then shows them. Other changes of the job are shown soon.
        """

    def take_announcement(self) -> bool:
        """End the announcement of new papers; return whether there was one."""

    def leave(self) -> None:
        """Save the position and end the reader."""
