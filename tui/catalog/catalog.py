"""Catalog: papers.db, an SQLite file in WAL mode with one row for each paper.

A row number is never used for another paper. `last_change` counts transactions, so that the
index, which is made from the papers, can ask `iterate(since)` and `removed_rows(since)` for
changes.

Reading goes on in a damaged file: a row of papers that cannot be read is a StoredPaper that says
so, and what cannot be read of other tables is missing. A file that SQLite refuses as a whole raises
DamagedCatalog: commands and the reader then do not start, and say how to repair it.
`tui.catalog.damage` finds and repairs damage.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.catalog.record import (
    SELECT,
    StoredPaper,
    damaged_paper,
    decode_text,
    split_values,
    stored_paper,
)
from tui.core.errors import SheafError
from tui.core.paper import Paper
from tui.core.schemes import SCHEMES

if TYPE_CHECKING:
    from tui.catalog.batch import AddResult

__all__ = ["Catalog", "StoredPaper"]

SCHEMA_VERSION = 2
LOCK_TIMEOUT = 30.0
"""Seconds to wait while another process writes."""
CACHE_KIB = 32 * 1024
"""KiB of pages cached while writing.

Names and titles come in random order, so that a small cache would read the same pages again and
again.
"""
BATCH_SIZE = 5000
"""Papers in a transaction.

Few enough that one takes about a second, so that an import can be interrupted; enough to be fast,
because a transaction writes each page of titles once.
"""
REPAIR_HINT = "`sheaf doctor --repair` sets it aside and rebuilds it; your marks are safe"
"""What to do about a damaged file."""
MAX_BATCH_SECONDS = 2.0
"""Seconds after which a batch is written even if it is small, because papers come slowly."""
PAGES_PER_CHECKPOINT = 16_000
"""Pages in the write-ahead log before SQLite copies them into the file.

It then writes a page once, however often the page has changed.
"""

LEAST_FREE_BYTES = 64 * 1024
"""A disk with less free space counts as full: even to read, SQLite writes 32 KiB."""
FULL_DISK = "the disk is full; papers can be read but not added, freeing space is enough"
"""What a command says on a full disk."""
_DAMAGE = {
    sqlite3.SQLITE_NOMEM,  # a damaged length
    sqlite3.SQLITE_TOOBIG,
    sqlite3.SQLITE_IOERR,  # a sector that cannot be read
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
}
"""Codes of the errors of SQLite that mean a damaged file."""
ERRORS = (sqlite3.DatabaseError, MemoryError, UnicodeDecodeError)
"""What SQLite raises for a damaged file; the last where its message is not UTF-8."""

_SCHEMA = """
CREATE TABLE papers (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    sorted TEXT NOT NULL,      -- the date to sort by, then the place in a list of papers
    listed TEXT NOT NULL,      -- the first day a page or feed listed it
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


_PROBE = """
SELECT papers.row, key, sorted, listed, added, papers.changed, title, record, names.name, names.row,
    fold, titles.row, gone.row, gone.changed, meta.name, value
FROM papers, names, titles, gone, meta LIMIT 0
"""
"""A query that fails if the schema is damaged."""


class DamagedCatalog(SheafError):
    """SQLite cannot read the file, or it has other tables than a catalog."""


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
        self._reopen_with_room = False
        """Whether the file is open as immutable because the disk is full."""
        try:
            try:
                if self.disk_is_full and self._is_unused():
                    self._open_alone()  # WAL would use up the space that is left for marks
                else:
                    self._open(str(path) if create or path.exists() else ":memory:")
            except sqlite3.OperationalError as error:
                if not self._can_read_alone(error, create):
                    raise
                self._open_alone()
        except ERRORS as error:
            raise self._open_error(error) from error

    def _open_alone(self) -> None:
        self._open(f"{self.path.absolute().as_uri()}?immutable=1")
        self._reopen_with_room = self.disk_is_full

    def _is_unused(self) -> bool:
        """Whether the file is there and no process uses it."""
        beside = (self.path.with_name(f"{self.path.name}{end}") for end in ("-shm", "-wal"))
        return self.path.exists() and not any(map(Path.exists, beside))

    def _open(self, name: str) -> None:
        self._db = sqlite3.connect(
            name,
            timeout=LOCK_TIMEOUT,
            isolation_level=None,
            check_same_thread=False,
            uri="?" in name,
        )
        self._db.text_factory = decode_text
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _can_read_alone(self, error: sqlite3.OperationalError, create: bool) -> bool:
        """Return whether the file can be read without the files that WAL writes beside it.

        WAL cannot write on a read-only medium, where nothing changes the file, or on a full disk:
        the process that writes there has made those files before. A write-ahead log that waits to
        be copied into the file must not be left out, because half of it may have been copied.
        """
        wal = self.path.with_name(self.path.name + "-wal")
        if "disk I/O error" in str(error) or "disk is full" in str(error):
            return self.path.exists() and not (wal.exists() and wal.stat().st_size)
        return not create and not os.access(self.path.parent, os.W_OK)

    def _open_error(self, error: Exception) -> SheafError:
        if self.disk_is_full:
            why = "cannot be read because the disk is full; freeing space is enough"
            return SheafError(f"{self.path}: {why}")
        if _is_damage(error) or _code(error) == sqlite3.SQLITE_ERROR:  # of the schema
            why = f"cannot be used as the catalog of papers ({error}); {REPAIR_HINT}"
            return DamagedCatalog(f"{self.path}: {why}")
        return SheafError(f"{self.path}: cannot be opened ({error})")

    def write_error(self, error: Exception) -> SheafError:
        """Return the error for the user of a failed write."""
        if self.disk_is_full:
            why = "the disk is full; freeing space is enough"
        elif _is_damage(error):
            why = f"{error}; {REPAIR_HINT}"
        else:
            why = str(error)
        return SheafError(f"{self.path}: not saved: {why}")

    @property
    def disk_is_full(self) -> bool:
        """Whether the disk of the catalog has less than LEAST_FREE_BYTES left."""
        try:
            return shutil.disk_usage(self.path.parent).free < LEAST_FREE_BYTES
        except OSError:
            return False

    def _prepare(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise SheafError(f"{self.path}: written by a newer Sheaf; update Sheaf to read it")
        self.has_feeds_table = version == SCHEMA_VERSION
        """False for a file of version 1 on a read-only medium."""
        if not self.has_feeds_table:
            try:
                if version == 0:
                    self._switch_to_wal()
                self._upgrade()
                self.has_feeds_table = True
            except sqlite3.OperationalError as error:
                if version == 0 or "readonly" not in str(error):
                    raise
        self._db.execute(_PROBE)
        if self.has_feeds_table:
            self._db.execute("SELECT name FROM feeds LIMIT 0")

    def _upgrade(self) -> None:
        """Create the tables, or add those that an older version lacks."""
        with Transaction(self._db):
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            steps = (_SCHEMA, _FEEDS)[version:]  # each version is one step
            for statement in "".join(steps).split(";\n"):
                if statement.strip():
                    self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _switch_to_wal(self) -> None:
        """Switch to WAL mode, waiting for other processes: SQLite does not wait here by itself."""
        deadline = time.monotonic() + LOCK_TIMEOUT
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
        """The connection, also for tables of others that are kept with the papers.

        Once there is room on a full disk, others may write: the file is opened as usual.
        """
        if self._reopen_with_room and not self.disk_is_full:
            reading = self._db
            try:
                self._open(str(self.path))
                self._reopen_with_room = False
            except (*ERRORS, SheafError):
                self._db = reading
        return self._db

    def fetch(self, sql: str, values: Sequence[str | int] = ()) -> tuple[list[Any], bool]:
        """Return the rows of a query and True; if the file is damaged, the readable and False."""
        rows: list[Any] = []
        try:
            rows.extend(self.connection.execute(sql, values))
        except ERRORS as error:
            if not _is_damage(error):
                raise
            return rows, False
        return rows, True

    def _number(self, sql: str) -> int:
        """Return the number that a query finds; 0 if there is none."""
        rows, _ = self.fetch(sql)
        return rows[0][0] if rows and type(rows[0][0]) is int else 0

    def __len__(self) -> int:
        rows, complete = self.fetch("SELECT count(*) FROM papers")
        count: int = rows[0][0] if complete else len(self._all_rows())
        return count

    def get(self, row: int) -> StoredPaper | None:
        """Return the paper of a row; None if there is none."""
        return next(self.get_many([row]), None)

    def get_many(self, rows: Sequence[int]) -> Iterator[StoredPaper]:
        """Yield the papers of `rows` in their order; rows that are gone are left out."""
        for part, placeholders in split_values(map(int, rows)):
            found, complete = self.fetch(f"{SELECT} WHERE row IN {placeholders}", part)
            papers = {values[0]: stored_paper(values) for values in found}
            if not complete:
                unread = (self._get_damaged(row) for row in part if row not in papers)
                papers.update((stored.row, stored) for stored in unread if stored)
            yield from (papers[row] for row in part if row in papers)

    def _get_damaged(self, row: int) -> StoredPaper | None:
        """Return the paper of a row of a damaged file, under its first key if it is unreadable."""
        found, complete = self.fetch(f"{SELECT} WHERE row = ?", [row])
        if found or complete:
            return stored_paper(found[0]) if found else None
        names = [name for name, _ in self.names("WHERE row = ?", [row])]
        preferred = [name for scheme in SCHEMES for name in names if name.startswith(f"{scheme}:")]
        return damaged_paper(row, next(iter(preferred or names), ""))

    def names(self, where: str = "", values: Sequence[str | int] = ()) -> Iterator[tuple[str, int]]:
        """Yield pairs of key and row."""
        for name, row in self.fetch(f"SELECT name, row FROM names {where}", values)[0]:
            if type(name) is str and type(row) is int:
                yield name, row

    def _all_rows(self) -> set[int]:
        """Return each row that any table or index of a damaged file has."""
        orders = ("row", "row DESC", "sorted DESC, row DESC", "listed", "changed")
        queries = [f"SELECT row FROM papers ORDER BY {order}" for order in orders]
        found = (self.fetch(sql)[0] for sql in (*queries, "SELECT row FROM names"))
        return {row for rows in found for (row,) in rows if type(row) is int}

    def row_of(self, name: str) -> int | None:
        """Return the row of a current or former key; None if the key is unknown."""
        return self.rows_of([name]).get(name)

    def rows_of(self, names: Iterable[str]) -> dict[str, int]:
        """Return key to row for all keys that are known."""
        rows: dict[str, int] = {}
        for part, placeholders in split_values(names):
            rows.update(self.names(f"WHERE name IN {placeholders}", part))
        return rows

    def keys(self) -> Iterator[str]:
        """Yield every key that papers have or had."""
        return (name for name, _ in self.names())

    def keys_of(self, rows: Sequence[int]) -> dict[int, str]:
        """Return row to key; rows that are gone are left out."""
        keys: dict[int, str] = {}
        for part, placeholders in split_values(map(int, rows)):
            sql = f"SELECT row, key FROM papers WHERE row IN {placeholders}"
            found, complete = self.fetch(sql, part)
            if complete and all(type(key) is str for _, key in found):
                keys.update(found)
            else:
                keys.update((stored.row, stored.key) for stored in self.get_many(part))
        return keys

    def newest(self, limit: int = -1) -> list[int]:
        """Return rows, newest paper first; all of them without a limit.

        Papers of one date are in the order of their list, then the last added first.
        """
        sql = "SELECT row FROM papers ORDER BY sorted DESC, row DESC LIMIT ?"
        found, complete = self.fetch(sql, (limit,))
        rows = [row for (row,) in found if type(row) is int]
        if not complete:
            rows += sorted(self._all_rows().difference(rows), reverse=True)
        return rows if limit < 0 else rows[:limit]

    def iterate(self, since: int = 0) -> Iterator[StoredPaper]:
        """Yield every paper written after transaction `since`, in the order of rows.

        The papers are those of one moment, even if another process writes meanwhile. From a
        damaged file, older papers may be yielded too.
        """
        sql = f"{SELECT} WHERE changed > ? ORDER BY row"
        if since == 0:
            sql = f"{SELECT} WHERE row > ? ORDER BY row"
        last = 0
        try:
            for values in self.connection.execute(sql, (since,)):
                last = values[0]
                yield stored_paper(values)
        except ERRORS as error:
            if not _is_damage(error):
                raise
            yield from self.get_many(sorted(row for row in self._all_rows() if row > last))

    def feeds(self) -> list[tuple[Any, ...]]:
        """Return the readable rows of the table of feeds; see `tui.feeds.feed_status`."""
        if not self.has_feeds_table:
            return []
        types = (*4 * (str,), *3 * (int,), *4 * (str,))
        found, _ = self.fetch("SELECT * FROM feeds")
        return [row for row in found if tuple(map(type, row)) == types]

    def removed_rows(self, since: int = 0) -> list[int]:
        """Return the rows whose paper was merged into another after transaction `since`."""
        found, _ = self.fetch("SELECT row FROM gone WHERE changed > ?", (since,))
        return [row for (row,) in found if type(row) is int]

    @property
    def last_change(self) -> int:
        """The number of the last transaction that changed papers; 0 for an empty catalog."""
        saved = self._number("SELECT value FROM meta WHERE name = 'changed'")
        return saved or self._number("SELECT max(changed) FROM papers")  # if meta is damaged

    @property
    def last_row(self) -> int:
        """The greatest row number in use; 0 for an empty catalog."""
        return self._number("SELECT max(row) FROM papers")

    @property
    def last_visited_row(self) -> int:
        """The last row when the reader was last closed; papers after it are new."""
        return self._number("SELECT value FROM meta WHERE name = 'visited'")

    def visit(self, lock_timeout: float = LOCK_TIMEOUT, row: int | None = None) -> None:
        """Make the papers up to a row, by default all that are here now, no longer new.

        Raises SheafError, for instance if another process writes for `lock_timeout` seconds.
        """
        last = self.last_row if row is None else row
        try:
            self.connection.execute(f"PRAGMA busy_timeout = {round(lock_timeout * 1000)}")
            self.connection.execute("REPLACE INTO meta VALUES ('visited', ?)", (last,))
        except ERRORS as error:
            raise self.write_error(error) from error

    def add(
        self, papers: Iterable[Paper], batch_saved: Callable[[AddResult], None] | None = None
    ) -> AddResult:
        """Add papers, merging those that are here already, in one transaction for each batch.

        `batch_saved` is called after each transaction with the counts so far. Raises SheafError if
        the disk is full or not writable; the batches before stay.
        """
        from tui.catalog.batch import AddResult, Batch  # a start only reads

        total = AddResult()
        db = self.connection
        db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        db.execute(f"PRAGMA wal_autocheckpoint = {PAGES_PER_CHECKPOINT}")
        for batch in _batches(papers):
            try:
                with Transaction(db):
                    result = Batch(db, self.last_change + 1).add(batch)
            except ERRORS as error:
                raise self.write_error(error) from error
            total += result
            if batch_saved:
                batch_saved(total)
        return total


def _code(error: Exception) -> int:
    """Return the primary code of an error of SQLite; 0 if it has none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _is_damage(error: Exception) -> bool:
    return isinstance(error, (MemoryError, UnicodeDecodeError)) or _code(error) in _DAMAGE


def _batches(papers: Iterable[Paper]) -> Iterator[list[Paper]]:
    """Yield BATCH_SIZE papers at a time, or fewer after MAX_BATCH_SECONDS."""
    batch: list[Paper] = []
    begun = time.monotonic()
    for paper in papers:
        batch.append(paper)
        if len(batch) >= BATCH_SIZE or time.monotonic() - begun > MAX_BATCH_SECONDS:
            yield batch
            batch = []
            begun = time.monotonic()
    if batch:
        yield batch


class Transaction:
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
