"""Viewing: the views, the days, the order, and where one was when the reader was left."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from contextlib import suppress
from datetime import date
from typing import Any

from textual import on, work
from textual.timer import Timer

from tui.core.errors import SheafError
from tui.core.paper import Paper
from tui.library.library import Library
from tui.library.views import (
    ALL,
    TODAY,
    View,
    list_views,
    remove_view_change,
    save_view_change,
)
from tui.search.session import SearchRequest
from tui.state import Change
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.screens.filtering import Filtering
from tui.ui.widgets.filter_bar import FilterBar
from tui.ui.widgets.paper_detail import PaperDetail
from tui.ui.widgets.paper_list import PaperList
from tui.ui.widgets.views_line import ViewsLine

SORTS = {
    "d": ("date", "date, newest first"),
    "a": ("added", "added, last first"),
    "t": ("title", "title"),
    "f": ("author", "first author"),
    "v": ("votes", "votes"),
    "c": ("comments", "comments"),
    "g": ("stars", "stars of its code"),
    "i": ("citations", "citations"),
    "r": ("rating", "your rating"),
    "m": ("relevance", "best match"),
    "y": ("foryou", "for you: like what you starred"),
}
"""Key of the menu: word of the query language, words for people."""
SESSION = "session"
"""The table of the state store that remembers where one was."""
RECOUNT_AFTER = 0.2
"""Seconds from a mark to new counts of the views."""
COUNTED = {"votes": "votes", "comments": "said", "stars": "stars", "citations": "cited"}
"""Order by a count to its word in a row."""
EMPTY = {
    "Unread": ("Everything here is read.", "{fetch} fetches what is new."),
    "Today": (
        "No paper was listed on {day}.",
        "{day_before} goes a day back, {days} chooses one,",
        "{fetch} fetches what is new, {fetch_day} a past day.",
    ),
    "Starred": ("Nothing is starred yet.", "{star} stars a paper."),
    "Later": ("Nothing is kept for later.", "{later} keeps a paper for later."),
    "New": ("Nothing has come since your last visit.", "{fetch} fetches, {feeds} shows the feeds."),
}
"""View to what an empty one says: why, and what to press."""
NO_DAYS = "no paper here carries the day it was listed (daily pages and feeds do)"
NARROWEST, WIDEST = 35, 80
"""Per cent of the width that the list may have beside the abstract."""


class Viewing(Filtering):
    """The part of the main screen above the filter: which view, which day, which order."""

    def __init__(self, library: Library, filter_text: str) -> None:
        super().__init__(library, filter_text)
        self.views = list_views(library.store.documents("views"))
        self.view: View = ALL
        self.day = date.today().isoformat()
        self.order = ""
        self.reverse = False
        self.split = 64
        self._counts: dict[str, int] = {}
        self._recount: Timer | None = None

    # -- views -----------------------------------------------------------------------------

    def search_request(self, text: str, similar_to: int | None) -> SearchRequest:
        order = f"sort:{self.order} " if self.order else ""
        base = f"{order}{self.view.query_for(self.day)}"
        return SearchRequest(text, similar_to, base, self.reverse)

    def why_empty(
        self, request: SearchRequest | None, problems: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        plain = request is not None and not request.text.strip() and request.similar_to is None
        if not plain or self.view is ALL or not self.total:
            return super().why_empty(request, problems)
        keys = {each.id: self.key_of(each.id) for each in self.commands}
        other = "{next_view} goes to the next view."
        lines = (*EMPTY.get(self.view.name, (f"No paper is in “{self.view.name}”.",)), other)
        return tuple(line.replace("{day}", self.day).format(**keys) for line in lines)

    def side_words(self, paper: Paper) -> str:
        """In the order of a count, that count; else the date."""
        if self.order not in COUNTED:
            return super().side_words(paper)
        count = paper.votes if self.order == "votes" else paper.counts.get(self.order, 0)
        return f"{short_count(count)} {COUNTED[self.order]}" if count else ""

    def go_to(self, view: View) -> None:
        """Show another view; the cursor stays on its paper where the view has it."""
        self.view = view
        self.chosen = self.query_one(PaperList).row
        self.end_selection()
        self.show_views()
        self.refresh_list()

    def show_views(self) -> None:
        """Bring the line of views up to date, and ask for the counts."""
        self.views = list_views(self.library.store.documents("views"))
        if self.view not in self.views:
            self.view = next((v for v in self.views if v.name == self.view.name), ALL)
        self.count([view.query_for(self.day) for view in self.views], self._show_counts)
        self._draw_views()

    def _draw_views(self) -> None:
        right = []
        if self.view.has_day:
            day = f"{self.day} · " if self.day == date.today().isoformat() else ""
            right.append(f"{day}{self.key_of('day_before')} {self.key_of('day_after')} other days")
        if self.order:
            words = next(words for word, words in SORTS.values() if word == self.order)
            right.append(f"by {words}{' · reversed' if self.reverse else ''}")
        other = self.day != date.today().isoformat()
        names = {view: self.day if view is TODAY and other else view.name for view in self.views}
        self.query_one(ViewsLine).show(
            list(names.values()),
            {
                names[view]: self._counts[view.name]
                for view in self.views
                if view.name in self._counts
            },
            self.views.index(self.view),
            " · ".join(right),
        )

    @on(Filtering.Marked)
    def _marked(self) -> None:
        """Count anew, once for many marks in quick succession."""
        if self._recount is None:
            self._recount = self.set_timer(RECOUNT_AFTER, self._count_again)

    def _count_again(self) -> None:
        self._recount = None
        self.show_views()

    def _show_counts(self, counts: list[int]) -> None:
        """The counts have come, in the order of the views."""
        self._counts = {v.name: n for v, n in zip(self.views, counts, strict=False)}
        self._draw_views()

    def action_next_view(self) -> None:
        self.go_to(self.views[(self.views.index(self.view) + 1) % len(self.views)])

    def action_previous_view(self) -> None:
        self.go_to(self.views[self.views.index(self.view) - 1])

    def action_view(self, number: int) -> None:
        """Go to the view of a number, from 1."""
        if number <= len(self.views):
            self.go_to(self.views[number - 1])
        else:
            self.say(f"there is no view {number}; w keeps the filter as one")

    @on(ViewsLine.Chosen)
    def _view_clicked(self, event: ViewsLine.Chosen) -> None:
        self.go_to(self.views[event.number])

    @work(group="question", exit_on_error=False, description="keeping a view")
    async def action_keep_view(self) -> None:
        """Keep the filter as a view of a name; on a view of one's own, change or end it."""
        own = self.view if self.view.custom else None
        query = " ".join(part for part in (self.view.query, self.filter_text) if part.strip())
        if self.order and "sort:" not in query:
            query = f"{query} sort:{self.order}".strip()
        if not query:
            self.say("type a filter first; w then keeps it as a view")
            return
        name = await self._asked(
            f"name of the view “{own.name}”" if own else "name of the new view",
            own.name if own else "",
            "Enter keeps it, empty ends it" if own else f"Enter keeps it; it shows {query}",
        )
        if name is None or not (name or own):
            return
        if own and not name:
            self.submit(remove_view_change(own))
            self.view = ALL
        else:
            if own:
                query = await self._asked(f"papers that “{name}” shows", query, "a filter") or query
            query = query.removeprefix("/").strip()
            self.submit(save_view_change(name, query, own))
            self.view = View(name, query, custom=True)
            self.query_one(FilterBar).set_text("")
        self.show_views()
        self.refresh_list()

    async def _asked(self, label: str, text: str, hint: str) -> str | None:
        answer = await self.app.push_screen_wait(PromptScreen(label, text, hint=hint))
        return None if answer is None else answer.strip()

    # -- days ------------------------------------------------------------------------------

    def action_day_before(self) -> None:
        days = list(self.library.catalog.days())
        place = bisect_left(days, self.day) - 1
        self._to_day(days[place] if place >= 0 else None, "before")

    def action_day_after(self) -> None:
        days = list(self.library.catalog.days())
        place = bisect_right(days, self.day)
        self._to_day(days[place] if place < len(days) else None, "after")

    def _to_day(self, day: str | None, side: str) -> None:
        if day is None:
            self.say(
                f"no papers were listed {side} {self.day}"
                if self.library.catalog.days()
                else NO_DAYS
            )
            return
        self.day = day
        self.go_to(TODAY)
        self.say(f"{day}: {self.library.catalog.days()[day]:,} listed")

    @work(group="question", exit_on_error=False, description="days")
    async def action_days(self) -> None:
        """Choose a day from the strip of papers a day."""
        from tui.ui.dialogs.days import DaysScreen

        days = self.library.catalog.days()
        if not days:
            self.say(NO_DAYS)
            return
        day = await self.app.push_screen_wait(DaysScreen(days, self.day))
        if day:
            self._to_day(day, "")

    # -- order -----------------------------------------------------------------------------

    @work(group="question", exit_on_error=False, description="order")
    async def action_sort(self) -> None:
        """Choose the order from a menu; the same again reverses it."""
        answers = {key: words for key, (_, words) in SORTS.items()}
        answers["escape"] = "leave it as it is"
        key = await self.app.push_screen_wait(QuestionScreen("Order by", answers))
        if key not in SORTS:
            return
        order = SORTS[key][0]
        self.reverse = self.order == order and not self.reverse
        self.order = order
        self.chosen = None
        self._draw_views()
        self.query_one(PaperList).forget()
        self.say(f"order: {SORTS[key][1]}{', reversed' if self.reverse else ''}")
        self.refresh_list()

    # -- where one was ---------------------------------------------------------------------

    def action_wider(self) -> None:
        self.set_split(self.split + 4)

    def action_narrower(self) -> None:
        self.set_split(self.split - 4)

    def set_split(self, per_cent: int) -> None:
        """Give the list a part of the width beside the abstract."""
        self.split = max(NARROWEST, min(WIDEST, per_cent))
        self.lay_out()

    def list_share(self) -> int:
        """Per cent of the width beside the abstract that the list has."""
        return self.split

    def lay_out(self) -> None:
        """Apply the split where list and abstract stand side by side; elsewhere it says nothing."""
        beside = not (self.has_class("-stacked") or self.has_class("-list-only"))
        of_list = self.list_share()
        for pane, share in ((PaperList, of_list), (PaperDetail, 100 - of_list)):
            styles = self.query(pane).first().styles
            if beside:
                styles.width = f"{share}fr"
            else:
                styles.clear_rule("width")
                styles.refresh(layout=True)

    def restore(self) -> None:
        """Take up where the reader was left: view, filter, order, paper, widths."""
        was = self.library.store.document(SESSION, "main")
        name = was.get("view")
        self.view = next((view for view in self.views if view.name == name), ALL)
        if was.get("order") in {word for word, _ in SORTS.values()}:
            self.order, self.reverse = str(was["order"]), bool(was.get("reverse"))
        if not self.filter_text and isinstance(was.get("filter"), str):
            self.filter_text = was["filter"]
        if isinstance(was.get("paper"), str):
            self.chosen = self.library.catalog.row_of(was["paper"])
        if isinstance(was.get("split"), int):
            self.set_split(was["split"])

    def remember(self) -> None:
        """Keep where one is; not a step to undo, and no reason to hold up the way out."""
        stored = self.shown
        fields: dict[str, Any] = {
            "view": self.view.name,
            "order": self.order,
            "reverse": self.reverse,
            "filter": self.filter_text,
            "paper": stored.key if stored else None,
            "split": self.split,
        }
        self.submit(Change.of("session", tables={SESSION: {"main": fields}}, silent=True))
        with suppress(SheafError):  # a catalog that cannot be written to: all stays new
            self.library.visit()


def short_count(count: int) -> str:
    """A count in at most four cells: `987`, `1.2k`, `12k`, `3.4M`."""
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if count >= size:
            return (
                f"{count / size:.1f}{letter}" if count < 9.95 * size else f"{count // size}{letter}"
            )
    return str(count)
