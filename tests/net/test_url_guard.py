"""Redirects: not in circles, not to files, not into the private network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from tests.net.server import FakeClock, Reply, Server
from tui.net.client import Client
from tui.net.errors import NetError
from tui.net.network_settings import NetworkSettings
from tui.net.url_guard import is_private


def to(location: str, status: int = 302) -> Reply:
    return Reply(b"", status, {"Location": location})


@pytest.fixture
def other() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_valid_redirect_is_followed(server: Server, client: Client, status: int) -> None:
    server.routes["/old"] = to("/new?a=b", status)
    server.routes["/new"] = Reply(b"here")
    answer = await client.get(f"{server.url}/old", user_supplied=True)
    assert answer.body == b"here"
    assert answer.url == f"{server.url}/new?a=b"


@pytest.mark.parametrize("where", ["file:///etc/passwd", "ftp://x.org/", "gopher://x"])
async def test_redirects_to_other_schemes_are_refused(
    server: Server, client: Client, where: str
) -> None:
    server.routes["/"] = to(where)
    with pytest.raises(NetError, match="only http and https") as caught:
        await client.get(f"{server.url}/", user_supplied=True)
    assert caught.value.kind == "refused"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:1", "localhost", "10.0.0.1", "192.168.1.1", "172.16.3.4", "169.254.169.254",
        "[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "0.0.0.0",
        "100.64.0.1", "2130706433", "127.1",
    ],
)  # fmt: skip
async def test_redirects_into_the_private_network_are_refused(
    server: Server, client: Client, host: str
) -> None:
    server.routes["/"] = to(f"http://{host}/admin")
    with pytest.raises(NetError, match="private network; if you want that") as caught:
        await client.get(f"{server.url}/", user_supplied=True)
    assert caught.value.kind == "refused"
    assert server.paths() == ["/"]


async def test_a_host_name_of_a_private_address_is_refused(
    server: Server, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo

    def lookup(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        name = "10.1.2.3" if host == "innocent.example" else host
        return real(name, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    server.routes["/"] = to("http://innocent.example/x")
    with pytest.raises(NetError, match=r"innocent\.example/x is 10\.1\.2\.3"):
        await client.get(f"{server.url}/", user_supplied=True)


async def test_a_host_name_that_changes_to_a_private_address_is_refused(
    server: Server, other: Server, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is public when checked and private when connected: no response is read."""
    real = socket.getaddrinfo
    answers = ["93.184.216.34", "127.0.0.1"]

    def lookup(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        if host in ("rebinding.example", b"rebinding.example"):
            host = answers.pop(0) if len(answers) > 1 else answers[0]
        return real(host, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    other.routes["/secret"] = Reply(b"secret")
    server.routes["/"] = to(f"http://rebinding.example:{other.url.rpartition(':')[2]}/secret")
    with pytest.raises(NetError, match=r"is 127\.0\.0\.1, an address of a private network"):
        await client.get(f"{server.url}/", user_supplied=True)


async def test_a_private_url_that_is_not_the_users_is_refused(
    server: Server, client: Client
) -> None:
    with pytest.raises(NetError, match="private network"):
        await client.get(f"{server.url}/")
    assert server.requests == []


async def test_a_redirect_to_the_private_host_of_the_user_url_is_allowed(
    server: Server, client: Client
) -> None:
    server.routes["/"] = to(f"{server.url}/there")
    server.routes["/there"] = Reply(b"fine")
    assert (await client.get(f"{server.url}/", user_supplied=True)).body == b"fine"


async def test_a_private_host_that_is_a_base_url_is_allowed(
    server: Server, other: Server, clock: FakeClock
) -> None:
    other.routes["/hf/x"] = Reply(b"fine")
    server.routes["/"] = to(f"{other.url}/hf/x")
    async with Client(NetworkSettings(bases={"hf": f"{other.url}/hf"}), clock=clock) as client:
        assert (await client.get(f"{server.url}/", user_supplied=True)).body == b"fine"
        assert (await client.get(f"{other.url}/hf/x")).body == b"fine"


async def test_circular_redirects_are_refused(server: Server, client: Client) -> None:
    server.routes["/a"], server.routes["/b"] = to("/b"), to("/a")
    with pytest.raises(NetError, match="in circles") as caught:
        await client.get(f"{server.url}/a", user_supplied=True)
    assert caught.value.kind == "broken"
    assert server.paths() == ["/a", "/b"]


async def test_endless_redirects_are_refused(server: Server, client: Client) -> None:
    for number in range(100):
        server.routes[f"/{number}"] = to(f"/{number + 1}")
    with pytest.raises(NetError, match="in circles"):
        await client.get(f"{server.url}/0", user_supplied=True)
    assert len(server.requests) < 15


@pytest.mark.parametrize("where", ["", "data:,x", "http://[::1/"])
async def test_redirects_without_a_valid_target_are_errors(
    server: Server, client: Client, where: str
) -> None:
    server.routes["/"] = to(where) if where else Reply(b"", 302)
    with pytest.raises(
        NetError, match=r"redirected to nowhere|redirects to something that is not a URL"
    ):
        await client.get(f"{server.url}/", user_supplied=True)
    assert len(server.requests) == 1


async def test_headers_for_one_host_are_not_sent_to_another(
    server: Server, other: Server, clock: FakeClock
) -> None:
    server.routes["/"] = to(f"{other.url}/")
    other.routes["/"] = Reply(b"x")
    async with Client(NetworkSettings(bases={"s2": other.url}), clock=clock) as client:
        await client.get(f"{server.url}/", user_supplied=True, headers={"x-api-key": "secret"})
    assert server.requests[0].headers["x-api-key"] == "secret"
    assert "x-api-key" not in other.requests[0].headers


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert not is_private(address)
