"""NetError: what went wrong on the way, and what to do."""

from __future__ import annotations

from typing import Literal

from tui.core.errors import SheafError

Kind = Literal[
    "offline",    # no network, no such host, or nobody answers there
    "timeout",    # too slow
    "tls",        # the other side cannot prove who it is
    "refused",    # they will not, or we will not
    "busy",       # they ask us to come later
    "server",     # they have an error
    "too-large",  # more than the limit
    "not-found",
    "broken",     # an answer that is not whole, or that nobody can read
    "stopped",    # by the user
]  # fmt: skip


class NetError(SheafError):
    """No answer, or none to use; `str(error)` says what and what to do."""

    def __init__(
        self, kind: Kind, text: str, *, again: bool = False, wait: float = 0.0, status: int = 0
    ) -> None:
        super().__init__(text)
        self.kind: Kind = kind
        self.status = status
        """Of the answer; 0 if there was none."""
        self.again = again
        """Whether another try may do better."""
        self.wait = wait
        """Seconds the service asked us to wait; 0 if it did not say."""
