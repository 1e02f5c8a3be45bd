"""FeedStatus: how far each feed has been fetched, in a table of the catalog.

It says what need not be fetched again, so it is stored with the papers: if papers.db is deleted,
every feed is fetched again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

from tui.catalog.catalog import Catalog
from tui.net.validators import NO_VALIDATORS, Validators


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """The result of the last fetches of one feed."""

    tried: str = ""
    """When its last fetch ended, with or without success; UTC to the second."""
    fetched: str = ""
    """When it was last fetched without an error."""
    error: str = ""
    """What went wrong in the last fetch; empty if nothing did."""
    read: int = 0
    """Papers in the last fetch."""
    added: int = 0
    """New papers of the last fetch."""
    total: int = 0
    """New papers of all fetches."""
    url: str = ""
    """The URL that the validators belong to."""
    validators: Validators = NO_VALIDATORS
    cursor: Mapping[str, Any] = field(default_factory=dict)
    """Where the next fetch begins; each kind of feed has its own fields."""

    @property
    def last_fetch(self) -> str:
        """When it was last fetched to its end, in local time to the minute; or `never fetched`."""
        if not self.fetched:
            return "never fetched"
        return datetime.fromisoformat(self.fetched).astimezone().strftime("%Y-%m-%d %H:%M")

    @property
    def counts(self) -> str:
        """Papers in words: `3 new of 48 the last time, 1,204 in all`."""
        return f"{self.added:,} new of {self.read:,} the last time, {self.total:,} in all"


def utc_now() -> str:
    """Return the time as statuses have it: `2026-05-07T08:00:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def load_statuses(catalog: Catalog) -> dict[str, FeedStatus]:
    """Return the status of each feed that was ever fetched, by its name."""
    return {row[0]: _status(row) for row in catalog.feeds()}


def _status(row: tuple[Any, ...]) -> FeedStatus:
    _, tried, fetched, error, read, added, total, url, etag, modified, cursor = row
    try:
        fields = orjson.loads(cursor or "{}")
    except ValueError:
        fields = {}
    fields = fields if isinstance(fields, dict) else {}
    return FeedStatus(
        tried, fetched, error, read, added, total, url, Validators(etag, modified), fields
    )


def save_status(catalog: Catalog, name: str, status: FeedStatus) -> None:
    """Save the status of a feed, after the papers that it counts. Raises SheafError."""
    values = (
        name,
        status.tried,
        status.fetched,
        status.error,
        status.read,
        status.added,
        status.total,
        status.url,
        status.validators.etag,
        status.validators.modified,
        orjson.dumps(dict(status.cursor)).decode(),
    )
    places = ", ".join("?" * len(values))
    try:
        catalog.connection.execute(f"REPLACE INTO feeds VALUES ({places})", values)
    except sqlite3.Error as error:
        raise catalog.write_error(error) from error
