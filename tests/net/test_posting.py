"""JSON is posted to its own host and to no other."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.net.server import Reply, Server
from tui.net.client import Client
from tui.net.errors import NetError


@pytest.fixture
def other() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


async def test_feeds_are_printed_as_json(server: Server, client: Client) -> None:
    server.routes["/batch"] = [Reply(b"later", 503), Reply(b"[null]")]
    question = {"ids": ["ARXIV:2309.99901", "DOI:10.5555/ü"]}
    answer = await client.get(f"{server.url}/batch", json=question, user_supplied=True)
    assert answer.body == b"[null]"
    for request in server.requests:
        assert request.method == "POST"
        assert request.headers["content-type"] == "application/json"
        assert json.loads(request.body) == question


async def test_a_redirect_to_another_host_does_not_get_the_body(
    server: Server, other: Server, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.net.url_guard.is_private", lambda address: False)
    server.routes["/batch"] = Reply(b"", 307, {"Location": f"{other.url}/elsewhere"})
    other.routes["/elsewhere"] = Reply(b"[]")
    headers = {"X-Key": "secret"}
    await client.get(f"{server.url}/batch", json=["a"], headers=headers, user_supplied=True)
    (request,) = other.requests
    assert (request.method, request.body) == ("GET", b"")
    assert "x-key" not in request.headers
    assert "content-type" not in request.headers


async def test_an_error_has_the_status(server: Server, client: Client) -> None:
    reply = Reply(
        b'{"error": "No valid paper ids given"}', 400, {"Content-Type": "application/json"}
    )
    server.routes["/batch"] = reply
    with pytest.raises(NetError, match="No valid paper ids given") as caught:
        await client.get(f"{server.url}/batch", json=[], user_supplied=True)
    assert (caught.value.kind, caught.value.status) == ("refused", 400)
