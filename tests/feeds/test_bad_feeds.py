"""Feeds that repeat, reorder, rename, answer wrong pages or lie: told, none twice, none lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.feeds import payloads
from tests.feeds.conftest import Fetch, SavedHome, only_outcome
from tests.feeds.payloads import ATOM, JSON, RSS, number
from tests.net.server import Reply, Request, Server

TODAY = date(2026, 5, 7)
RSS_PATH = "/arxiv_rss/rss/cs.CL"
Item = tuple[str, str, str]


def items(*numbers: int, version: str = "") -> list[Item]:
    return [(f"{number(n)}{version}", f"Paper {n}", "new") for n in numbers]


def announce(server: Server, day: date, found: list[Item], category: str = "cs.CL") -> None:
    body = payloads.announcements(found, day, category)
    server.routes[RSS_PATH] = Reply(body, headers=RSS, etag=f'"{day}{found}"')


@pytest.fixture
def arxiv(server: Server, fetch: Fetch) -> Server:
    """A server after arxiv:cs.CL was fetched on a Wednesday."""
    server.routes["/arxiv_oai"] = Reply(payloads.oai([]), headers=RSS)
    announce(server, date(2026, 5, 6), items(1, 2, 3))
    fetch("arxiv:cs.CL", today=date(2026, 5, 6))
    server.requests.clear()
    return server


def days(saved: SavedHome) -> dict[str, str]:
    return {paper.title: paper.listed for paper in saved.papers()}


def test_the_page_of_last_week_changes_nothing(
    arxiv: Server, fetch: Fetch, saved: SavedHome
) -> None:
    announce(arxiv, date(2026, 4, 29), items(2, 9))
    outcome = only_outcome(fetch("arxiv:cs.CL", today=TODAY))
    assert [str(each) for each in outcome.notices] == [
        "arxiv:cs.CL: arXiv gave the page of 2026-04-29 again"
    ]
    assert outcome.error == ""
    assert saved.status("arxiv:cs.CL").cursor["day"] == "2026-05-06"
    announce(arxiv, TODAY, items(4))
    assert only_outcome(fetch("arxiv:cs.CL", today=TODAY)).added == 1
    assert arxiv.paths() == [RSS_PATH, RSS_PATH, "/arxiv_oai"]
    assert sorted(days(saved)) == ["Paper 1", "Paper 2", "Paper 3", "Paper 4", "Paper 9"]


def test_the_page_of_another_category_is_refused(
    arxiv: Server, fetch: Fetch, saved: SavedHome
) -> None:
    announce(arxiv, TODAY, items(8), "math.AG")
    outcome = only_outcome(fetch("arxiv:cs.CL", today=TODAY))
    assert "papers of math.AG instead of cs.CL, which are not added" in outcome.error
    announce(arxiv, TODAY, items(4))
    assert only_outcome(fetch("arxiv:cs.CL", today=TODAY)).added == 1
    assert "Paper 8" not in saved.titles()
    assert [request.status for request in arxiv.requests] == [200, 200, 200]


def test_a_page_in_another_order_with_repeats_and_versions_adds_nothing(
    arxiv: Server, fetch: Fetch, saved: SavedHome
) -> None:
    announce(arxiv, date(2026, 5, 6), items(3, 1, 3, 2, 1, version="v2"))
    outcome = only_outcome(fetch("arxiv:cs.CL", today=date(2026, 5, 6)))
    assert (outcome.added, outcome.error) == (0, "")
    assert len(saved.papers()) == 3


def test_a_reworded_title_is_the_same_paper(arxiv: Server, fetch: Fetch, saved: SavedHome) -> None:
    for title in ("Attention Sinks in Long Contexts", "Attention Sinks in Very Long Contexts"):
        announce(arxiv, date(2026, 5, 6), [(number(5), title, "new"), *items(1, 2, 3)])
        fetch("arxiv:cs.CL", today=date(2026, 5, 6))
    assert len(saved.papers()) == 4


def test_a_page_of_the_future_is_of_today(arxiv: Server, fetch: Fetch, saved: SavedHome) -> None:
    announce(arxiv, date(2027, 1, 4), items(4))
    assert only_outcome(fetch("arxiv:cs.CL", today=TODAY)).added == 1
    assert days(saved)["Paper 4"] == "2026-05-07"
    assert saved.status("arxiv:cs.CL").cursor["day"] == "2026-05-07"


def test_one_item_with_a_wrong_date_is_of_the_day_of_the_others(
    arxiv: Server, fetch: Fetch, saved: SavedHome
) -> None:
    body = payloads.announcements(items(4, 5, 6), TODAY)
    wrong = body.rpartition(b"<pubDate>Thu, 07 May 2026")
    body = wrong[0] + b"<pubDate>Sat, 07 May 2033" + wrong[2]
    arxiv.routes[RSS_PATH] = Reply(body, headers=RSS)
    assert only_outcome(fetch("arxiv:cs.CL", today=TODAY)).added == 3
    assert {days(saved)[f"Paper {n}"] for n in (4, 5, 6)} == {"2026-05-07"}


def test_a_cursor_of_the_future_does_not_stop_the_feed(
    arxiv: Server, fetch: Fetch, saved: SavedHome
) -> None:
    """The clock of the machine was wrong by a year."""
    announce(arxiv, date(2027, 5, 7), items(4))
    fetch("arxiv:cs.CL", today=date(2027, 5, 7))
    assert saved.status("arxiv:cs.CL").cursor["day"] == "2027-05-07"
    announce(arxiv, TODAY, items(5))
    fetch("arxiv:cs.CL", today=TODAY)
    arxiv.requests.clear()
    announce(arxiv, date(2026, 5, 8), items(6))
    fetch("arxiv:cs.CL", today=date(2026, 5, 8))
    assert saved.status("arxiv:cs.CL").cursor["day"] == "2026-05-08"
    assert "Paper 6" in saved.titles()


def test_wrong_dates_at_the_end_of_a_page_do_not_end_a_search(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    def answer(request: Request) -> Reply:
        start = int(request.query["start"])
        entries = [
            (number(n), f"Paper {n}", f"2026-05-{6 - n // 60:02}T00:00:00Z")
            for n in range(start, min(start + 100, 240))
        ]
        if len(entries) == 100:
            entries[-1] = (*entries[-1][:2], "1990-01-01T00:00:00Z")
        return Reply(payloads.api(entries, start, 240), headers=ATOM)

    server.routes["/arxiv/query"] = lambda _: Reply(
        payloads.api([(number(900), "First", "2026-05-01T00:00:00Z")]), headers=ATOM
    )
    fetch("arxiv:abs:mamba", today=date(2026, 5, 4))
    server.routes["/arxiv/query"] = answer
    server.requests.clear()
    fetch("arxiv:abs:mamba", today=TODAY)
    assert [request.query["start"] for request in server.requests] == ["0", "100", "200"]
    assert len(saved.papers()) == 241


def test_a_total_that_is_too_small_does_not_end_a_list(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    def answer(request: Request) -> Reply:
        start = (int(request.query["page"]) - 1) * 100
        entries = [(n, f"Work {n}", "2026-05-05") for n in range(start, min(start + 100, 150))]
        return Reply(payloads.works(entries, 3), headers=JSON)

    server.routes["/openalex/works"] = answer
    assert only_outcome(fetch("openalex:A5023888391", today=TODAY)).added == 150
    assert len(server.requests) == 2


def test_a_day_of_hugging_face_with_papers_of_last_week_is_refused(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    lag = timedelta(days=7)

    def answer(request: Request) -> Reply:
        if "date" not in request.query:
            return Reply(b"[]", headers=JSON)
        day = date.fromisoformat(request.query["date"]) - lag
        record = payloads.hf(number(day.day), f"Of {day}", f"{day}")
        return Reply(payloads.dumps([record]), headers=JSON, etag=f'"{day}"')

    server.routes["/hf/api/daily_papers"] = answer
    outcome = only_outcome(fetch("hf:daily", today=TODAY))
    assert "the papers of 2026-04-24 instead of 2026-05-01, which are not added" in outcome.error
    assert (saved.papers(), len(server.requests)) == ([], 1)
    lag = timedelta()
    assert only_outcome(fetch("hf:daily", today=TODAY)).added == 7


def test_papers_of_another_author_are_refused(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    path = "/s2/graph/v1/author/17/papers"
    server.routes[path] = Reply(payloads.author_page(["One"]), headers=JSON, etag='"1"')
    outcome = only_outcome(fetch("s2:author/17", today=TODAY))
    assert "papers of other authors than 17, which are not added" in outcome.error
    assert saved.papers() == []
    body = payloads.author_page(["One"]).replace(b"1741101", b"17")
    server.routes[path] = Reply(body, headers=JSON, etag='"1"')
    assert only_outcome(fetch("s2:author/17", today=TODAY)).added == 1


def test_another_journal_is_refused(server: Server, fetch: Fetch) -> None:
    body = payloads.journal_articles([("1", "One", "2026-05-06")], 1, "")
    server.routes["/crossref/journals/2041-1723/works"] = Reply(body, headers=JSON)
    outcome = only_outcome(fetch("crossref:2041-1723", today=TODAY))
    assert "other journals than 2041-1723" in outcome.error


def test_articles_that_pubmed_does_not_give_are_told(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    """It gives one that was not requested in place of one that was."""
    server.routes["/pubmed/esearch.fcgi"] = Reply(payloads.pubmed_ids(["1", "2"], 2), headers=JSON)
    given = [("1", "One", "2026-05-06"), ("7", "Other", "2026-05-06")]
    server.routes["/pubmed/efetch.fcgi"] = Reply(payloads.pubmed_articles(given), headers=RSS)
    outcome = only_outcome(fetch("pubmed:x", today=TODAY))
    assert saved.titles() == ["One."]
    assert [str(each) for each in outcome.rejected] == [
        "PMID 2: PubMed has found it but does not give it"
    ]


def test_a_repository_that_gives_everything_again_adds_nothing(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    """It ignores the days that are requested, and changes its datestamps."""
    name = f"oai:{server.url}/oai"
    for day in range(6, 9):
        today = date(2026, 5, day)
        records = [payloads.oai_record(f"{n}", f"Item {n}", f"{today}") for n in range(20)]
        server.routes["/oai"] = Reply(payloads.oai(records[:: (-1) ** day]), headers=RSS)
        outcome = only_outcome(fetch(name, today=today))
        assert (outcome.added, outcome.error) == (20 if day == 6 else 0, "")
    assert {paper.listed for paper in saved.papers()} == {"2026-05-06"}


@pytest.mark.parametrize("kind", ["repeats", "reorders", "renames", "new version"])
def test_a_feed_by_url_that_changes_its_items(
    server: Server, fetch: Fetch, saved: SavedHome, kind: str
) -> None:
    links = {f"https://arxiv.org/abs/{number(n)}": f"Paper {n}" for n in range(5)}
    server.routes["/x"] = Reply(payloads.rss(links))
    url = f"{server.url}/x"
    fetch(url, today=TODAY)
    pairs = list(links.items())
    changed = {
        "repeats": payloads.rss(links).replace(b"</channel>", b"")
        + payloads.rss(links).partition(b"</title>")[2],
        "reorders": payloads.rss(dict(reversed(pairs))),
        "renames": payloads.rss({link: f"{title}, Renamed" for link, title in pairs}),
        "new version": payloads.rss({f"{link}v3": title for link, title in pairs}),
    }[kind]
    server.routes["/x"] = Reply(changed)
    outcome = only_outcome(fetch(url, today=TODAY + timedelta(days=1)))
    assert (outcome.added, outcome.error) == (0, "")
    assert len(saved.papers()) == 5


def test_a_day_that_a_feed_drops_is_filled_in(
    arxiv: Server, fetch: Fetch, saved: SavedHome
) -> None:
    announce(arxiv, date(2026, 5, 8), items(9))
    submitted = datetime(2026, 5, 6, 10, tzinfo=UTC)
    record = payloads.arxiv_record(number(7), "Paper 7", "2026-05-07", [submitted])
    arxiv.routes["/arxiv_oai"] = Reply(payloads.oai([record]), headers=RSS)
    assert only_outcome(fetch("arxiv:cs.CL", today=date(2026, 5, 8))).added == 2
    assert (days(saved)["Paper 7"], days(saved)["Paper 9"]) == ("2026-05-07", "2026-05-08")
