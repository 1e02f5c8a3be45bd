"""A fetch that is killed and repeated gives the same papers as one that is not."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.feeds import payloads
from tests.feeds.conftest import Fetch, SavedHome, only_outcome
from tests.feeds.payloads import ATOM, JSON, RSS, number
from tests.net.server import FakeClock, Reply, Request, Server
from tui.catalog.catalog import Catalog
from tui.core.errors import SheafError
from tui.core.progress import Progress
from tui.feeds import arxiv_calendar
from tui.feeds import fetch as module
from tui.feeds.feed_status import FeedStatus
from tui.net.network_settings import SERVICES, NetworkSettings

TODAY = date(2026, 5, 7)
FETCH = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from tests.net.server import FakeClock
from tui.feeds.fetch import fetch
from tui.net.network_settings import NetworkSettings
home, name = Path(sys.argv[1]), sys.argv[2]
fetch(home, [name], network=NetworkSettings(), today=date(2026, 5, 7), clock=FakeClock())
"""
ROOT = Path(__file__).parent.parent.parent


class Services:
    """Long lists at three services; one of the requested pages hangs."""

    def __init__(self, server: Server, hangs: int) -> None:
        self._hangs = hangs
        self.reached = threading.Event()
        self._never = threading.Event()
        self._pages = 0
        server.routes["/hf/api/daily_papers"] = self.daily_papers
        server.routes["/arxiv_rss/rss/cs.CL"] = self.announcements
        server.routes["/arxiv/query"] = self.submissions
        server.routes["/arxiv_oai"] = self.records
        server.routes["/s2/graph/v1/author/1741101/papers"] = self.author_papers

    def hang_if_reached(self, reply: Reply) -> Reply:
        self._pages += 1
        if self._pages == self._hangs:
            self.reached.set()
            reply.wait = self._never
        return reply

    def daily_papers(self, request: Request) -> Reply:
        day = request.query.get("date", "2026-05-07")
        record = payloads.hf(number(int(day[-2:])), f"Paper of {day}", day)
        return self.hang_if_reached(Reply(payloads.dumps([record]), headers=JSON, etag=f'"{day}"'))

    def announcements(self, request: Request) -> Reply:
        items = [(number(900), "Announced today", "new")]
        return self.hang_if_reached(
            Reply(payloads.announcements(items, TODAY), headers=RSS, etag='"1"')
        )

    def submissions(self, request: Request) -> Reply:
        start = int(request.query["start"])
        entries = [
            (number(n), f"Submitted {n}", f"2026-05-0{6 - n // 100}T00:00:00Z")
            for n in range(start, start + 100)
        ]
        return self.hang_if_reached(Reply(payloads.api(entries, start, 600), headers=ATOM))

    def records(self, request: Request) -> Reply:
        start = int(request.query.get("resumptionToken", 0))
        records = []
        for n in range(start, start + 100):
            submitted = datetime(2026, 5, 6 - n // 100, tzinfo=UTC)
            day = arxiv_calendar.announcement_date(submitted)
            records.append(
                payloads.arxiv_record(number(n), f"Submitted {n}", f"{day}", [submitted])
            )
        token = f"{start + 100}" if start < 500 else ""
        return self.hang_if_reached(Reply(payloads.oai(records, token), headers=RSS))

    def author_papers(self, request: Request) -> Reply:
        start = int(request.query["offset"])
        titles = [f"Written {start + n}" for n in range(4)]
        following = start + 500 if start < 3000 else None
        return self.hang_if_reached(
            Reply(payloads.author_page(titles, start, following), headers=JSON)
        )

    def answer_hanging_request(self) -> None:
        self._never.set()


@pytest.mark.parametrize(
    ("name", "hangs"),
    [("hf:daily", 4), ("arxiv:cs.CL", 4), ("arxiv:cat:cs.CL", 2)],
)
def test_killed_between_two_pages(
    tmp_path: Path,
    home: Path,
    server: Server,
    fetch: Fetch,
    saved: SavedHome,
    name: str,
    hangs: int,
) -> None:
    services = Services(server, hangs)
    mirrors = {f"SHEAF_{each.upper()}_URL": f"{server.url}/{each}" for each in SERVICES}
    words = [sys.executable, "-c", FETCH, str(home), name]
    running = subprocess.Popen(words, cwd=ROOT, env=os.environ | mirrors)
    assert services.reached.wait(30)
    running.kill()
    running.wait()
    services.answer_hanging_request()
    killed = len(saved.papers())
    assert killed
    outcome = only_outcome(fetch(name, today=TODAY))
    assert (outcome.state, outcome.error) == ("done", "")
    whole = SavedHome(tmp_path / "whole")
    bases = {each: f"{server.url}/{each}" for each in SERVICES}
    network = NetworkSettings(bases=bases)
    module.fetch(whole.folder, [name], network=network, today=TODAY, clock=FakeClock())
    assert len(whole.papers()) > killed
    assert sorted(saved.papers(), key=str) == sorted(whole.papers(), key=str)
    assert only_outcome(fetch(name, today=TODAY)).added == 0


@pytest.mark.parametrize("step", [0, 2])
@pytest.mark.parametrize("name", ["hf:daily", "arxiv:cs.CL", "s2:author/1741101"])
def test_a_failure_between_papers_and_cursor_repeats_a_page(
    tmp_path: Path,
    server: Server,
    fetch: Fetch,
    saved: SavedHome,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    step: int,
) -> None:
    """The disk is full when the cursor is saved: a page comes twice, none is left out."""
    Services(server, hangs=0)
    real, calls = module.save_status, 0

    def save_until_full(catalog: Catalog, name: str, result: FeedStatus) -> None:
        nonlocal calls
        calls += 1
        if calls > step:
            raise SheafError("papers.db: not saved: disk full")
        real(catalog, name, result)

    monkeypatch.setattr(module, "save_status", save_until_full)
    outcome = only_outcome(fetch(name, today=TODAY))
    assert (outcome.state, outcome.error) == ("failed", "papers.db: not saved: disk full")
    cut = len(saved.papers())
    assert cut
    monkeypatch.setattr(module, "save_status", real)
    fetch(name, today=TODAY)
    again = [paper.key for paper in saved.papers()]
    assert len(again) == len(set(again)) > cut
    expected = {"hf:daily": 7, "arxiv:cs.CL": 601, "s2:author/1741101": 28}
    assert len(again) == expected[name]


@pytest.mark.parametrize(
    ("name", "path", "second_page"),
    [
        ("arxiv:cs.CL", "/arxiv_oai", ("resumptionToken", "100")),
        ("arxiv:cat:cs.CL", "/arxiv/query", ("start", "100")),
    ],
)
def test_new_papers_come_after_the_rest_of_an_interrupted_fetch(
    server: Server,
    fetch: Fetch,
    saved: SavedHome,
    name: str,
    path: str,
    second_page: tuple[str, str],
) -> None:
    Services(server, hangs=0)
    stop = threading.Event()
    usual = server.routes[path]
    assert callable(usual)

    def stop_at_second_page(request: Request) -> Reply:
        if second_page in request.query.items():
            stop.set()
        return usual(request)

    server.routes[path] = stop_at_second_page
    assert fetch(name, today=TODAY, progress=Progress(stop.is_set)).stopped
    server.routes[path] = usual
    assert "start" in saved.status(name).cursor
    if path == "/arxiv_oai":
        items = [(number(901), "New meanwhile", "new")]
        body = payloads.announcements(items, TODAY)
        server.routes["/arxiv_rss/rss/cs.CL"] = Reply(body, headers=RSS)
    else:

        def longer(request: Request) -> Reply:
            if request.query["start"] != "0":
                return usual(request)
            entries = [(number(901), "New meanwhile", "2026-05-07T00:00:00Z")]
            return Reply(payloads.api(entries, 0, 1), headers=ATOM)

        server.routes[path] = longer
    assert only_outcome(fetch(name, today=TODAY)).error == ""
    assert "New meanwhile" in saved.titles()
    assert len(saved.papers()) > 200
    assert "start" not in saved.status(name).cursor


def test_a_list_that_was_interrupted_on_another_day_is_read_again(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    """A token may be a number of records, and records before it move when they change."""
    services = Services(server, hangs=0)
    stop = threading.Event()

    def stop_at_second_page(request: Request) -> Reply:
        if "resumptionToken" in request.query:
            stop.set()
        return services.records(request)

    server.routes["/arxiv_oai"] = stop_at_second_page
    assert fetch("arxiv:cs.CL", today=TODAY, progress=Progress(stop.is_set)).stopped
    server.requests.clear()
    server.routes["/arxiv_oai"] = services.records
    fetch("arxiv:cs.CL", today=date(2026, 5, 8))
    tokens = [request.query.get("resumptionToken", "") for request in server.requests[1:]]
    assert tokens == ["", "100", "200", "300", "400", "500"]
    assert len(saved.papers()) == 601
