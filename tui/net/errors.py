"""NetError: why there is no response, and what to do."""

from __future__ import annotations

from typing import Literal

from tui.core.errors import SheafError

ErrorKind = Literal[
    "offline",    # no network, no such host, or no answer there
    "timeout",    # too slow
    "tls",        # the server has no valid certificate
    "refused",    # by the service, or by a rule of ours
    "busy",       # the service asks to wait
    "server",     # the service has an error
    "too-large",  # more than the limit
    "not-found",
    "broken",     # incomplete, or not readable
    "stopped",    # by the user
]  # fmt: skip


class NetError(SheafError):
    """There is no response, or none that can be used. The message says what to do."""

    def __init__(
        self, kind: ErrorKind, text: str, *, retry: bool = False, wait: float = 0.0, status: int = 0
    ) -> None:
        super().__init__(text)
        self.kind: ErrorKind = kind
        self.status = status
        """Of the response; 0 if there was none."""
        self.retry = retry
        """Whether another try may succeed."""
        self.wait = wait
        """Seconds that the service asked to wait; 0 if it did not."""
