"""Authors and venues of dblp: what is requested, and the papers of the responses."""

from __future__ import annotations

from datetime import date

from tests.feeds import payloads
from tests.feeds.conftest import Fetch, SavedHome, only_outcome
from tests.feeds.payloads import JSON, RSS
from tests.net.server import FakeClock, Reply, Request, Server

TODAY = date(2026, 5, 7)
SEARCH = "/dblp/search/publ/api"


def test_an_author_is_one_conditional_request(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    path = "/dblp/pid/65/9612.xml"
    server.routes[path] = Reply(payloads.dblp_person(["One", "Two"]), headers=RSS, etag='"1"')
    name = "dblp:author/65/9612"
    assert only_outcome(fetch(name, today=TODAY)).added == 2
    assert only_outcome(fetch(name, today=TODAY)).state == "unchanged"
    assert [request.status for request in server.requests] == [200, 304]
    paper = saved.papers()[0]
    assert (paper.title, paper.venue, paper.published) == ("One", "ACL", "2026")
    assert (str(paper.authors[0]), paper.listed) == ("Ada Lindqvist", "2026-05-07")


def test_a_venue_is_read_by_year(
    server: Server, fetch: Fetch, saved: SavedHome, clock: FakeClock
) -> None:
    """The service gives fewer results at once than were requested."""
    server.now = clock.now
    titles = {2025: ["Last year"], 2026: [f"Paper {n}" for n in range(5)]}

    def answer(request: Request) -> Reply:
        year, first = int(request.query["q"].split(":")[-2]), int(request.query["f"])
        page = titles.get(year, [])[first : first + 3]
        body = payloads.dblp_hits(page, len(titles.get(year, [])), first, year)
        return Reply(body, headers=JSON)

    server.routes[SEARCH] = answer
    name = "dblp:venue/conf/acl"
    outcome = only_outcome(fetch(name, today=TODAY))
    assert (outcome.state, outcome.error, outcome.added) == ("done", "", 6)
    asked = [(request.query["q"], request.query["f"]) for request in server.requests]
    assert asked == [
        ("stream:streams/conf/acl: year:2025:", "0"),
        ("stream:streams/conf/acl: year:2026:", "0"),
        ("stream:streams/conf/acl: year:2026:", "3"),
    ]
    assert server.requests[1].at - server.requests[0].at >= 2
    titles[2026] = ["New", *titles[2026]]
    server.requests.clear()
    assert only_outcome(fetch(name, today=TODAY)).error == ""
    assert [request.query["f"] for request in server.requests] == ["0", "3"]
    assert len(saved.papers()) >= 7


def test_a_venue_without_papers_says_so(server: Server, fetch: Fetch) -> None:
    server.routes[SEARCH] = Reply(payloads.dblp_hits([], 0), headers=JSON)
    error = only_outcome(fetch("dblp:venue/conf/none", today=TODAY)).error
    assert "dblp has no papers of conf/none in 2025 and 2026" in error
