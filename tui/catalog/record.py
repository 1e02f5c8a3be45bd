"""StoredPaper: a row of the table of papers, read, written and shown where it is damaged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import orjson

from tui.core.author import Author
from tui.core.listing import MAX_RANK, Listing
from tui.core.paper import Paper
from tui.core.schemes import SCHEMES
from tui.core.text import clean_line

V = TypeVar("V", str, int)

SELECT = "SELECT row, key, added, title, record FROM papers"
"""The columns that `stored_paper` takes."""
DAMAGED = "Damaged record: "
"""The title of a damaged record begins with it."""
MAX_VALUES = 900
"""Values in one query: older versions of SQLite allow 999."""
_TYPES = {
    "authors": list,
    "abstract": str,
    "published": str,
    "listings": list,
    "venue": str,
    "categories": list,
    "ids": dict,
    "links": dict,
    "sources": list,
    "abstract_source": str,
    "comment": str,
    "votes": int,
    "counts": dict,
    "tex": dict,
    "votes_on": dict,
    "more_authors": bool,
}
"""The fields of a record, in the order of Paper, and their types in JSON.

A flipped byte can change a name, and an integer into a fraction.
"""


class StoredPaper(NamedTuple):
    """A paper with its place in the catalog."""

    row: int
    key: str
    """The key of its marks: the paper's key, with a number if another paper has the same."""
    added: str
    """When it was added to this catalog, in UTC to the second."""
    paper: Paper
    damaged: bool = False
    """Whether the record cannot be read; `paper` then says so in its title."""


def split_values(values: Iterable[V]) -> Iterator[tuple[list[V], str]]:
    """Yield as many values at a time as a query takes, and their placeholders: `(?,?,?)`."""
    waiting = iter(values)
    while part := list(islice(waiting, MAX_VALUES)):
        yield part, f"({','.join('?' * len(part))})"


def _encode_record(paper: Paper) -> bytes:
    """Return the fields of a paper other than its title, as JSON without empty ones."""
    fields = zip(_TYPES, paper[1:], strict=True)
    return orjson.dumps({name: value for name, value in fields if value}, default=_plain_value)


def _plain_value(value: Any) -> Any:
    if isinstance(value, Listing):
        return _trim(value)
    return value.stored if isinstance(value, Author) else dict(value)


def _trim(listing: Listing) -> tuple[str | int, ...]:
    """Return the values of a listing without empty ones at its end."""
    values: tuple[str | int, ...] = tuple(listing)
    while not values[-1]:
        values = values[:-1]
    return values


def _sort_text(paper: Paper) -> str:
    """Return the text by which papers are sorted, newest first, those of a day by their place."""
    return f"{paper.date} {MAX_RANK + 1 - paper.place:04}" if paper.place else paper.date


def columns_of(stored: StoredPaper, changed: int) -> tuple[str | int | bytes, ...]:
    """Return key, sorted, listed, added, changed, title and record of a paper."""
    paper = stored.paper
    record = _encode_record(paper)
    return stored.key, _sort_text(paper), paper.listed, stored.added, changed, paper.title, record


def decode_text(value: bytes) -> str | bytes:
    """Return text of SQLite; bytes if it is not UTF-8, so that one such value stops no query."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value


def stored_paper(values: tuple[Any, ...]) -> StoredPaper:
    """Return the paper of the columns of SELECT. Raises nothing for a damaged record."""
    row, key, added, title, record = values
    try:
        fields = orjson.loads(record)
        first_day = fields.pop(
            "listed", ""
        )  # until listings were kept: one day for all its sources
        for name, value in fields.items():
            if type(value) is not _TYPES[name]:
                raise TypeError(name)
        for name in ("categories", "sources"):
            if name in fields:
                fields[name] = tuple(fields[name])
        if "listings" in fields:
            fields["listings"] = tuple(_listing(*values) for values in fields["listings"])
        elif first_day:
            sources = fields.get("sources", ("",))
            feeds = [source for source in sources if ":" in source] or sources[:1]
            with suppress(ValueError):  # earlier versions did not check the day
                fields["listings"] = tuple(_listing(first_day, feed) for feed in feeds)
        if "authors" in fields:
            fields["authors"] = tuple(map(Author.from_stored, fields["authors"]))
        for day, votes in fields.get("votes_on", {}).items():
            _check_day(day)
            if type(votes) is not int:
                raise TypeError("votes_on")
        if type(key) is type(added) is type(title) is str:
            return StoredPaper(row, key, added, Paper(title, **fields))
    except (AttributeError, KeyError, TypeError, ValueError):
        pass
    return damaged_paper(row, _text(key), _text(added), _text(title))


def _listing(day: str, *others: Any) -> Listing:
    """Return the listing of stored values. Raises TypeError or ValueError if damaged."""
    listing = Listing(day, *others)
    if tuple(map(type, listing)) != (str, str, int, str, int, int) or listing.rank < 0:
        raise TypeError("listing")
    _check_day(day)
    return listing


def _check_day(day: str) -> None:
    """Raise ValueError unless a text is a day such as `2026-05-07`."""
    if date.fromisoformat(day).isoformat() != day:
        raise ValueError(day)


def damaged_paper(row: int, key: str, added: str = "", title: str = "") -> StoredPaper:
    """Return what is shown for a record that cannot be read."""
    key = key or f"damaged:{row}"
    scheme, _, identifier = key.partition(":")
    paper = Paper(
        DAMAGED + (clean_line(title) or key),
        abstract="The record of this paper in papers.db is damaged. Its marks and notes are safe. "
        "Add the paper again to restore it.",
        ids={scheme: identifier} if scheme in SCHEMES else {},
    )
    return StoredPaper(row, key, added, paper, damaged=True)


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return value if isinstance(value, str) else ""
