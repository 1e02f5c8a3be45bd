"""Working: what takes long runs beside the reader, tells how far it is, and can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual import on, work
from textual.message import Message

from tui.core.errors import SheafError
from tui.library.library import Library
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.screens.selecting import Selecting

Tell = Callable[[str], None]
"""Puts how far it is in the status line; from any thread."""
Job = Callable[[threading.Event, Tell], Any]
"""What runs in a thread. It ends soon after the event is set; what it has done stays."""


class Working(Selecting):
    """The part of the main screen that has jobs done. One of a kind at a time."""

    @dataclass
    class Told(Message):
        """A job tells how far it is."""

        words: str

    @dataclass
    class Finished(Message):
        """A job is over: its result, or what went wrong."""

        kind: str
        then: Callable[[Any], None]
        result: Any
        wrong: str

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.jobs: dict[str, threading.Event] = {}
        """The jobs at work: kind to the event that stops it."""

    def begin(
        self, kind: str, job: Job, then: Callable[[Any], None], *, unasked: bool = False
    ) -> None:
        """Run `job`; `then` gets its result here. The same kind again asks whether to stop it.

        A SheafError ends the job with its words as a warning. A job nobody asked for (`unasked`)
        waits for its turn, and leaves what the status line says.
        """
        if kind in self.jobs:
            if not unasked:
                self._ask_to_stop(kind)
            return
        stop = self.jobs[kind] = threading.Event()
        if not unasked:
            self.say("")
        self.say_progress(f"{kind} …")
        self._run(kind, stop, job, then)

    @work(group="question", exit_on_error=False, description="a question")
    async def _ask_to_stop(self, kind: str) -> None:
        answers = {"s": "stop it; what has come stays", "escape": "let it go on"}
        key = await self.app.push_screen_wait(QuestionScreen(f"Still {kind}.", answers))
        if key == "s" and kind in self.jobs:
            self.jobs[kind].set()

    @work(thread=True, group="job", exit_on_error=False, description="a job")
    def _run(self, kind: str, stop: threading.Event, job: Job, then: Callable[[Any], None]) -> None:
        def tell(words: str) -> None:
            self.post_message(self.Told(words))

        result, wrong = None, ""
        try:
            result = job(stop, tell)
        except SheafError as error:
            wrong = str(error)
        except Exception as error:
            wrong = f"{kind} failed: {type(error).__name__}: {error}"
        self.post_message(self.Finished(kind, then, result, wrong))

    @on(Told)
    def _told(self, event: Told) -> None:
        if self.jobs:
            self.say_progress(event.words)

    @on(Finished)
    def _finished(self, event: Finished) -> None:
        self.jobs.pop(event.kind, None)
        self.say_progress("")
        if event.wrong:
            self.warn(event.wrong)
        else:
            event.then(event.result)

    def on_unmount(self) -> None:
        for stop in self.jobs.values():
            stop.set()
