"""Citation keys: each paper keeps its first key.

They are in the table `citekeys` of the state store. It has 64 documents, and a hash of the key of
the paper's marks says which of them has its citation key: one document for each paper would cost
more memory, a single one would be written as a whole for each new key. If a paper gets another key
for its marks, the catalog still finds it by the old one.
"""

from __future__ import annotations

import zlib
from string import ascii_lowercase

from tui.catalog.catalog import Catalog, StoredPaper
from tui.config.settings import DEFAULT_PATTERN
from tui.export.key_pattern import expand_pattern
from tui.state import Change, SaveRefused, Store

TABLE = "citekeys"
_GROUPS = 64


class CitationKeys:
    """The citation keys of a library. Only the thread of the catalog may use it."""

    def __init__(self, store: Store, catalog: Catalog, pattern: str = DEFAULT_PATTERN) -> None:
        """`pattern` gives a key to papers that have none; see `tui.export.key_pattern`."""
        self._store = store
        self._pattern = pattern
        saved: dict[str, str] = {}
        for group in store.documents(TABLE).values():
            saved.update((paper, key) for paper, key in group.items() if isinstance(key, str))
        rows = catalog.rows_of(saved)
        self._taken: set[str] = set()
        """All keys, also of papers that were removed; lower case, as BibTeX compares them."""
        self._by_row: dict[int, str] = {}
        self._unsaved: dict[str, str] = {}
        self._next_number: dict[str, int] = {}
        # Two machines may have given one key to two papers. Sorting lets both keep the same paper.
        for paper, key in sorted(saved.items()):
            if key.lower() not in self._taken and paper in rows:
                self._by_row.setdefault(rows[paper], key)
            self._taken.add(key.lower())

    def key_for(self, stored: StoredPaper) -> str:
        """Return the citation key of a paper. A new key is not durable before `save`."""
        if stored.row in self._by_row:
            return self._by_row[stored.row]
        base = expand_pattern(stored.paper, self._pattern)
        number = self._next_number.get(base.lower(), 0)
        while (key := base + _letters(number)).lower() in self._taken:
            number += 1
        self._next_number[base.lower()] = number + 1
        self._taken.add(key.lower())
        self._by_row[stored.row] = key
        self._unsaved[stored.key] = key
        return key

    def save(self) -> None:
        """Save the new keys durably. Raises SaveRefused, and then none of them is saved."""
        if not self._unsaved:
            return
        groups: dict[str, dict[str, str]] = {}
        for paper, key in self._unsaved.items():
            group = f"{zlib.crc32(paper.encode()) % _GROUPS:02}"
            groups.setdefault(group, {})[paper] = key
        try:
            self._store.apply(Change.of("citation keys", tables={TABLE: groups}, silent=True))
        except SaveRefused as refused:
            why = f"{refused} New citation keys must be saved, so nothing was exported."
            raise SaveRefused(why) from refused
        self._unsaved = {}


def _letters(number: int) -> str:
    """Return the suffix that makes a key unique: none for 0, then a to z, aa, ab …"""
    letters = ""
    while number:
        number, last = divmod(number - 1, 26)
        letters = ascii_lowercase[last] + letters
    return letters
