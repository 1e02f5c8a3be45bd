"""Many feeds at once: an error of one does not affect the others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from filelock import FileLock

from tests.feeds import payloads
from tests.feeds.conftest import Fetch, SavedHome, only_outcome
from tests.feeds.payloads import ATOM, JSON, RSS, number
from tests.net.conftest import QUICK
from tests.net.server import FakeClock, Reply, Request, Server
from tui.core.errors import SheafError, UsageError
from tui.core.progress import Progress, ProgressUpdate
from tui.feeds import subscriptions
from tui.feeds.feed_names import Feed
from tui.feeds.fetch import FetchBusy
from tui.library.library import Library
from tui.library.views import save_view_change
from tui.state import Store

TODAY = date(2026, 5, 7)


def feed(*counts: int) -> bytes:
    return payloads.rss(
        {f"https://arxiv.org/abs/{number(count)}": f"Paper {count}" for count in counts}
    )


def follow(home: Path, *names: str) -> None:
    home.mkdir(exist_ok=True)
    with Store.open(home) as store:
        store.apply(subscriptions.follow_change([Feed(name) for name in names], TODAY))


def test_all_followed_feeds_that_are_not_paused_are_fetched(
    home: Path, server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    server.routes["/a"], server.routes["/b"] = Reply(feed(1, 2)), Reply(feed(2, 3))
    server.routes["/c"] = Reply(feed(4))
    follow(home, *(f"{server.url}/{name}" for name in "abc"))
    with Store.open(home) as store:
        store.apply(subscriptions.pause_change([f"{server.url}/c"]))
    report = fetch(today=TODAY)
    assert [outcome.state for outcome in report.outcomes] == ["done", "done"]
    assert (report.added, report.updated, report.stopped) == (3, 1, False)
    assert saved.titles() == ["Paper 1", "Paper 2", "Paper 3"]
    both = next(paper for paper in saved.papers() if paper.title == "Paper 2")
    assert set(both.sources) == {f"{server.url}/a", f"{server.url}/b"}
    assert fetch(f"{server.url}/c", today=TODAY).added == 1


def test_fetched_papers_get_the_tags_of_views(home: Path, server: Server, fetch: Fetch) -> None:
    server.routes["/a"] = Reply(feed(1, 2))
    home.mkdir()
    with Store.open(home) as store:
        store.apply(save_view_change("Second", 'title:"paper 2" then:tag:second'))
    fetch(f"{server.url}/a", today=TODAY)
    with Store.open(home) as store:
        assert dict(store.tags()) == {"second": 1}


def test_without_followed_feeds_nothing_is_done(home: Path, fetch: Fetch) -> None:
    assert fetch().outcomes == ()
    assert not home.exists()


def test_an_invalid_feed_name_is_a_usage_error(fetch: Fetch) -> None:
    with pytest.raises(UsageError, match="not the name of a feed"):
        fetch("nonsense")


def test_the_status_counts_what_was_fetched(server: Server, fetch: Fetch, saved: SavedHome) -> None:
    url = f"{server.url}/a"
    server.routes["/a"] = Reply(feed(1, 2), etag='"1"')
    fetch(url, today=TODAY)
    result = saved.status(url)
    assert (result.read, result.added, result.total, result.error) == (2, 2, 2, "")
    assert result.fetched == result.tried > "2026"
    server.routes["/a"] = Reply(feed(2, 3), etag='"2"')
    fetch(url, today=TODAY)
    result = saved.status(url)
    assert (result.read, result.added, result.total, result.validators.etag) == (2, 1, 3, '"2"')
    server.routes["/a"] = Reply(b"", 404)
    fetch(url, today=TODAY)
    broken = saved.status(url)
    assert "does not have this" in broken.error
    assert (broken.fetched, broken.total, broken.validators) == (
        result.fetched, 3, result.validators,
    )  # fmt: skip
    server.routes["/a"] = Reply(feed(2, 3), etag='"2"')
    assert only_outcome(fetch(url, today=TODAY)).state == "unchanged"
    assert saved.status(url).error == ""


def test_without_the_catalog_everything_is_fetched_again(
    home: Path, server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    """papers.db was deleted: unchanged feeds must be fetched again."""
    server.routes["/a"] = Reply(feed(1), etag='"1"')
    fetch(f"{server.url}/a", today=TODAY)
    for path in home.glob("papers.db*"):
        path.unlink()
    assert only_outcome(fetch(f"{server.url}/a", today=TODAY)).added == 1
    assert "if-none-match" not in server.requests[-1].headers


def _endless() -> Iterator[bytes]:
    while True:
        yield bytes(1 << 20)


HTML = b"<!DOCTYPE html><html><body><a href='https://arxiv.org/abs/2605.00001'>x</a></body></html>"


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(HTML, headers={"Content-Type": "application/xml"}), "a web page instead of a feed"),
        (Reply(b"\n<html lang=en>" + HTML), "a web page instead of"),
        (Reply(b"\x89PNG\r\n", headers={"Content-Type": "image/png"}), "image/png instead of"),
        (Reply(b"%PNG %PNG", headers={"Content-Type": "video/mp4"}), "video/mp4 instead of"),
        (Reply(b"   "), "nothing instead of a feed"),
        (Reply(b"\0\1\2\3" * 100), "nothing in it is a paper: not text"),
        (Reply(payloads.rss({"https://a.example/post": "A post"})), "has no link to a paper"),
        (Reply(b"<opml><outline xmlUrl='https://a.example/x'/></opml>"), "sheaf feeds add"),
        (Reply(feed(1)[:60]), "nothing in it is a paper: a feed without items"),
        (Reply(b"", 404), "does not have this (404)"),
        (Reply(b"", 302, {"Location": "file:///etc/passwd"}), "only http and https"),
        (Reply(b"", 302, {"Location": "http://10.0.0.1/"}), "private network"),
        (Reply(feed(1), cut=50), "connection broke"),
        (Reply(b"", 500), "server error (500)"),
        (Reply(b"", 429, {"Retry-After": "9999"}), "asks to wait 167 minutes"),
        (Reply(pieces=_endless()), "larger than 64 MB"),
    ],
)
def test_an_error_stops_only_its_feed(
    server: Server, fetch: Fetch, saved: SavedHome, reply: Reply, why: str
) -> None:
    server.routes["/bad"], server.routes["/good"] = reply, Reply(feed(1))
    report = fetch(f"{server.url}/bad", f"{server.url}/good", today=TODAY)
    bad, good = report.outcomes
    assert (bad.state, good.state) == ("failed", "done")
    assert why in bad.error
    assert saved.status(f"{server.url}/bad").error == bad.error
    assert saved.status(f"{server.url}/bad").fetched == ""
    assert saved.titles() == ["Paper 1"]


@pytest.mark.parametrize(
    ("name", "path", "reply", "why"),
    [
        ("hf:trending", "/hf/api/daily_papers", Reply(HTML), "a web page instead of JSON"),
        ("hf:trending", "/hf/api/daily_papers", Reply(b"<rss/>", headers=RSS), "text/xml instead"),
        ("arxiv:all:x", "/arxiv/query", Reply(b"{}", headers=JSON), "json instead of a feed"),
        ("arxiv:cs.CL", "/arxiv_rss/rss/cs.CL", Reply(b"no such thing", 400), "(400)"),
        ("openalex:A1", "/openalex/works", Reply(b'{"error": "no"}', 403, JSON), "(403): no"),
        ("s2:author/1", "/s2/graph/v1/author/1/papers", Reply(HTML, 200), "instead of JSON"),
        ("acl:2026", "/github/repos/acl-org/acl-anthology/git/trees/master:data/xml",
         Reply(b"[]", headers=JSON), "cannot be read"),
    ],
)  # fmt: skip
def test_unexpected_content_is_reported(
    server: Server, fetch: Fetch, name: str, path: str, reply: Reply, why: str
) -> None:
    server.routes[path] = reply
    assert why in only_outcome(fetch(name, today=TODAY)).error


def test_an_error_with_a_status_of_200_hides_no_papers(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    """The validators are not saved, so that a repaired feed is read again."""
    server.routes["/a"] = [Reply(HTML, etag='"1"'), Reply(feed(1), etag='"1"')]
    assert only_outcome(fetch(f"{server.url}/a", today=TODAY)).state == "failed"
    assert only_outcome(fetch(f"{server.url}/a", today=TODAY)).added == 1


def test_a_response_without_papers_is_read_again(server: Server, fetch: Fetch) -> None:
    """A later version may read it, and the error must not disappear."""
    server.routes["/a"] = Reply(payloads.rss({"https://a.example/post": "A post"}), etag='"1"')
    for _ in range(2):
        assert "has no link to a paper" in only_outcome(fetch(f"{server.url}/a", today=TODAY)).error
    assert [request.status for request in server.requests] == [200, 200]


def test_a_response_after_an_error(server: Server, fetch: Fetch, clock: FakeClock) -> None:
    server.routes["/a"] = [
        Reply(b"", 500), Reply(b"", 429, {"Retry-After": "5"}), Reply(feed(1), zip=True),
    ]  # fmt: skip
    assert only_outcome(fetch(f"{server.url}/a", today=TODAY)).added == 1
    assert len(clock.slept) == 2


def test_items_that_are_not_papers_are_reported_and_the_others_added(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    server.routes["/a"] = Reply(
        payloads.rss(
            {"https://arxiv.org/abs/2605.00001": "A paper", "https://a.example/x": "Job offer"}
        )
    )
    outcome = only_outcome(fetch(f"{server.url}/a", today=TODAY))
    assert (outcome.state, outcome.added, len(outcome.rejected)) == ("done", 1, 1)
    assert "Job offer" in str(outcome.rejected[0])


def test_papers_kept_apart_and_a_guessed_encoding_are_reported_once(
    server: Server, fetch: Fetch
) -> None:
    body = (
        "@misc{a, title={Über die Äpfel}, author={Doe, Ann}, doi={10.1000/bk}}"
        "@misc{b, title={Über die Größe}, author={Roe, Bob}, doi={10.1000/bk}}"
    ).encode("latin-1")
    server.routes["/a"] = Reply(body)
    report = fetch(f"{server.url}/a", today=TODAY)
    outcome = only_outcome(report)
    assert report.kept_apart == outcome.kept_apart
    assert report.summary == outcome.summary == "2 new, 1 kept apart"
    why = "“Über die Größe” shares its DOI with “Über die Äpfel”; kept apart"
    assert [str(each) for each in outcome.kept_apart] == [why]
    notice = f"{server.url}/a: read as windows-1252: it is not UTF-8 and declares no encoding"
    assert [str(each) for each in outcome.notices] == [notice]
    assert outcome.to_json()["kept_apart"][0]["identifier"] == "10.1000/bk"
    server.routes["/a"] = Reply(body, headers={"Content-Type": "text/plain; charset=latin-1"})
    outcome = only_outcome(fetch(f"{server.url}/a", today=TODAY))
    assert (outcome.unchanged, outcome.kept_apart, outcome.notices) == (2, [], [])


def test_a_feed_without_items_is_valid_and_has_nothing_new(server: Server, fetch: Fetch) -> None:
    server.routes["/a"] = Reply(payloads.rss({}))
    outcome = only_outcome(fetch(f"{server.url}/a", today=TODAY))
    assert (outcome.state, outcome.read, outcome.rejected) == ("done", 0, [])


def test_two_fetches_never_run_at_once(home: Path, server: Server, fetch: Fetch) -> None:
    go = threading.Event()
    server.routes["/a"] = Reply(feed(1), wait=go)
    first = threading.Thread(target=fetch, args=(f"{server.url}/a",), kwargs={"today": TODAY})
    first.start()
    while not server.requests:
        pass
    with pytest.raises(FetchBusy, match="another fetch is running"):
        fetch(f"{server.url}/a", today=TODAY)
    go.set()
    first.join()
    assert len(server.requests) == 1
    with FileLock(home / ".fetch.lock", timeout=0):
        pass


def test_progress_counts_papers_and_feeds(server: Server, fetch: Fetch) -> None:
    server.routes["/a"], server.routes["/b"] = Reply(feed(1, 2)), Reply(b"", 404)
    updates: list[ProgressUpdate] = []
    urls = [f"{server.url}/a", f"{server.url}/b"]
    fetch(*urls, today=TODAY, progress=Progress(report=updates.append))
    assert [updates[0].label, updates[-1].label] == [
        "fetching 0 of 2 feeds",
        "fetching 2 of 2 feeds",
    ]
    assert {each.fraction for each in updates} == {0.0, 0.5, 1.0}
    assert [updates[0].done, updates[-1].done] == [0, 2]


def pages(server: Server, count: int, stop: threading.Event | None = None, at: int = 0) -> None:
    """Serve the pages of an author; `stop` is set when page `at` is requested."""

    def answer(request: Request) -> Reply:
        page = int(request.query["offset"]) // 500
        if stop and page == at:
            stop.set()
        titles = [f"Paper {page}.{place}" for place in range(3)]
        following = (page + 1) * 500 if page + 1 < count else None
        return Reply(payloads.author_page(titles, page * 500, following), headers=JSON)

    server.routes["/s2/graph/v1/author/1741101/papers"] = answer


def test_a_cancelled_fetch_keeps_its_papers_and_is_continued(
    server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    stop = threading.Event()
    pages(server, 5, stop, at=2)
    report = fetch("s2:author/1741101", today=TODAY, progress=Progress(stop.is_set))
    assert report.stopped
    assert only_outcome(report).state == "stopped"
    so_far = len(saved.papers())
    assert 6 <= so_far <= 9
    assert "continues from there" in saved.status("s2:author/1741101").error
    server.requests.clear()
    pages(server, 5)
    assert only_outcome(fetch("s2:author/1741101", today=TODAY)).state == "done"
    assert int(server.requests[0].query["offset"]) == so_far // 3 * 500
    assert len(saved.papers()) == 15
    assert saved.status("s2:author/1741101").error == ""


def test_a_fetch_can_be_cancelled_before_it_begins(server: Server, fetch: Fetch) -> None:
    stop = threading.Event()
    stop.set()
    server.routes["/a"] = Reply(feed(1))
    assert fetch(f"{server.url}/a", progress=Progress(stop.is_set)).stopped


def test_marks_follow_a_paper_that_gets_an_identifier_from_a_feed(
    home: Path, server: Server, fetch: Fetch, saved: SavedHome
) -> None:
    from tui.core.paper import Paper

    with Library(home, create=True) as library:
        library.add([Paper("Paper 1", published="2026")])
        library.change_marks("star", {Paper("Paper 1").key: {"star": True}})
    server.routes["/a"] = Reply(feed(1))
    fetch(f"{server.url}/a", today=TODAY)
    with Library(home) as library:
        assert library.store.mark(f"arxiv:{number(1)}").star


def test_an_unusable_store_is_reported(home: Path, server: Server, fetch: Fetch) -> None:
    home.mkdir()
    (home / "papers.db").write_bytes(b"no database" * 100)
    with pytest.raises(SheafError, match="cannot be used as the catalog"):
        fetch(f"{server.url}/a")
    with FileLock(home / ".fetch.lock", timeout=0):
        pass


def test_fifty_feeds_of_which_twenty_fail(
    server: Server, fetch: Fetch, saved: SavedHome, clock: FakeClock
) -> None:
    """The thirty good feeds are done before any of the hanging ones."""
    never = threading.Event()
    hanging = [Server() for _ in range(5)]
    for each in hanging:
        each.routes["/"] = Reply(b"", wait=never)
    bad = [f"{each.url}/" for each in hanging]
    for count in range(5):
        server.routes[f"/html{count}"] = Reply(HTML)
        server.routes[f"/error{count}"] = Reply(b"", 500)
        bad += [f"{server.url}/{kind}{count}" for kind in ("html", "error", "gone")]
    good = []
    for count in range(30):
        server.routes[f"/good{count}"] = Reply(feed(count, count + 1))
        good.append(f"{server.url}/good{count}")
    finished: list[float] = []

    def report(update: ProgressUpdate) -> None:
        if update.done == 60 and not finished:  # each good feed has two papers
            finished.append(update.fraction or 0)
            never.set()  # until now nothing that hangs has been answered

    progress = Progress(report=report)
    outcomes = fetch(*bad, *good, today=TODAY, progress=progress, clock=clock)
    never.set()
    for each in hanging:
        each.close()
    assert len(outcomes.failed) == 20
    assert [outcome.state for outcome in outcomes.outcomes[20:]] == ["done"] * 30
    assert len(saved.papers()) == 31
    assert finished[0] <= 45 / 50


def test_a_hanging_feed_times_out(server: Server, fetch: Fetch, clock: FakeClock) -> None:
    never = threading.Event()
    server.routes["/a"] = Reply(b"", wait=never)
    outcome = only_outcome(fetch(f"{server.url}/a", today=TODAY, timeouts=QUICK))
    never.set()
    assert "took too long" in outcome.error


def test_local_arxiv_is_never_asked_more_often_than_every_three_seconds(
    server: Server, fetch: Fetch, clock: FakeClock
) -> None:
    server.now = clock.now
    server.routes["/arxiv/query"] = Reply(payloads.api([]), headers=ATOM)
    server.routes["/arxiv_oai"] = Reply(payloads.oai([]), headers=RSS)
    names = []
    for archive in ("cs.CL", "cs.LG", "cs.AI"):
        server.routes[f"/arxiv_rss/rss/{archive}"] = Reply(
            payloads.announcements([], TODAY), headers=RSS
        )
        names += [f"arxiv:{archive}", f"arxiv:cat:{archive} AND all:x"]
    assert fetch(*names, today=TODAY).failed == []
    times = [request.at for request in server.requests]
    assert len(times) == 9
    assert min(after - before for before, after in pairwise(times)) >= 3
    assert server.most_busy == 1
