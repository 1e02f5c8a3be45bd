"""papers.db: what the world wrote, one row a paper. SQLite in WAL, one transaction a batch.

Rows are numbered for good: a number is never given to another paper. `changed` counts batches, so
whoever keeps something made from the papers (the index) asks `changes(since)` for what is new.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from tui.catalog.batch import AddResult, Batch, StoredPaper, stored_paper
from tui.core.errors import SheafError
from tui.core.paper import Paper

__all__ = ["AddResult", "Catalog", "StoredPaper"]

SCHEMA_VERSION = 2
BUSY = 30.0
"""Seconds to wait while another process writes."""
CACHE = 32 * 1024
"""KiB of pages kept while writing: names and titles come in no order, a small cache reads anew."""
BATCH = 5000
"""Papers a transaction: small enough to stop between (a second's work), large enough to be quick:
titles come in no order, and each page they lie on is written once a batch."""
PATIENCE = 2.0
"""Seconds after which a batch goes in as it is."""
WAL_PAGES = 16_000
"""Pages written ahead before they go to their places: those that many batches touch, go once."""

_SCHEMA = """
CREATE TABLE papers (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    sorted TEXT NOT NULL,      -- the date to sort by
    listed TEXT NOT NULL,      -- the day a page or feed listed it
    added TEXT NOT NULL,       -- UTC, to the second
    changed INTEGER NOT NULL,  -- the batch that last wrote it
    title TEXT NOT NULL,
    record BLOB NOT NULL       -- the rest, as JSON
);
CREATE INDEX papers_sorted ON papers (sorted DESC, row DESC);
CREATE INDEX papers_listed ON papers (listed);
CREATE INDEX papers_changed ON papers (changed);
CREATE TABLE names (name TEXT PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX names_row ON names (row);
CREATE TABLE titles (fold TEXT, row INTEGER, PRIMARY KEY (fold, row)) WITHOUT ROWID;
CREATE TABLE gone (row INTEGER PRIMARY KEY, changed INTEGER NOT NULL);
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
"""
_FEEDS = """
CREATE TABLE feeds (  -- since version 2; `tui.feeds.feed_status` has what is in it
    name TEXT PRIMARY KEY,
    tried TEXT, fetched TEXT, error TEXT,
    read INTEGER, added INTEGER, total INTEGER,
    url TEXT, etag TEXT, modified TEXT,
    cursor TEXT
) WITHOUT ROWID;
"""


class Catalog:
    """The papers of one home: one instance a thread, any number of processes a file."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open `path`; a missing file is made when `create`, else it reads as empty.

        SheafError if the file is not a catalog, is newer than this Sheaf or cannot be opened.
        """
        self.path = path
        try:
            try:
                self._open(str(path) if create or path.exists() else ":memory:")
            except sqlite3.OperationalError:
                if create or os.access(path.parent, os.W_OK):
                    raise
                # WAL needs to write beside the file; on a read-only medium nobody else does.
                self._open(f"{path.absolute().as_uri()}?immutable=1")
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def _open(self, name: str) -> None:
        self._db = sqlite3.connect(
            name, timeout=BUSY, isolation_level=None, check_same_thread=False, uri="?" in name
        )
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _unusable(self, error: sqlite3.Error) -> SheafError:
        return SheafError(
            f"{self.path}: cannot be used as the catalog of papers ({error}); "
            f"move it away and add your papers again, your marks are safe"
        )

    def _prepare(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise SheafError(f"{self.path}: written by a newer Sheaf; update Sheaf to read it")
        self.keeps_feeds = version == SCHEMA_VERSION
        """Whether there is a table of feeds: not in an old file on a read-only medium."""
        if self.keeps_feeds:
            return
        try:
            if version == 0:
                self._write_ahead()
            self._upgrade()
            self.keeps_feeds = True
        except sqlite3.OperationalError as error:
            if version == 0 or "readonly" not in str(error):
                raise

    def _upgrade(self) -> None:
        """From nothing, or from an older version, to this one; nothing in it is lost."""
        with _Transaction(self._db):
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            steps = (_SCHEMA, _FEEDS)[version:]  # each version is one step
            for statement in "".join(steps).split(";\n"):
                if statement.strip():
                    self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _write_ahead(self) -> None:
        """Switch to WAL. SQLite does not wait for others here, so that is done by hand."""
        deadline = time.monotonic() + BUSY
        while True:
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)

    def close(self) -> None:
        self._db.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """For tables of others in the same file, so that they are kept and lost with the papers."""
        return self._db

    # -- reading ---------------------------------------------------------------------------

    def __len__(self) -> int:
        count: int = self._db.execute("SELECT count(*) FROM papers").fetchone()[0]
        return count

    def get(self, row: int) -> StoredPaper | None:
        """The paper of a row; None if it is gone."""
        return next(self.get_many([row]), None)

    def get_many(self, rows: Sequence[int]) -> Iterator[StoredPaper]:
        """The papers of `rows`, in the order of the rows given, without those that are gone."""
        for start in range(0, len(rows), 500):
            part = [int(row) for row in rows[start : start + 500]]
            marks = ",".join("?" * len(part))
            found = {
                values[0]: stored_paper(values)
                for values in self._db.execute(
                    f"SELECT row, key, added, title, record FROM papers WHERE row IN ({marks})",
                    part,
                )
            }
            yield from (found[row] for row in part if row in found)

    def row_of(self, name: str) -> int | None:
        """The row of a key, of any key the paper has ever had."""
        found = self._db.execute("SELECT row FROM names WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def rows_of(self, names: Iterable[str]) -> dict[str, int]:
        """Key to row for those known, in one go."""
        rows: dict[str, int] = {}
        waiting = iter(names)
        while part := list(islice(waiting, 900)):
            marks = ",".join("?" * len(part))
            rows.update(
                self._db.execute(f"SELECT name, row FROM names WHERE name IN ({marks})", part)
            )
        return rows

    def keys(self) -> Iterator[str]:
        """Every key a paper is or was known by."""
        return (name for (name,) in self._db.execute("SELECT name FROM names"))

    def keys_of(self, rows: Sequence[int]) -> dict[int, str]:
        """Row to key, for thousands at once; rows that are gone are left out."""
        keys: dict[int, str] = {}
        for start in range(0, len(rows), 900):
            part = [int(row) for row in rows[start : start + 900]]
            marks = ",".join("?" * len(part))
            keys.update(
                self._db.execute(f"SELECT row, key FROM papers WHERE row IN ({marks})", part)
            )
        return keys

    def days(self) -> dict[str, int]:
        """The days papers were listed, oldest first, and how many were."""
        sql = "SELECT listed, count(*) FROM papers WHERE listed > '' GROUP BY listed"
        return dict(self._db.execute(sql))

    def newest(self, limit: int = -1) -> list[int]:
        """Rows, newest paper first (by date, then by row); all of them without a limit."""
        sql = "SELECT row FROM papers ORDER BY sorted DESC, row DESC LIMIT ?"
        return [row for (row,) in self._db.execute(sql, (limit,))]

    def iterate(self, since: int = 0) -> Iterator[StoredPaper]:
        """Every paper written after batch `since`, by row; streamed, one snapshot of the file."""
        sql = "SELECT row, key, added, title, record FROM papers WHERE changed > ? ORDER BY row"
        if since == 0:
            sql = "SELECT row, key, added, title, record FROM papers WHERE row > ? ORDER BY row"
        return map(stored_paper, self._db.execute(sql, (since,)))

    def gone(self, since: int = 0) -> list[int]:
        """Rows whose paper was removed (merged into another) after batch `since`."""
        return [
            row for (row,) in self._db.execute("SELECT row FROM gone WHERE changed > ?", (since,))
        ]

    @property
    def changed(self) -> int:
        """The number of the newest batch: 0 for an empty catalog, greater after each change."""
        found = self._db.execute("SELECT value FROM meta WHERE name = 'changed'").fetchone()
        return int(found[0]) if found else 0

    # -- visits ----------------------------------------------------------------------------

    @property
    def last_row(self) -> int:
        """The greatest row number in use; 0 for an empty catalog."""
        found = self._db.execute("SELECT max(row) FROM papers").fetchone()
        return int(found[0] or 0)

    @property
    def visited(self) -> int:
        """The last row there was when the reader was last left; papers after it are new."""
        found = self._db.execute("SELECT value FROM meta WHERE name = 'visited'").fetchone()
        return int(found[0]) if found else 0

    def visit(self) -> None:
        """Let what is here now be no longer new. SheafError if that cannot be written."""
        try:
            self._db.execute("REPLACE INTO meta VALUES ('visited', ?)", (self.last_row,))
        except sqlite3.Error as error:
            raise SheafError(f"{self.path}: not saved: {error}") from error

    # -- writing ---------------------------------------------------------------------------

    def add(
        self, papers: Iterable[Paper], batch_saved: Callable[[AddResult], None] | None = None
    ) -> AddResult:
        """Add papers, merging those that are here already, in one transaction for each batch.

        `batch_saved` is called after each transaction with the counts so far. Raises SheafError if
        the disk is full or not writable; the batches before stay.
        """
        total = AddResult()
        self._db.execute(f"PRAGMA cache_size = -{CACHE}")
        self._db.execute(f"PRAGMA wal_autocheckpoint = {WAL_PAGES}")
        for batch in _batches(papers):
            try:
                with _Transaction(self._db):
                    outcome = Batch(self._db, self.changed + 1).put(batch)
            except sqlite3.Error as error:
                raise SheafError(f"{self.path}: not saved: {error}") from error
            total += outcome
            if batch_saved:
                batch_saved(total)
        return total


def _batches(papers: Iterable[Paper]) -> Iterator[list[Paper]]:
    """BATCH papers at a time; fewer where they come slowly, so that what is here goes in."""
    batch: list[Paper] = []
    begun = time.monotonic()
    for paper in papers:
        batch.append(paper)
        if len(batch) >= BATCH or time.monotonic() - begun > PATIENCE:
            yield batch
            batch = []
            begun = time.monotonic()
    if batch:
        yield batch


class _Transaction:
    """`BEGIN IMMEDIATE` … `COMMIT`, rolled back on any exception."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._db.execute("COMMIT")
        elif self._db.in_transaction:
            self._db.execute("ROLLBACK")
