"""Timeouts, and TimeBudget: how long the response to one URL may take."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

MIN_SPEED = 16 << 10
"""Bytes a second; a body that arrives at this speed is worth waiting for."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds."""

    connect: float = 10.0
    read: float = 30.0
    """For the next bytes."""
    total: float = 60.0
    """For one URL with its redirects and retries, unless its body arrives at MIN_SPEED."""


class TimeBudget:
    """The seconds that one URL may still take. Waiting for its rate limit costs nothing."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self._timeout = asyncio.timeout(None)

    @asynccontextmanager
    async def spend(self) -> AsyncIterator[None]:
        """Take the seconds that the block lasts. Raises TimeoutError when none are left."""
        async with asyncio.timeout(self.left) as self._timeout:
            try:
                yield
            finally:
                self.left = self._until - asyncio.get_running_loop().time()

    def extend(self, received: int) -> None:
        """Allow the time that as many bytes take at MIN_SPEED, unless more is left anyway."""
        until = asyncio.get_running_loop().time() + received / MIN_SPEED
        self._timeout.reschedule(max(until, self._until))

    @property
    def _until(self) -> float:
        until = self._timeout.when()
        assert until is not None
        return until
