"""Rate limits: pauses between requests to one service, few requests at once to one host."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs
from filelock import FileLock, Timeout

from tui.net.network_settings import NetworkSettings

MIN_INTERVALS = {
    "arxiv": 3.0, "s2": 1.0, "pubmed": 0.4, "biorxiv": 1.0, "crossref": 0.2, "dblp": 2.0,
}  # fmt: skip
"""Seconds between the starts of two requests, one at a time, as the services ask for."""
MAX_CONCURRENT = 4
"""Requests at once to a host that asks for no pause."""
_MAX_WAIT = 600.0
"""Seconds; a later time in the shared file is from a wrong clock, and is ignored."""


class RequestClock:
    """The current time, sleeping and random numbers; tests replace them."""

    def now(self) -> float:
        """Return the seconds since 1970."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def jitter(self) -> float:
        """Return a random number from 0 to 1."""
        return random.random()


@dataclass(slots=True)
class RateLimit:
    """The limit of one host or service. Processes share that of a service with a pause."""

    interval: float
    """Seconds between the starts of two requests."""
    file: Path | None
    """Holds the time of the next request, for all processes."""
    slots: asyncio.Semaphore
    next_start: float = 0.0

    def reserve(self, now: float) -> float:
        """Return when a request may start; the next one may start `interval` later."""
        if self.file is None:
            return self._reserve(now)
        try:
            with FileLock(f"{self.file}.lock", timeout=1):
                self.next_start = max(self.next_start, self._read_file())
                start = self._reserve(now)
                self.file.write_text(f"{self.next_start:.3f}")
                return start
        except (OSError, Timeout):  # without the file, at least this process keeps the pauses
            return self._reserve(now)

    def _reserve(self, now: float) -> float:
        start = self.next_start if now < self.next_start < now + _MAX_WAIT else now
        self.next_start = start + self.interval
        return start

    def _read_file(self) -> float:
        assert self.file
        try:
            return float(self.file.read_text())
        except (FileNotFoundError, ValueError):
            return 0.0

    def postpone(self, until: float) -> None:
        """Let no request start before `until`."""
        self.next_start = max(self.next_start, until)


class RateLimiter:
    """The limits of one client. All hosts of arXiv share one, including a mirror of the config."""

    def __init__(
        self, network: NetworkSettings, clock: RequestClock, folder: Path | None = None
    ) -> None:
        """`folder` is shared by all processes of the user; by default in the user's cache."""
        self._network = network
        self._clock = clock
        self._folder = folder
        self._limits: dict[str, RateLimit] = {}

    def limit_for(self, url: str) -> RateLimit:
        """Return the limit that a request to `url` is under."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        service = self._network.service_of(url)
        if service.startswith("arxiv_") or host == "arxiv.org" or host.endswith(".arxiv.org"):
            service = "arxiv"
        name = service if service in MIN_INTERVALS else f"{host}:{parts.port or parts.scheme}"
        if name not in self._limits:
            interval = MIN_INTERVALS.get(name, 0.0)
            slots = asyncio.Semaphore(1 if interval else MAX_CONCURRENT)
            file = self._shared_file(name) if interval else None
            self._limits[name] = RateLimit(interval, file, slots)
        return self._limits[name]

    def _shared_file(self, name: str) -> Path | None:
        folder = self._folder or Path(platformdirs.user_cache_dir("sheaf", appauthor=False))
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return None
        return folder / f"{name}.turn"

    @asynccontextmanager
    async def slot(self, limit: RateLimit) -> AsyncIterator[None]:
        """Wait until a request may start, and hold its slot until it is done."""
        async with limit.slots:
            start = limit.reserve(self._clock.now())
            while (wait := start - self._clock.now()) > 0:
                await self._clock.sleep(wait)
            yield
