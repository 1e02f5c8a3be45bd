"""TLS: untrusted servers are refused; HTTP/2 is used if offered."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import pytest
import trustme

from tests.net.server import FakeClock, Reply, Server
from tui.net.client import Client
from tui.net.errors import NetError
from tui.net.network_settings import NetworkSettings


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment names the authority, as in a company."""
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))


def context(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(made)
    return made


@pytest.fixture
def server(authority: trustme.CA) -> Iterator[Server]:
    running = Server(context(authority, "127.0.0.1"))
    running.routes["/"] = Reply(b"fine")
    yield running
    running.close()


async def test_a_certificate_of_a_known_authority_is_accepted(
    server: Server, trusted: None, clock: FakeClock
) -> None:
    async with Client(NetworkSettings(), clock=clock) as client:
        assert (await client.get(f"{server.url}/", user_supplied=True)).body == b"fine"


async def test_a_certificate_of_an_unknown_authority_is_refused(
    server: Server, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    async with Client(NetworkSettings(), clock=clock) as client:
        with pytest.raises(NetError, match=r"127\.0\.0\.1 has no valid certificate \(") as caught:
            await client.get(f"{server.url}/", user_supplied=True)
    assert caught.value.kind == "tls"
    assert server.requests == []
    assert clock.slept == []


async def test_a_certificate_of_another_host_is_refused(
    authority: trustme.CA, trusted: None, clock: FakeClock
) -> None:
    other = Server(context(authority, "other.example"))
    async with Client(NetworkSettings(), clock=clock) as client:
        with pytest.raises(NetError, match="has no valid certificate"):
            await client.get(f"{other.url}/", user_supplied=True)
    other.close()


@pytest.fixture
async def second(authority: trustme.CA) -> AsyncIterator[str]:
    """A minimal HTTP/2 server that replies with the version of the request."""
    made = context(authority, "127.0.0.1")
    made.set_alpn_protocols(["h2", "http/1.1"])

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        caught = writer.get_extra_info("ssl_object").selected_alpn_protocol()
        line = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        line.initiate_connection()
        writer.write(line.data_to_send())
        while data := await reader.read(65536):
            for event in line.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    line.send_headers(event.stream_id, [(":status", "200")])
                    line.send_data(event.stream_id, caught.encode(), end_stream=True)
            writer.write(line.data_to_send())
        writer.close()

    running = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=made)
    yield f"https://127.0.0.1:{running.sockets[0].getsockname()[1]}/"
    running.close()


async def test_http_2_is_used_if_offered(second: str, trusted: None, clock: FakeClock) -> None:
    async with Client(NetworkSettings(), clock=clock) as client:
        assert (await client.get(second, user_supplied=True)).body == b"h2"
