"""How long work reports how far it is, and how it is cancelled.

Work that may take longer than a moment takes one `Progress`. It calls `update` now and then and
`check` between two steps of a few milliseconds. The caller decides what both do: the reader posts
a message to its status line, a command draws a bar on standard error, a test records the calls.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

Check = Callable[[], None]
"""Called between two steps of a few milliseconds; raises Cancelled to end the work."""


class Cancelled(Exception):
    """The work was cancelled: nobody waits for its result any more."""


class ProgressUpdate(NamedTuple):
    """How far a piece of work is."""

    label: str
    """What is being done."""
    done: int
    """Items (papers, feeds) that are done."""
    total: int | None = None
    """All items; None if their number is not known."""
    fraction: float | None = None
    """The share of the work that is done (0 to 1), such as the bytes read of a file."""

    @property
    def text(self) -> str:
        """One line: `indexing: 5,000 of 80,000`."""
        of = "" if self.total is None else f" of {self.total:,}"
        return f"{self.label}: {self.done:,}{of}"


def _never() -> bool:
    return False


class Progress:
    """Receives updates of a piece of work, and says whether it is cancelled.

    Methods are called in the thread that does the work.
    """

    def __init__(
        self,
        cancelled: Callable[[], bool] = _never,
        report: Callable[[ProgressUpdate], None] | None = None,
    ) -> None:
        """`cancelled()` says whether to end; it is called often. `report` gets the updates."""
        self.cancelled = cancelled
        self._report = report

    def check(self) -> None:
        """Raise Cancelled if the work is cancelled."""
        if self.cancelled():
            raise Cancelled

    def update(
        self, label: str, done: int, total: int | None = None, fraction: float | None = None
    ) -> None:
        """Report how far the work is; see ProgressUpdate."""
        if self._report:
            self._report(ProgressUpdate(label, done, total, fraction))


NO_PROGRESS = Progress()
"""For work that is not shown and never cancelled."""
