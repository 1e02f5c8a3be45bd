"""Who may ask when: a pause between requests to one service, few at once to one host."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs
from filelock import FileLock, Timeout

from tui.net.network_settings import NetworkSettings

MIN_INTERVALS = {"arxiv": 3.0, "s2": 1.0, "pubmed": 0.4}
"""Seconds between the starts of two requests, one at a time, as the services ask for."""
MAX_CONCURRENT = 4
"""Requests at once to a host that asks for no pause."""
_FARTHEST = 600.0
"""Seconds; a turn farther off was noted by a clock that ran ahead."""


class Clock:
    """Time, waiting and chance; tests put their own in."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def jitter(self) -> float:
        """A number from 0 to 1."""
        return random.random()


@dataclass(slots=True)
class RateLimit:
    """The turns at one host or service; a service with a pause shares them between processes."""

    pause: float
    note: Path | None
    """The file that holds when the next turn is."""
    places: asyncio.Semaphore
    next: float = field(default=0.0)

    def reserve(self, now: float) -> float:
        """When we may start; the one after us starts `pause` later."""
        if self.note is None:
            return self._reserve(now)
        try:
            with FileLock(f"{self.note}.lock", timeout=1):
                self.next = max(self.next, _read(self.note))
                start = self._reserve(now)
                self.note.write_text(f"{self.next:.3f}")
                return start
        except (OSError, Timeout):  # no place for notes: this process alone keeps the pauses
            return self._reserve(now)

    def _reserve(self, now: float) -> float:
        start = self.next if now < self.next < now + _FARTHEST else now
        self.next = start + self.pause
        return start

    def postpone(self, until: float) -> None:
        """Nobody starts before `until`."""
        self.next = max(self.next, until)


def _read(note: Path) -> float:
    try:
        return float(note.read_text())
    except (FileNotFoundError, ValueError):
        return 0.0


class RateLimiter:
    """The gates of one client: arXiv's hosts share one, wherever the user's mirror is."""

    def __init__(self, network: NetworkSettings, clock: Clock, folder: Path | None = None) -> None:
        """`folder` holds the notes shared by all processes of the user; by default the cache."""
        self._network = network
        self._clock = clock
        self._folder = folder
        self._gates: dict[str, RateLimit] = {}

    def gate(self, url: str) -> RateLimit:
        """The gate an URL passes."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        service = self._network.service_of(url)
        if service == "arxiv_rss" or host == "arxiv.org" or host.endswith(".arxiv.org"):
            service = "arxiv"
        name = service if service in MIN_INTERVALS else f"{host}:{parts.port or parts.scheme}"
        if name not in self._gates:
            pause = MIN_INTERVALS.get(name, 0.0)
            places = asyncio.Semaphore(1 if pause else MAX_CONCURRENT)
            self._gates[name] = RateLimit(pause, self._note(name) if pause else None, places)
        return self._gates[name]

    def _note(self, name: str) -> Path | None:
        folder = self._folder or Path(platformdirs.user_cache_dir("sheaf", appauthor=False))
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return None
        return folder / f"{name}.turn"

    @asynccontextmanager
    async def turn(self, gate: RateLimit) -> AsyncIterator[None]:
        """Wait for a place and a turn; the place is ours inside."""
        async with gate.places:
            start = gate.reserve(self._clock.now())
            while (wait := start - self._clock.now()) > 0:
                await self._clock.sleep(wait)
            yield
