"""QuestionScreen: a question over the screen, one key for each answer."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.commands import show_key


class QuestionScreen(ModalScreen[str]):
    """Asks; the result is the answer's key, `escape` for none of them."""

    def __init__(self, question: str, answers: dict[str, str]) -> None:
        """`answers`: key, in Textual's name, to what it does in a few words."""
        super().__init__()
        self._question = question
        self._answers = answers

    def compose(self) -> ComposeResult:
        parts = [
            Content.assemble((show_key(key), "bold $accent"), f" {words}")
            for key, words in self._answers.items()
        ]
        content = Content("\n").join([Content(self._question), Content(""), *parts])
        yield Static(content, id="question", markup=False)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        if event.key in self._answers:
            self.dismiss(event.key)
        elif event.key == "escape":
            self.dismiss("escape")

    def on_click(self, event: events.Click) -> None:
        line = event.y - self.query_one("#question").content_region.y - 2
        if 0 <= line < len(self._answers):
            self.dismiss(list(self._answers)[line])
