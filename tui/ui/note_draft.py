"""Draft: a note that is being written, on disk before it is saved."""

from __future__ import annotations

import threading
from contextlib import suppress

from tui.state import StateError, Store


class Draft:
    """The unfinished note of one paper. Its methods are safe in any thread."""

    def __init__(self, store: Store, key: str) -> None:
        """Prepare for the paper `key`."""
        self._store = store
        self._key = key
        self._lock = threading.Lock()
        self._dropped = False

    def load(self) -> str | None:
        """Return what was being written when the reader last ended, None if nothing was."""
        return self._store.draft(self._key)

    def save(self, text: str) -> None:
        """Save what is being written, unless the draft is dropped already.

        A failure is ignored: what cannot be saved now is reported when the note is saved.
        """
        with self._lock, suppress(OSError, StateError):
            if not self._dropped:
                self._store.save_draft(self._key, text)

    def drop(self) -> None:
        """Remove the draft: the note is finished. Raises SaveRefused."""
        with self._lock:
            self._dropped = True
            self._store.drop_draft(self._key)
