"""papers.db: what the world wrote, one row a paper. SQLite in WAL, one transaction a batch.

Rows are numbered for good: a number is never given to another paper. `changed` counts batches, so
whoever keeps something made from the papers (the index) asks `changes(since)` for what is new.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import orjson

from tui.errors import SheafError
from tui.fold import fold
from tui.merge import merged, same_work
from tui.paper import Paper

SCHEMA_VERSION = 1
BUSY = 30.0
"""Seconds to wait while another process writes."""
BATCH = 2000
"""Papers a transaction: small enough to stop between, large enough to be quick."""

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


@dataclass(slots=True)
class Added:
    """What became of the papers given to `Catalog.add`."""

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    keys: list[str] = field(default_factory=list)
    """Keys of the papers added or updated, in order."""
    renamed: list[tuple[str, str]] = field(default_factory=list)
    """Old and new key of papers that gained a better identifier: their marks follow."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A paper with its place in the catalog."""

    row: int
    key: str
    """The name its marks are kept under: the paper's key, with a number where two share one."""
    added: str
    """When it came into this catalog, UTC to the second."""
    paper: Paper


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
        if version == SCHEMA_VERSION:
            return
        self._write_ahead()
        with _Transaction(self._db):
            if self._db.execute("PRAGMA user_version").fetchone()[0] == 0:
                for statement in _SCHEMA.split(";\n"):
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

    # -- reading ---------------------------------------------------------------------------

    def __len__(self) -> int:
        count: int = self._db.execute("SELECT count(*) FROM papers").fetchone()[0]
        return count

    def get(self, row: int) -> Stored | None:
        """The paper of a row; None if it is gone."""
        return next(self.get_many([row]), None)

    def get_many(self, rows: Sequence[int]) -> Iterator[Stored]:
        """The papers of `rows`, in the order of the rows given, without those that are gone."""
        for start in range(0, len(rows), 500):
            part = [int(row) for row in rows[start : start + 500]]
            marks = ",".join("?" * len(part))
            found = {
                values[0]: _stored(values)
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

    def iterate(self, since: int = 0) -> Iterator[Stored]:
        """Every paper written after batch `since`, by row; streamed, one snapshot of the file."""
        sql = "SELECT row, key, added, title, record FROM papers WHERE changed > ? ORDER BY row"
        if since == 0:
            sql = "SELECT row, key, added, title, record FROM papers WHERE row > ? ORDER BY row"
        return map(_stored, self._db.execute(sql, (since,)))

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

    # -- writing ---------------------------------------------------------------------------

    def add(
        self, papers: Iterable[Paper], progress: Callable[[Added], None] | None = None
    ) -> Added:
        """Put `papers` in, merging those already here; one transaction a batch.

        SheafError, with the batches before it kept, if the disk is full or not writable.
        """
        total = Added()
        waiting = iter(papers)
        while batch := list(islice(waiting, BATCH)):
            try:
                with _Transaction(self._db):
                    outcome = _Batch(self._db, self.changed + 1).put(batch)
            except sqlite3.Error as error:
                raise SheafError(f"{self.path}: not saved: {error}") from error
            total.read += outcome.read
            total.added += outcome.added
            total.updated += outcome.updated
            total.unchanged += outcome.unchanged
            total.keys += outcome.keys
            total.renamed += outcome.renamed
            if progress:
                progress(total)
        return total


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


class _Batch:
    """One transaction's work: find each paper's row, merge, write."""

    def __init__(self, db: sqlite3.Connection, number: int) -> None:
        self._db = db
        self._number = number
        self._now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def put(self, papers: list[Paper]) -> Added:
        outcome = Added(read=len(papers))
        for paper in papers:
            self._put(paper, outcome)
        if outcome.added or outcome.updated:
            self._db.execute("REPLACE INTO meta VALUES ('changed', ?)", (self._number,))
        return outcome

    def _put(self, paper: Paper, outcome: Added) -> None:
        rows = self._rows_by_id(paper) or self._rows_by_title(paper)
        if not rows:
            key = self._free_key(paper)
            cursor = self._db.execute(
                "INSERT INTO papers (key, sorted, listed, added, changed, title, record)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    key,
                    paper.date,
                    paper.listed,
                    self._now,
                    self._number,
                    paper.title,
                    _record(paper),
                ),
            )
            assert cursor.lastrowid is not None
            self._name(paper, key, cursor.lastrowid)
            outcome.added += 1
            outcome.keys.append(key)
            return
        stored = [s for s in (self._read(row) for row in rows) if s]
        row, before = stored[0].row, stored[0].paper
        whole = before
        for other in stored[1:]:
            whole = merged(whole, other.paper)
        whole = merged(whole, paper)
        for other in stored[1:]:
            self._remove(other.row, row)
        if whole == before and len(stored) == 1:
            outcome.unchanged += 1
            return
        key = whole.key if whole.id_keys else stored[0].key
        self._db.execute(
            "UPDATE papers SET key = ?, sorted = ?, listed = ?, changed = ?, title = ?,"
            " record = ? WHERE row = ?",
            (key, whole.date, whole.listed, self._number, whole.title, _record(whole), row),
        )
        self._name(whole, key, row)
        outcome.updated += 1
        outcome.keys.append(key)
        outcome.renamed += [(each.key, key) for each in stored if each.key != key]

    def _rows_by_id(self, paper: Paper) -> list[int]:
        """Rows that share an identifier, oldest first: more than one where a paper joins two."""
        names = paper.id_keys
        if not names:
            return []
        marks = ",".join("?" * len(names))
        found = self._db.execute(
            f"SELECT DISTINCT row FROM names WHERE name IN ({marks}) ORDER BY row", names
        )
        return [row for (row,) in found]

    def _rows_by_title(self, paper: Paper) -> list[int]:
        found = self._db.execute(
            "SELECT row FROM titles WHERE fold = ? ORDER BY row", (_fold_key(paper),)
        ).fetchall()
        for (row,) in found:
            stored = self._read(row)
            if stored and same_work(stored.paper, paper):
                return [row]
        return []

    def _read(self, row: int) -> Stored | None:
        sql = "SELECT row, key, added, title, record FROM papers WHERE row = ?"
        values = self._db.execute(sql, (row,)).fetchone()
        return _stored(values) if values else None

    def _free_key(self, paper: Paper) -> str:
        """The paper's key; with a number where another paper of that title and author has it."""
        key, number = paper.key, 1
        while (
            not paper.id_keys
            and self._db.execute("SELECT 1 FROM names WHERE name = ?", (key,)).fetchone()
        ):
            number += 1
            key = f"{paper.key}-{number}"
        return key

    def _name(self, paper: Paper, key: str, row: int) -> None:
        """Enter every key of the paper. An identifier names one row; a title hash the first."""
        for name in paper.id_keys:
            self._db.execute("REPLACE INTO names VALUES (?, ?)", (name, row))
        for name in {key, paper.title_key}:
            self._db.execute("INSERT OR IGNORE INTO names VALUES (?, ?)", (name, row))
        self._db.execute("INSERT OR IGNORE INTO titles VALUES (?, ?)", (_fold_key(paper), row))

    def _remove(self, row: int, into: int) -> None:
        """Row `row` turned out to be the paper of row `into`: its keys now lead there."""
        self._db.execute("DELETE FROM papers WHERE row = ?", (row,))
        self._db.execute("UPDATE names SET row = ? WHERE row = ?", (into, row))
        self._db.execute("UPDATE OR REPLACE titles SET row = ? WHERE row = ?", (into, row))
        self._db.execute("REPLACE INTO gone VALUES (?, ?)", (row, self._number))


def _fold_key(paper: Paper) -> str:
    return fold(paper.title) or paper.title


def _record(paper: Paper) -> bytes:
    fields = {
        "authors": paper.authors,
        "abstract": paper.abstract,
        "published": paper.published,
        "listed": paper.listed,
        "venue": paper.venue,
        "categories": paper.categories,
        "ids": dict(paper.ids),
        "links": dict(paper.links),
        "sources": paper.sources,
        "abstract_source": paper.abstract_source,
        "comment": paper.comment,
        "votes": paper.votes,
    }
    return orjson.dumps({name: value for name, value in fields.items() if value})


def _stored(values: tuple[int, str, str, str, bytes]) -> Stored:
    row, key, added, title, record = values
    fields = orjson.loads(record)
    for name in ("authors", "categories", "sources"):
        if name in fields:
            fields[name] = tuple(fields[name])
    return Stored(row, key, added, Paper(title, **fields))
