"""Coverage: up to which paper a digest went, so that the next one begins after it.

It is kept in the state store, separately for the digest of the followed feeds and for that of each
query. The times of the catalog are whole seconds, so the keys of the papers of the last second are
kept too: a paper that comes within the same second is neither lost nor repeated.
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
"""More papers than this in one second come from an import, which is over when a digest is made."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Up to which paper the digest of `query` went."""

    query: str
    until: str
    """When its newest paper came into the catalog, UTC to the second."""
    last: tuple[str, ...] = ()
    """Keys of the papers of that second."""

    @property
    def seconds(self) -> int:
        """`until` in seconds since 1970."""
        return int(datetime.fromisoformat(self.until).replace(tzinfo=UTC).timestamp())

    def to_json(self) -> dict[str, Any]:
        return {"query": self.query, "until": self.until, "last": list(self.last)}


def coverage_from_json(fields: object) -> Coverage | None:
    """Return what `to_json` was called on; None if `fields` is something else."""
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
    """Let the next digest begin after this one; never goes back. Raises SaveRefused."""
    saved = load_coverage(store, coverage.query)
    if saved and saved.until >= coverage.until:
        if saved.until > coverage.until or set(coverage.last) <= set(saved.last):
            return
        coverage = replace(coverage, last=tuple(dict.fromkeys(saved.last + coverage.last)))
    document = {_document(coverage.query): {"covered": coverage.to_json()}}
    store.apply(Change.of("digest", tables={TABLE: document}, silent=True))


def _document(query: str) -> str:
    return f"query {query}" if query else _FEEDS_DOCUMENT
