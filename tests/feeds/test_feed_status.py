"""The status of feeds in the catalog, also in a catalog without that table."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tui.catalog import catalog as module
from tui.catalog.catalog import Catalog
from tui.core.paper import Paper
from tui.feeds import feed_status
from tui.feeds.feed_status import FeedStatus
from tui.net.validators import Validators


def old_catalog(path: Path, papers: list[Paper]) -> None:
    """Write a papers.db of version 1: without the table of feeds."""
    catalog = Catalog(path, create=True)
    catalog.add(papers)
    catalog.close()
    db = sqlite3.connect(path)
    db.execute("DROP TABLE feeds")
    db.execute("PRAGMA user_version = 1")
    db.commit()
    db.close()


def test_a_status_is_loaded_as_it_was_saved(home: Path) -> None:
    home.mkdir()
    result = FeedStatus(
        "2026-05-07T06:00:00Z", "2026-05-06T06:00:00Z", "too slow", 12, 3, 40,
        "https://a.example/x", Validators('W/"1"', "Wed, 06 May 2026 00:00:00 GMT"),
        {"day": "2026-05-06", "start": 100},
    )  # fmt: skip
    catalog = Catalog(home / "papers.db", create=True)
    feed_status.save_status(catalog, "hf:daily", FeedStatus())
    feed_status.save_status(catalog, "hf:daily", result)
    catalog.close()
    catalog = Catalog(home / "papers.db")
    assert feed_status.load_statuses(catalog) == {"hf:daily": result}
    assert "arxiv:cs.CL" not in feed_status.load_statuses(catalog)
    catalog.close()


def test_a_catalog_without_the_feeds_table_gets_it_and_keeps_its_papers(
    home: Path, papers: list[Paper]
) -> None:
    home.mkdir()
    old_catalog(home / "papers.db", papers)
    catalog = Catalog(home / "papers.db")
    assert [stored.paper for stored in catalog.iterate()] == papers
    assert catalog.last_change == 1
    feed_status.save_status(catalog, "hf:daily", FeedStatus(read=1))
    assert catalog.add(papers).unchanged == 4
    catalog.close()


def test_an_old_catalog_on_a_read_only_medium_is_read_without_feeds(
    home: Path, papers: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir()
    old_catalog(home / "papers.db", papers)
    real = sqlite3.connect

    def connect(name: str, **options: Any) -> sqlite3.Connection:
        if "immutable" not in name:
            raise sqlite3.OperationalError("unable to open database file")
        return real(name, **options)

    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.setattr(module.sqlite3, "connect", connect)
    catalog = Catalog(home / "papers.db")
    assert len(catalog) == 4
    assert feed_status.load_statuses(catalog) == {}
    catalog.close()


def test_a_status_says_when_and_how_much_was_fetched() -> None:
    assert FeedStatus().last_fetch == "never fetched"
    status = FeedStatus(fetched="2026-05-07T08:00:00Z", read=48, added=12, total=1204)
    assert len(status.last_fetch) == len("2026-05-07 08:00")
    assert status.counts == "12 new of 48 the last time, 1,204 in all"
