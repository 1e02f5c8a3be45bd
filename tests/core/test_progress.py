"""Progress: reports and cancellation."""

from __future__ import annotations

import pytest

from tui.core.progress import NO_PROGRESS, Cancelled, Progress, ProgressUpdate


def test_updates_reach_the_report_and_read_as_one_line() -> None:
    updates: list[ProgressUpdate] = []
    progress = Progress(report=updates.append)
    progress.update("indexing", 5_000, 80_000)
    progress.update("a.bib", 50, fraction=0.25)
    assert [update.text for update in updates] == ["indexing: 5,000 of 80,000", "a.bib: 50"]
    assert updates[1].fraction == 0.25


def test_check_raises_once_the_work_is_cancelled() -> None:
    is_cancelled = False
    progress = Progress(lambda: is_cancelled)
    progress.check()
    is_cancelled = True
    with pytest.raises(Cancelled):
        progress.check()


def test_without_progress_nothing_happens() -> None:
    NO_PROGRESS.update("indexing", 1)
    NO_PROGRESS.check()
    assert not NO_PROGRESS.cancelled()
