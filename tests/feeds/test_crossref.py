"""Articles of a journal: what is requested, and the papers of the responses."""

from __future__ import annotations

from datetime import date

from tests.feeds import payloads
from tests.feeds.conftest import Fetch, SavedHome, only_outcome
from tests.feeds.payloads import JSON
from tests.net.server import Reply, Request, Server
from tui.net.network_settings import NetworkSettings

TODAY = date(2026, 5, 7)
NAME = "crossref:1476-4687"
PATH = "/crossref/journals/1476-4687/works"


class Journal:
    """A journal of which Crossref gives three articles at once, always under the same cursor."""

    def __init__(self, server: Server, articles: list[tuple[str, str, str]]) -> None:
        self.articles = articles
        self._at = 0
        server.routes[PATH] = self.answer

    def answer(self, request: Request) -> Reply:
        days = dict(part.split(":") for part in request.query["filter"].split(","))
        since, until = days["from-created-date"], days["until-created-date"]
        found = [article for article in self.articles if since <= article[2] <= until]
        self._at = 0 if request.query["cursor"] == "*" else self._at + 3
        page = found[self._at : self._at + 3]
        return Reply(payloads.journal_articles(page, len(found), "AoE="), headers=JSON)


def test_a_new_journal_fetches_a_month(
    server: Server, fetch: Fetch, saved: SavedHome, network: NetworkSettings
) -> None:
    articles = [(f"{n}", f"Article {n}", f"2026-05-0{n}") for n in range(1, 8)]
    Journal(server, [*articles, ("9", "Old", "2026-01-01")])
    network = network._replace(mail="ada@example.org")
    outcome = only_outcome(fetch(NAME, today=TODAY, network=network))
    assert (outcome.state, outcome.error, outcome.added) == ("done", "", 7)
    assert [request.query["cursor"] for request in server.requests] == ["*", "AoE=", "AoE="]
    assert server.requests[0].query == {
        "filter": "from-created-date:2026-04-07,until-created-date:2026-05-07,type:journal-article",
        "rows": "100", "cursor": "*", "mailto": "ada@example.org",
    }  # fmt: skip
    paper = saved.papers()[3]
    assert (paper.title, paper.listed, paper.venue) == ("Article 4", "2026-05-04", "A Journal")


def test_an_expired_cursor_begins_the_list_again(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    journal = Journal(server, [(f"{n}", f"Article {n}", "2026-05-06") for n in range(5)])
    expired = False

    def answer(request: Request) -> Reply:
        nonlocal expired
        if request.query["cursor"] != "*" and not expired:
            expired = True
            return Reply(b'{"status": "failed", "message": "cursor"}', 400, JSON)
        return journal.answer(request)

    server.routes[PATH] = answer
    outcome = only_outcome(fetch(NAME, today=TODAY))
    assert (outcome.error, outcome.added, len(server.requests)) == ("", 5, 4)


def test_the_next_fetch_repeats_nothing(server: Server, fetch: Fetch) -> None:
    journal = Journal(server, [("1", "One", "2026-05-06")])
    fetch(NAME, today=TODAY)
    journal.articles += [("2", "Two", "2026-05-07")]
    server.requests.clear()
    outcome = only_outcome(fetch(NAME, today=date(2026, 5, 8)))
    assert (outcome.read, outcome.added, len(server.requests)) == (1, 1, 1)
    assert "from-created-date:2026-05-06" in server.requests[0].query["filter"]


def test_an_unknown_journal(server: Server, fetch: Fetch) -> None:
    server.routes[PATH] = Reply(b"Resource not found.", 404)
    outcome = only_outcome(fetch(NAME, today=TODAY))
    assert "does not have this (404)" in outcome.error
    assert len(server.requests) == 1
