"""All documents in memory, merged per field; and which papers have each mark.

`tables` holds what is on disk. A change that is shown before it is saved is in `shown` only: there
a document is what it will be once the pending changes are saved. Documents are replaced, never
changed in place, so a reader on another thread sees a whole one, old or new. Writers hold the
replica's lock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import takewhile
from typing import Any

from tui.state import document as doc
from tui.state.clock import NEVER, StampClock
from tui.state.document import MARKS, PAPERS, Document, Line, Tables

DocumentPlace = tuple[str, str]
"""A table and the key of a document in it."""

_NAMES = {name: name for name in MARKS} | {"tag": "tags"}
"""Each mark that papers can be found by, to its name in a document."""


class MergedTables:
    """The documents of every table. `version` goes up with every document that looks different."""

    def __init__(self, clock: StampClock) -> None:
        self.clock = clock
        self.tables: Tables = {PAPERS: {}}
        """What is on disk."""
        self.shown: dict[DocumentPlace, Document] = {}
        """The documents that pending changes make look different."""
        self.version = 0
        self._changed: dict[str, int] = {}
        """Paper to the version of its last change, the latest last."""
        self._key_sets: dict[str, defaultdict[object, set[str]]] = {}
        """Mark to value to the keys of the papers that have it; filled when first needed."""

    def get(self, table: str, key: str) -> Document | None:
        """Return a document as it is shown; a paper is found under its earlier keys too."""
        return self._visible((table, self.resolve(table, key)))

    def _visible(self, place: DocumentPlace) -> Document | None:
        table, key = place
        return self.shown.get(place) or self.tables.get(table, {}).get(key)

    def rows(self, table: str) -> dict[str, Document]:
        """Return all documents of a table as they are shown."""
        shown = {key: row for (at, key), row in list(self.shown.items()) if at == table}
        return self.tables.get(table, {}) | shown

    def resolve(self, table: str, key: str) -> str:
        """Return the present key of a document: a paper may have gained a better one since."""
        passed = {key}
        rows = self.tables[PAPERS] if table == PAPERS else {}
        while (moved := rows.get(key, {}).get("moved")) and moved not in passed:
            key = moved
            passed.add(key)
        return min(passed) if moved else key

    def changed_since(self, version: int) -> frozenset[str]:
        """Return the papers whose marks changed after `version`, which was read from here."""
        latest = takewhile(lambda change: change[1] > version, reversed(self._changed.items()))
        return frozenset(key for key, _ in latest)

    def find(self, field: str, value: object = None) -> AbstractSet[str]:
        """Return the papers with a mark, or with this `value` of it. Raises KeyError."""
        return self._filled_key_sets(field).get(value, frozenset())

    def count_tags(self) -> dict[str, int]:
        """Return the tags, each with the number of its papers."""
        found = [(str(tag), len(keys)) for tag, keys in self._filled_key_sets("tag").items() if tag]
        return dict(sorted((tag, count) for tag, count in found if count))

    def _filled_key_sets(self, field: str) -> defaultdict[object, set[str]]:
        if field not in self._key_sets:
            name, papers = _NAMES[field], self.rows(PAPERS).items()
            marked = {key for key, document in papers if document.get(name)}
            key_sets: defaultdict[object, set[str]] = defaultdict(set, {None: marked})
            if field in ("tag", "rating"):
                for key, document in papers:
                    for value in _values(document, field):
                        key_sets[value].add(key)
            self._key_sets[field] = key_sets
        return self._key_sets[field]

    def load(self, tables: Tables, latest: str) -> None:
        """Take the documents of a trusted snapshot without copying them; nothing may be here yet.

        `latest` is the latest stamp in them.
        """
        self.tables = {PAPERS: {}, **tables}
        self.clock.observe(latest)
        self.version += 1

    def merge_line(self, line: Line) -> set[DocumentPlace]:
        """Merge a line of a journal: at any time, any number of times."""
        touched: set[DocumentPlace] = set()
        stamp = line["t"]
        self.clock.observe(stamp)
        for table, key, fields, past in _changes_in(line):
            if table == PAPERS and (moved := fields.get("moved")):
                touched |= self._link(key, moved, stamp)
            merge = partial(doc.merge_fields, fields=fields, stamp=stamp, past=past)
            touched |= self._merge(table, key, merge)
        for table, rows in doc.clean_tables(line.get("docs", {}))[0].items():
            for document in rows.values():
                touched |= self.merge_document(table, document, stamp)
        return touched

    def merge_document(
        self, table: str, other: Mapping[str, Any], default: str
    ) -> set[DocumentPlace]:
        """Merge a whole document; a value without a stamp counts as set at `default`."""
        touched: set[DocumentPlace] = set()
        key, when = other["key"], other["when"]
        self.clock.observe(max(when.values(), default=NEVER))
        if table == PAPERS and ("moved" in other or "moved" in when):
            touched = self._link(key, other.get("moved") or key, when.get("moved", default))
        merge = partial(doc.merge_document, other=other, default=default)
        return touched | self._merge(table, key, merge)

    def _merge(self, table: str, key: str, merge: Callable[[Document], bool]) -> set[DocumentPlace]:
        """Merge into the document on disk, and into the one that is shown while it is pending."""
        place = table, key = table, self.resolve(table, key)
        before = self._visible(place)
        draft = doc.copy(self.tables.get(table, {}).get(key) or doc.empty_document(key))
        changed = merge(draft)
        if changed:
            self.tables.setdefault(table, {})[key] = draft
        if place in self.shown:
            draft = doc.copy(self.shown[place])
            if merge(draft):
                self.shown[place] = draft
        self._record_change(place, before)
        return {place} if changed else set()

    def _link(self, old: str, new: str, stamp: str) -> set[DocumentPlace]:
        """Make one paper of two keys. Its marks are kept under the key it gained last.

        The result does not depend on the order in which links are read: the stamp of `moved` in
        the document with the marks is that of the latest link; the documents that point to it
        have the same stamp or an earlier one.
        """
        papers = self.tables[PAPERS]
        roots = {self.resolve(PAPERS, old), self.resolve(PAPERS, new)}
        present = [papers[key] for key in roots if key in papers]
        latest = [(document["when"].get("moved", NEVER), document["key"]) for document in present]
        at, home = max([*latest, (stamp, new)])
        if roots == {home} and (at, home) in latest:
            return set()
        roots.add(home)
        before = {key: self._visible((PAPERS, key)) for key in roots}
        draft = doc.empty_document(home)
        for document in present:
            doc.merge_document(draft, document, NEVER)
        draft["when"]["moved"] = at
        pending = [self.shown.pop((PAPERS, key)) for key in roots if (PAPERS, key) in self.shown]
        for key in roots - {home}:
            papers[key] = {"key": key, "moved": home, "when": {"moved": at}}
        papers[home] = draft
        if pending:
            shown = doc.copy(draft)
            for document in pending:
                doc.merge_document(shown, document, NEVER)
            self.shown[PAPERS, home] = shown
        for key in roots:
            self._record_change((PAPERS, key), before[key])
        return {(PAPERS, key) for key in roots}

    def show(self, line: Line) -> None:
        """Show what a line will change before it is on disk."""
        for table, key, fields, past in _changes_in(line):
            place = table, self.resolve(table, key)
            before = self._visible(place)
            draft = doc.copy(before or doc.empty_document(place[1]))
            doc.merge_fields(draft, fields, line["t"], past)
            self.shown[place] = draft
            self._record_change(place, before)

    def show_durable(self, pending: Iterable[Line]) -> None:
        """Show the documents as they are on disk, except those that the lines change."""
        kept = {
            (table, self.resolve(table, key))
            for line in pending
            for table, key, *_ in _changes_in(line)
        }
        for place in self.shown.keys() - kept:
            self._record_change(place, self.shown.pop(place))

    def _record_change(self, place: DocumentPlace, before: Document | None) -> None:
        """Record that the document that is shown at a place may have changed."""
        table, key = place
        after = self._visible(place)
        if after == before:
            return
        self.version += 1
        if table != PAPERS:
            return
        for field, key_sets in self._key_sets.items():
            old, new = _values(before or {}, field), _values(after or {}, field)
            for value in old - new:
                key_sets[value].discard(key)
            for value in new - old:
                key_sets[value].add(key)
        self._changed.pop(key, None)
        self._changed[key] = self.version


def _values(document: Mapping[str, Any], field: str) -> set[object]:
    """Return the values of a mark that a paper can be found by, and None; nothing without it."""
    if not (value := document.get(_NAMES[field])):
        return set()
    return {None, *value} if field == "tag" else {None, value} if field == "rating" else {None}


def _changes_in(line: Line) -> Iterator[tuple[str, str, dict[str, Any], list[str]]]:
    """Yield table, key, fields and superseded note versions of each change in a line."""
    base = line.get("base", {})
    for table, rows in line.get("set", {}).items():
        for key, fields in rows.items():
            yield table, key, fields, base.get(table, {}).get(key, [])
