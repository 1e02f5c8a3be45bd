"""Listings that meet a condition: which papers they list, in which order, on which days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.core.paper import GAIN_DAYS
from tui.index.snapshot import Snapshot
from tui.search.query.tree import And, Condition, Listed, Or


class FoundListings(NamedTuple):
    """Listings of living and dead docs; L of them."""

    docs: NDArray[np.int64]
    """int64 [L]"""
    days: NDArray[np.int32]
    """int32 [L]: as yyyymmdd."""
    ranks: NDArray[np.int32]
    """int32 [L]: the places on those days."""


def find_listings(snapshot: Snapshot, listed: Listed) -> FoundListings:
    """Return the listings that meet a condition."""
    docs, days, ranks = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for segment, where in snapshot.parts():
        listings = segment.listings
        found = listings.find(listed.low, listed.high, listed.feed, listed.by)
        docs.append(listings.doc[found].astype(np.int64) + where.start)
        days.append(listings.day[found])
        ranks.append(listings.rank[found])
    return FoundListings(np.concatenate(docs), np.concatenate(days), np.concatenate(ranks))


def listing_conditions(parts: Iterable[Condition]) -> tuple[Listed, ...]:
    """Return the conditions on listings among the parts of a query and their alternatives."""
    found: tuple[Listed, ...] = ()
    for part in parts:
        if isinstance(part, Listed):
            found += (part,)
        elif isinstance(part, And | Or):
            found += listing_conditions(part.parts)
    return found


def sort_by_rank(
    snapshot: Snapshot, docs: NDArray[np.int64], conditions: Sequence[Listed]
) -> NDArray[np.int64]:
    """Return `docs` as their pages had them: the last day first, each day in its order.

    A doc counts on the last day of its listings that meet one of the conditions; those without one
    come last and keep their order.
    """
    each = zip(*(find_listings(snapshot, listed) for listed in conditions), strict=True)
    found = FoundListings(*map(np.concatenate, each))
    day = np.zeros(snapshot.size, np.int32)
    rank = np.zeros(snapshot.size, np.int32)
    # Of several values for one doc the last one is kept: the best rank of the last day.
    order = np.lexsort((-found.ranks.astype(np.int64), found.days))
    day[found.docs[order]] = found.days[order]
    rank[found.docs[order]] = found.ranks[order]
    return docs[np.lexsort((rank[docs], -day[docs]))]


def count_days(snapshot: Snapshot, feed: str) -> dict[str, int]:
    """Return each day on which a feed listed papers, oldest first, with their number.

    `feed` is a part of its name; empty for all feeds.
    """
    found = find_listings(snapshot, Listed(feed=feed))
    alive = snapshot.alive[found.docs]
    pairs = np.unique((found.days[alive].astype(np.int64) << 32) | found.docs[alive])
    days, counts = np.unique(pairs >> 32, return_counts=True)
    return {
        f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}": count
        for day, count in zip(days.tolist(), counts.tolist(), strict=True)
    }


def sort_by_gain(snapshot: Snapshot, docs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return `docs` with the most votes gained lately first; equal ones keep their order.

    Votes that were last fetched more than GAIN_DAYS days before the latest ones do not count.
    """
    days = snapshot.column("gained_on")
    latest = int(days.max(initial=0))
    if not latest:
        return docs
    is_recent = days >= _days_before(latest, GAIN_DAYS)
    gained = np.where(is_recent, snapshot.column("gained"), 0)[docs]
    return docs[np.argsort(-gained, kind="stable")]


def _days_before(number: int, days: int) -> int:
    """Return the day `days` before a day, both as yyyymmdd."""
    day = date(number // 10_000, number // 100 % 100, number % 100) - timedelta(days=days)
    return day.year * 10_000 + day.month * 100 + day.day
