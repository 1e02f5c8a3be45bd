"""QuestionScreen: a question with a key for each answer."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from tui.core.commands import answers
from tui.ui.screen import OneShotModal

LEAVE = "question_leave"
"""The command that gives no answer. It is the last line of the question."""


class QuestionScreen(OneShotModal["str | None"]):
    """A question whose answers are the commands of one place of the table.

    The result is the id of the command chosen, None if the question was left.
    """

    def __init__(
        self,
        question: str,
        place: str,
        leave: str = "leave it",
        words: Mapping[str, str] | None = None,
    ) -> None:
        """`place`: the place of the table whose commands are the answers.

        `leave`: what it means to give no answer. `words`: what to show for an answer instead of
        its label, by the id of its command.
        """
        super().__init__()
        self._question = question
        labels = {each.id: each.label for each in answers(place, self.commands)}
        self._answers = {**labels, **(words or {}), LEAVE: leave}
        self._cursor = 0
        self.bind_commands((place,))

    async def action_run(self, command_id: str) -> None:
        if command_id.startswith("question_"):  # a key of all questions, not an answer
            await super().action_run(command_id)
        else:
            self.answer(command_id)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="question", can_focus=False):
            yield Static(self._content(), id="question-text", markup=False)

    def _content(self) -> Content:
        lines = [
            Content.assemble(
                "▸ " if number == self._cursor else "  ",
                (self.key_of(command_id), "bold $highlight"),
                f" {words}",
            )
            for number, (command_id, words) in enumerate(self._answers.items())
        ]
        return Content("\n").join([Content(self._question), Content(""), *lines])

    def _move_cursor(self, lines: int) -> None:
        self._cursor = (self._cursor + lines) % len(self._answers)
        text = self.query_one("#question-text", Static)
        text.update(self._content())
        line = Region(0, text.size.height - len(self._answers) + self._cursor, 1, 1)
        self.query_one("#question").scroll_to_region(line, animate=False)

    def action_question_next(self) -> None:
        self._move_cursor(1)

    def action_question_previous(self) -> None:
        self._move_cursor(-1)

    def action_question_choose(self) -> None:
        self._answer_line(self._cursor)

    def action_question_leave(self) -> None:
        self.answer(None)

    def _answer_line(self, number: int) -> None:
        """Give the answer of a line, counted from 0."""
        command_id = list(self._answers)[number]
        self.answer(None if command_id == LEAVE else command_id)

    def on_click(self, event: events.Click) -> None:
        line = event.screen_y - self.query_one("#question-text").region.bottom
        inside = self.query_one("#question").region.contains_point(event.screen_offset)
        if inside and -len(self._answers) <= line < 0:
            self._answer_line(len(self._answers) + line)
