"""A server, a clock and a client for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import trustme

from tests.net.server import FakeClock, Server
from tui.net.client import Client
from tui.net.network_settings import NetworkSettings
from tui.net.timeouts import Timeouts

QUICK = Timeouts(connect=2.0, read=0.15, total=5.0)


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def client(clock: FakeClock) -> AsyncIterator[Client]:
    async with Client(NetworkSettings(), clock=clock) as opened:
        yield opened


@pytest.fixture
def shared_folder(tmp_path: Path) -> Path:
    return tmp_path / "shared_folder"


@pytest.fixture(scope="session")
def one_authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tls") / "authority.pem"
    trustme.CA().cert_pem.write_to_path(str(path))
    return path


@pytest.fixture(autouse=True)
def _trust_one_authority(one_authority: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust one authority: loading all takes longer than most tests."""
    monkeypatch.setenv("SSL_CERT_FILE", str(one_authority))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
