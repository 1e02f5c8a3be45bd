"""Writer: the thread that makes the reader's changes durable, and folds now and then."""

from __future__ import annotations

import threading
from collections.abc import Callable

from tui.state.engine import Engine


class Writer:
    """Commits whatever waits with one sync for all; runs from the first change to `close`."""

    def __init__(self, engine: Engine, fold: Callable[[], object]) -> None:
        self._engine = engine
        self._fold = fold
        self._news = threading.Condition()
        self._closing = False
        self._busy = False
        self._folding: threading.Thread | None = None
        self._thread = threading.Thread(target=self._run, name="sheaf-state", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Say that a change waits."""
        with self._news:
            self._news.notify_all()

    def flush(self) -> None:
        """Return when nothing waits any more and every `done` has been called."""
        if threading.current_thread() is self._thread:
            return
        with self._news:
            self._news.wait_for(lambda: not (self._engine.waiting or self._busy))

    def close(self) -> None:
        """Make durable what waits, and end the thread."""
        with self._news:
            self._closing = True
            self._news.notify_all()
        self._thread.join()
        if self._folding is not None:
            self._folding.join()

    def fold_soon(self) -> None:
        """Fold on a thread of its own, so that changes go on being saved meanwhile."""
        if self._folding is None or not self._folding.is_alive():
            self._folding = threading.Thread(target=self._fold, name="sheaf-fold", daemon=True)
            self._folding.start()

    def _run(self) -> None:
        while True:
            with self._news:
                self._busy = False
                self._news.notify_all()
                self._news.wait_for(lambda: self._engine.waiting or self._closing)
                if not self._engine.waiting:
                    return
                self._busy = True
            for prepared, refusal in self._engine.commit():
                if prepared.done is not None:
                    prepared.done(prepared.change, refusal)
