"""Arriving: papers that come in while one reads. They are told, and never move the cursor."""

from __future__ import annotations

from tui.library import Library
from tui.screens.beside import BesideThePaper
from tui.screens.working import Working
from tui.views import NEW
from tui.widgets.paper_list import PaperList


class Arriving(BesideThePaper, Working):
    """The part of the main screen that knows what has come in since it was opened."""

    def __init__(self, library: Library, filter_text: str) -> None:
        super().__init__(library, filter_text)
        self._last = library.catalog.last_row
        """The last row that has been told of."""
        self._announced = False
        """Whether the status line says that something came."""

    def came_in(self, count: int, words: str) -> None:
        """Say what came in; `g`, while that stands, shows it."""
        self._last = self.library.catalog.last_row
        if count:
            words = f"{words} · {self.key_of('first')} shows them"
        self._announced = bool(count)
        self.say(words)
        self.look_around_now()

    def tell_arrivals(self) -> None:
        """The catalog has news: say how many papers came, unless a job here will."""
        count = self.library.catalog.last_row - self._last
        if count > 0 and not self.jobs:
            self.came_in(count, f"{count:,} new")

    def key_pressed(self, key: str) -> None:
        """What was said is over; that something came, unless this is the key that shows it."""
        first = next(command for command in self.commands if command.id == "first")
        if key not in first.keys:
            self._announced = False
        self.forget_said()

    def look_around_now(self) -> None:
        """Take in what others, or jobs here, have put in the catalog."""
        raise NotImplementedError

    def action_first(self) -> None:
        """Go to the first paper; or to what is new, if that was just said."""
        if self._announced:
            self._announced = False
            self.chosen = None
            self.go_to(NEW)
            self.query_one(PaperList).move_to(0)
            return
        super().action_first()
