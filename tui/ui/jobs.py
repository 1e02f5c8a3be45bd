"""JobRunner: runs long work in threads, one job of a kind at a time; a job can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from tui.core.errors import SheafError
from tui.core.progress import Cancelled, Progress
from tui.ui.background import Background
from tui.ui.status_bar import StatusBar

T = TypeVar("T")
Work = Callable[["JobProgress"], T]
"""A function that runs in a thread. It ends soon after its progress is cancelled, and keeps what it
has done so far."""


class JobReport(NamedTuple):
    """What is shown at the end of a job."""

    text: str = ""
    """The message; empty to leave the one that is shown."""
    new_papers: int = 0
    """Papers that it has added."""
    warning: str = ""
    """What went wrong, if anything."""


class JobProgress(Progress):
    """The progress of one job, shown in the status line."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self.stop = threading.Event()
        """Set to stop the job; work that waits can wait for this event instead."""
        super().__init__(self.stop.is_set, lambda update: show(update.text))
        self.show_text = show
        """Shows any text as the progress; may be called from the thread."""


class JobRunner:
    """Starts and stops jobs, and reports how they ended."""

    def __init__(
        self, status: StatusBar, background: Background, report: Callable[[JobReport], None]
    ) -> None:
        """`report` is called on the event loop when a job has ended, with what is to be shown."""
        self._status = status
        self._background = background
        self._report = report
        self._running: dict[str, JobProgress] = {}

    @property
    def running(self) -> frozenset[str]:
        """The kinds of the jobs that run now."""
        return frozenset(self._running)

    def run(
        self,
        kind: str,
        work: Work[T],
        done: Callable[[T], JobReport | None],
        *,
        automatic: bool = False,
    ) -> bool:
        """Run `work` in a thread, then `done` with its result on the event loop.

        `done` returns what is to be shown, if anything. A SheafError ends the job with its text as
        a warning. An `automatic` job, which the user did not start, leaves the message that is
        shown. Return False, and do nothing, if a job of this kind runs already.
        """
        if kind in self._running:
            return False
        progress = self._running[kind] = JobProgress(self._post_progress)
        if not automatic:
            self._status.message("")
        self._status.progress(f"{kind} …")
        self._background.run(lambda: self._work(kind, work, done, progress), "job", kind)
        return True

    def cancel(self, kind: str) -> None:
        """Stop the job of this kind, if one runs; what it has done stays."""
        if kind in self._running:
            self._running[kind].stop.set()

    def cancel_all(self) -> None:
        """Stop all jobs, because the reader ends."""
        for progress in self._running.values():
            progress.stop.set()

    def _post_progress(self, text: str) -> None:
        self._background.call(lambda: self._show_progress(text), flood="progress of jobs")

    def _show_progress(self, text: str) -> None:
        if self._running:  # the job may have ended meanwhile
            self._status.progress(text)

    def _work(
        self,
        kind: str,
        work: Work[T],
        done: Callable[[T], JobReport | None],
        progress: JobProgress,
    ) -> None:
        """Run in a thread; report the end to the event loop, whatever its reason."""

        def end(make_report: Callable[[], JobReport | None]) -> None:
            self._background.call(lambda: self._end(kind, make_report))

        try:
            result = work(progress)
        except Cancelled:
            end(lambda: JobReport(f"{kind} was stopped"))
        except SheafError as error:
            warning = str(error)
            end(lambda: JobReport(warning=warning))
        except Exception as error:
            warning = f"{kind} failed: {type(error).__name__}: {error}"
            end(lambda: JobReport(warning=warning))
        else:
            end(lambda: done(result))

    def _end(self, kind: str, make_report: Callable[[], JobReport | None]) -> None:
        self._running.pop(kind, None)
        self._status.progress("")
        if report := make_report():
            self._report(report)
