"""Actions that choose the day on which the papers shown were listed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from tui.library.views import TODAY
from tui.ui.reader_protocol import Reader

NO_DAYS = "no paper has a day on which it was listed; papers of feeds and daily pages have one"


def go_to_day_before(reader: Reader) -> None:
    """Go to the previous day on which papers were listed."""
    days = list(reader.library.catalog.days())
    place = bisect_left(days, reader.request.day) - 1
    _go_to_day(reader, days[place] if place >= 0 else None, "before")


def go_to_day_after(reader: Reader) -> None:
    """Go to the next day on which papers were listed."""
    days = list(reader.library.catalog.days())
    place = bisect_right(days, reader.request.day)
    _go_to_day(reader, days[place] if place < len(days) else None, "after")


async def choose_day(reader: Reader) -> None:
    """Choose a day from a calendar of the number of papers a day."""
    from tui.ui.dialogs.days import DaysScreen

    counts = reader.library.catalog.days()
    if not counts:
        reader.status.message(NO_DAYS)
    elif day := await reader.ask(DaysScreen(counts, reader.request.day)):
        _go_to_day(reader, day, "")


def _go_to_day(reader: Reader, day: str | None, side: str) -> None:
    counts = reader.library.catalog.days()
    if day is None:
        none = f"no papers were listed {side} {reader.request.day}"
        reader.status.message(none if counts else NO_DAYS)
        return
    reader.selection = frozenset()
    reader.request = reader.request._replace(view=TODAY, day=day, similar_to=None)
    reader.status.message(f"{day}: {counts[day]:,} listed")
