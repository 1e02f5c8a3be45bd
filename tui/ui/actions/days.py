"""Actions that choose the day on which the papers shown were listed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from tui.library.views import TODAY
from tui.search.query import parse
from tui.search.query.tree import Listed
from tui.ui.reader_protocol import Reader

NO_DAYS = "no paper has a day on which it was listed; papers of feeds and daily pages have one"


def go_to_day_before(reader: Reader) -> None:
    """Go to the previous day on which papers were listed."""
    days = list(_count_days(reader))
    place = bisect_left(days, reader.request.day) - 1
    _go_to_day(reader, days[place] if place >= 0 else None, "before")


def go_to_day_after(reader: Reader) -> None:
    """Go to the next day on which papers were listed."""
    days = list(_count_days(reader))
    place = bisect_right(days, reader.request.day)
    _go_to_day(reader, days[place] if place < len(days) else None, "after")


async def choose_day(reader: Reader) -> None:
    """Choose a day from a calendar of the number of papers a day."""
    from tui.ui.dialogs.days import DaysScreen

    counts = _count_days(reader)
    if not counts:
        reader.status.message(NO_DAYS)
    elif day := await reader.ask(DaysScreen(counts, reader.request.day)):
        _go_to_day(reader, day, "")


def _count_days(reader: Reader) -> dict[str, int]:
    """Return the days on which the feed of the filter, or any feed, listed papers."""
    listed = (part for part in parse(reader.request.text).parts if isinstance(part, Listed))
    return reader.library.search.days(next((part.feed for part in listed), ""))


def _go_to_day(reader: Reader, day: str | None, side: str) -> None:
    counts = _count_days(reader)
    if day is None:
        none = f"no papers were listed {side} {reader.request.day}"
        reader.status.message(none if counts else NO_DAYS)
        return
    reader.selection = frozenset()
    reader.request = reader.request._replace(view=TODAY, day=day, similar_to=None)
    reader.status.message(f"{day}: {counts[day]:,} listed")
