"""The services on loopback, and a clock that does not wait."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.net.server import FakeClock
from tests.services.fake_services import SERVICES, FakeServices, serve_services
from tui.net import client
from tui.net.network_settings import NetworkSettings


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServices]:
    """Every service, at the URL in `SHEAF_…_URL`."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(client, "RequestClock", FakeClock)
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
