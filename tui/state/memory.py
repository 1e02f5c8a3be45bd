"""Memory: the fold of the snapshot and all journals, as it stands now.

Tables of documents by key. Documents are replaced, never changed in place, so a reader on another
thread sees a whole one, old or new. Writers hold the store's lock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

from tui.state import documents
from tui.state.change import PAPERS
from tui.state.documents import Document
from tui.state.stamp import NEVER, Clock
from tui.state.views import Views

Touched = set[tuple[str, str]]
"""Pairs of table and document key."""

_REMEMBERED = 20_000
"""Paper changes kept for `changed_since`."""


class Memory:
    """What is marked. `version` goes up with every document that changes."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.tables: dict[str, dict[str, Document]] = {PAPERS: {}}
        self.views = Views()
        self.version = 0
        self._recent: deque[tuple[int, str]] = deque()
        self._floor = 0

    def get(self, table: str, key: str) -> Document | None:
        """Return a document, following a paper to its later key."""
        found = self.tables.get(table, {})
        return found.get(self.resolve(key) if table == PAPERS else key)

    def resolve(self, key: str) -> str:
        """Follow a paper that gained an id to the key it has now."""
        papers = self.tables[PAPERS]
        passed = {key}
        while (document := papers.get(key)) is not None and (moved := document.get("moved")):
            if moved in passed:
                return min(passed)
            key = moved
            passed.add(key)
        return key

    def replace(self, table: str, key: str, document: Document | None) -> None:
        """Put a document in the place of another; None takes it away."""
        rows = self.tables.setdefault(table, {})
        before = rows.get(key)
        if document is None:
            rows.pop(key, None)
        else:
            rows[key] = document
        self.version += 1
        if table == PAPERS:
            self.views.update(key, before, document)
            self._recent.append((self.version, key))
            if len(self._recent) > _REMEMBERED:
                self._floor = self._recent.popleft()[0]

    def adopt(self, tables: dict[str, dict[str, Document]]) -> None:
        """Take the documents of a trusted snapshot into an empty memory, without copying them."""
        self.tables = tables
        papers = tables.setdefault(PAPERS, {})
        for rows in tables.values():
            stamps = (max(row["when"].values(), default=NEVER) for row in rows.values())
            self.clock.witness(max(stamps, default=NEVER))
        self.views.fill(papers)
        self.version += 1
        self._recent.clear()
        self._floor = self.version

    def merge_document(self, table: str, other: Mapping[str, Any], default: str) -> Touched:
        """Join a whole document of another version of the store into this one."""
        touched: Touched = set()
        key = other["key"]
        for stamp in other["when"].values():
            self.clock.witness(stamp)
        if table == PAPERS and "moved" in (other.keys() | other["when"].keys()):
            at = other["when"].get("moved", default)
            touched |= self._link(key, other.get("moved") or key, at)
            other = _unlinked(other)
        key = self.resolve(key) if table == PAPERS else key
        draft = documents.thaw(self.tables.get(table, {}).get(key) or documents.new(key))
        if documents.merge_document(draft, other, default):
            self.replace(table, key, draft)
            touched.add((table, key))
        return touched

    def merge_fields(
        self,
        table: str,
        key: str,
        fields: Mapping[str, Any],
        stamp: str,
        past: Iterable[str] = (),
    ) -> Touched:
        """Let fields of one document take the values of a journal line, where they are later."""
        touched: Touched = set()
        if table == PAPERS:
            if moved := fields.get("moved"):
                touched = self._link(key, moved, stamp)
            key = self.resolve(key)
        before = self.tables.get(table, {}).get(key)
        draft = documents.thaw(before or documents.new(key))
        changed = False
        for field, value in fields.items():
            if field != "moved" or table != PAPERS:
                changed |= documents.merge(draft, field, value, stamp, past)
        if changed:
            self.replace(table, key, draft)
            touched.add((table, key))
        return touched

    def _link(self, old: str, new: str, stamp: str) -> Touched:
        """Make one paper of two keys. Its home, where its marks are, is the key it gained last.

        So the order in which the links come in makes no difference. The home's stamp of `moved` is
        that of its latest link, those of the pointers to it are as late or earlier.
        """
        papers = self.tables[PAPERS]
        roots = {key: papers.get(key) for key in (self.resolve(old), self.resolve(new))}
        latest = [
            (documents.stamp_of(document, "moved"), key)
            for key, document in roots.items()
            if document is not None
        ]
        at, home = max([*latest, (stamp, new)])
        if roots.keys() == {home} and (at, home) in latest:
            return set()
        draft = documents.new(home)
        for document in roots.values():
            if document is not None:
                documents.merge_document(draft, _unlinked(document), NEVER)
        draft["when"]["moved"] = at
        for key in roots.keys() - {home}:
            self.replace(PAPERS, key, {"key": key, "moved": home, "when": {"moved": at}})
        self.replace(PAPERS, home, draft)
        return {(PAPERS, key) for key in {*roots, home}}

    def changed_since(self, version: int) -> frozenset[str] | None:
        """Return the papers whose marks changed after `version`; None if that is too long ago."""
        if version < self._floor:
            return None
        return frozenset(key for at, key in list(self._recent) if at > version)


def _unlinked(document: Mapping[str, Any]) -> Document:
    """Return a copy of a document without what links its key to another."""
    rest = {name: value for name, value in document.items() if name != "moved"}
    rest["when"] = {name: stamp for name, stamp in document["when"].items() if name != "moved"}
    return rest
