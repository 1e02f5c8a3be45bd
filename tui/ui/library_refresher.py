"""LibraryRefresher: shows what the Watcher sees: changes by other processes, and the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ui.watcher import Event, IndexReady, MarksChanged, PapersArrived

if TYPE_CHECKING:
    from tui.ui.reader import ReaderScreen


class LibraryRefresher:
    """Updates what is shown after the events of the Watcher."""

    def __init__(self, reader: ReaderScreen) -> None:
        self._reader = reader
        self._shown_change = reader.library.catalog.last_change
        """The last change of the catalog that the screen shows."""

    def on_event(self, event: Event) -> None:
        """Show what the Watcher has seen."""
        match event:
            case MarksChanged(keys):
                self.show_store_notice()
                if keys:
                    self._reader.mark_refresher.on_changed(keys)
            case PapersArrived():
                self._reader.watcher.update_index()
            case IndexReady():
                self._on_index_ready(event)

    def show_store_notice(self) -> None:
        """Warn about what the state store has found wrong."""
        if notice := self._reader.watcher.take_notice():
            self._reader.status.warn(notice)

    def _on_index_ready(self, event: IndexReady) -> None:
        reader = self._reader
        if not reader.jobs.running:  # they show their own progress
            indexing = f"indexing {event.done:,} of {event.total:,} papers"
            reader.status.progress("" if event.complete else indexing)
        if not reader.search.set_index_state(event):
            return
        if event.complete:
            self._show_complete_index()
        elif reader.request.text or not len(reader.panes.papers.rows):
            # The first index is incomplete: search its part only for a user who has asked.
            reader.refresh_list()

    def _show_complete_index(self) -> None:
        """Search again, and read papers again if some were added, changed or removed."""
        reader = self._reader
        last_change = reader.library.index.snapshot.last_change
        if last_change != self._shown_change:
            self._shown_change = last_change
            self._forget_papers()
        reader.similar.ready = True
        reader.view_refresher.refresh()
        reader.refresh_list()
        if not reader.jobs.running and (count := reader.arrivals.count()):
            reader.arrivals.announce(f"{count:,} new", count)
            reader.watcher.poll_external_changes()

    def _forget_papers(self) -> None:
        """Read everything shown again."""
        reader = self._reader
        reader.library.rows.forget_rows()
        reader.panes.presenter.forget_papers()
        reader.total = len(reader.library.catalog)
        reader.panes.papers.forget()
        reader.update_current()
        reader.refresh_summary()
