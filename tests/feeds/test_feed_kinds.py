"""What each kind of feed requests, and the papers it makes of the responses."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.feeds import payloads
from tests.feeds.conftest import Fetch, SavedHome, only_outcome
from tests.feeds.payloads import ATOM, JSON, RSS, number
from tests.net.server import FakeClock, Reply, Request, Server
from tui.core.errors import UsageError
from tui.core.listing import Listing
from tui.feeds import arxiv, huggingface

TODAY = date(2026, 5, 7)
"""A Thursday."""
DAILY = "/hf/api/daily_papers"
QUERY = "/arxiv/query"
RECORDS = "/arxiv_oai"
NO_RECORDS = Reply(payloads.oai([]), headers=RSS)


def daily_pages(days: dict[str, list[object]], etag: str = "") -> object:
    """Let Hugging Face have records on days; without a day it gives all, the newest first."""

    def answer(request: Request) -> Reply:
        newest = [record for day in sorted(days, reverse=True) for record in days[day]]
        records = days.get(request.query["date"], []) if "date" in request.query else newest
        start = int(request.query.get("p", 0)) * 100
        tag = f'"{request.query.get("date")}{len(records)}{etag}"'
        return Reply(payloads.dumps(records[start : start + 100]), headers=JSON, etag=tag)

    return answer


def test_a_new_hf_daily_feed_fetches_a_week(server: Server, fetch: Fetch, saved: SavedHome) -> None:
    days = {
        "2026-05-01": [payloads.hf(number(1), "First", "2026-05-01")],
        "2026-05-07": [payloads.hf(number(2), "Second", "2026-05-07", 9, 4, 70)],
        "2026-04-30": [payloads.hf(number(3), "Too old", "2026-04-30")],
    }
    server.routes[DAILY] = daily_pages(days)
    outcome = only_outcome(fetch("hf:daily", today=TODAY))
    assert (outcome.state, outcome.read, outcome.added, outcome.error) == ("done", 2, 2, "")
    assert [request.query["date"][-2:] for request in server.requests] == [
        "01", "02", "03", "04", "05", "06", "07",
    ]  # fmt: skip
    first, second = saved.papers()
    assert (first.listed, second.listed) == ("2026-05-01", "2026-05-07")
    assert (second.votes, second.counts) == (9, {"comments": 4, "stars": 70})
    assert second.sources == ("hf:daily",)


def test_fetching_hf_daily_again_is_one_conditional_request(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    server.routes[DAILY] = daily_pages(
        {"2026-05-07": [payloads.hf(number(1), "One", "2026-05-07")]}
    )
    fetch("hf:daily", today=TODAY)
    server.requests.clear()
    outcome = only_outcome(fetch("hf:daily", today=TODAY))
    assert (outcome.state, outcome.added) == ("unchanged", 0)
    (request,) = server.requests
    assert request.query["date"] == "2026-05-07"
    assert (request.headers["if-none-match"], request.status) == ('"2026-05-071"', 304)


def test_hf_daily_fetches_the_last_day_again(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    days: dict[str, list[object]] = {"2026-05-07": [payloads.hf(number(1), "One", "2026-05-07")]}
    server.routes[DAILY] = daily_pages(days)
    fetch("hf:daily", today=TODAY)
    days["2026-05-07"].append(payloads.hf(number(2), "Late", "2026-05-07"))
    days["2026-05-09"] = [payloads.hf(number(3), "Three", "2026-05-09")]
    server.requests.clear()
    assert only_outcome(fetch("hf:daily", today=date(2026, 5, 9))).added == 2
    assert [request.query.get("date", "votes") for request in server.requests] == [
        "2026-05-07", "2026-05-08", "2026-05-09", "votes",
    ]  # fmt: skip
    known = ["if-none-match" in request.headers for request in server.requests]
    assert known == [True, False, False, False]
    assert saved.titles() == ["Late", "One", "Three"]


def test_hf_daily_reads_all_pages_of_a_day(server: Server, fetch: Fetch, saved: SavedHome) -> None:
    many = [payloads.hf(number(n), f"Paper {n}", "2026-05-06") for n in range(1, 231)]
    server.routes[DAILY] = daily_pages({"2026-05-06": many})
    assert only_outcome(fetch("hf:daily", today=TODAY)).added == 230
    pages = [
        request.query["p"] for request in server.requests if request.query["date"] == "2026-05-06"
    ]
    assert pages == ["0", "1", "2"]


def test_the_votes_of_the_last_two_weeks_are_fetched_again(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    days: dict[str, list[object]] = {
        f"2026-05-{day:02}": [
            payloads.hf(number(day * 20 + n), f"Paper {day}.{n}", f"2026-05-{day:02}", n)
            for n in range(1, 16)
        ]
        for day in range(1, 21)
    }
    old = payloads.hf(number(999), "Never fetched", "2026-04-30")
    server.routes[DAILY] = daily_pages(days)
    for day in (7, 14, 20):
        fetch("hf:daily", today=date(2026, 5, day))
    days["2026-04-30"] = [old]
    for day in range(1, 21):
        records = enumerate(days[f"2026-05-{day:02}"])
        days[f"2026-05-{day:02}"] = [
            payloads.hf(number(day * 20 + n + 1), f"Paper {day}.{n + 1}", f"2026-05-{day:02}", 100)
            for n, _ in records
        ]
    server.requests.clear()
    server.routes[DAILY] = daily_pages(days, "later")
    fetch("hf:daily", today=date(2026, 5, 20))
    assert [request.query.get("date", "votes") for request in server.requests] == [
        "2026-05-20", "votes", "votes", "votes",
    ]  # fmt: skip
    votes = {each.listed: each.votes for each in saved.papers()}
    fresh = {day for day, count in votes.items() if count == 100}
    assert fresh == {f"2026-05-{day:02}" for day in range(6, 21)}
    assert len(votes) == 20
    paper = next(each for each in saved.papers() if each.title == "Paper 19.3")
    assert paper.listings == (Listing("2026-05-19", "hf:daily", 3, "Mei Tanaka", 3),)
    assert paper.gained == ("2026-05-20", 100)


def test_old_votes_are_reported_if_they_cannot_be_fetched(server: Server, fetch: Fetch) -> None:
    pages = daily_pages({"2026-05-06": [payloads.hf(number(1), "One", "2026-05-06")]})
    server.routes[DAILY] = pages
    fetch("hf:daily", today=date(2026, 5, 6))
    server.routes[DAILY] = lambda request: (
        pages(request) if "date" in request.query else Reply(b"{}", 404, JSON)  # type: ignore[operator]
    )
    outcome = only_outcome(fetch("hf:daily", today=TODAY))
    assert outcome.error == ""
    assert "votes of earlier days are not up to date" in str(outcome.notices[0])


def test_a_refused_record_does_not_end_the_pages_of_a_day(server: Server, fetch: Fetch) -> None:
    many = [payloads.hf(number(n), f"Paper {n}", "2026-05-06") for n in range(1, 231)]
    many[7] = payloads.hf(number(8), "", "2026-05-06")
    server.routes[DAILY] = daily_pages({"2026-05-06": many})
    outcome = only_outcome(fetch("hf:daily", today=TODAY))
    assert (outcome.added, len(outcome.rejected)) == (229, 1)


def test_after_a_long_absence_only_the_last_days_are_fetched(
    server: Server, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(huggingface, "MAX_DAYS", 10)
    server.routes[DAILY] = daily_pages({})
    fetch("hf:daily", today=TODAY)
    server.requests.clear()
    fetch("hf:daily", today=date(2027, 5, 7))
    assert len(server.requests) == 11 + 1  # and the votes


def test_an_unknown_day_does_not_stop_the_days_after_it(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    known: set[str] = {"2026-05-04", "2026-05-06"}

    def answer(request: Request) -> Reply:
        day = request.query.get("date", "")
        if day not in known:
            return Reply(b'{"error": "Invalid date"}', 400, JSON)
        record = payloads.hf(number(int(day[-2:])), f"Of {day}", day)
        return Reply(payloads.dumps([record]), headers=JSON)

    server.routes[DAILY] = answer
    assert only_outcome(fetch("hf:daily", today=TODAY)).added == 2
    assert saved.status("hf:daily").cursor == {"day": "2026-05-06", "since": "2026-05-01"}
    known.clear()
    outcome = only_outcome(fetch("hf:daily", today=TODAY))
    assert "does not accept this request (400): Invalid date" in outcome.error


def test_fetching_a_past_day_does_not_move_the_cursor(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    days: dict[str, list[object]] = {"2026-02-03": [payloads.hf(number(1), "Old", "2026-02-03")]}
    server.routes[DAILY] = daily_pages(days)
    fetch("hf:daily", today=TODAY)
    cursor = saved.status("hf:daily").cursor
    server.requests.clear()
    assert only_outcome(fetch(day="2026-02-03", today=TODAY)).added == 1
    assert [request.query["date"] for request in server.requests] == ["2026-02-03"]
    assert saved.papers()[0].listed == "2026-02-03"
    assert saved.status("hf:daily").cursor == cursor


@pytest.mark.parametrize(("day", "names"), [("May 3", []), ("2026-02-03", ["arxiv:cs.CL"])])
def test_only_hf_daily_has_past_days(fetch: Fetch, day: str, names: list[str]) -> None:
    with pytest.raises(UsageError, match="day"):
        fetch(*names, day=day)


def test_trending_papers_get_new_counts_each_time(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    for votes in (3, 50):
        record = payloads.hf(number(1), "One", "2026-05-06", votes, votes, votes)
        server.routes[DAILY] = Reply(payloads.dumps([record]), headers=JSON)
        outcome = only_outcome(fetch("hf:trending", today=TODAY))
    assert (outcome.added, outcome.updated) == (0, 1)
    assert server.requests[0].query["sort"] == "trending"
    (paper,) = saved.papers()
    assert (paper.votes, paper.counts) == (50, {"comments": 50, "stars": 50})
    assert paper.listings == (Listing("2026-05-07", "hf:trending", 1, "Mei Tanaka", 50, 50),)


def test_an_arxiv_category_gives_the_announced_papers(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    items = [
        (number(1), "New one", "new"),
        ("2401.00002", "Cross-list of old", "cross"),
        ("2301.00003", "Replaced", "replace"),
        ("2301.00004", "Replaced cross-list", "replace-cross"),
        (number(5), "Last one", "new"),
    ]
    server.routes["/arxiv_rss/rss/cs.CL"] = Reply(
        payloads.announcements(items, TODAY), headers=RSS, etag='"1"'
    )
    server.routes[RECORDS] = NO_RECORDS
    fetch("arxiv:cs.cl", today=TODAY)
    new, cross, last = saved.papers()
    assert (new.title, new.published, new.listed) == ("New one", "2026-05-07", "2026-05-07")
    assert (cross.title, cross.published, cross.listed) == (
        "Cross-list of old", "2024-01", "2026-05-07",
    )  # fmt: skip
    assert last.sources == ("arxiv:cs.CL",)
    server.requests.clear()
    assert only_outcome(fetch("arxiv:cs.CL", today=TODAY)).state == "unchanged"
    assert server.paths() == ["/arxiv_rss/rss/cs.CL"]
    assert server.requests[0].status == 304


def test_several_categories_and_archives_are_one_feed(server: Server, fetch: Fetch) -> None:
    server.routes["/arxiv_rss/rss/cs.CL+math"] = Reply(
        payloads.announcements([], TODAY), headers=RSS
    )
    server.routes[RECORDS] = NO_RECORDS
    assert only_outcome(fetch("arxiv:cs.CL+math", today=TODAY)).error == ""
    assert [request.query["set"] for request in server.requests[1:]] == ["cs:cs:CL", "math:math"]


def utc(day: int, hour: int = 10, minute: int = 0, month: int = 5) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def announce(server: Server, day: date, *names: int) -> None:
    """Let the RSS of cs.CL have papers of a day."""
    items = [(number(name), f"Paper {name}", "new") for name in names]
    body = payloads.announcements(items, day)
    server.routes["/arxiv_rss/rss/cs.CL"] = Reply(body, headers=RSS, etag=f'"{day}{names}"')


def test_missed_days_of_a_category_come_from_oai(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    announce(server, date(2026, 5, 4), 4)
    server.routes[RECORDS] = NO_RECORDS
    fetch("arxiv:cs.CL", today=date(2026, 5, 4))
    server.requests.clear()
    announce(server, TODAY, 7)
    record = payloads.arxiv_record
    submitted = utc(4, 17, 30)
    records = [
        record(number(4), "Paper 4", "2026-05-05", [utc(1)], "cs.CL cs.AI"),
        record(number(5), "On time", "2026-05-05", [submitted]),
        record(number(6), "Replaced", "2026-05-07", [submitted, utc(6)]),
        record(number(3), "Held back", "2026-05-06", [utc(21, month=4)]),
        record("2504.00001", "Cross-listed later", "2026-05-06", [utc(1, month=4)], "cs.AI cs.CL"),
        record("2401.00001", "A new version", "2026-05-06", [utc(2, month=1), utc(5)]),
        record("2401.00002", "An edit", "2026-05-06", [utc(2, month=1)]),
        record("2401.00003", "Printed", "2026-05-06", [utc(2, month=1)], "cs.AI cs.CL", "J 1 (2)"),
    ]
    server.routes[RECORDS] = [
        Reply(payloads.oai(records[:4], "t&amp;1"), headers=RSS),
        Reply(payloads.oai(records[4:]), headers=RSS),
    ]
    assert only_outcome(fetch("arxiv:cs.CL", today=TODAY)).error == ""
    assert server.paths() == ["/arxiv_rss/rss/cs.CL", RECORDS, RECORDS]
    assert [request.query for request in server.requests[1:]] == [
        {
            "verb": "ListRecords", "metadataPrefix": "arXivRaw", "set": "cs:cs:CL",
            "from": "2026-05-04", "until": "2026-05-07",
        },
        {"verb": "ListRecords", "resumptionToken": "t&1"},
    ]  # fmt: skip
    assert {paper.title: paper.listed for paper in saved.papers()} == {
        "Paper 4": "2026-05-04",
        "On time": "2026-05-05",
        "Replaced": "2026-05-05",
        "Held back": "2026-05-06",
        "Cross-listed later": "2026-05-06",
        "Paper 7": "2026-05-07",
    }
    assert [author.family for author in saved.papers()[2].authors] == ["Lindqvist", "Tanaka"]


def test_a_day_in_two_halves_is_one_day(server: Server, fetch: Fetch, saved: SavedHome) -> None:
    """The second half comes on the same day by RSS, else on the next day by OAI-PMH."""
    server.routes[RECORDS] = NO_RECORDS
    announce(server, date(2026, 5, 5), 1)
    fetch("arxiv:cs.CL", today=date(2026, 5, 5))
    server.requests.clear()
    announce(server, date(2026, 5, 5), 1, 2)
    assert only_outcome(fetch("arxiv:cs.CL", today=date(2026, 5, 5))).added == 1
    assert server.paths() == ["/arxiv_rss/rss/cs.CL"]
    announce(server, date(2026, 5, 6), 4)
    record = payloads.arxiv_record
    records = [record(number(n), f"Paper {n}", "2026-05-05", [utc(4)]) for n in (1, 2, 3)]
    server.routes[RECORDS] = Reply(payloads.oai(records), headers=RSS)
    server.requests.clear()
    outcome = only_outcome(fetch("arxiv:cs.CL", today=date(2026, 5, 6)))
    assert (outcome.read, outcome.added, outcome.updated) == (2, 2, 0)
    assert server.paths() == ["/arxiv_rss/rss/cs.CL", RECORDS]
    days = {name: server.requests[1].query[name] for name in ("from", "until")}
    assert days == {"from": "2026-05-05", "until": "2026-05-05"}
    assert {paper.title: paper.listed for paper in saved.papers()} == {
        "Paper 1": "2026-05-05",
        "Paper 2": "2026-05-05",
        "Paper 3": "2026-05-05",
        "Paper 4": "2026-05-06",
    }


def test_an_expired_token_begins_the_list_again(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    announce(server, TODAY, 7)
    record = payloads.arxiv_record
    pages = [[record(number(n), f"Paper {n}", f"2026-05-0{n}", [utc(n - 1)])] for n in (5, 6)]
    bad_token = Reply(payloads.oai([], error="badResumptionToken"), headers=RSS)
    server.routes[RECORDS] = [
        Reply(payloads.oai(pages[0], "t1"), headers=RSS),
        bad_token,
        Reply(payloads.oai(pages[0], "t2"), headers=RSS),
        Reply(b"busy", 503, {"Retry-After": "20"}),
        Reply(payloads.oai(pages[1]), headers=RSS),
    ]
    outcome = only_outcome(fetch("arxiv:cs.CL", today=TODAY))
    assert (outcome.error, outcome.added) == ("", 3)
    assert [request.query.get("resumptionToken") for request in server.requests[1:]] == [
        None, "t1", None, "t2", "t2",
    ]  # fmt: skip
    server.routes[RECORDS] = [Reply(payloads.oai(pages[0], "t1"), headers=RSS), bad_token]
    outcome = only_outcome(fetch("arxiv:cs.CL+cs.LG", today=TODAY))
    assert outcome.state == "failed"


def test_pages_that_repeat_end_with_an_error(server: Server, fetch: Fetch) -> None:
    announce(server, TODAY, 7)
    page = [payloads.arxiv_record(number(5), "Paper 5", "2026-05-05", [utc(4)])]
    server.routes[RECORDS] = Reply(payloads.oai(page, "t1"), headers=RSS)
    outcome = only_outcome(fetch("arxiv:cs.CL", today=TODAY))
    assert "gives the same pages again and again" in outcome.error
    assert (outcome.added, len(server.requests)) == (2, 3)
    announce(server, date(2026, 5, 8), 8)
    assert only_outcome(fetch("arxiv:cs.CL", today=TODAY)).added == 1
    assert "resumptionToken" not in server.requests[4].query


def test_a_weekend_without_announcements_misses_nothing(server: Server, fetch: Fetch) -> None:
    friday = date(2026, 5, 8)
    server.routes[RECORDS] = NO_RECORDS
    for day in (friday, date(2026, 5, 9), date(2026, 5, 10)):
        announce(server, day, *[8] * (day == friday))
        server.requests.clear()
        fetch("arxiv:cs.CL", today=day)
        assert (RECORDS in server.paths()) == (day == friday)


def test_a_weekend_fetches_the_friday_that_was_missed(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    """RSS has nothing at the weekend; a paper was replaced on the day it was cross-listed."""
    server.routes[RECORDS] = NO_RECORDS
    announce(server, date(2026, 5, 6), 6)
    fetch("arxiv:cs.CL", today=date(2026, 5, 6))
    announce(server, TODAY, 7)
    fetch("arxiv:cs.CL", today=TODAY)
    server.requests.clear()
    announce(server, date(2026, 5, 9))
    record = payloads.arxiv_record
    records = [
        record(number(8), "Friday's", "2026-05-08", [utc(7)]),
        record(number(2), "Both", "2026-05-08", [utc(4), utc(7)], "cs.AI cs.CL"),
        record(number(1), "A new version", "2026-05-08", [utc(20, month=4), utc(7)]),
    ]
    server.routes[RECORDS] = Reply(payloads.oai(records), headers=RSS)
    assert only_outcome(fetch("arxiv:cs.CL", today=date(2026, 5, 9))).added == 2
    days = {name: server.requests[1].query[name] for name in ("from", "until")}
    assert days == {"from": "2026-05-07", "until": "2026-05-09"}
    assert {"Friday's", "Both"} < set(saved.titles())
    cursor = {"day": "2026-05-08", "first": "2026-04-29"}
    assert saved.status("arxiv:cs.CL").cursor == cursor


def submissions(count: int) -> object:
    """Let the API of arXiv have papers, newest first, forty on each day."""
    places = range(count)
    days = [date(2026, 5, 6) - timedelta(days=n) for n in range(count)]

    def answer(request: Request) -> Reply:
        start = int(request.query["start"])
        most = int(request.query["max_results"])
        entries = [
            (
                number(count - n),
                f"Paper {count - n}",
                f"{days[n // 40]}T00:00:00Z",
            )
            for n in places[start : start + most]
        ]
        return Reply(payloads.api(entries, start, count), headers=ATOM, etag=f'"{count}{start}"')

    return answer


def test_an_arxiv_search_begins_with_the_newest(
    server: Server, fetch: Fetch, saved: SavedHome, clock: FakeClock
) -> None:
    server.now = clock.now
    server.routes[QUERY] = submissions(450)
    name = "arxiv:cat:cs.LG AND abs:mamba"
    assert only_outcome(fetch(name, today=TODAY)).added == arxiv.FIRST_PAPERS
    assert server.requests[0].query["search_query"] == "cat:cs.LG AND abs:mamba"
    assert [request.query["start"] for request in server.requests] == ["0", "100"]
    assert server.requests[1].at - server.requests[0].at >= 3
    server.requests.clear()
    server.routes[QUERY] = submissions(470)
    assert only_outcome(fetch(name, today=date(2026, 5, 8))).added > 0
    starts = [int(request.query["start"]) for request in server.requests]
    assert starts == [0, 100]


def test_a_search_of_one_page_is_conditional(server: Server, fetch: Fetch) -> None:
    server.routes[QUERY] = submissions(90)
    name = "arxiv:abs:mamba"
    assert only_outcome(fetch(name, today=TODAY)).added == 90
    server.requests.clear()
    assert only_outcome(fetch(name, today=TODAY)).state == "unchanged"
    assert [request.status for request in server.requests] == [304]


def test_an_unchanged_first_page_does_not_hide_the_second(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    """A moderator released a paper, which stands where it was submitted: on page two."""
    held = {"title": ""}

    def answer(request: Request) -> Reply:
        start = int(request.query["start"])
        entries = [(number(900 - n), f"Paper {n}", "2026-05-06T00:00:00Z") for n in range(100)]
        if start:
            late = [(number(1), held["title"], "2026-05-04T00:00:00Z")] if held["title"] else []
            entries = [*late, (number(2), "Old", "2026-04-01T00:00:00Z")]
        return Reply(payloads.api(entries, start, 102), headers=ATOM, etag=f'"{entries}"')

    server.routes[QUERY] = answer
    fetch("arxiv:abs:mamba", today=TODAY)
    held["title"] = "Released"
    server.requests.clear()
    assert only_outcome(fetch("arxiv:abs:mamba", today=TODAY)).added == 1
    assert [request.status for request in server.requests] == [200, 200]
    assert "Released" in saved.titles()


def test_an_empty_page_before_the_end_is_requested_again(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    page = payloads.api([(number(1), "One", "2026-05-06T00:00:00Z")], total=1)
    server.routes[QUERY] = [Reply(payloads.api([], total=1)), Reply(page, headers=ATOM)]
    assert only_outcome(fetch("arxiv:all:x", today=TODAY)).added == 1
    server.routes[QUERY] = Reply(payloads.api([], total=1))
    assert "empty page" in only_outcome(fetch("arxiv:all:y", today=TODAY)).error


def author_papers(pages: list[list[str]]) -> object:
    """Let an author have pages of titles, each with an ETag of its own."""

    def answer(request: Request) -> Reply:
        start = int(request.query["offset"])
        titles = pages[start // 500]
        following = start + 500 if start // 500 + 1 < len(pages) else None
        body = payloads.author_page(titles, start, following)
        return Reply(body, headers=JSON, etag=f'"{titles}"')

    return answer


def test_an_author_at_semantic_scholar(server: Server, fetch: Fetch, saved: SavedHome) -> None:
    server.routes["/s2/graph/v1/author/1741101/papers"] = author_papers([["One", "Two"]])
    outcome = only_outcome(fetch("s2:author/Ada-Lindqvist/1741101", today=TODAY))
    assert (outcome.feed, outcome.added) == ("s2:author/1741101", 2)
    assert saved.papers()[0].counts == {"citations": 3}
    assert {paper.listed for paper in saved.papers()} == {"2026-05-07"}
    server.requests.clear()
    assert only_outcome(fetch("s2:author/1741101", today=TODAY)).state == "unchanged"
    assert [request.status for request in server.requests] == [304]


def test_an_author_with_more_papers_than_a_page(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    """New papers come last, and the ETag of the first page stays as it is."""
    pages = [["One", "Two"]]
    server.routes["/s2/graph/v1/author/1741101/papers"] = author_papers(pages)
    fetch("s2:author/1741101", today=TODAY)
    pages[:] = [["One", "Two", "Three"], ["Four"]]
    assert only_outcome(fetch("s2:author/1741101", today=TODAY)).added == 2
    pages[1] += [f"New {n}" for n in range(5)]
    server.requests.clear()
    outcome = only_outcome(fetch("s2:author/1741101", today=TODAY))
    assert (outcome.state, outcome.added) == ("done", 5)
    assert [request.status for request in server.requests] == [200, 200]


def test_works_of_openalex(server: Server, fetch: Fetch, saved: SavedHome) -> None:
    def answer(request: Request) -> Reply:
        start = (int(request.query["page"]) - 1) * 100
        entries = [(n, f"Work {n}", f"2026-0{5 - n // 100}-01") for n in range(start, start + 100)]
        return Reply(payloads.works(entries, 400), headers=JSON, etag=f'"{start}"')

    server.routes["/openalex/works"] = answer
    assert only_outcome(fetch("openalex:A5023888391", today=TODAY)).added == 200
    assert server.requests[0].query["filter"] == "authorships.author.id:A5023888391"
    assert [request.query["page"] for request in server.requests] == ["1", "2"]
    fetch("openalex:type:article,title.search:mamba", today=TODAY)
    assert server.requests[-1].query["filter"] == "type:article,title.search:mamba"


def test_a_year_of_the_anthology_is_its_changed_files(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    tree = "/github/repos/acl-org/acl-anthology/git/trees/master:data/xml"
    files = "/github_raw/acl-org/acl-anthology/master/data/xml"
    hashes = {"2026.acl.xml": "a", "2026.law.xml": "b", "2025.acl.xml": "c", "P26.xml": "d"}

    def listing(_: Request) -> Reply:
        entries = [{"path": name, "sha": value} for name, value in hashes.items()]
        return Reply(payloads.dumps({"tree": entries}), headers=JSON, etag=f'"{hashes}"')

    server.routes[tree] = listing
    for name, titles in (("2026.acl", ["Long"]), ("2026.law", ["Law"]), ("P26", ["Old"])):
        server.routes[f"{files}/{name}.xml"] = Reply(payloads.collection(name, {"long": titles}))
    assert only_outcome(fetch("acl:2026", today=TODAY)).added == 3
    server.requests.clear()
    assert only_outcome(fetch("acl:2026", today=TODAY)).state == "unchanged"
    assert server.paths() == [tree]
    hashes["2026.law.xml"] = "e"
    server.routes[f"{files}/2026.law.xml"] = Reply(
        payloads.collection("2026.law", {"long": ["Law", "More"], "short": ["Short"]})
    )
    server.requests.clear()
    assert only_outcome(fetch("acl:2026", today=TODAY)).added == 2
    assert server.paths() == [tree, f"{files}/2026.law.xml"]
    assert only_outcome(fetch("acl:2026.law-short", today=TODAY)).read == 1
    assert "nothing of 2031" in only_outcome(fetch("acl:2031", today=TODAY)).error


BIBTEX = b"@article{a, title={A Title of BibTeX}, author={Lindqvist, Ada}, year={2025}}"
JSON_FEED = payloads.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "F",
        "items": [
            {
                "id": "1",
                "url": "https://arxiv.org/abs/2605.00001",
                "title": "Of a JSON Feed",
                "content_text": "About it.",
                "date_published": "2026-05-06T00:00:00Z",
            }
        ],
    }
)


@pytest.mark.parametrize(
    ("body", "kind", "title"),
    [
        (payloads.rss({"https://arxiv.org/abs/2605.00001": "Of RSS"}), "text/html", "Of RSS"),
        (payloads.api([(number(1), "Of Atom", "2026-05-06T00:00:00Z")]), "", "Of Atom"),
        (JSON_FEED, "application/feed+json", "Of a JSON Feed"),
        (BIBTEX, "text/plain", "A Title of BibTeX"),
        (gzip.compress(BIBTEX), "application/gzip", "A Title of BibTeX"),
    ],
    ids=["RSS", "Atom", "JSON Feed", "BibTeX", "packed BibTeX"],
)
def test_a_feed_can_be_any_url_with_papers(
    server: Server, fetch: Fetch, saved: SavedHome, body: bytes, kind: str, title: str
) -> None:
    server.routes["/x"] = Reply(body, headers={"Content-Type": kind} if kind else {}, etag='"1"')
    url = f"{server.url}/x"
    assert only_outcome(fetch(url, today=TODAY)).added == 1
    (paper,) = saved.papers()
    assert (paper.title, paper.listed, paper.sources) == (title, "2026-05-07", (url,))
    assert only_outcome(fetch(url, today=TODAY)).state == "unchanged"
    assert server.requests[1].status == 304
