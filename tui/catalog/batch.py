"""Batch: one transaction of papers.db that finds the row of each paper, merges and writes.

A paper is joined with the rows that have one of its identifiers and are the same work, and with the
first row of the same title, or of the same match key, that is the same work
(`tui.core.identity`). Nothing else is ever joined: similar titles are only listed, by
`duplicates.py`. A paper whose identifier belongs to another work is added without it.

The table of titles has three kinds of rows for a paper: its normalized title; its match key, by
which other spellings of the title are found; and, behind `=`, each identifier that it was added
without, by which another record of the same paper finds it. A library of an earlier version has no
match keys, or others; the first batch writes them.

A batch reads what it needs for all its papers with a few queries, keeps it in dictionaries while
the papers are merged one after another, and writes at the end: SQLite is fastest so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import reduce
from operator import itemgetter
from typing import Any, NamedTuple

from tui.catalog.record import SELECT, StoredPaper, V, columns_of, split_values, stored_paper
from tui.core.identity import is_same_by_identifier, is_same_by_title, match_key
from tui.core.merge import merge_papers
from tui.core.paper import Paper, title_key
from tui.core.schemes import SCHEMES
from tui.core.text import normalize, shorten

KEPT_KEYS = 100_000
"""Keys reported of one import, so that memory stays flat however large the import is."""
MAX_CONFLICTS = 20
"""Papers added without one identifier that a new paper with it is compared with."""
_SELECT_CONFLICTS = "SELECT row FROM titles WHERE fold = ? ORDER BY row LIMIT ?"
_MATCH_KEYS_WRITTEN = "match_keys_2"
"""A name in the table meta: whether every paper has its match key in the table of titles.

The number grows when `match_key` changes.
"""


_text_of_row = itemgetter(0)
"""What rows of names and titles are sorted by: texts alone are compared much faster than rows."""


@dataclass(frozen=True, slots=True)
class KeptApart:
    """A paper that was added without an identifier because that belongs to another work."""

    title: str
    other_title: str
    scheme: str
    identifier: str

    @property
    def lookup_key(self) -> str:
        """What the paper is found by in the table of titles."""
        return f"={self.scheme}:{self.identifier}"

    def __str__(self) -> str:
        noun = SCHEMES[self.scheme].noun
        title, other = shorten(self.title, 80), shorten(self.other_title, 80)
        return f"“{title}” shares its {noun} with “{other}”; kept apart"


@dataclass(slots=True)
class AddResult:
    """What became of the papers given to `Catalog.add`."""

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    keys: list[str] = field(default_factory=list)
    """Keys of the papers added or updated, in order; the first KEPT_KEYS of them."""
    renamed: list[tuple[str, str]] = field(default_factory=list)
    """Old and new key of each paper whose key changed; its marks have to follow."""
    kept_apart: list[KeptApart] = field(default_factory=list)

    def __add__(self, later: AddResult) -> AddResult:
        """Return the counts and keys of both; later keys come behind earlier ones."""
        return AddResult(
            self.read + later.read,
            self.added + later.added,
            self.updated + later.updated,
            self.unchanged + later.unchanged,
            self.keys + later.keys[: max(0, KEPT_KEYS - len(self.keys))],
            self.renamed + later.renamed,
            self.kept_apart + later.kept_apart,
        )


class _NewPaper(NamedTuple):
    """A paper to add, and what it is looked up by."""

    paper: Paper
    title: str
    """Normalized."""
    match_key: str
    names: tuple[str, ...]


class Batch:
    """The work of one transaction."""

    def __init__(self, db: sqlite3.Connection, number: int) -> None:
        self._db = db
        self._number = number
        self._now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._rows: dict[str, int] = {}
        """Identifier to row, for the papers of the batch that are in the catalog."""
        self._titles: dict[str, list[int]] = {}
        """Normalized title to rows, in order."""
        self._conflicts: dict[str, list[int]] = {}
        """Maps the lookup key of an identifier to the first rows that were added without it."""
        self._stored: dict[int, StoredPaper] = {}
        """Maps a row to the paper that is, or will be, stored in it."""
        self._last = self._last_row()
        self._inserted: set[int] = set()
        self._updated: set[int] = set()
        self._names: dict[str, int] = {}
        self._title_names: dict[str, int] = {}
        self._new_titles: set[tuple[str, int]] = set()

    def add(self, papers: list[Paper]) -> AddResult:
        """Add the papers, or merge them into those that are there."""
        result = AddResult(read=len(papers))
        self._add_missing_match_keys()
        new = [
            _NewPaper(paper, lookup_title(paper), match_key(paper), paper.id_keys)
            for paper in papers
        ]
        self._read(new)
        for each in new:
            self._add_or_merge(each, result)
        self._write()
        if result.added or result.updated:
            self._db.execute("REPLACE INTO meta VALUES ('changed', ?)", (self._number,))
        return result

    def _add_or_merge(self, new: _NewPaper, result: AddResult) -> None:
        original = new.paper
        new, conflicts = self._without_foreign_ids(new)
        paper, title, key_of_match, names = new
        rows = self._rows_by_id(names) or self._rows_with_same_conflict(original, conflicts)
        rows = self._rows_by_title(new, rows)
        if not rows:
            self._last += 1
            key = names[0] if names else self._free_key(paper, title)
            added = StoredPaper(self._last, key, self._now, paper)
            self._stage(added, (title, key_of_match), names, self._inserted)
            self._stage_conflicts(self._last, conflicts)
            result.added += 1
            result.kept_apart += conflicts
            result.keys.append(key)
            return
        stored = [self._stored[row] for row in rows]
        row = stored[0].row
        known = [each.paper for each in stored if not each.damaged]  # a new paper replaces those
        if len(stored) == 1 and known == [paper]:
            result.unchanged += 1
            return
        whole = reduce(merge_papers, [*known, paper])
        if len(stored) == 1 and known == [whole]:
            result.unchanged += 1
            return
        for other in stored[1:]:
            self._remove(other.row, row)
        whole_names = whole.id_keys
        key = whole_names[0] if whole_names else stored[0].key
        kept = StoredPaper(row, key, stored[0].added or self._now, whole)
        # The DOI of a preprint leads here, too, after the paper has got the DOI of its publication.
        names = tuple(dict.fromkeys((*whole_names, *names)))
        self._stage(kept, (lookup_title(whole), match_key(whole)), names, self._updated)
        self._stage_conflicts(row, conflicts)
        result.updated += 1
        result.keys.append(key)
        result.renamed += [(each.key, key) for each in stored if each.key != key]

    def _rows_by_id(self, names: tuple[str, ...]) -> list[int]:
        """Return the rows that share an identifier, oldest first.

        There are several if a paper has identifiers of several stored papers.
        """
        if self._rows.keys().isdisjoint(names):
            return []
        rows = {self._rows[name] for name in names if name in self._rows}
        return sorted(row for row in rows if row in self._stored)

    def _rows_by_title(self, new: _NewPaper, rows: list[int]) -> list[int]:
        """Return `rows`, the rows of the paper so far, and the first other one of its title.

        That must be the same work as the paper that is made of all others, or the next time it
        would not be found again.
        """
        same, alike = self._titles.get(new.title, ()), self._titles.get(new.match_key, ())
        if (not same or same == rows) and (not alike or alike == rows):
            return rows
        others = {*same, *alike}.difference(rows)
        whole = new.paper
        if rows and others:
            known = [self._stored[row] for row in rows]
            whole = reduce(merge_papers, [*(x.paper for x in known if not x.damaged), whole])
        for row in sorted(others):
            stored = self._stored.get(row)  # None if a damaged table names a row that is not here
            if stored and (
                stored.damaged or is_same_by_title(stored.paper, whole, had_same_title=row in same)
            ):
                return sorted([*rows, row])
        return rows

    def _rows_with_same_conflict(self, paper: Paper, conflicts: list[KeptApart]) -> list[int]:
        """Return the row of the paper if it was added before without one of these identifiers."""
        for each in conflicts:
            for row in self._rows_without(each):
                if stored := self._stored.get(row):
                    ids = {**stored.paper.ids, each.scheme: each.identifier}
                    if is_same_by_identifier(stored.paper._replace(ids=ids), paper):
                        return [row]
        return []

    def _rows_without(self, conflict: KeptApart) -> list[int]:
        """Return the first rows that were added without the identifier of a conflict."""
        key = conflict.lookup_key
        if key not in self._conflicts:
            found = self._db.execute(_SELECT_CONFLICTS, (key, MAX_CONFLICTS))
            self._conflicts[key] = [row for (row,) in found if type(row) is int]
            self._read_papers(set(self._conflicts[key]))
        return self._conflicts[key]

    def _without_foreign_ids(self, new: _NewPaper) -> tuple[_NewPaper, list[KeptApart]]:
        """Return the paper without the identifiers of stored papers that are other works."""
        if self._rows.keys().isdisjoint(new.names):
            return new, []
        ids = dict(new.paper.ids)
        conflicts = []
        for scheme, identifier in new.paper.ids.items():
            stored = self._stored.get(self._rows.get(f"{scheme}:{identifier}", 0))
            if stored is None or stored.damaged:
                continue
            if not is_same_by_identifier(stored.paper, new.paper):
                del ids[scheme]
                titles = new.paper.title, stored.paper.title
                conflicts.append(KeptApart(*titles, scheme, identifier))
        if not conflicts:
            return new, []
        paper = new.paper._replace(ids=ids)
        return new._replace(paper=paper, names=paper.id_keys), conflicts

    def _free_key(self, paper: Paper, title: str) -> str:
        """Return the key of a paper without identifiers.

        It ends in a number if another paper has the same title and first author.
        """
        whole = key = title_key(title, paper.authors)
        number = 1
        while key in self._title_names or self._is_named(key):
            number += 1
            key = f"{whole}-{number}"
        return key

    def _is_named(self, name: str) -> bool:
        found = self._db.execute("SELECT 1 FROM names WHERE name = ?", (name,)).fetchone()
        return found is not None

    def _stage(
        self,
        stored: StoredPaper,
        folds: tuple[str, str],
        names: tuple[str, ...],
        changed: set[int],
    ) -> None:
        """Write the paper at the end under every key it has, and under its title and match key.

        An identifier points to the row that got it last, a title hash to the row that got it
        first.
        """
        row, paper = stored.row, stored.paper
        self._stored[row] = stored
        changed.add(row)
        for name in names:
            self._rows[name] = self._names[name] = row
        for name in (stored.key, title_key(folds[0], paper.authors)):
            if name.startswith("title:"):
                self._title_names.setdefault(name, row)
        for each in filter(None, folds):
            rows = self._titles.setdefault(each, [])
            if row not in rows:
                rows.append(row)
                rows.sort()
                self._new_titles.add((each, row))

    def _stage_conflicts(self, row: int, conflicts: list[KeptApart]) -> None:
        """Write at the end without which identifiers the paper of a row was added."""
        for each in conflicts:
            self._new_titles.add((each.lookup_key, row))
            rows = self._rows_without(each)
            if row not in rows and len(rows) < MAX_CONFLICTS:
                rows.append(row)

    def _remove(self, row: int, into: int) -> None:
        """Remove a row whose paper was merged into row `into`, where its keys now lead."""
        self._write()
        self._db.execute("DELETE FROM papers WHERE row = ?", (row,))
        self._db.execute("UPDATE names SET row = ? WHERE row = ?", (into, row))
        self._db.execute("UPDATE OR REPLACE titles SET row = ? WHERE row = ?", (into, row))
        self._db.execute("REPLACE INTO gone VALUES (?, ?)", (row, self._number))
        self._rows = {name: into if at == row else at for name, at in self._rows.items()}
        for rows in (*self._titles.values(), *self._conflicts.values()):
            if row in rows:
                rows[:] = sorted({into if each == row else each for each in rows})

    def _last_row(self) -> int:
        """Return the greatest row number ever used."""
        found = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'papers'").fetchone()
        return found[0] if found else 0

    def _read(self, new: list[_NewPaper]) -> None:
        """Read what the catalog has of these papers."""
        names = {name for each in new for name in each.names}
        rows_of_names = self._select("SELECT name, row FROM names WHERE name IN", names)
        self._rows.update((name, row) for name, row in rows_of_names if type(row) is int)
        titles = {each.title for each in new}.union(each.match_key for each in new) - {""}
        for title, row in self._select("SELECT fold, row FROM titles WHERE fold IN", titles):
            if type(row) is int:
                self._titles.setdefault(title, []).append(row)
        self._read_papers(set(self._rows.values()).union(*self._titles.values()))
        for found in self._titles.values():
            found.sort()

    def _read_papers(self, rows: set[int]) -> None:
        found = self._select(f"{SELECT} WHERE row IN", rows - self._stored.keys())
        self._stored.update((values[0], stored_paper(values)) for values in found)

    def _select(self, select: str, values: Collection[V]) -> Iterator[Any]:
        """Yield the rows for any of the values, sorted because neighbours are on the same pages."""
        for part, placeholders in split_values(sorted(values)):
            yield from self._db.execute(f"{select} {placeholders}", part)

    def _write(self) -> None:
        """Write the changes, each table in the order of its key."""
        self._db.executemany(
            "INSERT INTO papers (key, sorted, listed, added, changed, title, record, row)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            ((*self._columns(row), row) for row in sorted(self._inserted)),
        )
        self._db.executemany(
            "UPDATE papers SET key = ?, sorted = ?, listed = ?, added = ?, changed = ?,"
            " title = ?, record = ? WHERE row = ?",
            ((*self._columns(row), row) for row in sorted(self._updated - self._inserted)),
        )
        self._db.executemany(
            "REPLACE INTO names VALUES (?, ?)", sorted(self._names.items(), key=_text_of_row)
        )
        title_names = sorted(self._title_names.items(), key=_text_of_row)
        self._db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", title_names)
        titles_of_rows = sorted(self._new_titles, key=_text_of_row)
        self._db.executemany("INSERT OR IGNORE INTO titles VALUES (?, ?)", titles_of_rows)
        for kept in (
            self._inserted,
            self._updated,
            self._names,
            self._title_names,
            self._new_titles,
        ):
            kept.clear()

    def _add_missing_match_keys(self) -> None:
        """Write the match keys of the papers of a library of an earlier version."""
        select = "SELECT 1 FROM meta WHERE name = ?"
        if self._db.execute(select, (_MATCH_KEYS_WRITTEN,)).fetchone():
            return
        self._db.execute("DELETE FROM titles WHERE fold >= '~0' AND fold < '~{'")
        stored = map(stored_paper, self._db.execute(SELECT))
        keys = ((match_key(each.paper), each.row) for each in stored if not each.damaged)
        self._db.executemany(
            "INSERT OR IGNORE INTO titles VALUES (?, ?)", sorted(pair for pair in keys if pair[0])
        )
        self._db.execute("REPLACE INTO meta VALUES (?, 1)", (_MATCH_KEYS_WRITTEN,))

    def _columns(self, row: int) -> tuple[str | int | bytes, ...]:
        return columns_of(self._stored[row], self._number)


def lookup_title(paper: Paper) -> str:
    """Return the text by which papers of one title are found."""
    return normalize(paper.title) or paper.title
