"""Catalog: papers.db, an SQLite file in WAL mode with one row for each paper.

A row number is never used for another paper. `changed` counts transactions, so that what is made
from the papers (the index) can ask `iterate(since)` and `gone(since)` for what is new.
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
"""KiB of pages cached while writing. Names and titles come in random order, so that a small cache
would read the same pages again and again."""
BATCH = 5000
"""Papers in a transaction: few enough to be interrupted between (a second's work), and enough to be
fast, because each page of titles is written once in a transaction."""
PATIENCE = 2.0
"""Seconds after which a transaction is made of the papers that have come."""
WAL_PAGES = 16_000
"""Pages in the write-ahead log before a checkpoint, which writes a page once however often it has
changed."""

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
    """The papers of one home.

    Each thread that writes opens a Catalog of its own; any thread may read from any Catalog. Any
    number of processes may use the file.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open `path`; a missing file is created with `create`, else it reads as empty.

        Raises SheafError if the file is no catalog, is newer than this Sheaf or cannot be opened.
        """
        self.path = path
        try:
            try:
                self._open(str(path) if create or path.exists() else ":memory:")
            except sqlite3.OperationalError:
                if create or os.access(path.parent, os.W_OK):
                    raise
                # WAL has to write beside the file. On a read-only medium nothing changes the
                # file, so that it can be read without.
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
        """Whether the file has the table of feeds; an old one on a read-only medium has not."""
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
        """Create the tables, or add those that an older version lacks."""
        with _Transaction(self._db):
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            steps = (_SCHEMA, _FEEDS)[version:]  # each version is one step
            for statement in "".join(steps).split(";\n"):
                if statement.strip():
                    self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _write_ahead(self) -> None:
        """Switch to WAL mode, waiting for other processes: SQLite does not wait here by itself."""
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
        """Close the file."""
        self._db.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for tables that belong with the papers and are kept in the same file."""
        return self._db

    def __len__(self) -> int:
        count: int = self._db.execute("SELECT count(*) FROM papers").fetchone()[0]
        return count

    def get(self, row: int) -> StoredPaper | None:
        """Return the paper of a row; None if there is none."""
        return next(self.get_many([row]), None)

    def get_many(self, rows: Sequence[int]) -> Iterator[StoredPaper]:
        """Yield the papers of `rows` in their order; rows that are gone are left out."""
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
        """Return the row of a key, also of one the paper no longer has; None if there is none."""
        found = self._db.execute("SELECT row FROM names WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def rows_of(self, names: Iterable[str]) -> dict[str, int]:
        """Return key to row for all keys that are known."""
        rows: dict[str, int] = {}
        waiting = iter(names)
        while part := list(islice(waiting, 900)):
            marks = ",".join("?" * len(part))
            rows.update(
                self._db.execute(f"SELECT name, row FROM names WHERE name IN ({marks})", part)
            )
        return rows

    def keys(self) -> Iterator[str]:
        """Yield every key that papers have or had."""
        return (name for (name,) in self._db.execute("SELECT name FROM names"))

    def keys_of(self, rows: Sequence[int]) -> dict[int, str]:
        """Return row to key; rows that are gone are left out."""
        keys: dict[int, str] = {}
        for start in range(0, len(rows), 900):
            part = [int(row) for row in rows[start : start + 900]]
            marks = ",".join("?" * len(part))
            keys.update(
                self._db.execute(f"SELECT row, key FROM papers WHERE row IN ({marks})", part)
            )
        return keys

    def days(self) -> dict[str, int]:
        """Return each day on which papers were listed, oldest first, with their number."""
        sql = "SELECT listed, count(*) FROM papers WHERE listed > '' GROUP BY listed"
        return dict(self._db.execute(sql))

    def newest(self, limit: int = -1) -> list[int]:
        """Return rows, newest paper first (by date, then by row); all of them without a limit."""
        sql = "SELECT row FROM papers ORDER BY sorted DESC, row DESC LIMIT ?"
        return [row for (row,) in self._db.execute(sql, (limit,))]

    def iterate(self, since: int = 0) -> Iterator[StoredPaper]:
        """Yield every paper written after transaction `since`, in the order of rows.

        They are those of one moment, whatever is written meanwhile.
        """
        sql = "SELECT row, key, added, title, record FROM papers WHERE changed > ? ORDER BY row"
        if since == 0:
            sql = "SELECT row, key, added, title, record FROM papers WHERE row > ? ORDER BY row"
        return map(stored_paper, self._db.execute(sql, (since,)))

    def gone(self, since: int = 0) -> list[int]:
        """Return the rows whose paper was merged into another after transaction `since`."""
        return [
            row for (row,) in self._db.execute("SELECT row FROM gone WHERE changed > ?", (since,))
        ]

    @property
    def changed(self) -> int:
        """The number of the last transaction that changed papers; 0 for an empty catalog."""
        found = self._db.execute("SELECT value FROM meta WHERE name = 'changed'").fetchone()
        return int(found[0]) if found else 0

    @property
    def last_row(self) -> int:
        """The greatest row number in use; 0 for an empty catalog."""
        found = self._db.execute("SELECT max(row) FROM papers").fetchone()
        return int(found[0] or 0)

    @property
    def visited(self) -> int:
        """The last row when the reader was last closed; papers after it are new."""
        found = self._db.execute("SELECT value FROM meta WHERE name = 'visited'").fetchone()
        return int(found[0]) if found else 0

    def visit(self) -> None:
        """Make the papers that are here now no longer new. Raises SheafError."""
        try:
            self._db.execute("REPLACE INTO meta VALUES ('visited', ?)", (self.last_row,))
        except sqlite3.Error as error:
            raise SheafError(f"{self.path}: not saved: {error}") from error

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
                    result = Batch(self._db, self.changed + 1).put(batch)
            except sqlite3.Error as error:
                raise SheafError(f"{self.path}: not saved: {error}") from error
            total += result
            if batch_saved:
                batch_saved(total)
        return total


def _batches(papers: Iterable[Paper]) -> Iterator[list[Paper]]:
    """Yield BATCH papers at a time, or fewer after PATIENCE seconds if they come slowly."""
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
    """`BEGIN IMMEDIATE` and `COMMIT`, rolled back by an exception."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._db.execute("COMMIT")
        elif self._db.in_transaction:
            self._db.execute("ROLLBACK")
