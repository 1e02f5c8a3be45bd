"""Jobs beside the reader, without a screen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.fake_background import FakeBackground
from tui.core.errors import SheafError
from tui.ui.jobs import JobProgress, JobReport, JobRunner
from tui.ui.status_bar import StatusBar


@pytest.fixture
def background() -> FakeBackground:
    return FakeBackground()


@pytest.fixture
def status() -> StatusBar:
    return StatusBar(lambda text: None, lambda notice: None)


@pytest.fixture
def reports() -> list[JobReport]:
    """What was to be shown at the ends of jobs."""
    return []


@pytest.fixture
def jobs(status: StatusBar, background: FakeBackground, reports: list[JobReport]) -> JobRunner:
    return JobRunner(status, background, reports.append)


def fail(error: Exception) -> Any:
    def work(progress: JobProgress) -> None:
        raise error

    return work


def test_a_job_gives_its_result_on_the_event_loop(
    jobs: JobRunner, status: StatusBar, background: FakeBackground
) -> None:
    results: list[int] = []
    status.message("what was said before")
    assert jobs.run("adding", lambda progress: 7, results.append)
    assert jobs.running == {"adding"}
    assert status.text == "adding …"
    background.finish()
    assert results == [7]
    assert not jobs.running
    assert status.text == ""


def test_only_one_job_of_a_kind_runs(jobs: JobRunner, background: FakeBackground) -> None:
    results: list[str] = []
    assert jobs.run("adding", lambda progress: "first", results.append)
    assert not jobs.run("adding", lambda progress: "second", results.append)
    assert jobs.run("copying", lambda progress: "other", results.append)
    background.finish()
    assert results == ["first", "other"]


def test_the_status_line_shows_the_last_progress(
    jobs: JobRunner, status: StatusBar, background: FakeBackground
) -> None:
    texts: list[str] = []

    def work(progress: JobProgress) -> None:
        for count in range(1, 4):
            progress.update("adding", count, 3)

    jobs.run("adding", work, lambda _: None)
    background.work.pop()[1]()
    assert len(background.calls) == 2  # three reports have become one; then the end
    background.calls.pop(0)[1]()
    texts.append(status.text)
    background.finish()
    assert [*texts, status.text] == ["adding: 3 of 3", ""]


def test_a_job_can_ask_whether_it_is_cancelled(jobs: JobRunner, background: FakeBackground) -> None:
    results: list[bool] = []
    jobs.run("fetching", lambda progress: progress.cancelled(), results.append)
    jobs.cancel("adding")
    jobs.cancel("fetching")
    background.finish()
    assert results == [True]


def test_a_job_that_was_cancelled_half_way_has_no_result(
    jobs: JobRunner, background: FakeBackground, reports: list[JobReport]
) -> None:
    results: list[None] = []
    jobs.run("exporting", lambda progress: progress.check(), results.append)
    jobs.cancel_all()
    background.finish()
    assert results == []
    assert reports == [JobReport("exporting was stopped")]


@pytest.mark.parametrize(
    ("error", "warning"),
    [
        (SheafError("The disk is full."), "The disk is full."),
        (ValueError("no"), "adding failed: ValueError: no"),
    ],
)
def test_a_job_that_fails_ends_with_a_warning(
    jobs: JobRunner,
    background: FakeBackground,
    reports: list[JobReport],
    error: Exception,
    warning: str,
) -> None:
    jobs.run("adding", fail(error), lambda _: None)
    background.finish()
    assert reports == [JobReport(warning=warning)]
    assert not jobs.running


def test_what_a_job_has_done_is_reported_if_there_is_something_to_say(
    jobs: JobRunner, background: FakeBackground, reports: list[JobReport]
) -> None:
    jobs.run("adding", lambda progress: 2, lambda count: JobReport(f"{count} added", count))
    jobs.run("fetching", lambda progress: 0, lambda count: None)
    background.finish()
    assert reports == [JobReport("2 added", 2)]


def test_an_automatic_job_leaves_the_message(
    jobs: JobRunner, status: StatusBar, background: FakeBackground
) -> None:
    status.message("star: “A”")
    jobs.run("fetching", lambda progress: None, lambda _: None, automatic=True)
    background.finish()
    assert status.text == "star: “A”"
