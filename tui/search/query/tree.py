"""The conditions a query is made of. They never change and are equal by value: they key caches."""

from __future__ import annotations

from dataclasses import dataclass

from tui.core.paper import COUNTS

FIELDS = ("title", "author", "tag", "note", "abstract")
"""The fields in which plain words are looked for, by decreasing weight."""

SORTS = (
    "relevance", "date", "added", "title", "author", "rank", "rising", "votes", *COUNTS, "rating",
    "foryou"
)  # fmt: skip
"""The values of `sort:`."""


MAX_COUNT = (1 << 31) - 1
"""The end of a range of votes or another count that has none."""


@dataclass(frozen=True, slots=True)
class Word:
    """A normalized word: it matches exactly, as a prefix, inside a word, or nearly."""

    text: str
    fields: tuple[str, ...] = FIELDS
    still_typed: bool = False
    """Whether the user may not have finished it: it then also matches nearly as a prefix."""
    begins_filter: bool = False
    """Whether it may become the name of a filter: where it finds no paper, it then finds all."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Normalized words next to each other and in this order."""

    words: tuple[str, ...]
    fields: tuple[str, ...] = FIELDS
    still_typed: bool = False
    """Whether the user may not have finished the last word: it then matches as a prefix."""


@dataclass(frozen=True, slots=True)
class Range:
    """A number of the paper is in `low <= number <= high`.

    `year` is the date that is shown, `date` that or the day of any listing: days as yyyymmdd, with
    00 for an unknown part. `added` is in seconds since 1970 UTC, `rating` in stars;
    `votes` and the names of COUNTS are counts.
    """

    what: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One listing of the paper was on one of these days, in this feed, and by this person.

    Days are as yyyymmdd. `feed` is a part of the name of the feed, `by` the beginning of a word of
    the name of the person; either may be empty.
    """

    low: int = 1
    high: int = MAX_COUNT
    feed: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class HasMark:
    """The user has marked the paper: read, star, dismissed, new, note, tagged, rated.

    `muted`: a view of the user's mutes it. `tui.search.muting` gives that its meaning.
    """

    what: str


@dataclass(frozen=True, slots=True)
class HasTag:
    """The paper has the tag with this normalized name; if there is none, one that begins so."""

    name: str


@dataclass(frozen=True, slots=True)
class HasPart:
    """The paper has an abstract, or a link named pdf or code."""

    what: str


@dataclass(frozen=True, slots=True)
class HasValue:
    """The paper has a matching `cat`, `venue`, `id` or `source`; see `tui.index.facets`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Hidden:
    """The condition holds, but its words do not count for the order, nor are they highlighted."""

    part: Condition


@dataclass(frozen=True, slots=True)
class And:
    """All conditions hold; so they do if there are none."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the conditions holds."""

    parts: tuple[Condition, ...]


Condition = (
    Word | Phrase | Range | Listed | HasMark | HasTag | HasPart | HasValue | Not | Hidden | And | Or
)


@dataclass(frozen=True, slots=True)
class Query:
    """What the user asks for."""

    text: str = ""
    parts: tuple[Condition, ...] = ()
    """All of them must hold."""
    sort: str = ""
    """One of SORTS; if empty, relevance if there are words, else rank if a condition is about
    listings, else newest first."""
    then: str = ""
    """What a saved view with this query does: `mute`, or `tag:NAME`; empty if nothing."""
    understood: str = ""
    """The query in words, for the user."""
    problems: tuple[str, ...] = ()
    """Sentences for the user: what is searched as plain words, or not at all, and why."""
