"""Two weeks of ten feeds with services that are down, fetches that are stopped and a missed week.

In the end each feed has what its service listed, on the days on which it listed it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from tests.feeds import payloads
from tests.feeds.conftest import Fetch, SavedHome
from tests.feeds.payloads import JSON, RSS
from tests.feeds.test_fortnight import DAYS, FIRST, Services, make_submissions
from tests.net.server import FakeClock, Reply, Request, Server
from tui.core.progress import Progress

Listed = list[tuple[str, str, str]]
"""Number, title and day of papers."""


class DatedServices:
    """Services that list papers by day; a few appear a day late."""

    def __init__(self, server: Server, seed: int) -> None:
        self.today = FIRST
        self.paths = {
            "/pubmed/esearch.fcgi": self.pubmed_ids,
            "/pubmed/efetch.fcgi": self.pubmed_articles,
            "/biorxiv/details/biorxiv/": self.preprints,
            "/crossref/journals/1476-4687/works": self.articles,
            "/oai": self.records,
            "/dblp/search/publ/api": self.venue,
            "/openalex/works": self.works,
            "/s2/graph/v1/author/1741101/papers": self.author,
        }
        for path, answer in self.paths.items():
            server.routes[path] = answer
        chance = random.Random(seed)
        self._papers: dict[str, list[tuple[date, tuple[str, str, str]]]] = {}
        for kind in ("pubmed", "biorxiv", "crossref", "oai", "dblp", "openalex", "s2"):
            # The numbers of these papers are their places.
            late = 0.0 if kind in ("dblp", "s2") else 0.2

            def is_late(late: float = late) -> bool:
                return chance.random() < late

            days = sorted(FIRST + timedelta(days=chance.randrange(-3, 14)) for _ in range(60))
            self._papers[kind] = [
                (day + timedelta(days=is_late()), (f"{n}", f"{kind} {n}", f"{day}"))
                for n, day in enumerate(days, 1)
            ]

    def listed(self, kind: str, since: str = "", until: str = "9") -> Listed:
        """What a service lists today of these days."""
        return [
            paper
            for appears, paper in self._papers[kind]
            if appears <= self.today and since <= paper[2] <= until
        ]

    def pubmed_ids(self, request: Request) -> Reply:
        days = (request.query[name].replace("/", "-") for name in ("mindate", "maxdate"))
        ids = [paper[0] for paper in self.listed("pubmed", *days)]
        return Reply(payloads.pubmed_ids(ids, len(ids)), headers=JSON)

    def pubmed_articles(self, request: Request) -> Reply:
        ids = request.query["id"].split(",")
        found = [paper for paper in self.listed("pubmed") if paper[0] in ids]
        return Reply(payloads.pubmed_articles(found), headers=RSS)

    def preprints(self, request: Request) -> Reply:
        *_, since, until, start, _ = request.path.split("/")
        found, at = self.listed("biorxiv", since, until), int(start)
        return Reply(payloads.preprints(found[at : at + 15], at, len(found)), headers=JSON)

    def articles(self, request: Request) -> Reply:
        days = [part.partition(":")[2] for part in request.query["filter"].split(",")]
        found, cursor = self.listed("crossref", *days[:2]), request.query["cursor"]
        at = 0 if cursor == "*" else int(cursor)
        page = found[at : at + 15]
        return Reply(payloads.journal_articles(page, len(found), f"{at + 15}"), headers=JSON)

    def records(self, request: Request) -> Reply:
        token = request.query.get("resumptionToken", "")
        since, until, start = token.split() or (request.query["from"], request.query["until"], "0")
        found, at = self.listed("oai", since, until), int(start)
        page = [payloads.oai_record(*paper) for paper in found[at : at + 15]]
        following = f"{since} {until} {at + 15}" if len(found) > at + 15 else ""
        return Reply(payloads.oai(page, following), headers=RSS)

    def venue(self, request: Request) -> Reply:
        year, at = int(request.query["q"].split(":")[-2]), int(request.query["f"])
        found = [title for _, title, _ in self.listed("dblp")] if year == 2026 else []
        body = payloads.dblp_hits(found[at : at + 40], len(found), at, year)
        return Reply(body, headers=JSON)

    def works(self, request: Request) -> Reply:
        at = (int(request.query["page"]) - 1) * 100
        found = [(int(n), title, day) for n, title, day in reversed(self.listed("openalex"))]
        return Reply(payloads.works(found[at : at + 100], len(found)), headers=JSON)

    def author(self, request: Request) -> Reply:
        at = int(request.query["offset"])
        found = [title for _, title, _ in self.listed("s2")]
        following = at + 20 if len(found) > at + 20 else None
        body = payloads.author_page(found[at : at + 20], at, following)
        return Reply(body, headers=JSON, etag=f'"{found[at : at + 20]}{following}"')


def break_services(server: Server, is_down: Callable[[str], bool]) -> None:
    """Let services answer with an error while they are down."""
    for path, usual in list(server.routes.items()):
        assert callable(usual)

        def answer(request: Request, path: str = path, usual: Callable = usual) -> Reply:
            return Reply(b"down", 500) if is_down(path) else usual(request)

        server.routes[path] = answer


def test_two_weeks_with_faults(
    server: Server, fetch: Fetch, saved: SavedHome, clock: FakeClock
) -> None:
    server.now = clock.now
    seed = 7
    chance = random.Random(seed)
    papers = make_submissions(seed)
    arxiv, dated = Services(server, papers), DatedServices(server, seed)
    down: set[str] = set()
    break_services(server, down.__contains__)
    feeds = [
        "arxiv:cs.CL", "arxiv:cs.LG", "hf:daily", "pubmed:x", "biorxiv:cell_biology",
        "crossref:1476-4687", f"oai:{server.url}/oai", "dblp:venue/conf/acl", "openalex:A1",
        "s2:author/1741101",
    ]  # fmt: skip
    for today in (DAYS[0], DAYS[2], DAYS[11]):  # Monday, Wednesday, and Friday of the next week
        arxiv.today = dated.today = today
        down |= {path for path in server.routes if chance.random() < 0.15}
        most = len(server.requests) + chance.randrange(20, 60)
        fetch(*feeds, today=today, progress=Progress(lambda n=most: len(server.requests) > n))
        down.clear()
    arxiv.today = dated.today = DAYS[-1]
    assert fetch(*feeds, today=DAYS[-1]).failed == []
    stored = saved.papers()
    assert max(Counter(paper.title for paper in stored).values()) == 1
    for feed in feeds:
        kind = feed.partition(":")[0]
        found = {paper.title: paper for paper in stored if feed in paper.sources}
        if kind == "arxiv":
            category = feed.partition(":")[2]
            days = {f"Paper {p.name}": p.announced.get(category) for p in papers}
            listed = {title for title, day in days.items() if day and day <= DAYS[-1]}
        elif kind == "hf":
            listed = {f"Paper {p.name}" for p in papers if p.listed and p.listed <= DAYS[-1]}
        else:
            listed = {title for _, title, _ in dated.listed(kind)}
        titles = {title.removesuffix(".") for title in found}
        assert titles == listed, feed
        if kind in ("pubmed", "biorxiv", "crossref", "oai"):
            days = {title: day for _, title, day in dated.listed(kind)}
            assert {t.removesuffix("."): p.listed for t, p in found.items()} == days
    server.requests.clear()
    again = fetch(*feeds, today=DAYS[-1])
    assert (again.added, again.updated, again.failed) == (0, 0, [])
    assert Counter(request.path.split("/")[1] for request in server.requests) == {
        "arxiv_rss": 2, "hf": 1, "pubmed": 2, "biorxiv": 1, "crossref": 1, "oai": 1, "dblp": 2,
        "openalex": 1, "s2": 3,
    }  # fmt: skip
