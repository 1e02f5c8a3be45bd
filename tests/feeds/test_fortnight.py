"""Two weeks day by day with overlaps, cross-lists and papers held back: none twice, none missing.

The world is made up by a seed: arXiv announces by its calendar, Hugging Face lists some of it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from tests.feeds import payloads
from tests.feeds.conftest import Fetch, SavedHome
from tests.feeds.payloads import ATOM, JSON, RSS, number
from tests.net.server import FakeClock, Reply, Request, Server
from tui.feeds import arxiv_calendar

FIRST = date(2026, 5, 4)
"""A Monday."""
DAYS = [FIRST + timedelta(days=n) for n in range(14)]
FEEDS = ("arxiv:cs.CL", "arxiv:cs.LG", "arxiv:cat:cs.AI", "hf:daily")


@dataclass
class Submission:
    name: str
    when: datetime
    announced: dict[str, date] = field(default_factory=dict)
    """Category to the day it was announced there; the first is the primary one."""
    replaced: datetime | None = None
    """When a second version was submitted."""
    listed: date | None = None
    """The day Hugging Face listed it."""

    @property
    def entry(self) -> tuple[str, str, str]:
        return self.name, f"Paper {self.name}", self.when.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def replacement_day(self) -> date | None:
        return arxiv_calendar.announcement_date(self.replaced) if self.replaced else None

    def is_listed(self, today: date) -> bool:
        """Return whether one of the feeds has listed it yet."""
        days = [*self.announced.values(), *([self.listed] if self.listed else [])]
        return any(day <= today for day in days)

    def record(self, today: date) -> tuple[date, str] | None:
        """Return the datestamp of its record and the record, None before it is announced."""
        days = {category: day for category, day in self.announced.items() if day <= today}
        if next(iter(self.announced)) not in days:
            return None
        versions, changed = [self.when], max(days.values())
        if self.replaced and self.replacement_day and self.replacement_day <= today:
            versions.append(self.replaced)
            changed = max(changed, self.replacement_day)
        title = f"Paper {self.name}"
        return changed, payloads.arxiv_record(
            self.name, title, f"{changed}", versions, " ".join(days)
        )


def make_submissions(seed: int) -> list[Submission]:
    """Return submissions of three weeks, oldest first."""
    chance = random.Random(seed)
    begin = datetime(2026, 4, 30, tzinfo=UTC)
    times = sorted(begin + timedelta(minutes=chance.randrange(18 * 24 * 60)) for _ in range(360))
    made = []
    for count, when in enumerate(times):
        paper = Submission(number(count), when)
        on_time = arxiv_calendar.announcement_date(when)
        day = on_time
        first, *others = chance.sample(["cs.CL", "cs.LG", "cs.AI"], chance.randint(1, 3))
        if "cs.AI" not in (first, *others) and chance.random() < 0.1:  # held back by a moderator
            late = on_time + timedelta(days=chance.randrange(12))
            day = arxiv_calendar.announcement_date(datetime.combine(late, when.timetz()))
        paper.announced[first] = day
        for category in others:
            late = category != "cs.AI" and chance.random() < 0.1
            paper.announced[category] = (
                arxiv_calendar.announcement_date(
                    datetime.combine(day + timedelta(days=chance.randrange(9)), when.timetz())
                )
                if late
                else day
            )
        if chance.random() < 0.2:
            paper.replaced = datetime.combine(day, when.timetz()) + timedelta(
                days=chance.randrange(8)
            )
        if chance.random() < 0.2:
            paper.listed = day + timedelta(days=chance.randrange(2))
        made.append(paper)
    return made


class Services:
    """The services with the papers they list on `today`."""

    def __init__(self, server: Server, papers: list[Submission]) -> None:
        self.today = FIRST
        self._papers = papers
        server.routes["/hf/api/daily_papers"] = self.daily_papers
        server.routes["/arxiv/query"] = self.submissions
        server.routes["/arxiv_oai"] = self.records
        for category in ("cs.CL", "cs.LG"):
            server.routes[f"/arxiv_rss/rss/{category}"] = self.announcements

    def daily_papers(self, request: Request) -> Reply:
        day = request.query.get("date", "")
        assert day <= str(self.today)
        found = [
            (paper.listed, paper.name)
            for paper in self._papers
            if paper.listed and paper.listed <= self.today and day in ("", str(paper.listed))
        ]
        start = int(request.query["p"]) * 100
        records = [
            payloads.hf(name, f"Paper {name}", f"{listed}", self.today.day)
            for listed, name in sorted(found, reverse=True)[start : start + 100]
        ]
        return Reply(payloads.dumps(records), headers=JSON, etag=f'"{day}{self.today}"')

    def announcements(self, request: Request) -> Reply:
        category = request.path.rpartition("/")[2]
        items = []
        for paper in self._papers:
            if paper.announced.get(category) == self.today:
                kind = "new" if next(iter(paper.announced)) == category else "cross"
                items.append((paper.name, f"Paper {paper.name}", kind))
            elif category in paper.announced and paper.replacement_day == self.today:
                items.append((paper.name, f"Paper {paper.name}", "replace"))
        body = payloads.announcements(items, self.today, category)
        return Reply(body, headers=RSS, etag=f'"{category}{self.today}"')

    def records(self, request: Request) -> Reply:
        """Answer with pages of 40 records; a token is a place in the list."""
        token = request.query.get("resumptionToken", "")
        if not token:
            days = (request.query[name] for name in ("from", "until"))
            token = " ".join(["0", request.query["set"].rpartition(":")[2], *days])
        start, category, since, until = token.split()
        records = sorted(
            found
            for paper in self._papers
            if (found := paper.record(self.today))
            and since <= f"{found[0]}" <= until
            and f"cs.{category}" in found[1]
        )
        page = [record for _, record in records[int(start) : int(start) + 40]]
        rest = len(records) > int(start) + 40
        following = f"{int(start) + 40} {category} {since} {until}" if rest else ""
        return Reply(payloads.oai(page, following), headers=RSS)

    def submissions(self, request: Request) -> Reply:
        category = request.query["search_query"].removeprefix("cat:")
        start = int(request.query["start"])
        found = [
            paper.entry
            for paper in reversed(self._papers)
            if category in paper.announced and paper.announced[category] <= self.today
        ]
        page = payloads.api(found[start : start + 100], start, len(found))
        return Reply(page, headers=ATOM, etag=f'"{category}{start}{len(found)}"')


@pytest.mark.parametrize(("seed", "away"), [(1, ()), (3, (2, 3, 6, 8, 9, 10))])
def test_two_weeks(
    server: Server,
    fetch: Fetch,
    saved: SavedHome,
    clock: FakeClock,
    seed: int,
    away: tuple[int, ...],
) -> None:
    server.now = clock.now
    papers = make_submissions(seed)
    services = Services(server, papers)
    here: set[str] = set()
    for count, today in enumerate(DAYS):
        if count in away:
            continue
        services.today = today
        report = fetch(*FEEDS, today=today)
        assert [outcome.error for outcome in report.outcomes] == [""] * len(FEEDS)
        visible = {paper.name for paper in papers if paper.is_listed(today)}
        names = [paper.ids["arxiv"] for paper in saved.papers()]
        assert sorted(names) == sorted(visible)
        assert report.added == len(visible - here)
        assert saved.new_ids() == visible - here
        saved.save_visit()
        here = visible
        clock.time += 3600
        if count % 3:
            continue
        request = len(server.requests)
        again = fetch(*FEEDS, today=today)
        assert (again.added, again.updated) == (0, 0)
        assert [outcome.state for outcome in again.outcomes] == ["unchanged"] * len(FEEDS)
        assert [each.status for each in server.requests[request:]] == [304] * len(FEEDS)
        clock.time += 3600
    on_page = {
        (each.ids["arxiv"], listing.day): each.votes
        for each in saved.papers()
        for listing in each.listings
        if listing.feed == "hf:daily"
    }
    last = DAYS[-1]
    expected = {(each.name, str(each.listed)) for each in papers if each.listed}
    assert on_page.keys() == {pair for pair in expected if pair[1] <= str(last)}
    recent = str(last - timedelta(days=14))
    assert {votes for (_, day), votes in on_page.items() if day >= recent} == {last.day}
    listed = {paper.ids["arxiv"]: paper.listed for paper in saved.papers()}
    for paper in papers:
        if paper.name in here and not paper.listed and len({*paper.announced.values()}) == 1:
            on_time = arxiv_calendar.announcement_date(paper.when)
            result = paper.announced[next(iter(paper.announced))]
            assert listed[paper.name] in {str(result), str(on_time)}
            if not away and result >= FIRST:
                assert listed[paper.name] == str(result)
    times = [request.at for request in server.requests if request.path.startswith("/arxiv")]
    assert min(after - before for before, after in pairwise(times)) >= 3


@pytest.mark.parametrize(
    ("submitted", "date_of_announcement"),
    [
        ("2026-05-04T17:59:00Z", "2026-05-05"),
        ("2026-05-04T18:00:00Z", "2026-05-06"),
        ("2026-05-07T18:00:00Z", "2026-05-11"),
        ("2026-05-08T17:59:00Z", "2026-05-11"),
        ("2026-05-08T18:00:00Z", "2026-05-12"),
        ("2026-05-10T12:00:00Z", "2026-05-12"),
        ("2026-01-05T18:59:00Z", "2026-01-06"),
    ],
)
def test_announcement_dates_of_arxiv(submitted: str, date_of_announcement: str) -> None:
    when = datetime.fromisoformat(submitted)
    assert arxiv_calendar.announcement_date(when).isoformat() == date_of_announcement


def test_missed_announcements() -> None:
    friday, monday, tuesday = date(2026, 5, 8), date(2026, 5, 11), date(2026, 5, 12)
    assert not arxiv_calendar.missed_announcement(friday, monday)
    assert arxiv_calendar.missed_announcement(friday, tuesday)
    assert not arxiv_calendar.missed_announcement(friday, friday)
    assert arxiv_calendar.last_announcement_date(date(2026, 5, 10)) == friday
