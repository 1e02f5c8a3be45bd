"""Repositories with OAI-PMH: what is requested, and the papers of the responses."""

from __future__ import annotations

from datetime import date

import pytest

from tests.feeds import payloads
from tests.feeds.conftest import Fetch, SavedHome, only_outcome
from tests.feeds.payloads import RSS
from tests.net.server import Reply, Server
from tui.feeds.feed_status import FeedStatus

TODAY = date(2026, 5, 7)


def test_a_new_repository_fetches_a_month(server: Server, fetch: Fetch, saved: SavedHome) -> None:
    name = f"oai:{server.url}/oai#theses"
    record = payloads.oai_record
    server.routes["/oai"] = [
        Reply(payloads.oai([record("1", "One", "2026-05-01")], "a/b c"), headers=RSS),
        Reply(
            payloads.oai([record("2", "Two", "2027-01-01"), record("3", "x", "2026-05-02", True)]),
            headers=RSS,
        ),
    ]
    outcome = only_outcome(fetch(name, today=TODAY))
    assert (outcome.state, outcome.error, outcome.added) == ("done", "", 2)
    assert [request.query for request in server.requests] == [
        {
            "verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "theses",
            "from": "2026-04-07", "until": "2026-05-07",
        },
        {"verb": "ListRecords", "resumptionToken": "a/b c"},
    ]  # fmt: skip
    one, two = saved.papers()
    assert (one.title, one.listed, one.sources) == ("One", "2026-05-01", (name,))
    assert two.listed == "2026-05-07"
    changed = [record("1", "One", "2026-05-08"), record("4", "Four", "2026-05-08")]
    server.routes["/oai"] = Reply(payloads.oai(changed), headers=RSS, etag='"1"')
    server.requests.clear()
    outcome = only_outcome(fetch(name, today=date(2026, 5, 8)))
    assert (outcome.read, outcome.added, outcome.error) == (1, 1, "")
    assert server.requests[0].query["from"] == "2026-05-06"
    assert saved.status(name).cursor == {"day": "2026-05-08"}


@pytest.mark.parametrize(
    ("encoding", "title"),
    [("koi8-r", "Теория управления"), ("iso-8859-1", "L'état à 5 µm"), ("iso-8859-2", "Źródło")],
)
def test_the_declared_encoding_of_a_repository_is_obeyed(
    server: Server, fetch: Fetch, saved: SavedHome, encoding: str, title: str
) -> None:
    body = payloads.oai([payloads.oai_record("1", title, "2026-05-01")]).decode()
    body = body.replace('encoding="UTF-8"', f'encoding="{encoding}"')
    server.routes["/oai"] = Reply(body.encode(encoding), headers={"content-type": "text/xml"})
    fetch(f"oai:{server.url}/oai", today=TODAY)
    assert saved.titles() == [title]


def test_no_records_are_no_error(server: Server, fetch: Fetch, saved: SavedHome) -> None:
    name = f"oai:{server.url}/oai"
    server.routes["/oai"] = Reply(payloads.oai([]), headers=RSS, etag='"1"')
    assert only_outcome(fetch(name, today=TODAY)).state == "done"
    assert only_outcome(fetch(name, today=TODAY)).error == ""
    assert "set" not in server.requests[0].query
    assert saved.status(name).fetched


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (payloads.oai([], error="noSetHierarchy"), "not accept this request (noSetHierarchy)"),
        (b"<html><body>Welcome</body></html>", "a web page instead of OAI-PMH"),
        (b"<?xml version='1.0'?><rss></rss>", "instead of OAI-PMH"),
    ],
)
def test_errors_of_repositories(
    server: Server, fetch: Fetch, saved: SavedHome, body: bytes, why: str
) -> None:
    name = f"oai:{server.url}/oai#theses"
    server.routes["/oai"] = Reply(body, headers=RSS)
    assert why in only_outcome(fetch(name, today=TODAY)).error
    assert saved.status(name).cursor == FeedStatus().cursor
