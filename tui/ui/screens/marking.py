"""Marking: what the keys that mark do. Every change goes to the journal before it is "saved"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from textual import on
from textual.message import Message

from tui.library.library import Library
from tui.state import Change, SaveRefused, Store
from tui.state.clock import seconds
from tui.ui.screens.showing import Showing
from tui.ui.widgets.paper_list import PaperList
from tui.ui.widgets.status_line import StatusLine

MANY = 50
"""Rows from which the whole list is repainted, not each row."""
Done = Callable[[Change, SaveRefused | None], None]


class StarredToday:
    """How many papers were starred today; looks only at marks changed since it last looked."""

    def __init__(self) -> None:
        self._version: int | None = None
        self._day = date.min
        self._keys: set[str] = set()

    def __len__(self) -> int:
        return len(self._keys)

    def look_at(self, store: Store) -> None:
        """Bring the number up to date."""
        today = date.today()
        changed = None
        if self._version is not None and self._day == today:
            changed = store.changed_since(self._version)
        self._version, self._day = store.version, today
        if changed is None:
            self._keys.clear()
        for key in list(store.keys_where("star")) if changed is None else changed:
            mark = store.mark(key)
            since = mark.when.get("star")
            if mark.star and since and date.fromtimestamp(seconds(since)) == today:
                self._keys.add(key)
            else:
                self._keys.discard(key)


class Marking(Showing):
    """The part of the main screen that changes marks."""

    class Marked(Message):
        """Marks have changed: the counts of the views may be others."""

    @dataclass
    class Saved(Message):
        """A change is on disk, or was refused and taken back."""

        change: Change
        refused: SaveRefused | None

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._starred_today = StarredToday()

    _refused = False
    """Whether the warning on the screen is of a change that was not saved."""

    def submit(self, change: Change) -> None:
        """Apply at once, save behind the screen, repaint."""
        try:
            self.library.store.submit(change, self._saved)
        except SaveRefused as refused:  # the store is read-only
            self._saved(change, refused)
        self.marks_changed(change.keys)

    def _saved(self, change: Change, refused: SaveRefused | None) -> None:
        """Called from the thread that writes."""
        self.post_message(self.Saved(change, refused))

    @on(Saved)
    def _on_saved(self, event: Saved) -> None:
        """On disk: an older refusal is over. Refused: the mark is back, and why stays."""
        self.marks_changed(event.change.keys)
        if event.refused:
            self._refused = True
            self.say("")
            self.warn(str(event.refused))
        elif self._refused:
            self._refused = False
            self.hide_warning()

    def marks_changed(self, keys: Iterable[str]) -> None:
        """Repaint the rows of `keys`, the pane and the counts."""
        papers = self.query_one(PaperList)
        rows = self.library.catalog.rows_of(keys).values()
        if len(rows) > MANY:
            papers.forget()
        for row in () if len(rows) > MANY else rows:
            papers.forget(row)
        if papers.row in rows:
            self.show_paper()
        self.post_message(self.Marked())
        self.count_marks()

    def count_marks(self) -> None:
        """Say how many are unread, starred today, selected."""
        store = self.library.store
        self._starred_today.look_at(store)
        unread = max(0, self.total - len(store.keys_where("read")))
        counts = [f"{unread:,} unread", f"{len(self._starred_today)} starred today"]
        if self.selected:
            counts.append(f"{len(self.selected):,} selected")
        self.query_one("#status", StatusLine).left = " · ".join(counts)

    def name_of(self, keys: Sequence[str]) -> str:
        """One paper by its title, several by their number."""
        if len(keys) != 1:
            return f"{len(keys):,} papers"
        row = self.library.catalog.row_of(keys[0])
        stored = self.library.catalog.get(row) if row is not None else None
        return f"“{stored.paper.title}”" if stored else keys[0]

    # -- undo ------------------------------------------------------------------------------

    def action_undo(self) -> None:
        self._step(self.library.store.undo, "undo")

    def action_redo(self) -> None:
        self._step(self.library.store.redo, "redo")

    def _step(self, step: Callable[[Done], Change | None], word: str) -> None:
        """Undo or redo, with words for what that was."""
        try:
            change = step(self._saved)
        except SaveRefused as refused:
            self.warn(str(refused))
            return
        if change is None:
            self.say(f"nothing to {word}")
            return
        self.marks_changed(change.keys)
        what = change.label
        if len(change.keys) == 1:
            what = f"{what.removesuffix(' of 1 paper')} of {self.name_of(change.keys)}"
        left = " (what was changed elsewhere since is left)" if change.left else ""
        self.say(f"{word}: {what}{left}")
