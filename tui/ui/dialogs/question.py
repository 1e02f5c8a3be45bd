"""QuestionScreen: a question over the screen, one key for each answer."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from tui.core.commands import show_key
from tui.ui.screen import OneShotModal


class QuestionScreen(OneShotModal[str]):
    """Asks; the result is the answer's key, `escape` for none of them."""

    def __init__(self, question: str, answers: dict[str, str]) -> None:
        """`answers`: key, in Textual's name, to what it does in a few words."""
        super().__init__()
        self._question = question
        self._answers = answers
        self._place = 0

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="question", can_focus=False):
            yield Static(self._content(), id="question-text", markup=False)

    def _content(self) -> Content:
        parts = [
            Content.assemble(
                "▸ " if number == self._place else "  ",
                (show_key(key), "bold $lit"),
                f" {words}",
            )
            for number, (key, words) in enumerate(self._answers.items())
        ]
        return Content("\n").join([Content(self._question), Content(""), *parts])

    def on_key(self, event: events.Key) -> None:
        event.stop()
        keys = list(self._answers)
        if event.key in self._answers or event.key == "escape":
            self.answer(event.key)
        elif event.key == "enter":
            self.answer(keys[self._place])
        elif event.key in ("up", "down"):
            self._place = (self._place + (1 if event.key == "down" else -1)) % len(keys)
            text = self.query_one("#question-text", Static)
            text.update(self._content())
            line = Region(0, text.size.height - len(keys) + self._place, 1, 1)
            self.query_one("#question").scroll_to_region(line, animate=False)

    def on_click(self, event: events.Click) -> None:
        answers = list(self._answers)
        line = event.screen_y - self.query_one("#question-text").region.bottom
        inside = self.query_one("#question").region.contains_point(event.screen_offset)
        if inside and -len(answers) <= line < 0:
            self.answer(answers[line])
