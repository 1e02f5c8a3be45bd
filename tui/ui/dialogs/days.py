"""DaysScreen: a calendar of the number of papers a day, with a column for each week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui.ui.screen import OneShotModal

SHADES = " ░▒▓█"
"""No papers, then up to a quarter, a half, three quarters and all of the most on any day."""
WEEKDAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")
DAY_WIDTH = 2
"""Cells of a day."""


class DaysScreen(OneShotModal["str | None"]):
    """The result is the ISO date of the day chosen, None if the calendar was left."""

    PLACES = ("days",)

    def __init__(self, days: Mapping[str, int], day: str) -> None:
        """`days`: the number of papers by ISO date, sorted and not empty; `day`: where to start."""
        super().__init__()
        self._days = days
        self._dates = list(days)
        before = [name for name in self._dates if name <= day]
        self._cursor = max(0, len(before) - 1)

    def compose(self) -> ComposeResult:
        yield Static(id="days", markup=False)

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _move_cursor(self, index: int) -> None:
        """Put the cursor on the day of an index, or on the first or last day."""
        self._cursor = max(0, min(index, len(self._dates) - 1))
        self._draw()

    def action_days_previous(self) -> None:
        self._move_cursor(self._cursor - 1)

    def action_days_next(self) -> None:
        self._move_cursor(self._cursor + 1)

    def action_days_first(self) -> None:
        self._move_cursor(0)

    def action_days_last(self) -> None:
        self._move_cursor(len(self._dates) - 1)

    def action_days_choose(self) -> None:
        self.answer(self._dates[self._cursor])

    def action_days_leave(self) -> None:
        self.answer(None)

    def _weeks(self) -> list[date]:
        """The Mondays of the weeks shown: as many as fit, with the week of the cursor."""
        room = max(4, (self.app.size.width - 12) // DAY_WIDTH)
        chosen = date.fromisoformat(self._dates[self._cursor])
        first_day, last_day = map(date.fromisoformat, (self._dates[0], self._dates[-1]))
        last = max(chosen, min(chosen + timedelta(weeks=room // 2), last_day))
        monday = last - timedelta(days=last.weekday())
        count = min(room, (monday - first_day).days // 7 + 2)
        return [monday - timedelta(weeks=back) for back in reversed(range(max(1, count)))]

    def _draw(self) -> None:
        chosen = self._dates[self._cursor]
        most = max(self._days.values())
        weeks = self._weeks()
        count = self._days[chosen]
        papers = "1 paper" if count == 1 else f"{count:,} papers"
        lines = [Content(f"{chosen} · {papers}"), Content("")]
        lines.append(Content("    " + _month_names(weeks)))
        for weekday, name in enumerate(WEEKDAYS):
            line = Content(f"{name:4}")
            for monday in weeks:
                day = (monday + timedelta(days=weekday)).isoformat()
                share = self._days.get(day, 0) / most
                cell = Content(SHADES[min(4, int(share * 4 + 0.999))] * DAY_WIDTH)
                line += cell.stylize("reverse $highlight" if day == chosen else "$highlight")
            lines.append(line)
        key = self.key_of
        keys = f"{key('days_previous')} {key('days_next')} days with papers   "
        keys += f"{key('days_choose')} goes there   {key('days_leave')} leaves"
        lines += [Content(""), Content(keys)]
        self.query_one("#days", Static).update(Content("\n").join(lines))

    def on_click(self, event: events.Click) -> None:
        region = self.query_one("#days").content_region
        weekday, week = event.screen_y - region.y - 3, (event.screen_x - region.x - 4) // DAY_WIDTH
        weeks = self._weeks()
        if 0 <= weekday < 7 and 0 <= week < len(weeks):
            day = (weeks[week] + timedelta(days=weekday)).isoformat()
            if day in self._days:
                self.answer(day)


def _month_names(weeks: list[date]) -> str:
    """The line of the names of the months, each above the week in which it begins."""
    line = ""
    for number, monday in enumerate(weeks):
        sunday = monday + timedelta(days=6)
        if (sunday.day <= 7 or number == 0) and len(line) <= number * DAY_WIDTH:
            line = line.ljust(number * DAY_WIDTH) + sunday.strftime("%b ")
    return line
