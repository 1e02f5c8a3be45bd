"""How long work reports how far it is, and how it is cancelled.

Work that may take longer than a moment takes one `Progress`. It calls `update` now and then and
`check` between two steps of a few milliseconds. The caller decides what both do: the reader posts
a message to its status line, a command draws a bar on standard error, a test records the calls.
"""

from __future__ import annotations

from collections.abc import Callable

Check = Callable[[], None]
"""Called between two steps of a few milliseconds; raises Cancelled to end the work."""


class Cancelled(Exception):
    """The work was cancelled: nobody waits for its result any more."""


def _never() -> bool:
    return False


class Progress:
    """Receives progress and knows whether the work is cancelled; this one ignores updates.

    Methods are called in the thread that does the work.
    """

    def __init__(self, cancelled: Callable[[], bool] = _never) -> None:
        """`cancelled()` says whether to end; it is called often, from any thread."""
        self.cancelled = cancelled

    def check(self) -> None:
        """Raise Cancelled if the work is cancelled."""
        if self.cancelled():
            raise Cancelled

    def update(
        self, label: str, done: int, total: int | None = None, fraction: float | None = None
    ) -> None:
        """Report that `done` of `total` items are done; `label` says what is being done.

        `total` is None where it is not known. `fraction` (0 to 1) is the share of the work that is
        done, where that is known better than by counting items, such as the bytes read of a file.
        """


NO_PROGRESS = Progress()
"""For work that is not shown and never cancelled."""
