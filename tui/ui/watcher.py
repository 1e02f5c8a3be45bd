"""Watcher: looks for marks and papers of other processes, and keeps the index up to date."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple

from tui.catalog.catalog import Catalog
from tui.core.progress import Cancelled, Progress, ProgressUpdate
from tui.library.library import Library
from tui.ui.background import Background


class MarksChanged(NamedTuple):
    """Another process has changed the marks of `keys`, or the store has a notice."""

    keys: frozenset[str]


class PapersArrived:
    """Papers were added to the catalog, changed or removed."""


class IndexReady(NamedTuple):
    """The index has `done` of `total` papers."""

    done: int
    total: int
    complete: bool
    """Whether it has all of them. What it has can be searched before that."""


Event = MarksChanged | PapersArrived | IndexReady


class Watcher:
    """Checks the stores for changes, in threads, and posts what it finds on the event loop."""

    def __init__(
        self, library: Library, background: Background, post: Callable[[Event], None]
    ) -> None:
        self._library = library
        self._background = background
        self._post = post
        self._last_change = library.catalog.last_change
        self._notices_taken = 0
        self._polling = threading.Lock()
        self._stopped = threading.Event()

    def poll_external_changes(self) -> None:
        """Post what other processes have changed since the last poll."""
        self._background.run(self._poll, "poll", "looking for changes")

    def _poll(self) -> None:
        if not self._polling.acquire(blocking=False):
            return  # another poll is running
        try:
            keys = self._library.store.poll()
            catalog = Catalog(self._library.catalog.path)
            last_change = catalog.last_change
            catalog.close()
            changed, self._last_change = last_change != self._last_change, last_change
        finally:
            self._polling.release()
        if keys or len(self._library.store.notices) > self._notices_taken:
            self._call(MarksChanged(keys))
        if changed:
            self._call(PapersArrived())

    def update_index(self) -> None:
        """Open the index and update it; post how far it is."""
        self._background.run(self._update_index, "index", "indexing")

    def stop(self) -> None:
        """Stop updating the index, because the reader ends; the next start goes on."""
        self._stopped.set()

    def _update_index(self) -> None:
        catalog = Catalog(self._library.catalog.path)
        try:
            self._library.move_all_marks(catalog)
            index = self._library.index
            self._library.search  # noqa: B018  # built here, off the event loop
            if index.is_stale:
                index.update(catalog, Progress(self._stopped.is_set, self._post_progress))
            self._call(IndexReady(catalog.last_row, catalog.last_row, complete=True))
        except Cancelled:
            pass  # the segments that are written stay
        finally:
            catalog.close()

    def _post_progress(self, update: ProgressUpdate) -> None:
        self._call(IndexReady(update.done, update.total or 0, complete=False))

    def _call(self, event: Event) -> None:
        flood = "index" if isinstance(event, IndexReady) else ""
        self._background.call(lambda: self._post(event), flood)

    def take_notice(self) -> str:
        """Return what the state store has found wrong since the last call; empty if nothing."""
        notices = self._library.store.notices[self._notices_taken :]
        self._notices_taken += len(notices)
        if not notices:
            return ""
        more = f" ({len(notices) - 1} more; see `sheaf doctor`)" if len(notices) > 1 else ""
        return f"{notices[0]}{more}"
