"""Long work of actions: one job of a kind at a time; the same key again asks to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tui.ui.dialogs.question import QuestionScreen
from tui.ui.jobs import JobReport, Work
from tui.ui.reader_protocol import Reader

T = TypeVar("T")


async def run_or_stop(
    reader: Reader, kind: str, work: Work[T], done: Callable[[T], JobReport | None]
) -> None:
    """Run `work` beside the reader; if a job of this kind runs, ask whether to stop it."""
    if not reader.jobs.run(kind, work, done):
        await ask_to_stop(reader, kind)


async def ask_to_stop(reader: Reader, kind: str) -> None:
    """Ask whether to stop the job of this kind."""
    if await reader.ask(QuestionScreen(f"Still {kind}.", "job", "let it go on")):
        reader.jobs.cancel(kind)
