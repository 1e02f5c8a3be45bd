"""One transaction of papers.db: find each paper's row, merge, write. And what a row holds."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime

import orjson

from tui.fold import fold
from tui.merge import merged, same_work
from tui.paper import Paper


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


class Batch:
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
        return stored_paper(values) if values else None

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
        "counts": dict(paper.counts),
        "tex": dict(paper.tex),
    }
    return orjson.dumps({name: value for name, value in fields.items() if value})


def stored_paper(values: tuple[int, str, str, str, bytes]) -> Stored:
    row, key, added, title, record = values
    fields = orjson.loads(record)
    for name in ("authors", "categories", "sources"):
        if name in fields:
            fields[name] = tuple(fields[name])
    return Stored(row, key, added, Paper(title, **fields))
