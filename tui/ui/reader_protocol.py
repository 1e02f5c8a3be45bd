"""Reader: everything that an action may use of the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from textual.app import App
from textual.screen import Screen

if TYPE_CHECKING:
    from tui.catalog.catalog import StoredPaper
    from tui.config import Config
    from tui.library.library import Library
    from tui.library.triage import Triage
    from tui.ui.jobs import JobRunner
    from tui.ui.list_request import ListRequest
    from tui.ui.panes import Panes
    from tui.ui.presenter import RowPresenter
    from tui.ui.status_bar import StatusBar
    from tui.ui.widgets.paper_list import PaperList

T = TypeVar("T")
Place = Literal["list", "reading", "filter"]
"""Where the keys go: the list, the paper over the whole screen, or the field of the filter."""


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

    async def leave(self) -> None:
        """Save the position and end the reader."""
