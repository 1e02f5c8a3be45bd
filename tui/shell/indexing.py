"""The index made in a process of its own, while a large file is still being added.

python -m tui.shell.indexing HOME    until standard input ends and all papers are in the index
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
from tui.index.index import Index
from tui.library.library import Library
from tui.shell.progress import Bar

LARGE = 5_000
"""Papers from which on the index is made here: fewer, the reader takes in at its start unseen."""
STEP = 50_000
"""Papers not in the index that make it worth bringing up while more come."""
_LOOK = 0.5
"""Seconds between two looks at how many have come."""
_ENDS = 30.0
"""Seconds it has to end when it is stopped."""


class Indexing:
    """Starts the process when there is much to index, and waits for it at the end.

    Left without `finish`, it ends the process where it is: what that has made stays or is made
    again, nothing is lost.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self.large = False
        """Whether so much has come in that the index is made here."""
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Indexing:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.terminate()
            self._process.communicate(timeout=_ENDS)

    def papers(self, so_far: int) -> None:
        """So many have come in."""
        if self.large or so_far < LARGE:
            return
        self.large = True
        with suppress(OSError):
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(self._home)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,  # Ctrl+C is for the one who adds
            )

    def finish(self, library: Library, shown: Bar) -> None:
        """All are in: wait until the index has them."""

        def show(done: int, total: int) -> None:
            shown.show("indexing", done, done, total)

        shown.begin()
        if process := self._process:
            assert process.stdin
            assert process.stdout
            process.stdin.close()
            with process.stdout:
                for line in process.stdout:
                    done, total = map(int, line.split())
                    show(done, total)
            process.wait()
            self._process = None
        if library.index.stale:  # it could not
            library.index.update(library.catalog, show)


def follow(home: Path, all_in: threading.Event) -> None:
    """Keep the index near the papers that come in, until all are in it."""
    catalog = Catalog(paths.papers_db(home))
    index = Index.open(paths.index_folder(home), catalog)

    def tell(done: int, total: int) -> None:
        if all_in.is_set():
            print(done, total, flush=True)

    while True:
        last = all_in.is_set()
        behind = catalog.last_row - int(index.snapshot.rows.max(initial=0))
        if last or behind >= STEP:
            index.update(catalog, tell)
        if last:
            catalog.close()
            return
        all_in.wait(_LOOK)


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    all_in = threading.Event()

    def wait_for_the_end() -> None:
        sys.stdin.read()
        all_in.set()

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    follow(Path(sys.argv[1]), all_in)


if __name__ == "__main__":
    main()
