"""Triage: changing marks, repeating the last change, undo and redo. It knows no screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.library.library import Library
from tui.state import Change, SaveRefused, Store
from tui.state.clock import seconds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = Sequence[int] | NDArray[np.integer]
    """Catalog row numbers in order, shape (papers,)."""

PAPERS_PER_READ = 500
"""Papers whose keys are read at a time in the search for the next unread one."""


class Decision(NamedTuple):
    """One way to mark papers; it can be repeated on others."""

    label: str
    """What undo calls it: `star`, `rating 4`."""
    fields: dict[str, Any]
    """The fields of the mark that change, as `Change.of` takes them."""
    advance: bool = False
    """Whether the reader then goes to the next unread paper."""
    opposite: str = ""
    """For a toggle: the label used if all papers have the mark and it is removed."""


class Triage:
    """Changes the marks of papers, in the store at once and on disk a moment later."""

    def __init__(
        self,
        library: Library,
        changed: Callable[[Collection[str]], None],
        saved: Callable[[Change, SaveRefused | None], None],
    ) -> None:
        """Prepare for the marks of `library`.

        `changed` is called with the keys of the papers whose marks have just changed. `saved` is
        called from the thread that writes once a change is on disk, or with the reason why it was
        refused and taken back.
        """
        self._library = library
        self._changed = changed
        self._saved = saved
        self._starred_today = StarredToday(library.store)
        self.last: Decision | None = None
        """The last decision, for the command that repeats it."""

    def apply(self, rows: Collection[int], decision: Decision) -> str:
        """Make `decision` on the papers of these catalog rows; return what was done, in words."""
        keys = self.keys_of(rows)
        label, fields = decision.label, decision.fields
        if decision.opposite and self._all_have(next(iter(fields)), keys):
            label, fields = decision.opposite, dict.fromkeys(fields, False)
        self.last = decision
        self.submit(Change.of(label, papers=dict.fromkeys(keys, fields)))
        return f"{label}: {self.describe(keys)}"

    def _all_have(self, mark: str, keys: Collection[str]) -> bool:
        marked = self._library.store.keys_where(mark)
        return bool(keys) and all(key in marked for key in keys)

    def submit(self, change: Change) -> None:
        """Change the store at once and save in the background."""
        self._submit(change, self._saved)

    def refresh_counts(self) -> None:
        """Count again, after papers ceased to be new without a mark for each."""
        self._changed(())

    async def save(self, change: Change) -> SaveRefused | None:
        """Change the store at once; return when that is on disk, or why it was taken back."""
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[SaveRefused | None] = loop.create_future()

        def end(refused: SaveRefused | None) -> None:
            if not ended.done():  # whoever waited may be gone
                ended.set_result(refused)

        def on_saved(change: Change, refused: SaveRefused | None) -> None:
            self._saved(change, refused)
            loop.call_soon_threadsafe(end, refused)

        self._submit(change, on_saved)
        return await ended

    def _submit(self, change: Change, saved: Callable[[Change, SaveRefused | None], None]) -> None:
        try:
            self._library.store.submit(change, saved)
        except SaveRefused as refused:  # the store is read-only
            saved(change, refused)
        self._changed(change.keys)

    def undo(self) -> str:
        """Undo the last change and return what it was, in words. Raises SaveRefused."""
        return self._step(self._library.store.undo, "undo")

    def redo(self) -> str:
        """Redo what was undone and return what it was, in words. Raises SaveRefused."""
        return self._step(self._library.store.redo, "redo")

    def _step(self, step: Callable[..., Change | None], word: str) -> str:
        change = step(self._saved)
        if change is None:
            return f"nothing to {word}"
        self._changed(change.keys)
        what = change.label
        if len(change.keys) == 1:
            what = f"{what.removesuffix(' of 1 paper')} of {self.describe(change.keys)}"
        left = " (fields changed since then are kept)" if change.skipped else ""
        return f"{word}: {what}{left}"

    def keys_of(self, rows: Collection[int]) -> list[str]:
        """Return the keys of the papers of these catalog rows, in the order of the rows."""
        keys = self._library.catalog.keys_of(list(rows))
        return [keys[row] for row in rows if row in keys]

    def describe(self, keys: Sequence[str]) -> str:
        """Return the title of one paper, or the number of several."""
        if len(keys) != 1:
            return f"{len(keys):,} papers"
        row = self._library.catalog.row_of(keys[0])
        stored = self._library.catalog.get(row) if row is not None else None
        return f"“{stored.paper.title}”" if stored else keys[0]

    def unread_rows(self, rows: Collection[int]) -> list[int]:
        """Return those of `rows` whose papers are not read."""
        read = self._library.store.keys_where("read")
        keys = self._library.catalog.keys_of(list(rows))
        return [row for row in rows if row in keys and keys[row] not in read]

    def next_unread(self, rows: Rows, start: int) -> int | None:
        """Return the index in `rows` of the first unread paper from index `start` on, or None."""
        for first in range(start, len(rows), PAPERS_PER_READ):
            part = [int(row) for row in rows[first : first + PAPERS_PER_READ]]
            unread = set(self.unread_rows(part))
            for offset, row in enumerate(part):
                if row in unread:
                    return first + offset
        return None

    def summarize(self, total: int) -> str:
        """Return how many of `total` papers are unread and how many were starred today."""
        unread = max(0, total - len(self._library.store.keys_where("read")))
        return f"{unread:,} unread · {self._starred_today.count()} starred today"


class StarredToday:
    """Counts the papers starred today; looks only at marks changed since it last counted."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._version = 0
        self._day = date.min
        self._keys: set[str] = set()

    def count(self) -> int:
        """Return the number of papers starred today, by the clock of this machine."""
        today, version = date.today(), self._store.version
        changed = self._store.changed_since(self._version)
        if self._day != today:
            self._keys.clear()
            changed = frozenset(self._store.keys_where("star"))
        self._version, self._day = version, today
        for key in changed:
            mark = self._store.mark(key)
            since = mark.when.get("star")
            if mark.star and since and date.fromtimestamp(seconds(since)) == today:
                self._keys.add(key)
            else:
                self._keys.discard(key)
        return len(self._keys)
