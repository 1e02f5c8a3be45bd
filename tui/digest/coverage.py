"""Coverage: up to which paper a digest went, so that the next one begins after it.

The state store has one coverage for the digest of the followed feeds and one for each query. The
times of the catalog are whole seconds, so a coverage also has the keys of the papers of its last
second: a paper that is added later in the same second is neither lost nor repeated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from tui.state import Change, Store

TABLE = "digests"
_FEEDS_DOCUMENT = "feeds"
"""The document of the digest without a query."""
MAX_KEYS = 1000
"""The most keys saved. Only an import adds more papers in one second, and it has ended by then."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Up to which paper the digest of `query` went."""

    query: str
    until: str
    """When its newest paper was added to the catalog, UTC to the second."""
    last: tuple[str, ...] = ()
    """Keys of the papers of that second."""

    @property
    def seconds(self) -> int:
        """`until` in seconds since 1970."""
        return int(datetime.fromisoformat(self.until).replace(tzinfo=UTC).timestamp())

    def to_json(self) -> dict[str, Any]:
        return {"query": self.query, "until": self.until, "last": list(self.last)}


def coverage_from_json(fields: object) -> Coverage | None:
    """Return the coverage that `to_json` wrote; None if `fields` is something else."""
    match fields:
        case {"query": str(query), "until": str(until), "last": list(last)}:
            try:
                datetime.fromisoformat(until)
            except ValueError:
                return None
            return Coverage(query, until, tuple(key for key in last if isinstance(key, str)))
    return None


def load_coverage(store: Store, query: str) -> Coverage | None:
    """Return the coverage of the last digest of `query`; None if there was none."""
    coverage = coverage_from_json(store.document(TABLE, _document(query)).get("covered"))
    return coverage if coverage and coverage.query == query else None


def save_coverage(store: Store, coverage: Coverage) -> None:
    """Save where the next digest begins, unless a later place is saved. Raises SaveRefused."""
    saved = load_coverage(store, coverage.query)
    if saved and saved.until >= coverage.until:
        if saved.until > coverage.until or set(coverage.last) <= set(saved.last):
            return
        coverage = replace(coverage, last=tuple(dict.fromkeys(saved.last + coverage.last)))
    document = {_document(coverage.query): {"covered": coverage.to_json()}}
    store.apply(Change.of("digest", tables={TABLE: document}, silent=True))


def _document(query: str) -> str:
    return f"query {query}" if query else _FEEDS_DOCUMENT
