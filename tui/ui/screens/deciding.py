"""Deciding: one key, one decision, on one paper or on the selected ones; then on to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import on, work

from tui.library.library import Library
from tui.state import Change
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.screens.selecting import Selecting
from tui.ui.widgets.paper_list import PaperList

ASKED_ABOVE = 20
"""Papers that are marked read at once without a question."""


class Deciding(Selecting):
    """The part of the main screen that has a method for each decision."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._again: Callable[[], None] | None = None

    def decide(self, label: str, fields: dict[str, Any], *, onward: bool = False) -> None:
        """Change marks of what is selected, else of the paper under the cursor; then go on."""
        keys = list(self.subjects())
        if not keys:
            self.say("no paper here to mark")
            return
        self._again = lambda: self.decide(label, fields, onward=onward)
        self.submit(Change.of(label, papers=dict.fromkeys(keys, fields)))
        self.say(f"{label}: {self.name_of(keys)}")
        many = self.end_selection()
        if onward and not many:
            self._go_on()

    def toggle(self, mark: str, on: str, off: str) -> None:
        """Set a mark, or take it back where all have it."""
        store = self.library.store
        have = store.keys_where(mark)
        keys = self.subjects()
        take_back = bool(keys) and all(key in have for key in keys)
        self.decide(off if take_back else on, {mark: not take_back})
        self._again = lambda: self.toggle(mark, on, off)

    def action_repeat(self) -> None:
        if self._again is None:
            self.say("nothing to repeat yet")
        else:
            self._again()

    # -- read, star, dismiss, later, rate --------------------------------------------------

    def action_read(self) -> None:
        self.toggle("read", "read", "unread")

    def action_read_next(self) -> None:
        self.decide("read", {"read": True}, onward=True)

    def action_star(self) -> None:
        self.toggle("star", "star", "unstar")

    def action_star_next(self) -> None:
        self.decide("star", {"star": True}, onward=True)

    def action_not_for_me(self) -> None:
        self.decide("not for me", {"read": True, "dismissed": True}, onward=True)

    def action_later(self) -> None:
        self.decide("later", {"tags_add": ["later"]}, onward=True)

    def action_rate(self, rating: int) -> None:
        self.decide(f"rating {rating}" if rating else "no rating", {"rating": rating})

    @on(PaperList.StarClicked)
    def _star_clicked(self, event: PaperList.StarClicked) -> None:
        key = self.library.catalog.keys_of([event.row]).get(event.row)
        if key:
            star = not self.library.store.mark(key).star
            label = "star" if star else "unstar"
            self.submit(Change.of(label, papers={key: {"star": star}}))
            self.say(f"{label}: {self.name_of([key])}")

    @work(group="question", exit_on_error=False, description="marking all read")
    async def action_read_all(self) -> None:
        """Mark all shown read, as one step; asks if they are many."""
        rows = [int(row) for row in self.query_one(PaperList).rows]
        read = self.library.store.keys_where("read")
        keys = [key for key in self.library.catalog.keys_of(rows).values() if key not in read]
        if not keys:
            self.say("all shown are read")
            return
        if len(keys) > ASKED_ABOVE:
            question = QuestionScreen(
                f"Mark {len(keys):,} papers read?",
                {"y": "mark them read; u undoes it", "escape": "leave them"},
            )
            if await self.app.push_screen_wait(question) != "y":
                return
        self.end_selection()
        self.submit(Change.of("read", papers={key: {"read": True} for key in keys}))
        self.say(f"read: {self.name_of(keys)}")

    # -- onward ----------------------------------------------------------------------------

    def _go_on(self) -> None:
        """To the next unread paper below; at the end of the list say what is next."""
        papers = self.query_one(PaperList)
        following = self._next_unread(papers.cursor + 1)
        if following is not None:
            papers.move_to(following)
            return
        above = self._next_unread(0)
        if above is None:
            self.say("all shown are read · Tab goes to the next view")
        else:
            self.say("end of the list · g goes to the first, Tab to the next view")

    def _next_unread(self, start: int) -> int | None:
        """Index of the first unread paper from `start` on."""
        rows = self.query_one(PaperList).rows
        read = self.library.store.keys_where("read")
        for first in range(start, len(rows), 500):
            part = [int(row) for row in rows[first : first + 500]]
            keys = self.library.catalog.keys_of(part)
            for offset, row in enumerate(part):
                if row in keys and keys[row] not in read:
                    return first + offset
        return None
