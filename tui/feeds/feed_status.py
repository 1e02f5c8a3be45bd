"""How far each feed has been fetched: a table beside the papers, so that both are lost together.

What a feed has given is only skipped (by a cursor, by a 304) while the papers it gave are here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

from tui.catalog.catalog import Catalog
from tui.core.errors import SheafError
from tui.net.validators import NO_VALIDATORS, Validators

_COLUMNS = (
    "name", "tried", "fetched", "error", "read", "added", "total", "url", "etag", "modified",
    "cursor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """What the last fetches of one feed brought."""

    tried: str = ""
    """When it was last asked, UTC to the second."""
    fetched: str = ""
    """When it last answered to its end."""
    error: str = ""
    """What went wrong the last time; empty if nothing did."""
    read: int = 0
    """Papers it gave the last time it was asked."""
    added: int = 0
    """How many of those were not here before."""
    total: int = 0
    """Papers it has ever added."""
    url: str = ""
    """What the validators are of."""
    validators: Validators = NO_VALIDATORS
    cursor: Mapping[str, Any] = field(default_factory=dict)
    """Where to go on; each kind of feed has its own fields in it."""


def utc_now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def load_statuses(catalog: Catalog) -> dict[str, FeedStatus]:
    """Name to Status of every feed that was ever fetched."""
    if not catalog.keeps_feeds:
        return {}
    rows = catalog.connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM feeds")
    return {row[0]: _status(row) for row in rows}


def _status(row: tuple[Any, ...]) -> FeedStatus:
    _, tried, fetched, error, read, added, total, url, etag, modified, cursor = row
    try:
        where = orjson.loads(cursor or "{}")
    except ValueError:
        where = {}
    where = where if isinstance(where, dict) else {}
    return FeedStatus(
        tried, fetched, error, read, added, total, url, Validators(etag, modified), where
    )


def save_status(catalog: Catalog, name: str, told: FeedStatus) -> None:
    """Write the Status of a feed, after the papers it speaks of. SheafError if it cannot be."""
    values = (
        name, told.tried, told.fetched, told.error, told.read, told.added, told.total, told.url,
        told.validators.etag, told.validators.modified, orjson.dumps(dict(told.cursor)).decode(),
    )  # fmt: skip
    places = ", ".join("?" * len(_COLUMNS))
    try:
        catalog.connection.execute(f"REPLACE INTO feeds VALUES ({places})", values)
    except sqlite3.Error as error:
        raise SheafError(f"{catalog.path}: not saved: {error}") from error
