"""The action that asks for the settings of the digest by mail, and sends a test."""

from __future__ import annotations

from tui.core.text import clean_line
from tui.ui.actions.long_work import run_or_stop
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.jobs import JobProgress, JobReport
from tui.ui.reader_protocol import Reader

NOTHING_WRITTEN = "not subscribed; nothing was written"


async def subscribe(reader: Reader) -> None:
    """Ask for the settings of `[mail]`, append them to config.toml and send a test."""
    from tui.digest.mail_setup import append_section, format_section, mail_from_answers, send_test

    path = reader.config.path
    answers = await _ask_all(reader)
    if answers is None:
        reader.status.message(NOTHING_WRITTEN)
        return
    question = QuestionScreen(f"To be added to {path}:\n\n{format_section(answers)}", "mail")
    if not await reader.ask(question):
        reader.status.message(NOTHING_WRITTEN)
        return

    def work(progress: JobProgress) -> str:
        append_section(path, answers)
        return send_test(mail_from_answers(answers))

    def done(result: str) -> JobReport:
        hint = "`sheaf digest --timer` shows how to have it every morning."
        return JobReport(warning=clean_line(f"{result} {hint}"))

    await run_or_stop(reader, "sending a test", work, done)


async def _ask_all(reader: Reader) -> dict[str, str] | None:
    """Ask each question until its answer is valid; return None if the user leaves one."""
    from tui.digest.mail_setup import QUESTIONS, check_answer

    answers: dict[str, str] = {}
    for question in QUESTIONS:
        if not question.is_needed(answers):
            continue
        problem, text = "", question.suggest(answers)
        while True:
            hint = f"{problem} · {question.help}" if problem else question.help
            answer = await reader.ask(PromptScreen(question.text, text, hint=hint))
            if answer is None:
                return None
            text = answers[question.name] = answer.strip()
            problem = check_answer(question.name, answers)
            if not problem:
                break
    return answers
