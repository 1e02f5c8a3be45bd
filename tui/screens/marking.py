"""Marking: what the keys that mark do. Every change goes to the journal before it is "saved"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual import on, work
from textual.message import Message

from tui.catalog import Stored
from tui.screens.showing import Showing
from tui.state import Change, SaveRefused
from tui.widgets.line import TwoEnds
from tui.widgets.paper_list import PaperList
from tui.widgets.paper_text import paper_content

Done = Callable[[Change, SaveRefused | None], None]


class Marking(Showing):
    """The part of the main screen that changes marks."""

    @dataclass
    class Saved(Message):
        """A change is on disk, or was refused and taken back."""

        change: Change
        refused: SaveRefused | None

    _refused = False
    """Whether the warning on the screen is of a change that was not saved."""

    # -- one paper -------------------------------------------------------------------------

    def change(self, label: str, fields: dict[str, Any]) -> None:
        """Change marks of the paper under the cursor."""
        stored = self.shown
        if stored is None:
            self.say("no paper here to mark")
            return
        self.submit(Change.of(label, papers={stored.key: fields}))

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
        for row in self.library.catalog.rows_of(keys).values():
            papers.forget(row)
            if papers.row == row:
                self.show_paper()
        self._count_marks()

    def _count_marks(self) -> None:
        store = self.library.store
        read, starred = len(store.keys_where("read")), len(store.keys_where("star"))
        unread = max(0, self.total - read)
        self.query_one("#status", TwoEnds).left = f"{unread:,} unread · {starred:,} starred"

    def action_read(self) -> None:
        if stored := self.shown:
            read = not self.library.store.mark(stored.key).read
            self.change("read" if read else "unread", {"read": read})
            self.say("read" if read else "unread again")

    def action_read_next(self) -> None:
        """Mark read, go to the next unread paper below."""
        stored = self.shown
        if stored is None:
            return
        if not self.library.store.mark(stored.key).read:
            self.change("read", {"read": True})
        papers = self.query_one(PaperList)
        following = self._next_unread(papers.cursor + 1)
        if following is None:
            self.say("no unread paper below; g goes to the first")
        else:
            self.say("")
            papers.move_to(following)

    def _next_unread(self, start: int) -> int | None:
        """Index of the first unread paper from `start` on."""
        rows = self.query_one(PaperList).rows
        for first in range(start, len(rows), 500):
            part = [int(row) for row in rows[first : first + 500]]
            read = {stored.row for stored, mark in self.library.with_marks(part) if mark.read}
            for offset, row in enumerate(part):
                if row not in read:
                    return first + offset
        return None

    def action_star(self) -> None:
        if stored := self.shown:
            self._star(stored)

    @on(PaperList.StarClicked)
    def _star_clicked(self, event: PaperList.StarClicked) -> None:
        stored = self.library.catalog.get(event.row)
        if stored:
            self._star(stored)

    def _star(self, stored: Stored) -> None:
        star = not self.library.store.mark(stored.key).star
        self.submit(Change.of("star" if star else "unstar", papers={stored.key: {"star": star}}))
        self.say(f"{'starred' if star else 'star taken from'} “{stored.paper.title}”")

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
            row = self.library.catalog.row_of(change.keys[0])
            stored = self.library.catalog.get(row) if row is not None else None
            label = change.label.removesuffix(" of 1 paper")
            what = f"{label} of “{stored.paper.title}”" if stored else what
        left = " (what was changed elsewhere since is left)" if change.left else ""
        self.say(f"{word}: {what}{left}")

    # -- notes -----------------------------------------------------------------------------

    @work(group="note", exit_on_error=False, description="the note")
    async def action_note(self) -> None:
        """Write the paper's note in the editor beside its abstract."""
        from tui.screens.note import NoteScreen

        stored = self.shown
        if stored is None:
            return
        store = self.library.store
        mark = store.mark(stored.key)
        paper = paper_content(stored, mark, self.light, self.glyphs)
        editor = NoteScreen(
            stored.paper.title,
            mark.note,
            paper,
            draft=store.draft(stored.key),
            keep=partial(store.save_draft, stored.key),
        )
        written = await self.app.push_screen_wait(editor)
        if written is not None:
            self.submit(Change.of("note", papers={stored.key: {"note": written}}))
            self.say("note saved" if written else "note removed")
        store.drop_draft(stored.key)
