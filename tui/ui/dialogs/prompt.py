"""PromptScreen: a field for one line of text at the bottom of the screen, with suggestions."""

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

MAX_SUGGESTIONS = 8
"""Suggestions shown at a time."""


class PromptScreen(OneShotModal["str | None"]):
    """The result is the text, None if the prompt was left."""

    PLACES = ("prompt",)
    PRIORITY_COMMANDS = ("prompt_accept", "prompt_complete")  # else the field takes these keys

    def __init__(
        self,
        label: str,
        text: str = "",
        *,
        hint: str = "",
        suggest: Callable[[str], list[str]] | None = None,
        whole: bool = False,
    ) -> None:
        """Ask for `label`; `text` is in the field at first, `hint` below it.

        `suggest` returns suggestions for the last word, or for all of the text if `whole`.
        """
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
        found = self._suggest(self._completed_part())
        content = Content(self._hint).stylize(DIM) if self._hint else Content("")
        if found:
            words = Content("  ".join(found[:MAX_SUGGESTIONS]))
            content = Content.assemble(
                words, (f"   {self.key_of('prompt_complete')} takes the first", DIM)
            )
        self.query_one("#prompt-hint", Static).update(content)

    def _completed_part(self) -> str:
        """The part of the text that suggestions replace."""
        value = self.query_one(CleanInput).value
        return value if self._whole else value.rpartition(" ")[2]

    def action_prompt_complete(self) -> None:
        field = self.query_one(CleanInput)
        found = self._suggest(self._completed_part())
        if found:
            end = "" if self._whole else " "
            field.value = field.value.removesuffix(self._completed_part()) + found[0] + end
            field.cursor_position = len(field.value)

    def action_prompt_accept(self) -> None:
        self.answer(self.query_one(CleanInput).value)

    def action_prompt_leave(self) -> None:
        self.answer(None)
