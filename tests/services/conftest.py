"""The services on loopback, and a clock that does not wait."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.fake_services import SERVICES, FakeServices, serve_services
from tui.net import client
from tui.net.network_settings import NetworkSettings


class QuickClock(client.Clock):
    """A clock whose time passes only by waiting."""

    _now = 1_800_000_000.0

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        self._now += seconds
        await asyncio.sleep(0)

    def jitter(self) -> float:
        return 0.5


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServices]:
    """Every service, at the URL in `SHEAF_…_URL`."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(client, "Clock", QuickClock)
    with serve_services() as world:
        for service in SERVICES:
            monkeypatch.setenv(f"SHEAF_{service.upper()}_URL", f"{world.url}/{service}")
        yield world


@pytest.fixture
def offline(world: FakeServices, monkeypatch: pytest.MonkeyPatch) -> None:
    """No server is at the URLs of the services."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for service in SERVICES:
        monkeypatch.setenv(f"SHEAF_{service.upper()}_URL", f"http://127.0.0.1:{port}/{service}")


@pytest.fixture
def network() -> NetworkSettings:
    return NetworkSettings(mail="reader@example.org")
