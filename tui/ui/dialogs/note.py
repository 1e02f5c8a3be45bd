"""NoteScreen: the note editor beside the abstract."""

from __future__ import annotations

import threading
from contextlib import suppress

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea
from textual.widgets.text_area import Edit, EditResult

from tui.core.commands import valid_in
from tui.core.text import clean_typed_text
from tui.state import StateError, Store
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.screen import DIALOG_STYLES, SheafScreen
from tui.ui.widgets.key_hints import KeyHints


class NoteEditor(TextArea):
    """A text area that cleans what is pasted or loaded before it shows it."""

    def edit(self, edit: Edit) -> EditResult:
        edit.text = clean_typed_text(edit.text)
        return super().edit(edit)


SIDE_BY_SIDE_WIDTH = 100
"""Columns from which note and abstract stand side by side."""
DRAFT_INTERVAL = 1.0
"""Seconds between two saves of the draft: a crash costs no more of what was typed."""


class Draft:
    """The unfinished note of one paper. Its methods may run in any thread, `save` and `drop` do."""

    def __init__(self, store: Store, key: str) -> None:
        """Prepare for the paper `key`."""
        self._store = store
        self._key = key
        self._lock = threading.Lock()
        self._dropped = False

    def load(self) -> str | None:
        """Return what was being written when the reader last ended, None if nothing was."""
        return self._store.draft(self._key)

    def save(self, text: str) -> None:
        """Save what is being written, unless the draft is dropped already.

        A failure is ignored: what cannot be saved now is reported when the note is saved.
        """
        with self._lock, suppress(OSError, StateError):
            if not self._dropped:
                self._store.save_draft(self._key, text)

    def drop(self) -> None:
        """Remove the draft: the note is finished. Raises SaveRefused."""
        with self._lock:
            self._dropped = True
            self._store.drop_draft(self._key)


class NoteScreen(SheafScreen["str | None"]):
    """The result is the changed note, None if the note stays as it is."""

    CSS_PATH = DIALOG_STYLES
    AUTO_FOCUS = "TextArea"
    PLACES = ("note",)
    PRIORITY_COMMANDS = ("save_note", "leave_note")  # the editor would take their keys for itself

    def __init__(self, title: str, note: str, paper: Content, draft: Draft) -> None:
        """Edit the note of the paper `title`; `paper` is shown beside the editor."""
        super().__init__()
        self._title = title
        self._note = clean_typed_text(note)
        self._paper = paper
        self._draft = draft
        self._saved_draft = note

    def compose(self) -> ComposeResult:
        yield Static(Content(f"Note · {self._title}"), id="note-title", markup=False)
        with Horizontal(id="note-panes"):
            yield NoteEditor(
                self._note, id="note-text", tab_behavior="indent", show_line_numbers=False
            )
            with VerticalScroll(id="note-paper", can_focus=False):
                yield Static(self._paper, markup=False)
        hints = KeyHints()
        hints.commands = tuple(valid_in("note", self.commands))
        yield hints

    def on_mount(self) -> None:
        editor = self.query_one(TextArea)
        draft = self._draft.load()
        if draft is not None and draft != self._note:
            editor.text = self._saved_draft = draft
            title = f"Note · {self._title} · a draft that was not saved"
            self.query_one("#note-title", Static).update(Content(title))
        editor.move_cursor(editor.document.end)
        self.set_interval(DRAFT_INTERVAL, self.save_draft)

    def save_draft(self) -> None:
        """Save what is being written, in a thread."""
        if self.text != self._saved_draft:
            self._saved_draft = self.text
            self._save_draft(self.text)

    @work(thread=True, group="draft", exit_on_error=False, description="saving the draft")
    def _save_draft(self, text: str) -> None:
        self._draft.save(text)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < SIDE_BY_SIDE_WIDTH, "-stacked")

    @property
    def text(self) -> str:
        """The note in the editor, without blank lines at its ends."""
        return self.query_one(TextArea).text.strip("\n").rstrip()

    def action_save_note(self) -> None:
        self.answer(None if self.text == self._note else self.text)

    def action_leave_note(self) -> None:
        if self.text == self._note:
            self.answer(None)
        else:
            self._ask_to_save()

    @work(group="question", exit_on_error=False, description="asking about a changed note")
    async def _ask_to_save(self) -> None:
        question = QuestionScreen("The note has changed.", "note_changed", "go on writing")
        answer = await self.app.push_screen_wait(question)
        if answer == "note_changed_save":
            self.action_save_note()
        elif answer == "note_changed_discard":
            self.answer(None)
