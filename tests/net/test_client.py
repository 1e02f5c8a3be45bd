"""One URL to one response over real HTTP: successes, errors and their messages."""

from __future__ import annotations

import asyncio
import gzip
import threading
import time
import tracemalloc
from collections.abc import Iterator

import pytest

from tests.net.conftest import QUICK
from tests.net.server import FakeClock, Reply, Server
from tui import __version__
from tui.net.client import MAX_TRIES, Client
from tui.net.errors import NetError
from tui.net.network_settings import NetworkSettings
from tui.net.timeouts import Timeouts
from tui.net.validators import Validators


async def test_a_response_has_its_url_and_content_type(server: Server, client: Client) -> None:
    server.routes["/feed"] = Reply(
        b"body", headers={"Content-Type": "Text/XML; charset=KOI8-R", "Last-Modified": "then"},
        etag='"1"',
    )  # fmt: skip
    answer = await client.get(f"{server.url}/feed?a=b", params={"c": "d e"}, user_supplied=True)
    assert (answer.status, answer.body, answer.content_type) == (200, b"body", "text/xml")
    assert answer.charset.lower() == "koi8-r"
    assert answer.url == f"{server.url}/feed?a=b&c=d+e"
    assert answer.validators == Validators('"1"', "then")
    assert not answer.not_modified
    assert server.requests[0].query == {"a": "b", "c": "d e"}


async def test_the_user_agent_has_the_version_and_the_address(
    server: Server, clock: FakeClock
) -> None:
    server.routes["/"] = Reply(b"x")
    for mail, agent in (("", ""), ("ada@example.org", " (+mailto:ada@example.org)")):
        async with Client(NetworkSettings(mail), clock=clock) as client:
            await client.get(f"{server.url}/", user_supplied=True, accept="text/csv")
        assert server.requests[-1].headers["user-agent"] == f"sheaf-tui/{__version__}{agent}"
        assert server.requests[-1].headers["accept"] == "text/csv"


async def test_an_unchanged_response_has_no_body(server: Server, client: Client) -> None:
    server.routes["/"] = Reply(b"x", etag='"1"')
    first = await client.get(f"{server.url}/", user_supplied=True)
    known = Validators(first.validators.etag, "Wed, 06 May 2026 00:00:00 GMT")
    second = await client.get(f"{server.url}/", user_supplied=True, validators=known)
    assert (second.not_modified, second.status, second.body) == (True, 304, b"")
    assert server.requests[1].headers["if-modified-since"] == known.modified


async def test_gzip_is_unpacked(server: Server, client: Client) -> None:
    server.routes["/"] = Reply(b"paper " * 5000, zip=True)
    assert (await client.get(f"{server.url}/", user_supplied=True)).body == b"paper " * 5000
    assert server.requests[0].headers["accept-encoding"] == "gzip"


async def test_gzip_of_several_members_is_unpacked(server: Server, client: Client) -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0"
    server.routes["/"] = Reply(packed, headers={"Content-Encoding": "gzip"})
    assert (await client.get(f"{server.url}/", user_supplied=True)).body == b"one two"


async def test_a_body_in_another_encoding_is_refused(server: Server, client: Client) -> None:
    server.routes["/"] = Reply(b"x", headers={"Content-Encoding": "br"})
    with pytest.raises(NetError, match="packed as br") as caught:
        await client.get(f"{server.url}/", user_supplied=True)
    assert caught.value.kind == "broken"


def _zeros(megabytes: int) -> Iterator[bytes]:
    for _ in range(megabytes):
        yield bytes(1 << 20)


@pytest.mark.parametrize("way", ["declared", "undeclared", "packed"])
async def test_a_body_of_a_hundred_megabytes_is_refused(
    server: Server, client: Client, way: str
) -> None:
    if way == "declared":
        server.routes["/"] = Reply(headers={"Content-Length": str(100 << 20)}, pieces=_zeros(1))
    elif way == "undeclared":
        server.routes["/"] = Reply(pieces=_zeros(100))
    else:
        bomb = gzip.compress(bytes(100 << 20), 1)
        assert len(bomb) < 1 << 20
        server.routes["/"] = Reply(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(NetError, match="larger than 4 MB") as caught:
        await client.get(f"{server.url}/", user_supplied=True, limit=4 << 20)
    assert caught.value.kind == "too-large"
    assert len(server.requests) == 1


async def test_a_gzip_bomb_is_never_unpacked_whole(server: Server, client: Client) -> None:
    bomb = gzip.compress(bytes(100 << 20), 1)
    server.routes["/"] = Reply(bomb, headers={"Content-Encoding": "gzip"})
    tracemalloc.start()
    with pytest.raises(NetError, match="larger than 1 MB"):
        await client.get(f"{server.url}/", user_supplied=True, limit=1 << 20)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 << 20


async def test_a_body_of_exactly_the_limit_is_read(server: Server, client: Client) -> None:
    for zipped in (False, True):
        server.routes["/"] = Reply(b"x" * 1000, zip=zipped)
        assert (
            len((await client.get(f"{server.url}/", user_supplied=True, limit=1000)).body) == 1000
        )
        with pytest.raises(NetError, match="larger than 999 bytes"):
            await client.get(f"{server.url}/", user_supplied=True, limit=999)


@pytest.mark.parametrize("zipped", [False, True])
async def test_a_truncated_body_is_requested_again(
    server: Server, client: Client, clock: FakeClock, zipped: bool
) -> None:
    whole = bytes(range(256)) * 400
    server.routes["/"] = [
        Reply(whole, cut=300, zip=zipped),
        Reply(gzip.compress(whole)[:-30], headers={"Content-Encoding": "gzip"}),
        Reply(whole, zip=zipped),
    ]
    assert (await client.get(f"{server.url}/", user_supplied=True)).body == whole
    assert len(server.requests) == 3
    assert len(clock.slept) == 2


async def test_a_body_that_is_always_truncated_is_an_error(server: Server, client: Client) -> None:
    server.routes["/"] = Reply(b"x" * 1000, cut=10)
    with pytest.raises(NetError) as caught:
        await client.get(f"{server.url}/", user_supplied=True)
    assert caught.value.kind == "broken"
    assert len(server.requests) == MAX_TRIES


async def test_a_server_error_is_tried_again_with_growing_delays(
    server: Server, client: Client, clock: FakeClock
) -> None:
    server.routes["/"] = [Reply(b"", 500), Reply(b"", 502), Reply(b"fine")]
    assert (await client.get(f"{server.url}/", user_supplied=True)).body == b"fine"
    assert clock.slept == [1.5, 3.0]
    clock.chance, clock.slept = 0.0, []
    server.routes["/"] = [Reply(b"", 500), Reply(b"fine")]
    await client.get(f"{server.url}/", user_supplied=True)
    assert clock.slept == [1.0]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_lasting_server_error_is_reported(
    server: Server, client: Client, status: int
) -> None:
    server.routes["/"] = Reply(b"", status)
    with pytest.raises(NetError, match=f"server error .{status}.; try again later") as caught:
        await client.get(f"{server.url}/", user_supplied=True)
    assert (caught.value.kind, caught.value.status) == ("server", status)
    assert len(server.requests) == MAX_TRIES


@pytest.mark.parametrize(
    ("retry_after", "waited"), [("7", 7.0), ("Thu, 28 May 2026 20:27:10 GMT", 30.0), ("soon", 1.5)]
)
async def test_a_busy_service_gets_the_time_it_asks_for(
    server: Server, client: Client, clock: FakeClock, retry_after: str, waited: float
) -> None:
    server.routes["/"] = [Reply(b"", 429, {"Retry-After": retry_after}), Reply(b"fine")]
    assert (await client.get(f"{server.url}/", user_supplied=True)).body == b"fine"
    assert clock.slept == [pytest.approx(waited)]


class HeldClock(FakeClock):
    """Every wait lasts until the test ends it."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await self.go.wait()
        self.time += seconds


async def test_all_others_wait_for_a_busy_host_too(server: Server) -> None:
    clock = HeldClock()
    server.routes["/a"] = [Reply(b"", 429, {"Retry-After": "50"}), Reply(b"a")]
    server.routes["/b"] = Reply(b"b")
    async with Client(NetworkSettings(), clock=clock) as client:
        work = [asyncio.create_task(client.get(f"{server.url}/a", user_supplied=True))]
        while len(clock.slept) < 1:
            await asyncio.sleep(0)
        work.append(asyncio.create_task(client.get(f"{server.url}/b", user_supplied=True)))
        while len(clock.slept) < 2 and len(server.requests) < 2:
            await asyncio.sleep(0)
        assert server.paths() == ["/a"]
        clock.go.set()
        assert [answer.body for answer in await asyncio.gather(*work)] == [b"a", b"b"]


async def test_a_service_that_asks_for_a_long_wait_is_given_up(
    server: Server, client: Client, clock: FakeClock
) -> None:
    server.routes["/"] = Reply(b"", 429, {"Retry-After": "3600"})
    with pytest.raises(NetError, match="busy and asks to wait 60 minutes") as caught:
        await client.get(f"{server.url}/", user_supplied=True)
    assert (caught.value.kind, caught.value.wait) == ("busy", 3600.0)
    assert clock.slept == []
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "kind"),
    [(404, "not-found"), (410, "not-found"), (401, "refused"), (403, "refused"), (400, "refused")],
)
async def test_a_permanent_refusal_is_not_retried(
    server: Server, client: Client, status: int, kind: str
) -> None:
    body = b'{"message": "no \\u001b[31mred ink"}'
    server.routes["/"] = Reply(body, status, {"Content-Type": "application/json"})
    with pytest.raises(NetError, match=r"\(\d+\): no \[31mred ink") as caught:
        await client.get(f"{server.url}/", user_supplied=True)
    assert caught.value.kind == kind
    assert "\x1b" not in str(caught.value)
    assert len(server.requests) == 1


async def test_a_slow_host_is_tried_twice(server: Server, clock: FakeClock) -> None:
    never = threading.Event()
    server.routes["/"] = Reply(b"late", wait=never)
    async with Client(NetworkSettings(), clock=clock, timeouts=QUICK) as client:
        with pytest.raises(NetError, match="took too long") as caught:
            await client.get(f"{server.url}/", user_supplied=True)
    never.set()
    assert caught.value.kind == "timeout"
    assert len(server.requests) == 2


async def test_slow_single_bytes_cannot_hold_a_request_forever(
    server: Server, clock: FakeClock
) -> None:
    def drops() -> Iterator[bytes]:
        for _ in range(40):
            time.sleep(0.05)
            yield b"x"

    server.routes["/"] = lambda request: Reply(pieces=drops())
    async with Client(NetworkSettings(), clock=clock, timeouts=Timeouts(total=0.3)) as client:
        with pytest.raises(NetError, match="took too long"):
            await client.get(f"{server.url}/", user_supplied=True)
    assert len(server.requests) == 1


async def test_a_body_that_arrives_fast_enough_may_take_longer(
    server: Server, clock: FakeClock
) -> None:
    piece = bytes(1 << 18)

    def pieces() -> Iterator[bytes]:
        for _ in range(4):
            yield piece
            time.sleep(0.15)

    server.routes["/"] = Reply(pieces=pieces())
    async with Client(NetworkSettings(), clock=clock, timeouts=Timeouts(total=0.3)) as client:
        response = await client.get(f"{server.url}/", user_supplied=True)
    assert len(response.body) == 4 * len(piece)


async def test_all_tries_and_pauses_of_a_url_share_one_minute(
    server: Server, client: Client, clock: FakeClock
) -> None:
    server.routes["/"] = Reply(b"", 429, {"Retry-After": "25"})
    with pytest.raises(NetError, match="busy and asks to wait 25 s"):
        await client.get(f"{server.url}/", user_supplied=True)
    assert clock.slept == [25.0, 25.0]


async def test_an_unreachable_host_is_reported(client: Client, clock: FakeClock) -> None:
    gone = Server()
    gone.close()
    with pytest.raises(
        NetError, match=r"127\.0\.0\.1 does not answer; there is no network"
    ) as caught:
        await client.get(f"{gone.url}/", user_supplied=True)
    assert caught.value.kind == "offline"
    assert len(clock.slept) == MAX_TRIES - 1


async def test_a_missing_network_is_reported_at_once(
    client: Client, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_to_resolve(*_: object, **__: object) -> list[object]:
        import socket

        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr("socket.getaddrinfo", fail_to_resolve)
    with pytest.raises(NetError, match=r"no network, or no host papers\.example") as caught:
        await client.get("https://papers.example/feed", user_supplied=True)
    assert caught.value.kind == "offline"
    assert clock.slept == []


async def test_stop_ends_every_wait(server: Server) -> None:
    """In real time: the wait for a busy service, for a response and for a slot."""
    never, stop = threading.Event(), threading.Event()
    server.routes["/busy"] = Reply(b"", 429, {"Retry-After": "50"})
    server.routes["/silent"] = Reply(b"", wait=never)
    async with Client(NetworkSettings(), cancelled=stop.is_set) as client:
        work = [
            asyncio.create_task(client.get(server.url + path, user_supplied=True))
            for path in ("/busy", "/silent", "/silent", "/silent", "/silent", "/silent")
        ]
        while len(server.requests) < 4:
            await asyncio.sleep(0.01)
        stop.set()
        done = await asyncio.wait_for(asyncio.gather(*work, return_exceptions=True), 5)
    never.set()
    assert [each.kind for each in done if isinstance(each, NetError)] == ["stopped"] * 6


async def test_a_cancelled_request_frees_its_slot(server: Server, client: Client) -> None:
    never = threading.Event()
    server.routes["/silent"] = Reply(b"", wait=never)
    server.routes["/fine"] = Reply(b"fine")
    work = [
        asyncio.create_task(client.get(f"{server.url}/silent", user_supplied=True))
        for _ in range(4)
    ]
    while len(server.requests) < 4:
        await asyncio.sleep(0.01)
    for each in work:
        each.cancel()
    assert (await client.get(f"{server.url}/fine", user_supplied=True)).body == b"fine"
    never.set()
