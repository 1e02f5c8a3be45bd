"""Build the index in a second process while papers are still being added.

    python -m tui.library.index_process HOME

updates the index until its standard input ends and all papers are in it. It writes `DONE TOTAL`
lines to its standard output once its input has ended.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from tui.catalog.catalog import Catalog
from tui.core import paths
from tui.core.garbage import collect_garbage_rarely
from tui.core.progress import NO_PROGRESS, Progress, ProgressUpdate
from tui.index.index import Index
from tui.library.library import Library

LARGE = 5_000
"""Papers from which on the process is worth starting; the reader indexes fewer unnoticed."""
STEP = 50_000
"""Papers missing from the index that make an update worth it while more are added."""
_POLL = 0.5
"""Seconds between two looks at the number of papers."""
_TERMINATION_TIMEOUT = 30.0
"""Seconds the process has to end after it was terminated."""


class IndexProcess:
    """Starts the process once many papers are added, and waits for it at the end.

    When the `with` block ends without `finish`, the process is terminated. The segments it has
    written stay, the rest is built at the next update.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self.is_needed = False
        """Whether so many papers were added that `finish` should be called."""
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> IndexProcess:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.terminate()
            self._process.communicate(timeout=_TERMINATION_TIMEOUT)

    def report_added(self, count: int) -> None:
        """Start the process if `count` papers added so far are enough."""
        if self.is_needed or count < LARGE:
            return
        self.is_needed = True
        with suppress(OSError):
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(self._home)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,  # Ctrl+C must reach only the process that adds
            )

    def finish(self, library: Library, progress: Progress = NO_PROGRESS) -> None:
        """Wait until all papers are in the index; update it here if the process failed."""
        if process := self._process:
            assert process.stdin
            assert process.stdout
            process.stdin.close()
            with process.stdout:
                for line in process.stdout:
                    done, total = map(int, line.split())
                    progress.update("indexing", done, total)
            process.wait()
            self._process = None
        if library.index.is_stale:
            library.update_index(progress)


def update_until(home: Path, all_added: threading.Event) -> None:
    """Update the index whenever STEP papers are missing, and once after `all_added` is set."""
    catalog = Catalog(paths.papers_db(home))
    index = Index.open(paths.index_folder(home), catalog)

    def print_update(update: ProgressUpdate) -> None:
        if all_added.is_set():
            print(update.done, update.total, flush=True)

    while True:
        is_last = all_added.is_set()
        missing = catalog.last_row - int(index.snapshot.rows.max(initial=0))
        if is_last or missing >= STEP:
            index.update(catalog, Progress(report=print_update))
        if is_last:
            catalog.close()
            return
        all_added.wait(_POLL)


def main() -> None:
    """Run `update_until` for the home folder in the arguments until standard input ends."""
    collect_garbage_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    all_added = threading.Event()

    def wait_for_the_end() -> None:
        sys.stdin.read()
        all_added.set()

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    update_until(Path(sys.argv[1]), all_added)


if __name__ == "__main__":
    main()
