"""A search of PubMed: what is requested, and the papers of the responses."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from tests.feeds import payloads
from tests.feeds.conftest import Fetch, SavedHome, only_outcome
from tests.feeds.payloads import JSON, RSS
from tests.net.server import FakeClock, Reply, Request, Server
from tui.feeds import pubmed
from tui.net.network_settings import NetworkSettings

TODAY = date(2026, 5, 7)
NAME = "pubmed:base editing[ti]"


class PubMed:
    """PubMed with articles: number to the day on which it entered."""

    def __init__(self, server: Server, articles: dict[int, str]) -> None:
        self.articles = articles
        server.routes["/pubmed/esearch.fcgi"] = self.find
        server.routes["/pubmed/efetch.fcgi"] = self.get

    def find(self, request: Request) -> Reply:
        since, until = (request.query[name].replace("/", "-") for name in ("mindate", "maxdate"))
        found = [str(n) for n, day in self.articles.items() if since <= day <= until]
        start = int(request.query["retstart"])
        return Reply(payloads.pubmed_ids(found[start : start + 100], len(found)), headers=JSON)

    def get(self, request: Request) -> Reply:
        ids = [int(each) for each in request.query["id"].split(",")]
        found = [(str(n), f"Paper {n}", self.articles[n]) for n in ids]
        return Reply(payloads.pubmed_articles(found), headers=RSS)


def test_a_new_search_fetches_the_last_days(
    server: Server, fetch: Fetch, saved: SavedHome, clock: FakeClock, network: NetworkSettings
) -> None:
    server.now = clock.now
    PubMed(server, {1: "2026-05-06", 2: "2026-05-07", 3: "2026-03-01"})
    outcome = only_outcome(fetch(NAME, today=TODAY, network=network._replace(mail="a@b.example")))
    assert (outcome.state, outcome.error, outcome.added) == ("done", "", 2)
    search, get = server.requests
    assert search.query == {
        "db": "pubmed", "retmode": "json", "term": "base editing[ti]", "datetype": "edat",
        "mindate": "2026/04/07", "maxdate": "2026/05/07", "retstart": "0", "retmax": "100",
        "tool": "sheaf-tui", "email": "a@b.example",
    }  # fmt: skip
    assert (get.query["id"], get.query["retmode"]) == ("1,2", "xml")
    first, second = saved.papers()
    assert (first.title, first.ids, first.listed) == ("Paper 1.", {"pmid": "1"}, "2026-05-06")
    assert (second.listed, second.sources, str(second.authors[0])) == (
        "2026-05-07", (NAME,), "Ada Lindqvist",
    )  # fmt: skip
    times = [request.at for request in server.requests]
    assert min(after - before for before, after in pairwise(times)) >= 1 / 3


def test_the_next_fetch_begins_with_the_last_days(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    service = PubMed(server, {1: "2026-05-06"})
    fetch(NAME, today=TODAY)
    service.articles |= dict.fromkeys(range(2, 140), "2026-05-07")
    server.requests.clear()
    outcome = only_outcome(fetch(NAME, today=date(2026, 5, 9)))
    assert (outcome.read, outcome.added) == (138, 138)
    assert server.requests[0].query["mindate"] == "2026/05/05"
    assert [request.path.rpartition("/")[2] for request in server.requests] == [
        "esearch.fcgi", "efetch.fcgi",
    ] * 2  # fmt: skip
    assert only_outcome(fetch(NAME, today=date(2026, 6, 9))).read == 0
    server.requests.clear()
    assert only_outcome(fetch(NAME, today=date(2026, 6, 19))).error == ""
    assert server.paths() == ["/pubmed/esearch.fcgi"]


def test_a_new_search_is_limited_and_a_broad_one_is_refused(
    server: Server, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = PubMed(server, dict.fromkeys(range(1, 450), "2026-05-06"))
    monkeypatch.setattr(pubmed, "_MAX_RESULTS", 400)
    assert only_outcome(fetch(NAME, today=TODAY)).added == pubmed.FIRST_PAPERS
    assert len(server.requests) == 4
    service.articles |= dict.fromkeys(range(1, 450), "2026-05-08")
    outcome = only_outcome(fetch(NAME, today=date(2026, 5, 8)))
    assert "449 papers since 2026-05-05 match this search" in outcome.error
    assert "narrower" in outcome.error


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (payloads.pubmed_ids([], 0, errorlist={"phrasesnotfound": ["qqq"]}), "does not know qqq"),
        (payloads.pubmed_ids([], 0, ERROR="Empty term"), "not accept this search: Empty term"),
        (b"[]", "JSON that cannot be read"),
        (b"<html>Sorry</html>", "a web page instead of JSON"),
    ],
)
def test_errors_of_searches(server: Server, fetch: Fetch, answer: bytes, why: str) -> None:
    server.routes["/pubmed/esearch.fcgi"] = Reply(answer)
    assert why in only_outcome(fetch(NAME, today=TODAY)).error
