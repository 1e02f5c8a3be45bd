"""Categories of bioRxiv and medRxiv: what is requested, and the papers of the responses."""

from __future__ import annotations

from datetime import date

from tests.feeds import payloads
from tests.feeds.conftest import Fetch, SavedHome, only_outcome
from tests.feeds.payloads import JSON
from tests.net.server import Reply, Request, Server

TODAY = date(2026, 5, 7)
NAME = "biorxiv:cell_biology"
Post = tuple[str, str, str]


class Biorxiv:
    """bioRxiv with preprints of one category, 100 on a page."""

    def __init__(self, server: Server, posts: list[Post]) -> None:
        self.posts = posts
        server.routes["/biorxiv/details/biorxiv/"] = self.answer

    def answer(self, request: Request) -> Reply:
        *_, since, until, start, _ = request.path.split("/")
        found = [post for post in self.posts if since <= post[2] <= until]
        page = found[int(start) : int(start) + 100]
        return Reply(payloads.preprints(page, int(start), len(found)), headers=JSON)


def test_a_week_without_papers_is_an_error_only_of_a_new_category(
    server: Server, fetch: Fetch
) -> None:
    service = Biorxiv(server, [])
    assert "has had no cell biology for a week" in only_outcome(fetch(NAME, today=TODAY)).error
    service.posts = [("1", "One", "2026-05-05")]
    assert only_outcome(fetch(NAME, today=TODAY)).error == ""
    service.posts = []
    assert only_outcome(fetch(NAME, today=date(2026, 5, 20))).error == ""


def test_a_new_category_fetches_a_week(server: Server, fetch: Fetch, saved: SavedHome) -> None:
    posts = [(f"{n}", f"Paper {n}", "2026-05-05") for n in range(120)]
    Biorxiv(server, [*posts, ("900", "Old", "2026-04-20")])
    outcome = only_outcome(fetch(NAME, today=TODAY))
    assert (outcome.state, outcome.error, outcome.added) == ("done", "", 120)
    assert [request.path.split("/")[-2] for request in server.requests] == ["0", "100"]
    assert server.paths()[0] == "/biorxiv/details/biorxiv/2026-04-30/2026-05-07/0/json"
    assert server.requests[0].query == {"category": "cell_biology"}
    paper = saved.papers()[0]
    assert (paper.title, paper.listed, paper.published) == ("Paper 0", "2026-05-05", "2026-05-05")
    assert (paper.venue, paper.categories, paper.ids["doi"]) == (
        "bioRxiv", ("cell biology",), "10.64898/2026.05.0",
    )  # fmt: skip
    page = "https://www.biorxiv.org/content/10.64898/2026.05.0v1"
    assert {page, f"{page}.full.pdf"} <= set(paper.links.values())
    assert [author.family for author in paper.authors] == ["Lindqvist", "Tanaka"]


def test_new_versions_and_other_categories_are_left_out(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    body = payloads.preprints([(f"{n}", f"Paper {n}", "2026-05-05") for n in range(3)], 0, 3)
    body = body.replace(b'"version": "1"', b'"version": "2"', 1)
    body = body[::-1].replace(b"cell biology"[::-1], b"zoology"[::-1], 1)[::-1]
    path = "/biorxiv/details/biorxiv/2026-04-30/2026-05-07/0/json"
    server.routes[path] = Reply(body, headers=JSON)
    assert only_outcome(fetch(NAME, today=TODAY)).error == ""
    assert saved.titles() == ["Paper 1"]


def test_the_next_fetch_repeats_nothing(server: Server, fetch: Fetch, saved: SavedHome) -> None:
    service = Biorxiv(server, [("1", "One", "2026-05-06")])
    fetch(NAME, today=TODAY)
    service.posts += [("2", "Two", "2026-05-06"), ("3", "Three", "2026-05-08")]
    server.requests.clear()
    outcome = only_outcome(fetch(NAME, today=date(2026, 5, 8)))
    assert (outcome.read, outcome.added) == (2, 2)
    assert server.paths() == ["/biorxiv/details/biorxiv/2026-05-05/2026-05-08/0/json"]
    outcome = only_outcome(fetch(NAME, today=date(2026, 6, 8)))
    assert (outcome.read, outcome.error) == (0, "")


def test_an_unknown_category_says_where_they_are_listed(server: Server, fetch: Fetch) -> None:
    path = "/biorxiv/details/medrxiv/2026-04-30/2026-05-07/0/json"
    server.routes[path] = Reply(payloads.preprints([], 0, 0), headers=JSON)
    error = only_outcome(fetch("medrxiv:cell_biology", today=TODAY)).error
    assert "medrxiv has had no cell biology for a week" in error
    assert "https://www.medrxiv.org" in error
