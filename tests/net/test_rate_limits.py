"""Pauses between requests to one service, and few requests to a host at once."""

from __future__ import annotations

import asyncio
import threading
from itertools import pairwise
from pathlib import Path

import pytest

from tests.net.server import FakeClock, Reply, Server
from tui.net.client import Client
from tui.net.network_settings import NetworkSettings
from tui.net.rate_limits import MAX_CONCURRENT, RateLimiter


def settings_with_mirror(server: Server) -> NetworkSettings:
    bases = {"arxiv": f"{server.url}/arxiv", "arxiv_rss": f"{server.url}/rss", "s2": server.url}
    return NetworkSettings(bases=bases)


def gaps(server: Server) -> list[float]:
    times = [request.at for request in server.requests]
    return [after - before for before, after in pairwise(times)]


async def test_requests_to_arxiv_start_three_seconds_apart(
    server: Server, clock: FakeClock
) -> None:
    server.now = clock.now
    for path in ("/arxiv/query", "/rss/rss/cs.CL"):
        server.routes[path] = Reply(b"x")
    async with Client(settings_with_mirror(server), clock=clock) as client:
        paths = ["/arxiv/query", "/rss/rss/cs.CL"] * 4
        await asyncio.gather(*(client.get(server.url + path) for path in paths))
    assert len(server.requests) == 8
    assert min(gaps(server)) >= 3
    assert server.most_busy == 1


async def test_two_clients_share_the_pause(server: Server, clock: FakeClock) -> None:
    """Two clients share a file in the cache folder, as two processes do."""
    server.now = clock.now
    server.routes["/arxiv/query"] = Reply(b"x")
    network = settings_with_mirror(server)
    async with Client(network, clock=clock) as one, Client(network, clock=clock) as two:
        for client in (one, two, one, two, two):
            await client.get(f"{server.url}/arxiv/query")
    assert min(gaps(server)) >= 3


async def test_a_time_written_by_a_wrong_clock_is_ignored(
    server: Server, clock: FakeClock, shared_folder: Path
) -> None:
    shared_folder.mkdir()
    (shared_folder / "arxiv.turn").write_text(str(clock.now() + 1e6))
    server.routes["/arxiv/query"] = Reply(b"x")
    async with Client(
        settings_with_mirror(server), clock=clock, shared_folder=shared_folder
    ) as client:
        await client.get(f"{server.url}/arxiv/query")
    assert clock.slept == []


@pytest.mark.parametrize("note", ["", "rubbish", "nan"])
async def test_a_damaged_shared_file_is_ignored(
    server: Server, clock: FakeClock, shared_folder: Path, note: str
) -> None:
    shared_folder.mkdir()
    (shared_folder / "arxiv.turn").write_text(note)
    server.now = clock.now
    server.routes["/arxiv/query"] = Reply(b"x")
    async with Client(
        settings_with_mirror(server), clock=clock, shared_folder=shared_folder
    ) as client:
        for _ in range(3):
            await client.get(f"{server.url}/arxiv/query")
    assert min(gaps(server)) >= 3


async def test_without_a_shared_folder_the_pause_is_kept(
    server: Server, clock: FakeClock, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    server.now = clock.now
    server.routes["/arxiv/query"] = Reply(b"x")
    async with Client(
        settings_with_mirror(server), clock=clock, shared_folder=tmp_path / "file" / "x"
    ) as client:
        await client.get(f"{server.url}/arxiv/query")
        await client.get(f"{server.url}/arxiv/query")
    assert gaps(server) == [3.0]


async def test_few_at_once_to_one_host(server: Server, client: Client) -> None:
    go = threading.Event()
    server.routes["/"] = Reply(b"x", wait=go)
    work = [
        asyncio.create_task(client.get(f"{server.url}/", user_supplied=True)) for _ in range(12)
    ]
    while server.busy < MAX_CONCURRENT:
        await asyncio.sleep(0.01)
    go.set()
    await asyncio.gather(*work)
    assert server.most_busy == MAX_CONCURRENT


def test_processes_that_reserve_at_the_same_moment_get_different_starts(
    shared_folder: Path,
) -> None:
    starts: list[float] = []

    def ask() -> None:
        limit = RateLimiter(NetworkSettings(), FakeClock(), shared_folder).limit_for(
            "https://arxiv.org/"
        )
        starts.extend(limit.reserve(1_780_000_000.0) for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(starts) == [1_780_000_000.0 + 3 * place for place in range(30)]


def test_all_of_arxiv_is_under_one_limit() -> None:
    limiter = RateLimiter(NetworkSettings(), FakeClock())
    one = limiter.limit_for("https://export.arxiv.org/api/query")
    assert limiter.limit_for("https://rss.arxiv.org/rss/cs.CL") is one
    assert limiter.limit_for("https://arxiv.org/abs/2402.18668") is one
    assert limiter.limit_for("https://notarxiv.org/") is not one
    assert one.interval == 3.0


def test_another_port_is_under_another_limit() -> None:
    limiter = RateLimiter(NetworkSettings(), FakeClock())
    one = limiter.limit_for("http://a.example/x")
    assert limiter.limit_for("http://a.example/y") is one
    assert limiter.limit_for("http://a.example:8000/x") is not one
