"""`make_digest`: the new papers, the best for the user first, each with the reasons for it.

A paper is new if it was added to the library after the last digest. Dismissed papers are left out.
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
from tui.digest.coverage import MAX_KEYS, Coverage, load_coverage
from tui.digest.entries import Digest, make_entry
from tui.library.library import Library
from tui.library.views import TABLE as VIEWS
from tui.library.views import list_views
from tui.search.query import Query, parse
from tui.search.query.day_ranges import LAST_DAY, DayRange, day_number, parse_days, to_seconds
from tui.search.query.tree import Condition, HasMark, HasValue, Not, Or, Range

if TYPE_CHECKING:
    from tui.catalog.catalog import StoredPaper
    from tui.search.search import Search

FEEDS = "feeds"
"""The table of the state store with the followed feeds, by their names."""
FIRST_PERIOD = timedelta(days=7)
"""How far back the first digest goes."""
SIMILAR = 0.2
"""The least cosine (-1 to 1) of two papers that are called similar."""


@dataclass(frozen=True, slots=True)
class _NewPaper:
    """The fields of a new paper by which it is sorted and counted."""

    row: int
    key: str
    added: str
    votes: int
    feeds: frozenset[str]


def parse_since(text: str, today: date) -> date:
    """Return the first day of `yesterday`, `2026-05-07`, `2026-05` or `7d`.

    Raises UsageError if there is no such day, or if it is in the future.
    """
    option = f"--since {clean_line(text)}"
    found = None if set(text) & set(".<>=") else parse_days(text.strip().lower(), today)
    if found is None:
        raise UsageError(f"{option}: must be a day such as yesterday, 7d or 2026-05-07")
    month, day = found.low // 100 % 100 or 1, found.low % 100 or 1
    try:
        first = date(found.low // 10000, month, day)
    except ValueError:
        raise UsageError(f"{option}: there is no such day") from None
    if first > today:
        raise UsageError(f"{option}: that day is in the future")
    return first


def make_digest(
    library: Library, query: Query, since: date | None, limit: int, now: datetime
) -> Digest | None:
    """Return the digest of a query, or of the followed feeds if the query is empty.

    Its papers are new since `since`, by default since the last digest of the same query. None if
    there are no new papers.
    """
    text = clean_line(query.text) if query.parts else ""
    last = load_coverage(library.store, text) if since is None else None
    first_day = since or (now - FIRST_PERIOD).date()
    start = last.seconds if last else to_seconds(DayRange(day_number(first_day), LAST_DAY))[0]
    if last:
        first_day = datetime.fromtimestamp(start, now.tzinfo).date()
    followed = library.store.documents(FEEDS)
    feeds = {} if text else followed
    search = library.up_to_date_search()
    rows = search.run(replace(query, parts=(*query.parts, *_conditions(start, feeds)))).rows
    new = [
        each
        for each in _new_papers(library, rows.tolist(), followed)
        if (each.feeds or not feeds) and (not last or each.key not in last.last)
    ]
    if not new:
        return None
    shown = [each.row for each in (new if query.sort else _sort_best_first(search, new))[:limit]]
    reasons = _Reasons(library, search, followed, now.date(), shown)
    stored = {each.row: each for each in library.catalog.get_many(shown)}
    command = f"{text} added:{first_day}..".strip()
    return Digest(
        now,
        str(first_day),
        tuple(
            make_entry(stored[row].paper, reasons.reasons_for(stored[row], text))
            for row in shown
            if row in stored
        ),
        len(new),
        len(frozenset[str]().union(*(each.feeds for each in new))) if feeds else 0,
        f"sheaf {shlex.quote(command) if text else command}",
        _coverage(text, new, last) if since is None else None,
    )


def _conditions(start: int, feeds: Iterable[str]) -> Iterable[Condition]:
    yield Range("added", start, to_seconds(DayRange(0, LAST_DAY))[1])
    yield Not(HasMark("dismissed"))
    if feeds:
        yield Or(tuple(HasValue("source", name.casefold()) for name in feeds))


def _new_papers(
    library: Library, rows: Sequence[int], followed: Iterable[str]
) -> Iterable[_NewPaper]:
    """Yield the papers of `rows` with the followed feeds that list them.

    The search for a source also finds parts of names: `cs.CL` finds `arxiv:cs.CL+cs.LG`.
    """
    names = {name.casefold(): name for name in followed}
    for stored in library.catalog.get_many(rows):
        sources = (source.casefold() for source in stored.paper.sources)
        feeds = frozenset(names[source] for source in sources if source in names)
        yield _NewPaper(stored.row, stored.key, stored.added, stored.paper.votes, feeds)


def _sort_best_first(search: Search, new: Sequence[_NewPaper]) -> list[_NewPaper]:
    """Sort by the user's preference, then by votes, then newest first."""
    scores = search.preference_scores([each.row for each in new]).tolist()
    order = sorted(range(len(new)), key=lambda i: (-scores[i], -new[i].votes, i))
    return [new[i] for i in order]


def _coverage(query: str, new: Sequence[_NewPaper], last: Coverage | None) -> Coverage:
    until = max(each.added for each in new)
    keys = [each.key for each in new if each.added == until]
    if last and last.until == until:
        keys += last.last
    return Coverage(query, until, tuple(keys) if len(keys) <= MAX_KEYS else ())


class _Reasons:
    """The reasons why papers are in a digest."""

    def __init__(
        self,
        library: Library,
        search: Search,
        followed: Mapping[str, Mapping[str, Any]],
        today: date,
        rows: Sequence[int],
    ) -> None:
        """`rows` are the papers of the digest."""
        self._library = library
        self._search = search
        self._feed_names = {
            name.casefold(): str(fields.get("title") or name) for name, fields in followed.items()
        }
        self._starred = library.rows.rows("star").tolist()
        self._rows_of_views: dict[str, set[int]] = {}
        shown = np.array(rows, np.int64)
        for view in list_views(library.store.documents(VIEWS)):
            if view.custom:
                found = search.run(parse(view.query_for(str(today)), today)).rows
                self._rows_of_views[view.name] = set(shown[np.isin(shown, found)].tolist())

    def reasons_for(self, stored: StoredPaper, query: str) -> tuple[str, ...]:
        """Return query, feeds, views and a similar starred paper, as far as they apply."""
        sources = stored.paper.sources
        names = (self._feed_names.get(source.casefold()) for source in sources)
        feeds = [name for name in names if name]
        reasons = [f"matches “{shorten(query, 60)}”"] if query else []
        reasons += feeds or ([f"from {sources[0]}"] if sources and not query else [])
        views = (name for name, rows in self._rows_of_views.items() if stored.row in rows)
        reasons += [f"in your view “{name}”" for name in views]
        row, similarity = self._search.find_most_similar(stored.row, self._starred)
        other = self._library.catalog.get(row) if similarity >= SIMILAR else None
        if other:
            reasons.append(f"similar to “{shorten(other.paper.title, 60)}”, which you starred")
        return tuple(reasons)
