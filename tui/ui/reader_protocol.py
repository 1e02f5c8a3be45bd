"""Reader: everything that an action may use of the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from textual.app import App

if TYPE_CHECKING:
    from tui.catalog.catalog import StoredPaper
    from tui.config import Config
    from tui.library.library import Library
    from tui.library.triage import Triage
    from tui.ui.grouping import Grouping
    from tui.ui.jobs import JobRunner
    from tui.ui.list_request import ListRequest
    from tui.ui.panes import Panes
    from tui.ui.screen import SheafScreen
    from tui.ui.seen_papers import SeenPapers
    from tui.ui.status_bar import StatusBar

T = TypeVar("T")


class AskingScreen(Protocol):
    """What every screen of ours offers."""

    @property
    def app(self) -> App[object]:
        """The app, for what concerns the terminal: clipboard, suspension, palette."""

    def key_of(self, command_id: str) -> str:
        """Return the first key of a command, as people write it."""

    async def ask(self, dialog: SheafScreen[T]) -> T | None:
        """Show a dialog and return its result; None if the user left it."""


class Reader(AskingScreen, Protocol):
    """The screen of the reader, as actions see it."""

    request: ListRequest
    """What the list shows. Setting it searches, even if it is the same as before."""
    selection: frozenset[int]
    """Catalog rows of the selected papers; some may not be in the list."""

    @property
    def current(self) -> StoredPaper | None:
        """The paper under the cursor; None in an empty list and on the heading of a group."""

    @property
    def panes(self) -> Panes:
        """List, abstract and context: the cursor, the widths, and where the keys go."""

    @property
    def library(self) -> Library: ...
    @property
    def config(self) -> Config: ...
    @property
    def triage(self) -> Triage: ...
    @property
    def grouping(self) -> Grouping: ...
    @property
    def jobs(self) -> JobRunner: ...
    @property
    def status(self) -> StatusBar: ...
    @property
    def seen_papers(self) -> SeenPapers: ...
