"""All documents in memory, merged per field, and the sets of papers with each mark.

Documents are replaced, never changed in place, so a reader on another thread sees a whole one, old
or new. Writers hold the replica's lock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from tui.state import document as doc
from tui.state.clock import NEVER, Clock
from tui.state.document import PAPERS, Document, Tables

Touched = set[tuple[str, str]]
"""Pairs of table and document key."""

_REMEMBERED = 20_000
"""Paper changes kept for `changed_since`."""
_FLAGS = ("read", "star", "dismissed", "note")
_NO_FIELDS: Mapping[str, Any] = {}


class KeyView(AbstractSet[str]):
    """A read-only view of a set of keys that goes on changing.

    Iteration works on a copy, so another thread may change marks meanwhile.
    """

    __slots__ = ("_keys",)

    def __init__(self, keys: set[str]) -> None:
        self._keys = keys

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys.copy())

    def __len__(self) -> int:
        return len(self._keys)

    @classmethod
    def _from_iterable(cls, it: Any) -> AbstractSet[Any]:
        """Make `view & other` and the like return an ordinary frozenset."""
        return frozenset(it)


class KeySets:
    """The keys of the papers with each flag, rating and tag, and with any rating or tag."""

    def __init__(self) -> None:
        self.flags: dict[str, set[str]] = {name: set() for name in _FLAGS}
        self.ratings: dict[int, set[str]] = {rating: set() for rating in range(6)}
        self.tags: dict[str, set[str]] = {}
        self.tagged: set[str] = set()
        self.rated: set[str] = set()

    def fill(self, documents: Mapping[str, Mapping[str, Any]]) -> None:
        """Add all documents at once to empty sets."""
        for name, keys in self.flags.items():
            keys.update([key for key, document in documents.items() if document.get(name)])
        for key, document in documents.items():
            if rating := document.get("rating"):
                self.ratings[rating].add(key)
            for tag in document.get("tags", ()):
                if tag in self.tags:
                    self.tags[tag].add(key)
                else:
                    self.tags[tag] = {key}
        self.rated.update(*self.ratings.values())
        self.tagged.update(*self.tags.values())

    def update(
        self, key: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        """Record that one document changed; None for no document."""
        old, new = before or _NO_FIELDS, after or _NO_FIELDS
        for name, keys in self.flags.items():
            if new.get(name):
                keys.add(key)
            elif old.get(name):
                keys.discard(key)
        old_rating, new_rating = old.get("rating"), new.get("rating")
        if old_rating != new_rating:
            if old_rating:
                self.ratings[old_rating].discard(key)
            if new_rating:
                self.ratings[new_rating].add(key)
            (self.rated.add if new_rating else self.rated.discard)(key)
        old_tags, new_tags = old.get("tags", ()), new.get("tags", ())
        if old_tags != new_tags:
            self._update_tags(key, old_tags, new_tags)

    def _update_tags(self, key: str, before: list[str], after: list[str]) -> None:
        for tag in before:
            keys = self.tags.get(tag)
            if tag not in after and keys is not None:
                keys.discard(key)
                if not keys:
                    del self.tags[tag]
        for tag in after:
            self.tags.setdefault(tag, set()).add(key)
        (self.tagged.add if after else self.tagged.discard)(key)

    def find(self, field: str, value: object) -> KeyView:
        """Return the keys whose field is set, or has `value` (a rating, a tag). KeyError."""
        if field in self.flags:
            return KeyView(self.flags[field])
        if field == "rating":
            if value is None:
                return KeyView(self.rated)
            return KeyView(self.ratings.get(value, set()) if isinstance(value, int) else set())
        if field == "tag":
            if value is None:
                return KeyView(self.tagged)
            return KeyView(self.tags.get(str(value), set()))
        raise KeyError(f"there is no set of keys for {field!r}")


class MergedTables:
    """The documents of every table. `version` goes up with every document that changes."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.tables: Tables = {PAPERS: {}}
        self.key_sets = KeySets()
        self.version = 0
        self._recent: deque[tuple[int, str]] = deque()
        self._floor = 0

    @property
    def papers(self) -> dict[str, Document]:
        """The documents of the papers, by key."""
        return self.tables[PAPERS]

    def get(self, table: str, key: str) -> Document | None:
        """Return a document; a paper is found under its earlier keys too."""
        return self.tables.get(table, {}).get(self.resolve(key) if table == PAPERS else key)

    def resolve(self, key: str) -> str:
        """Return the present key of a paper that may have gained a better one since."""
        passed = {key}
        while (document := self.papers.get(key)) is not None and (moved := document.get("moved")):
            if moved in passed:
                return min(passed)
            key = moved
            passed.add(key)
        return key

    def replace(self, table: str, key: str, document: Document | None) -> None:
        """Put a document in the place of the present one; None removes it."""
        rows = self.tables.setdefault(table, {})
        before = rows.get(key)
        if document is None:
            rows.pop(key, None)
        else:
            rows[key] = document
        self.version += 1
        if table == PAPERS:
            self.key_sets.update(key, before, document)
            self._recent.append((self.version, key))
            if len(self._recent) > _REMEMBERED:
                self._floor = self._recent.popleft()[0]

    def adopt(self, tables: Tables, latest: str) -> None:
        """Take the documents of a trusted snapshot without copying them; nothing may be here yet.

        `latest` is the latest stamp in them, NEVER if that is not known.
        """
        self.tables = tables
        papers = tables.setdefault(PAPERS, {})
        if not latest:
            for rows in tables.values():
                stamps = (max(row["when"].values(), default=NEVER) for row in rows.values())
                latest = max(latest, max(stamps, default=NEVER))
        self.clock.observe(latest)
        self.key_sets.fill(papers)
        self.version += 1
        self._recent.clear()
        self._floor = self.version

    def merge_document(self, table: str, other: Mapping[str, Any], default: str) -> Touched:
        """Merge a whole document of another version of the store."""
        touched: Touched = set()
        key = other["key"]
        for stamp in other["when"].values():
            self.clock.observe(stamp)
        if table == PAPERS and "moved" in (other.keys() | other["when"].keys()):
            at = other["when"].get("moved", default)
            touched |= self._link(key, other.get("moved") or key, at)
            other = _without_link(other)
        key = self.resolve(key) if table == PAPERS else key
        draft = doc.copy(self.tables.get(table, {}).get(key) or doc.empty_document(key))
        if doc.merge_document(draft, other, default):
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
        """Merge the fields that a line of a journal sets in one document."""
        touched: Touched = set()
        if table == PAPERS:
            if moved := fields.get("moved"):
                touched = self._link(key, moved, stamp)
            key = self.resolve(key)
        draft = doc.copy(self.tables.get(table, {}).get(key) or doc.empty_document(key))
        changed = False
        for field, value in fields.items():
            if field != "moved" or table != PAPERS:
                changed |= doc.merge_field(draft, field, value, stamp, past)
        if changed:
            self.replace(table, key, draft)
            touched.add((table, key))
        return touched

    def _link(self, old: str, new: str, stamp: str) -> Touched:
        """Make one paper of two keys. Its marks are kept under the key it gained last.

        The result does not depend on the order in which links are read: the stamp of `moved` in
        the document with the marks is that of the latest link; the documents that point to it
        have the same stamp or an earlier one.
        """
        papers = self.papers
        roots = {key: papers.get(key) for key in (self.resolve(old), self.resolve(new))}
        latest = [
            (doc.stamp_of(document, "moved"), key)
            for key, document in roots.items()
            if document is not None
        ]
        at, home = max([*latest, (stamp, new)])
        if roots.keys() == {home} and (at, home) in latest:
            return set()
        draft = doc.empty_document(home)
        for document in roots.values():
            if document is not None:
                doc.merge_document(draft, _without_link(document), NEVER)
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


def _without_link(document: Mapping[str, Any]) -> Document:
    """Return a copy of a document without what links its key to another."""
    rest = {name: value for name, value in document.items() if name != "moved"}
    rest["when"] = {name: stamp for name, stamp in document["when"].items() if name != "moved"}
    return rest
