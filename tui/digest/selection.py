"""Which papers a digest is of: new ones, the best for the person first, each with its reasons.

New is what came into the library after the last digest. Papers the person has put aside as not for
them are left out.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from tui.core.errors import UsageError
from tui.core.text import clean_line, shorten
from tui.digest.content import Digest, DigestEntry, make_entry
from tui.digest.coverage import MOST_KEYS, Coverage, load_coverage
from tui.library.library import Library
from tui.library.views import TABLE as VIEWS
from tui.library.views import list_views
from tui.search.query import Query, parse
from tui.search.query.dates import LAST, Days, days, number, seconds
from tui.search.query.tree import Between, Condition, Listed, Marked, Not, Or

if TYPE_CHECKING:
    from tui.catalog.catalog import Stored
    from tui.search.search import Search

FEEDS = "feeds"
"""The table of the state store that has the followed feeds, by their names."""
FIRST = timedelta(days=7)
"""How far the first digest goes back."""
ALIKE = 0.2
"""From here on, on a scale to 1, a paper is called similar to another."""


@dataclass(frozen=True, slots=True)
class _New:
    """A new paper before it is known whether it is shown."""

    row: int
    key: str
    added: str
    votes: int
    feeds: frozenset[str]


def parse_since(text: str, today: date) -> date:
    """The day `yesterday`, `2026-05-07` or `7d` begins with. UsageError if it is none, or ahead."""
    found = None if set(text) & set(".<>=") else days(text.strip().lower(), today)
    if found is None:
        raise UsageError(f"--since {clean_line(text)}: is a day: yesterday, 7d, 2026-05-07")
    month, day = found.low // 100 % 100 or 1, found.low % 100 or 1
    try:
        first = date(found.low // 10000, month, day)
    except ValueError:
        raise UsageError(f"--since {clean_line(text)}: there is no such day") from None
    if first > today:
        raise UsageError(f"--since {clean_line(text)}: that day is yet to come")
    return first


def make_digest(
    library: Library, query: Query, since: date | None, limit: int, now: datetime
) -> Digest | None:
    """The digest of a query, or of the followed feeds where it is empty; None if nothing is new.

    Without `since`, of what came after the last digest of the same query.
    """
    text = clean_line(query.text) if query.parts else ""
    last = load_coverage(library.store, text) if since is None else None
    begin = since or (now - FIRST).date()
    low = last.seconds if last else seconds(Days(number(begin), LAST))[0]
    if last:
        begin = datetime.fromtimestamp(low, now.tzinfo).date()
    followed = library.store.documents(FEEDS)
    feeds = {} if text else followed
    search = library.updated_search()
    asked = replace(query, parts=(*query.parts, *_conditions(low, feeds)))
    rows = search.run(asked).rows.tolist()
    new = [
        each
        for each in _new(library, rows, followed)
        if (each.feeds or not feeds) and (not last or each.key not in last.last)
    ]
    if not new:
        return None
    shown = (new if query.sort else _best_first(search, new))[:limit]
    why = _Reasons(library, search, followed, now.date())
    why.look_at([each.row for each in shown])
    stored = {each.row: each for each in library.catalog.get_many([each.row for each in shown])}
    entries = (_entry(stored[each.row], why, text) for each in shown if each.row in stored)
    command = f"{text} added:{begin}..".strip()
    return Digest(
        now,
        str(begin),
        tuple(entries),
        len(new),
        len(frozenset[str]().union(*(each.feeds for each in new))) if feeds else 0,
        f"sheaf {shlex.quote(command) if text else command}",
        _reached(text, new, last) if since is None else None,
    )


def _conditions(low: int, feeds: Iterable[str]) -> Iterable[Condition]:
    yield Between("added", low, seconds(Days(0, LAST))[1])
    yield Not(Marked("dismissed"))
    if feeds:
        yield Or(tuple(Listed("source", name.casefold()) for name in feeds))


def _new(library: Library, rows: Sequence[int], followed: Iterable[str]) -> Iterable[_New]:
    """The papers of `rows` with the followed feeds that really have them: `source:` finds parts."""
    names = {name.casefold(): name for name in followed}
    for stored in library.catalog.get_many(rows):
        sources = (source.casefold() for source in stored.paper.sources)
        feeds = frozenset(names[source] for source in sources if source in names)
        yield _New(stored.row, stored.key, stored.added, stored.paper.votes, feeds)


def _best_first(search: Search, new: Sequence[_New]) -> list[_New]:
    """Best for the person first, then the most voted for, then newest."""
    tastes = search.taste([each.row for each in new]).tolist()
    order = sorted(range(len(new)), key=lambda i: (-tastes[i], -new[i].votes, i))
    return [new[i] for i in order]


def _reached(query: str, new: Sequence[_New], last: Coverage | None) -> Coverage:
    """How far a digest of these papers goes."""
    until = max(each.added for each in new)
    keys = [each.key for each in new if each.added == until]
    if last and last.until == until:
        keys += last.last
    return Coverage(query, until, tuple(keys) if len(keys) <= MOST_KEYS else ())


def _entry(stored: Stored, why: _Reasons, query: str) -> DigestEntry:
    return make_entry(stored.paper, why.of(stored, query))


class _Reasons:
    """Why papers are in a digest."""

    def __init__(
        self,
        library: Library,
        search: Search,
        followed: Mapping[str, Mapping[str, Any]],
        today: date,
    ) -> None:
        self._library = library
        self._search = search
        self._names = {
            name.casefold(): str(fields.get("title") or name) for name, fields in followed.items()
        }
        self._starred = library.rows.rows("star").tolist()
        self._views = [view for view in list_views(library.store.documents(VIEWS)) if view.custom]
        self._today = today
        self._within: dict[str, set[int]] = {}

    def look_at(self, rows: Sequence[int]) -> None:
        """Find out which of the user's views have which of `rows`."""
        wanted = np.array(rows, np.int64)
        for view in self._views:
            found = self._search.run(parse(view.query_for(str(self._today)), self._today)).rows
            self._within[view.name] = set(wanted[np.isin(wanted, found)].tolist())

    def of(self, stored: Stored, query: str) -> tuple[str, ...]:
        sources = stored.paper.sources
        feeds = [self._names[name.casefold()] for name in sources if name.casefold() in self._names]
        reasons = [f"matches “{shorten(query, 60)}”"] if query else []
        reasons += feeds or ([f"from {sources[0]}"] if sources and not query else [])
        within = (name for name, rows in self._within.items() if stored.row in rows)
        reasons += [f"in your view “{name}”" for name in within]
        row, likeness = self._search.nearest(stored.row, self._starred)
        other = self._library.catalog.get(row) if likeness >= ALIKE else None
        if other:
            reasons.append(f"similar to “{shorten(other.paper.title, 60)}”, which you starred")
        return tuple(reasons)
