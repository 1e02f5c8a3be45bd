"""Recorded responses of the services; the recordings are beside the project."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.feeds.conftest import Fetch, SavedHome, only_outcome
from tests.net.server import Reply, Request, Server

TODAY = date(2026, 6, 12)


def load_responses(shared: Path, pattern: str) -> list[bytes]:
    """Return the responses of a pattern, by the number in their names."""
    found = sorted((shared / "formats").glob(pattern))
    assert found
    return [path.read_bytes() for path in found]


def test_the_daily_papers(server: Server, fetch: Fetch, saved: SavedHome, shared: Path) -> None:
    (body,) = load_responses(shared, "hf-daily-papers/daily-papers-first-8.json")
    server.routes["/hf/api/daily_papers"] = Reply(body)
    assert only_outcome(fetch("hf:trending", today=TODAY)).added == 8
    assert {paper.listed for paper in saved.papers()} == {"2026-06-12"}
    assert all(paper.ids and paper.abstract for paper in saved.papers())


def test_a_search_of_arxiv(server: Server, fetch: Fetch, saved: SavedHome, shared: Path) -> None:
    bodies = load_responses(shared, "arxiv-atom/lukasschwab__arxiv.py__q_testing_*")

    def answer(request: Request) -> Reply:
        return Reply(bodies[min(int(request.query["start"]) // 100, len(bodies) - 1)])

    server.routes["/arxiv/query"] = answer
    outcome = only_outcome(fetch("arxiv:all:testing", today=TODAY))
    assert (outcome.state, outcome.rejected) == ("done", [])
    assert outcome.added > 20
    for paper in saved.papers():
        assert paper.published <= paper.listed <= "2026-06-12"


def test_an_authors_papers(server: Server, fetch: Fetch, saved: SavedHome, shared: Path) -> None:
    pages = load_responses(shared, "semantic-scholar-json/*test_get_author_papers.[0-4].json")

    def answer(request: Request) -> Reply:
        place = int(request.query["offset"]) // 100
        return Reply(pages[place] if place < len(pages) else b'{"offset": 500, "data": []}')

    server.routes["/s2/graph/v1/author/1723755/papers"] = answer
    outcome = only_outcome(fetch("s2:author/1723755", today=TODAY))
    assert (outcome.state, outcome.error) == ("done", "")
    assert outcome.read + len(outcome.rejected) == 500
    assert [request.query["offset"] for request in server.requests] == [
        "0", "100", "200", "300", "400", "500",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "pattern", ["openalex-json/*works.json", "openalex-json/*openalex_search.json"]
)
def test_openalex_works(server: Server, fetch: Fetch, shared: Path, pattern: str) -> None:
    (body,) = load_responses(shared, pattern)
    server.routes["/openalex/works"] = Reply(body)
    outcome = only_outcome(fetch("openalex:type:article", today=TODAY))
    assert (outcome.state, outcome.error) == ("done", "")
    assert outcome.added


@pytest.mark.parametrize(
    "pattern",
    ["arxiv-rss/quxnb__*atom.xml", "arxiv-rss/qhduan__*", "crossref-json/*cr_works.0.json"],
)
def test_urls_of_pages_are_feeds(
    server: Server, fetch: Callable[..., object], saved: SavedHome, shared: Path, pattern: str
) -> None:
    (body,) = load_responses(shared, pattern)
    server.routes["/x"] = Reply(body)
    fetch(f"{server.url}/x", today=TODAY)
    assert saved.status(f"{server.url}/x").error == ""
    assert saved.papers()


def test_the_error_of_a_service_is_shown(server: Server, fetch: Fetch, shared: Path) -> None:
    (body,) = load_responses(shared, "semantic-scholar-json/*bad_query_parameters.0.json")
    server.routes["/s2/graph/v1/author/1/papers"] = Reply(
        body, 400, {"Content-Type": "application/json"}
    )
    outcome = only_outcome(fetch("s2:author/1", today=TODAY))
    assert "does not accept this request (400): Unrecognized or unsupported fields" in outcome.error
