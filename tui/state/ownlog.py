"""OwnLog: the journals this instance writes, one at a time."""

from __future__ import annotations

import threading

from tui.state.journal import Journal
from tui.state.places import Places
from tui.state.stamp import Clock


class OwnLog:
    """Appends durably; begins a journal when one is needed: the first, or after trouble."""

    def __init__(self, places: Places, clock: Clock) -> None:
        self._places = places
        self._clock = clock
        self._lock = threading.Lock()
        self._current: Journal | None = None
        self._retired: list[Journal] = []
        self.names: set[str] = set()
        """File names of all journals begun here; their lines are in memory already."""
        self.bytes = 0
        """Bytes appended since the last fold."""

    def append(self, data: bytes) -> None:
        """Return when `data` is on the medium, in a file with our name. OSError: none of it is."""
        with self._lock:
            for journal in self._retired:
                journal.cut()
            carried = b""
            if self._current is not None and not self._current.in_place():
                carried = self._let_go(self._current)
            if self._current is None:
                self._begin(carried + data)
            else:
                self._append(self._current, data)
                if not self._current.in_place():
                    # Somebody moved the file in that moment: what it holds is written once more.
                    self._begin(self._let_go(self._current))
            self.bytes += len(data)

    def _append(self, journal: Journal, data: bytes) -> None:
        try:
            journal.append(data)
        except OSError:
            # After a failed sync the system may have dropped the pages: never trust the file again.
            self._retired.append(journal)
            self._current = None
            raise

    def _begin(self, first: bytes) -> None:
        journal = Journal.begin(self._places, self._clock, first)
        self._current = journal
        self.names.add(journal.path.name)

    def _let_go(self, journal: Journal) -> bytes:
        lines = journal.lines()
        journal.close()
        self._current = None
        return lines

    def retire(self) -> list[Journal]:
        """Return the journals so far, still locked; what comes next goes to a new one."""
        with self._lock:
            if self._current is not None:
                self._retired.append(self._current)
                self._current = None
            self.bytes = 0
            return list(self._retired)

    def forget(self, journal: Journal) -> None:
        """Let go of a retired journal whose lines are in the snapshot."""
        with self._lock:
            if journal in self._retired:
                self._retired.remove(journal)
            journal.close()

    def close(self) -> None:
        """Let go of all journals; they stay where they are, for others to fold."""
        with self._lock:
            for journal in (*self._retired, self._current):
                if journal is not None:
                    journal.close()
            self._retired, self._current = [], None
