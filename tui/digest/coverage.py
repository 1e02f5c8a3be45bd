"""Memory: how far a digest went, so that the next one begins there. Kept in the state store.

A digest of the followed feeds and one of each query are remembered apart. Catalog times are whole
seconds, so the keys of the newest one are kept too: what comes within it is neither lost nor
repeated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from tui.state import Change, Store

TABLE = "digests"
FEEDS = "feeds"
"""The document of the digest without a query."""
MOST_KEYS = 1000
"""More papers than this in one second are an import, and it has ended when the digest is made."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the digest of `query` went."""

    query: str
    until: str
    """When the newest paper in it came into the catalog, UTC to the second."""
    last: tuple[str, ...] = ()
    """Keys of the papers of that second."""

    @property
    def seconds(self) -> int:
        """`until` in seconds since 1970."""
        return int(datetime.fromisoformat(self.until).replace(tzinfo=UTC).timestamp())

    def to_json(self) -> dict[str, Any]:
        return {"query": self.query, "until": self.until, "last": list(self.last)}


def coverage_from_json(fields: object) -> Coverage | None:
    """What `to_json` gave; None if it is something else."""
    match fields:
        case {"query": str(query), "until": str(until), "last": list(last)}:
            try:
                datetime.fromisoformat(until)
            except ValueError:
                return None
            return Coverage(query, until, tuple(key for key in last if isinstance(key, str)))
    return None


def load_coverage(store: Store, query: str) -> Coverage | None:
    """How far the last digest of `query` went; None if there was none."""
    memory = coverage_from_json(store.document(TABLE, _document(query)).get("covered"))
    return memory if memory and memory.query == query else None


def save_coverage(store: Store, memory: Coverage) -> None:
    """Let the next digest begin after this one; never takes it back. SaveRefused."""
    before = load_coverage(store, memory.query)
    if before and before.until >= memory.until:
        if before.until > memory.until or set(memory.last) <= set(before.last):
            return
        memory = replace(memory, last=tuple(dict.fromkeys(before.last + memory.last)))
    fields = {"covered": memory.to_json()}
    document = {_document(memory.query): fields}
    store.apply(Change.of("digest", tables={TABLE: document}, silent=True))


def _document(query: str) -> str:
    return f"query {query}" if query else FEEDS
