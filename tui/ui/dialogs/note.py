"""NoteScreen: the note editor beside the abstract."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea
from textual.widgets.text_area import Edit, EditResult

from tui.core.commands import valid_in
from tui.core.text import clean_typed_text
from tui.state import SaveRefused
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.note_draft import Draft
from tui.ui.screen import DIALOG_STYLES, SheafScreen
from tui.ui.widgets.key_hints import KeyHints


class NoteEditor(TextArea):
    """A text area that cleans what is pasted or loaded before it shows it."""

    def edit(self, edit: Edit) -> EditResult:
        edit.text = clean_typed_text(edit.text)
        return super().edit(edit)


SIDE_BY_SIDE_WIDTH = 100
"""Columns from which note and abstract stand side by side."""
DRAFT_INTERVAL = 0.25
"""Seconds between two saves of the draft: a crash costs no more of what was typed."""


class NoteScreen(SheafScreen[None]):
    """The editor of a note. It closes when the note is saved or the user discards the change."""

    CSS_PATH = DIALOG_STYLES
    AUTO_FOCUS = "TextArea"
    PLACES = ("note",)
    PRIORITY_COMMANDS = ("save_note", "leave_note")  # the editor would take their keys for itself

    def __init__(
        self,
        title: str,
        note: str,
        paper: Content,
        draft: Draft,
        save: Callable[[str], Awaitable[SaveRefused | None]],
        text: str | None = None,
        warning: str = "",
    ) -> None:
        """Edit the note of the paper `title`; `paper` is shown beside the editor.

        `save` returns when a note is on disk, or why it is not. `text` was written over the note
        elsewhere, and `warning` says why it could not be saved there.
        """
        super().__init__()
        self._title = title
        self._note = clean_typed_text(note)
        self._paper = paper
        self._draft = draft
        self._save = save
        self._editor = NoteEditor(
            self._note, id="note-text", tab_behavior="indent", show_line_numbers=False
        )
        self._saved_draft = self._note
        self._text = text
        self._warning = warning
        self._ended = False

    def compose(self) -> ComposeResult:
        yield Static(Content(f"Note · {self._title}"), id="note-title", markup=False)
        with Horizontal(id="note-panes"):
            yield self._editor
            with VerticalScroll(id="note-paper", can_focus=False):
                yield Static(self._paper, markup=False)
        yield Static(id="note-warning", markup=False)
        hints = KeyHints()
        hints.commands = tuple(valid_in("note", self.commands))
        yield hints

    def on_mount(self) -> None:
        draft = self._draft.load()
        if self._text is not None:
            self._editor.text = self._text
        elif draft is not None and draft != self._note:
            self._editor.text = self._saved_draft = draft
            title = f"Note · {self._title} · a draft that was not saved"
            self.query_one("#note-title", Static).update(Content(title))
        self._editor.move_cursor(self._editor.document.end)
        self.query_one("#note-warning").display = False
        if self._warning:
            self._show_refusal(self._warning)
        self.set_interval(DRAFT_INTERVAL, self.save_draft)

    async def on_unmount(self) -> None:
        if not self._ended and self.text != self._note:  # the reader ends before the note
            await asyncio.to_thread(self._draft.save, self.text)

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
        return self._editor.text.strip("\n").rstrip()

    def warn(self, text: str) -> None:
        warning = self.query_one("#note-warning", Static)
        warning.update(Content(text))
        warning.display = True

    def _show_refusal(self, reason: str) -> None:
        save, leave = self.key_of("save_note"), self.key_of("leave_note")
        self.warn(f"{reason} Your text stays here: {save} tries again, {leave} leaves.")

    def action_save_note(self) -> None:
        if self.text == self._note:
            self._end()
        else:
            self.start_asking(self._save_note(), "saving the note")

    async def _save_note(self) -> None:
        """End the screen once the note is on disk; until then keys wait, and the draft stays."""
        if refused := await self._save(self.text):
            self._show_refusal(str(refused))
        else:
            self._end()

    def action_leave_note(self) -> None:
        if self.text == self._note:
            self._end()
        else:
            self.start_asking(self._ask_to_save(), "asking about a changed note")

    async def _ask_to_save(self) -> None:
        question = QuestionScreen("The note has changed.", "note_changed", "go on writing")
        answer = await self.ask(question)
        if answer == "note_changed_save":
            await self._save_note()
        elif answer == "note_changed_discard":
            self._end()

    def _end(self) -> None:
        self._ended = True
        self.answer(None)
