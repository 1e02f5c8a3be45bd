"""The conditions a query is made of. All are immutable and compare by value: they key caches."""

from __future__ import annotations

from dataclasses import dataclass

from tui.core.paper import COUNTS

FIELDS = ("title", "author", "tag", "note", "abstract")
"""Where plain words are looked for; the order is that of their weights."""

SORTS = (
    "relevance", "date", "added", "title", "author", "votes", *COUNTS, "rating", "foryou"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word: found exactly, as a beginning, inside a word, or nearly."""

    text: str
    fields: tuple[str, ...] = FIELDS
    still_typed: bool = False
    """Whether the person may be in the middle of it: it is then also near a word's beginning."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words next to each other and in this order; the last may be a beginning."""

    words: tuple[str, ...]
    fields: tuple[str, ...] = FIELDS
    still_typed: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """A number of the paper lies in `low <= x <= high`.

    `date` is published or listed, `listed` the latter, `year` the date that is shown: days as
    yyyymmdd, 00 for an unknown part. `added` is in seconds since 1970 UTC, `rating` in stars.
    """

    what: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark of the person's: read, star, dismissed, new, note, tagged, rated."""

    what: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tag of this folded name; where there is none, those that begin so."""

    name: str


@dataclass(frozen=True, slots=True)
class Has:
    """The paper has an abstract, a pdf or a code link."""

    what: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A value of the paper's: `cat`, `venue`, `id`, `source`; see `tui.index.facets`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Condition, ...]


Condition = Word | Phrase | Between | Marked | Tagged | Has | Listed | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """What a person asked for."""

    text: str = ""
    parts: tuple[Condition, ...] = ()
    """Every one must hold."""
    sort: str = ""
    """One of SORTS; empty is relevance where there are words, else newest first."""
    understood: str = ""
    """The query in a few words for people."""
    problems: tuple[str, ...] = ()
    """Why something was searched as plain words, or not at all."""
