"""PromptScreen: one line to write in at the foot of the screen, with completions."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.ui.screen import OneShotModal
from tui.ui.widgets.filter_bar import CleanInput
from tui.ui.widgets.paper_text import DIM

SHOWN = 8
"""Completions shown at a time."""


class PromptScreen(OneShotModal["str | None"]):
    """The result is what was written, None if the prompt was left."""

    PLACES = ("prompt",)
    PRIORITY_COMMANDS = ("prompt_accept", "prompt_complete")  # the field has keys of these names

    def __init__(
        self,
        label: str,
        text: str = "",
        *,
        hint: str = "",
        suggest: Callable[[str], list[str]] | None = None,
        whole: bool = False,
    ) -> None:
        """`suggest` completes the last word, or with `whole` all that is written."""
        super().__init__()
        self._label = label
        self._text = text
        self._hint = hint
        self._suggest = suggest or (lambda word: [])
        self._whole = whole

    def compose(self) -> ComposeResult:
        with Vertical(id="prompt"):
            yield Static(Content(self._label), id="prompt-label", markup=False)
            yield CleanInput(self._text, compact=True, select_on_focus=False)
            yield Static(id="prompt-hint", markup=False)

    def on_mount(self) -> None:
        self._show_hint()

    @on(CleanInput.Changed)
    def _show_hint(self) -> None:
        found = self._suggest(self._last_word())
        content = Content(self._hint).stylize(DIM) if self._hint else Content("")
        if found:
            words = Content("  ".join(found[:SHOWN]))
            content = Content.assemble(
                words, (f"   {self.key_of('prompt_complete')} takes the first", DIM)
            )
        self.query_one("#prompt-hint", Static).update(content)

    def _last_word(self) -> str:
        value = self.query_one(CleanInput).value
        return value if self._whole else value.rpartition(" ")[2]

    def action_prompt_complete(self) -> None:
        """Complete what is written once all that was typed is in the field."""
        self.query_one(CleanInput).call_later(self._complete)

    def _complete(self) -> None:
        field = self.query_one(CleanInput)
        found = self._suggest(self._last_word())
        if found:
            end = "" if self._whole else " "
            field.value = field.value.removesuffix(self._last_word()) + found[0] + end
            field.cursor_position = len(field.value)

    def action_prompt_accept(self) -> None:
        """Give the text once all that was typed is in the field."""
        field = self.query_one(CleanInput)
        field.call_later(lambda: self.answer(field.value))

    def action_prompt_leave(self) -> None:
        self.answer(None)
