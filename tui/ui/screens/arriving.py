"""Arriving: papers that come in while one reads. They are told, and never move the cursor."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on, work
from textual.message import Message

from tui.catalog.catalog import Catalog
from tui.core.progress import Progress, ProgressUpdate
from tui.library.library import Library
from tui.library.views import NEW
from tui.ui.screens.beside import BesideThePaper
from tui.ui.screens.working import Working
from tui.ui.widgets.paper_list import PaperList


class Arriving(BesideThePaper, Working):
    """The part of the main screen that knows what has come in since it was opened."""

    @dataclass
    class IndexMoved(Message):
        """The index has `done` of `total` papers; `ready` when it has all."""

        done: int
        total: int
        ready: bool

    @dataclass
    class OthersChanged(Message):
        """Another process has changed marks of `keys`; `papers` if the catalog has news too."""

        keys: frozenset[str]
        papers: bool

    def __init__(self, library: Library, filter_text: str) -> None:
        super().__init__(library, filter_text)
        self._pieces = 0
        """Segments of the index that have been shown, while the first one is made."""
        self._batch = library.catalog.changed
        self._last = library.catalog.last_row
        """The last row that has been told of."""
        self._before = self._last
        """The last row before those that the status line tells of."""
        self._announced = False
        """Whether the status line says that something came."""

    def came_in(self, count: int, words: str) -> None:
        """Say what came in; `g`, while that stands, shows it."""
        if not self._announced:
            self._before = self._last
        self._last = self.library.catalog.last_row
        if count:
            words = f"{words} · {self.key_of('first')} shows them"
        self._announced = bool(count)
        self.say(words)
        self.look_around()

    def tell_arrivals(self) -> None:
        """The catalog has news: say how many papers came, unless a job here will."""
        last = self.library.catalog.last_row
        if last > self._last and not self.jobs:
            count = last - (self._before if self._announced else self._last)
            self.came_in(count, f"{count:,} new")

    def key_pressed(self, key: str) -> None:
        """What was said is over; that something came, unless this is the key that shows it."""
        first = next(command for command in self.commands if command.id == "first")
        if key not in first.keys:
            self._announced = False
        self.forget_said()

    def action_first(self) -> None:
        """Go to the first paper; or to what is new, if that was just said."""
        if self._announced:
            self._announced = False
            self.chosen = None
            self.go_to(NEW)
            self.query_one(PaperList).move_to(0)
            return
        super().action_first()

    # -- what others do, and the index that follows ---------------------------------------------

    @work(
        thread=True, group="poll", exclusive=True, exit_on_error=False, description="looking around"
    )
    def look_around(self) -> None:
        """See what other processes did: marks by the store's poll, papers by the batch number."""
        keys = self.library.store.poll()
        catalog = Catalog(self.library.catalog.path)
        batch = catalog.changed
        catalog.close()
        news = self._batch != batch
        self._batch = batch
        if keys or news or self.has_notices:
            self.post_message(self.OthersChanged(keys, news))

    @on(OthersChanged)
    def _others_changed(self, event: OthersChanged) -> None:
        self.show_notices()
        if event.keys:
            self.marks_changed(event.keys)
        if event.papers:
            self.bring_index()

    @work(thread=True, group="index", exclusive=True, exit_on_error=False, description="indexing")
    def bring_index(self) -> None:
        """Open the index and bring it up to date; the list is usable meanwhile."""
        catalog = Catalog(self.library.catalog.path)
        try:
            self.library.follow_all(catalog)
            index = self.library.index
            self.library.search  # noqa: B018  # built here, off the event loop
            if index.is_stale:
                index.update(catalog, Progress(report=self._index_progress))
            self.post_message(self.IndexMoved(0, 0, True))
        finally:
            catalog.close()

    def _index_progress(self, update: ProgressUpdate) -> None:
        self.post_message(self.IndexMoved(update.done, update.total or 0, False))

    @on(IndexMoved)
    def _index_moved(self, event: IndexMoved) -> None:
        if not self.jobs:  # which tell how far they are
            words = "" if event.ready else f"indexing {event.done:,} of {event.total:,} papers"
            self.say_progress(words)
        pieces = len(self.library.index.snapshot.segments)
        if not event.ready and ((self.ready and not self.partial) or pieces == self._pieces):
            return
        from tui.search.highlight import highlight_spans

        self.highlighter = highlight_spans
        self._pieces = pieces
        self.ready, self.partial = True, not event.ready
        if self.partial:  # a first index: what is in it so far answers, if something is asked
            if self.filter_text or not len(self.query_one(PaperList).rows):
                self.refresh_list()
            return
        self.library.rows.forget_rows()
        self.forget_papers()
        self.show_views()
        self.count_marks()
        self.refresh_list()
        self.tell_arrivals()
