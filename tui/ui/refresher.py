"""Refresher: keeps what the reader shows in step with marks, views, papers and index."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING, Protocol

from textual.timer import Timer

from tui.state import Change, SaveRefused
from tui.ui.reader_protocol import Reader
from tui.ui.view_tabs import ViewTabs
from tui.ui.watcher import Arrivals, Event, IndexReady, MarksChanged, PapersArrived, Watcher

if TYPE_CHECKING:
    from tui.ui.background import Background
    from tui.ui.list_search import ListSearch
    from tui.ui.similar_papers import SimilarPapers
    from tui.ui.widgets.status_line import StatusLine
    from tui.ui.widgets.views_line import ViewsLine

RECOUNT_DELAY = 0.2
"""Seconds from a mark to new counts of the views."""
REPAINT_ALL_ABOVE = 50
"""Changed rows from which the whole list is repainted, not each row."""


class RefreshedReader(Reader, Protocol):
    """What the Refresher uses of the reader, besides what actions use."""

    @property
    def search(self) -> ListSearch: ...
    @property
    def similar(self) -> SimilarPapers: ...
    @property
    def views_line(self) -> ViewsLine: ...
    @property
    def status_line(self) -> StatusLine: ...

    def show_paper(self) -> None:
        """Show the paper under the cursor again."""

    def refresh_list(self) -> None:
        """Search again for what the list shows."""

    def set_timer(self, delay: float, callback: Callable[[], None], /) -> Timer:
        """Call a function once, after some seconds."""


class Refresher:
    """Updates list, panes and counts after marks change, here or elsewhere, or papers come in."""

    def __init__(self, reader: RefreshedReader, background: Background) -> None:
        self._reader = reader
        self._background = background
        self.watcher = Watcher(reader.library, background, self.on_event)
        self.arrivals = Arrivals(reader.library)
        self.tabs = ViewTabs(reader.library.store)
        self.total = len(reader.library.catalog)
        """Papers in the library."""
        self._recount: Timer | None = None
        self._save_refused = False
        """Whether the warning on the screen is of a change that was not saved."""

    # Marks

    def on_marks_changed(self, keys: Collection[str]) -> None:
        """Repaint the rows of these papers, the pane, and soon the counts."""
        reader = self._reader
        rows = reader.library.catalog.rows_of(keys).values()
        if len(rows) > REPAINT_ALL_ABOVE:
            reader.papers.forget()
        else:
            for row in rows:
                reader.papers.forget(row)
        if reader.papers.row in rows:
            reader.show_paper()
        if self._recount is None:  # once for many marks in quick succession
            self._recount = reader.set_timer(RECOUNT_DELAY, self.refresh_views)
        self.refresh_summary()

    def on_saved(self, change: Change, refused: SaveRefused | None) -> None:
        """Show that a change is saved, or why not. Called from the thread that writes."""
        self._background.call(partial(self._show_saved, change, refused))

    def _show_saved(self, change: Change, refused: SaveRefused | None) -> None:
        """Repaint the papers of a refused change; the reason stays until a change is saved."""
        self.on_marks_changed(change.keys)
        if refused:
            self._save_refused = True
            self._reader.status.message("")
            self._reader.status.warn(str(refused))
        elif self._save_refused:
            self._save_refused = False
            self._reader.status.hide_notice()

    # Views and counts

    @property
    def is_recounting(self) -> bool:
        """Whether the counts of the views are to be refreshed soon."""
        return self._recount is not None

    def refresh_views(self) -> None:
        """Bring the line of views up to date, and count the papers of each view again."""
        if self._recount:
            self._recount.stop()
            self._recount = None
        reader = self._reader
        self.tabs.reload()
        if reader.request.view not in self.tabs.views:
            reader.show(reader.request._replace(view=self.tabs.same_view(reader.request.view)))
        reader.search.count(self.tabs.queries(reader.request.day), self._take_counts)
        self._show_tabs()

    def _take_counts(self, counts: list[int]) -> None:
        self.tabs.set_counts(counts)
        self._show_tabs()

    def _show_tabs(self) -> None:
        reader = self._reader
        tabs = self.tabs.tabs(reader.request, reader.key_of)
        reader.views_line.show(tabs.names, tabs.counts, tabs.current, tabs.right)

    def refresh_summary(self) -> None:
        """Show how many papers are unread, starred today, selected."""
        selected = len(self._reader.papers.selection)
        more = f" · {selected:,} selected" if selected else ""
        self._reader.status_line.left = f"{self._reader.triage.summary(self.total)}{more}"

    # What changes meanwhile

    def on_event(self, event: Event) -> None:
        """Show what the watcher has seen."""
        match event:
            case MarksChanged(keys):
                self.show_store_notice()
                if keys:
                    self.on_marks_changed(keys)
            case PapersArrived():
                self.watcher.update_index()
            case IndexReady():
                self._on_index_ready(event)

    def show_store_notice(self) -> None:
        """Warn of what the store of marks has found wrong."""
        if notice := self.watcher.take_notice():
            self._reader.status.warn(notice)

    def _on_index_ready(self, event: IndexReady) -> None:
        reader = self._reader
        if not reader.jobs.running:  # they show their own progress
            indexing = f"indexing {event.done:,} of {event.total:,} papers"
            reader.status.progress("" if event.complete else indexing)
        if not reader.search.take(event):
            return
        if not event.complete:  # a first index: search the part there is, if the user has asked
            if reader.request.text or not len(reader.papers.rows):
                reader.refresh_list()
            return
        reader.similar.ready = True
        reader.library.rows.forget_rows()
        reader.presenter.forget_papers()
        self.total = len(reader.library.catalog)
        reader.papers.forget()
        reader.show_paper()
        self.refresh_views()
        self.refresh_summary()
        reader.refresh_list()
        if not reader.jobs.running and (count := self.arrivals.count()):
            self.announce_new(count, f"{count:,} new")

    def announce_new(self, count: int, text: str) -> None:
        """Say how many papers have come in; the key for the first paper then shows them."""
        reader = self._reader
        self.arrivals.announce(count > 0)
        reader.status.message(f"{text} · {reader.key_of('first')} shows them" if count else text)
        self.watcher.poll_external_changes()
