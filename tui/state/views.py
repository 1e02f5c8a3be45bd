"""Which papers carry which mark, kept up to date with every change, for the search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

_FLAGS = ("read", "star", "dismissed", "note")
_NONE: Mapping[str, Any] = {}


class KeyView(AbstractSet[str]):
    """A read-only window on a set of keys that goes on changing.

    Iterating works on a copy, so another thread may go on changing marks meanwhile.
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
        """Let `view & other` and its like give an ordinary frozen set."""
        return frozenset(it)

    def __repr__(self) -> str:
        return f"KeyView({len(self)} keys)"


class Views:
    """The sets: one a flag, one a rating, one a tag, and those of any rating and any tag."""

    def __init__(self) -> None:
        self.flags: dict[str, set[str]] = {name: set() for name in _FLAGS}
        self.ratings: dict[int, set[str]] = {rating: set() for rating in range(6)}
        self.tags: dict[str, set[str]] = {}
        self.tagged: set[str] = set()
        self.rated: set[str] = set()

    def fill(self, documents: Mapping[str, Mapping[str, Any]]) -> None:
        """Take in all documents at once, while nothing is counted yet."""
        for name, keys in self.flags.items():
            keys.update(key for key, document in documents.items() if document.get(name))
        for key, document in documents.items():
            rating, tags = document.get("rating"), document.get("tags")
            if rating:
                self.ratings[rating].add(key)
            if tags:
                for tag in tags:
                    self.tags.setdefault(tag, set()).add(key)
        self.rated.update(*self.ratings.values())
        self.tagged.update(*self.tags.values())

    def update(
        self, key: str, before: Mapping[str, Any] | None, now: Mapping[str, Any] | None
    ) -> None:
        """Follow one document from what it was to what it is; None for no document."""
        old, new = before or _NONE, now or _NONE
        for name, keys in self.flags.items():
            if new.get(name):
                keys.add(key)
            elif old.get(name):
                keys.discard(key)
        was, rating = old.get("rating"), new.get("rating")
        if was != rating:
            if was:
                self.ratings[was].discard(key)
            if rating:
                self.ratings[rating].add(key)
            (self.rated.add if rating else self.rated.discard)(key)
        old_tags, new_tags = old.get("tags", ()), new.get("tags", ())
        if old_tags != new_tags:
            self._retag(key, old_tags, new_tags)

    def _retag(self, key: str, before: list[str], now: list[str]) -> None:
        for tag in before:
            keys = self.tags.get(tag)
            if tag not in now and keys is not None:
                keys.discard(key)
                if not keys:
                    del self.tags[tag]
        for tag in now:
            self.tags.setdefault(tag, set()).add(key)
        (self.tagged.add if now else self.tagged.discard)(key)

    def find(self, field: str, value: object) -> KeyView:
        """Return the keys whose field is set, or holds `value` (a rating, a tag)."""
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
        raise KeyError(f"no marks are counted by {field!r}")
