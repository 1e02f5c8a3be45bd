"""Subscribing: the digest in one's inbox, set up question by question, tried at the end."""

from __future__ import annotations

import threading

from textual import work

from tui.core.errors import SheafError
from tui.core.text import clean_line
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.screens.working import Tell, Working


class Subscribing(Working):
    """The part of the main screen that writes `[mail]`."""

    @work(group="question", exit_on_error=False, description="subscribing")
    async def action_subscribe(self) -> None:
        """Ask what `[mail]` needs, write it, send a test."""
        from tui.digest.mail_setup import (
            QUESTIONS,
            append_section,
            check_answer,
            format_section,
            mail_from_answers,
        )

        path = self.config.path
        answers: dict[str, str] = {}
        for question in QUESTIONS:
            if not question.is_needed(answers):
                continue
            wrong, text = "", question.suggest(answers)
            while True:
                hint = f"{wrong} · {question.help}" if wrong else question.help
                written = await self.app.push_screen_wait(
                    PromptScreen(question.text, text, hint=hint)
                )
                if written is None:
                    self.say("not subscribed; nothing was written")
                    return
                text = answers[question.name] = written.strip()
                wrong = check_answer(question.name, answers)
                if not wrong:
                    break
        key = await self.app.push_screen_wait(
            QuestionScreen(
                f"To be added to {path}:\n\n{format_section(answers)}",
                {"a": "add it and send a test", "escape": "leave it"},
            )
        )
        if key != "a":
            self.say("not subscribed; nothing was written")
            return
        try:
            append_section(path, answers)
        except SheafError as error:
            self.warn(clean_line(str(error)))
            return
        settings = mail_from_answers(answers)

        def job(stop: threading.Event, tell: Tell) -> str:
            from tui.digest.mail_setup import send_test

            return send_test(settings)

        self.begin("sending a test", job, self._tried)

    def _tried(self, words: str) -> None:
        self.warn(clean_line(f"{words} `sheaf digest --timer` shows how to have it every morning."))
