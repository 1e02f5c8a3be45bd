"""Listing: a day on which a page or feed listed a paper, and its place there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

MAX_LISTINGS = 100
"""Listings that a paper keeps: the first and the latest ones."""
MAX_RANK = 2046
"""The lowest place by which papers of one day are ordered: later ones count as equal.

Together with 0 it fits into the 11 bits that the index has for it.
"""


class Listing(NamedTuple):
    """One appearance of a paper in a list of papers."""

    day: str
    """In ISO 8601, to the day."""
    feed: str = ""
    """The feed, or the name of the file; empty while it is not known."""
    rank: int = 0
    """Its place in the list of that day, from 1; 0 if the list has no order."""
    by: str = ""
    """Who submitted the paper to the list, or chose it."""
    votes: int = 0
    comments: int = 0
    """The most votes and comments that it had when this listing was fetched."""


def merge_listings(old: Iterable[Listing], new: Iterable[Listing]) -> tuple[Listing, ...]:
    """Return the listings of both by day, then by feed; a feed lists a paper once a day.

    The newer rank of a listing counts: a page is ordered anew during its day. The day of a listing
    without a rank is only that on which the feed was read, so it counts until there is another.
    """
    merged: dict[tuple[str, str], Listing] = {}
    for each in (*old, *new):
        same_feed = [key for key in merged if key[1] == each.feed]
        key = each.day, each.feed
        if key in merged:
            merged[key] = _join(merged[key], each)
        elif each.rank or not same_feed:
            for other in same_feed:
                if not merged[other].rank:
                    del merged[other]
            merged[key] = each
    listings = sorted(merged.values())
    return (*listings[:1], *listings[1:][1 - MAX_LISTINGS :])


def _join(old: Listing, new: Listing) -> Listing:
    """Return one listing of two of the same day and feed."""
    votes, comments = max(old.votes, new.votes), max(old.comments, new.comments)
    return Listing(old.day, old.feed, new.rank or old.rank, new.by or old.by, votes, comments)
