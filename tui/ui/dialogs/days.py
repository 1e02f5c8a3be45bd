"""DaysScreen: papers a day as a strip of heat, a week a column; the arrows go from day to day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui.ui.screen import OneShotModal

LEVELS = " ░▒▓█"
"""No papers, then up to a quarter, a half, three quarters, all of the fullest day."""
WEEKDAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")
CELL = 2
"""Cells of a day."""


class DaysScreen(OneShotModal["str | None"]):
    """The result is the day chosen, None if none was."""

    PLACES = ("days",)

    def __init__(self, days: Mapping[str, int], day: str) -> None:
        """`days`: ISO day to number of papers, in order, not empty."""
        super().__init__()
        self._days = days
        self._names = list(days)
        before = [name for name in self._names if name <= day]
        self._place = max(0, len(before) - 1)

    def compose(self) -> ComposeResult:
        yield Static(id="days", markup=False)

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _show(self, place: int) -> None:
        """Put the cursor on a day by its place among the days, or the nearest one."""
        self._place = max(0, min(place, len(self._names) - 1))
        self._draw()

    def action_days_previous(self) -> None:
        self._show(self._place - 1)

    def action_days_next(self) -> None:
        self._show(self._place + 1)

    def action_days_first(self) -> None:
        self._show(0)

    def action_days_last(self) -> None:
        self._show(len(self._names) - 1)

    def action_days_choose(self) -> None:
        self.answer(self._names[self._place])

    def action_days_leave(self) -> None:
        self.answer(None)

    def _weeks(self) -> list[date]:
        """The Mondays shown: as many as fit, the chosen day among them."""
        room = max(4, (self.app.size.width - 12) // CELL)
        chosen = date.fromisoformat(self._names[self._place])
        last = max(chosen, min(chosen + timedelta(weeks=room // 2), _day(self._names[-1])))
        monday = last - timedelta(days=last.weekday())
        count = min(room, (monday - _day(self._names[0])).days // 7 + 2)
        return [monday - timedelta(weeks=back) for back in reversed(range(max(1, count)))]

    def _draw(self) -> None:
        chosen = self._names[self._place]
        most = max(self._days.values())
        weeks = self._weeks()
        lines = [Content(f"{chosen} · {self._days[chosen]:,} papers"), Content("")]
        lines.append(Content("    " + _months(weeks)))
        for weekday, name in enumerate(WEEKDAYS):
            line = Content(f"{name:4}")
            for monday in weeks:
                day = (monday + timedelta(days=weekday)).isoformat()
                share = self._days.get(day, 0) / most
                cell = Content(LEVELS[min(4, int(share * 4 + 0.999))] * CELL)
                line += cell.stylize("reverse $lit" if day == chosen else "$lit")
            lines.append(line)
        key = self.key_of
        keys = f"{key('days_previous')} {key('days_next')} days with papers   "
        keys += f"{key('days_choose')} goes there   {key('days_leave')} leaves"
        lines += [Content(""), Content(keys)]
        self.query_one("#days", Static).update(Content("\n").join(lines))

    def on_click(self, event: events.Click) -> None:
        region = self.query_one("#days").content_region
        weekday, week = event.screen_y - region.y - 3, (event.screen_x - region.x - 4) // CELL
        weeks = self._weeks()
        if 0 <= weekday < 7 and 0 <= week < len(weeks):
            day = (weeks[week] + timedelta(days=weekday)).isoformat()
            if day in self._days:
                self.answer(day)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _months(weeks: list[date]) -> str:
    """The names of months over the week they begin in."""
    line = ""
    for number, monday in enumerate(weeks):
        sunday = monday + timedelta(days=6)
        if (sunday.day <= 7 or number == 0) and len(line) <= number * CELL:
            line = line.ljust(number * CELL) + sunday.strftime("%b ")
    return line
