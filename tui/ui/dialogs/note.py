"""NoteScreen: a note written beside the abstract it is about."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea
from textual.widgets.text_area import Edit, EditResult

from tui.core.commands import valid_in
from tui.core.text import clean_typed_text
from tui.state import StateError
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.screen import SheafScreen
from tui.ui.widgets.key_hints import KeyHints


class NoteEditor(TextArea):
    """The editor; what is pasted or loaded is cleaned before it is shown."""

    def edit(self, edit: Edit) -> EditResult:
        edit.text = clean_typed_text(edit.text)
        return super().edit(edit)


WIDE = 100
"""Columns from which note and abstract stand side by side."""


class NoteScreen(SheafScreen["str | None"]):
    """The result is the note to keep, None if nothing is to change."""

    AUTO_FOCUS = "TextArea"
    PLACES = ("note",)
    PRIORITY_COMMANDS = ("save_note", "leave_note")  # the editor would take their keys for itself

    def __init__(
        self,
        title: str,
        note: str,
        paper: Content,
        *,
        draft: str | None,
        keep: Callable[[str], None],
    ) -> None:
        """`draft`: what was being written when the reader last ended. `keep` keeps a draft."""
        super().__init__()
        self._draft = draft
        self._keep = keep
        self._kept = draft if draft is not None else note
        self._title = title
        self._note = clean_typed_text(note)
        self._paper = paper

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
        if self._draft is not None and self._draft != self._note:
            editor.text = self._draft
            words = f"Note · {self._title} · a draft that was not saved"
            self.query_one("#note-title", Static).update(Content(words))
        editor.move_cursor(editor.document.end)
        self.set_interval(1.0, self._keep_draft)

    def _keep_draft(self) -> None:
        """Once a second, so that a crash costs no more than that; a full disk is told on saving."""
        if self.text != self._kept:
            self._kept = self.text
            with suppress(OSError, StateError):
                self._keep(self.text)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < WIDE, "-stacked")

    @property
    def text(self) -> str:
        """The note as it stands in the editor, without blank lines at its ends."""
        return self.query_one(TextArea).text.strip("\n").rstrip()

    def _end(self, result: str | None) -> None:
        if self.is_current:
            self.dismiss(result)

    def action_save_note(self) -> None:
        self._end(None if self.text == self._note else self.text)

    def action_leave_note(self) -> None:
        if self.text == self._note:
            self._end(None)
        else:
            self._ask()

    @work(group="question", exit_on_error=False, description="asking about a changed note")
    async def _ask(self) -> None:
        question = QuestionScreen("The note has changed.", "note_changed", "go on writing")
        answer = await self.app.push_screen_wait(question)
        if answer == "note_changed_save":
            self.action_save_note()
        elif answer == "note_changed_discard":
            self._end(None)
