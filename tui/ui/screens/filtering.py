"""Filtering: the filter, the similar papers, and the cursor that follows the result.

The cursor goes to the best match, but stays on the paper the user has gone to while that paper is
in the answer, and on whatever paper it is on when the filter goes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from textual import on

from tui.catalog.catalog import Catalog, Stored
from tui.library.library import Library
from tui.search.session import SearchRequest, SearchResult, SearchSession
from tui.ui.screens.tagging import Tagging
from tui.ui.widgets.filter_bar import FilterBar, FilterInput
from tui.ui.widgets.paper_detail import PaperDetail
from tui.ui.widgets.paper_list import PaperList


class Filtering(Tagging):
    """The part of the main screen that decides which papers the list shows."""

    def __init__(self, library: Library, filter_text: str) -> None:
        super().__init__(library)
        self.filter_text = filter_text
        self.ready = False
        """Whether the index answers."""
        self.partial = False
        """Whether the index is the first and not yet whole."""
        self.chosen: int | None = None
        """The row the user has gone to."""
        self._similar_to: int | None = None
        self._seen: int | None = None
        """The row in the detail pane."""
        self._reading: Catalog | None = None
        self._session = SearchSession(
            lambda: library.search, self._read_ahead, self._show, self._start_search
        )

    def _read_ahead(self, rows: list[int]) -> list[Stored]:
        """Papers by their rows, for the searches, which come one after another."""
        if self._reading is None:
            self._reading = Catalog(self.library.catalog.path)
        return list(self._reading.get_many(rows))

    def on_unmount(self) -> None:
        if self._reading:
            self._reading.close()

    @on(FilterBar.Changed)
    def _typed(self, event: FilterBar.Changed) -> None:
        self._filter_by(event.text)

    def _filter_by(self, text: str) -> None:
        if text == self.filter_text:
            return
        if not text:
            self.chosen = self.query_one(PaperList).row
        self.filter_text = text
        if not self.ready:
            self.query_one(FilterBar).tell("waiting for the index")
        self.refresh_list()

    def set_filter(self, text: str) -> None:
        self.query_one(FilterBar).set_text(text)
        self._filter_by(text)

    def refresh_list(self, similar_to: int | None = None) -> None:
        """Search for the filter, or for papers similar to a row; a newer call cancels it."""
        self._similar_to = similar_to
        if self.ready:
            self._session.submit(self.search_request(self.filter_text, similar_to))

    def search_request(self, text: str, similar_to: int | None) -> SearchRequest:
        """Return the request for a filter text; subclasses add the view and the order."""
        return SearchRequest(text, similar_to)

    def count(self, texts: list[str], then: Callable[[list[int]], None]) -> None:
        """Ask for the number of papers of each text; `then` gets them."""
        if self.ready:
            self._session.submit_count(texts, then)

    def _start_search(self, work: Coroutine[Any, Any, None]) -> None:
        self.run_worker(work, group="search", description="search", exit_on_error=False)

    async def _settle(self) -> None:
        """Wait until what was typed is in the field and answered: the next key acts on that."""
        typed = asyncio.Event()
        self.query_one(FilterInput).call_later(typed.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(typed.wait(), 1)
            self._filter_by(self.query_one(FilterBar).text)
            await asyncio.wait_for(self._session.idle.wait(), 2)

    def _show(self, request: SearchRequest, result: SearchResult) -> None:
        hits = result.hits
        self.words = hits.words
        self.ahead = result.papers
        papers = self.query_one(PaperList)
        wanted = self.chosen
        if wanted is None and not request.text and request.similar_to is None:
            wanted = papers.row
        places = (hits.rows == wanted).nonzero()[0].tolist() if wanted is not None else []
        if not places:
            self.chosen = None
        papers.show(
            hits.rows, places[0] if places else 0, self.why_empty(request, result.query.problems)
        )
        self._tell(request, result)

    def _tell(self, request: SearchRequest, result: SearchResult) -> None:
        """Say at the right of the filter how many there are and what was understood."""
        hits, query = result.hits, result.query
        bar = self.query_one(FilterBar)
        if request.similar_to is not None:
            like = self.library.catalog.get(request.similar_to)
            bar.tell(f"{hits.total} similar to “{like.paper.title}” · Esc returns" if like else "")
        elif not request.text.strip():
            bar.tell(f"{hits.total:,} papers{' so far' if self.partial else ''}")
        else:
            so_far = " so far" if self.partial else ""
            told = [f"{hits.total:,} of {self.total:,}{so_far}", *query.problems[:1]]
            told += [f"{typed} → {found}" for typed, found in hits.corrections[:2]]
            if not hits.corrections and query.understood:
                told.append(query.understood)
            bar.tell(" · ".join(told))

    def why_empty(
        self, request: SearchRequest | None, problems: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """What an empty list says: why, and what to press."""
        if request is not None and request.similar_to is not None:
            return ("No paper is similar to this one.", "Esc returns.")
        if request is not None and request.text.strip():
            here = " in this view; F5 goes to all papers." if request.base else "."
            return (
                f"No paper matches{here}",
                *problems,
                "Backspace takes a letter back, Esc clears the filter.",
            )
        keys = {name: self.key_of(name) for name in ("add", "feeds")}
        words = "{add} adds a file, an id or a URL; {feeds} follows feeds."
        return ("No papers yet.", words.format(**keys))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of the filter only in the filter, those of the list never in it."""
        if action == "run":
            action = str(parameters[0])
        filtering = isinstance(self.focused, FilterInput)
        if action in ("to_list", "filter"):
            return filtering == (action == "to_list")
        if action in ("next_view", "previous_view"):
            return not filtering
        if action == "open":
            return self.query_one(PaperList).has_focus
        return True

    def action_filter(self) -> None:
        self.leave_reading()
        self.set_focus(self.query_one(FilterInput))

    async def action_to_list(self) -> None:
        await self._settle()
        papers = self.query_one(PaperList)
        self.chosen = papers.row
        self.set_focus(papers)

    async def action_clear(self) -> None:
        """Leave reading, else the similar papers, else clear the filter; to the list."""
        if self.hide_warning() or self.leave_reading() or self.end_selection():
            return
        if self._similar_to is not None:
            self.chosen = self._similar_to
            self.refresh_list()
            return
        await self._settle()
        self.query_one(FilterBar).set_text("")
        self._filter_by("")
        self.set_focus(self.query_one(PaperList))

    async def action_similar(self) -> None:
        """Show the papers most like this one; Escape returns."""
        if self.leave_reading():
            self.set_focus(self.query_one(PaperList))
        stored = self.shown
        if stored is None:
            self.say("no paper here")
            return
        self.chosen = None
        self.refresh_list(stored.row)
        await self._settle()

    # -- the list and the paper ------------------------------------------------------------

    @on(PaperList.Moved)
    def _moved(self, event: PaperList.Moved) -> None:
        if event.by_user:
            self.chosen = event.row
            self._follow()
        else:  # an answer: the list is painted first, the paper right after it
            self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        """Let the pane show the paper under the cursor."""
        row = self.query_one(PaperList).row
        self.show_paper(same_paper=row == self._seen)
        self._seen = row

    def leave_reading(self) -> bool:
        """Back to the list, if a paper was read over it."""
        reading = self.has_class("-reading")
        self.remove_class("-reading")
        if reading or self.query_one(PaperDetail).has_focus:
            self.set_focus(self.query_one(PaperList))
        return reading
