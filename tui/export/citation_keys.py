"""Citation keys: given once, kept for good, in the state store with everything else of the user's.

The table `citekeys` has one document for each of a few groups of papers, in it the key of a paper
to its citation key: so a hundred thousand cost memory once and one look each. A paper that has a
better identifier by now is found through the names the catalog knows.
"""

from __future__ import annotations

import zlib
from string import ascii_lowercase

from tui.catalog.catalog import Catalog, Stored
from tui.export.key_pattern import DEFAULT_PATTERN, expand_pattern
from tui.state import Change, Store

TABLE = "citekeys"
_GROUPS = 64


class CitationKeys:
    """The citation keys of a library. Of one thread, as the catalog it is made with."""

    def __init__(self, store: Store, catalog: Catalog, pattern: str = DEFAULT_PATTERN) -> None:
        self._store = store
        self._pattern = pattern
        kept: dict[str, str] = {}
        for group in store.documents(TABLE).values():
            kept.update((paper, key) for paper, key in group.items() if isinstance(key, str))
        rows = catalog.rows_of(kept)
        self._taken: set[str] = set()
        """In small letters, as BibTeX compares them; those of papers that are gone too."""
        self._given: dict[int, str] = {}
        self._new: dict[str, str] = {}
        self._next: dict[str, int] = {}
        for paper, key in sorted(kept.items()):  # the same everywhere, where two machines disagree
            if key.lower() not in self._taken and paper in rows:
                self._given.setdefault(rows[paper], key)
            self._taken.add(key.lower())

    def of(self, stored: Stored) -> str:
        """The citation key of a paper; a new one is not durable before `save`."""
        if (given := self._given.get(stored.row)) is not None:
            return given
        base = expand_pattern(stored.paper, self._pattern)
        number = self._next.get(base.lower(), 0)
        while (key := base + _letters(number)).lower() in self._taken:
            number += 1
        self._next[base.lower()] = number + 1
        self._taken.add(key.lower())
        self._given[stored.row] = key
        self._new[stored.key] = key
        return key

    def save(self) -> None:
        """Keep the keys given since the last time, durably. SaveRefused: then none of them is."""
        if not self._new:
            return
        groups: dict[str, dict[str, str]] = {}
        for paper, key in self._new.items():
            group = f"{zlib.crc32(paper.encode()) % _GROUPS:02}"
            groups.setdefault(group, {})[paper] = key
        self._store.apply(Change.of("citation keys", tables={TABLE: groups}, silent=True))
        self._new = {}


def _letters(number: int) -> str:
    """0 is none, then a to z, aa, ab …"""
    letters = ""
    while number:
        number, last = divmod(number - 1, 26)
        letters = ascii_lowercase[last] + letters
    return letters
