"""Actions for feeds: fetch new papers or those of a past day, and show the feeds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tui.core.progress import Progress, ProgressUpdate
from tui.core.text import clean_line, count_items
from tui.ui.actions.long_work import ask_to_stop
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.jobs import JobProgress, JobReport
from tui.ui.reader_protocol import Reader

if TYPE_CHECKING:
    from tui.feeds.fetch_report import FetchReport

KIND = "fetching"
"""The kind of the job."""
DAILY = "hf:daily"
"""The feed that can be asked for a past day."""


async def fetch(reader: Reader) -> None:
    """Fetch all feeds that are followed."""
    from tui.feeds.subscriptions import followed_feeds

    followed = followed_feeds(reader.library.store)
    feeds_key = reader.key_of("feeds")
    if KIND in reader.jobs.running:
        await ask_to_stop(reader, KIND)
    elif not followed:
        reader.status.message(f"no feeds are followed; {feeds_key} follows one")
    elif all(feed.paused for feed in followed):
        reader.status.message(f"all feeds are paused; {feeds_key} resumes one")
    else:
        start_fetch(reader)


async def fetch_day(reader: Reader) -> None:
    """Fetch the daily papers of a past day; suggests the nearest one that is missing."""
    day = _last_missing_day(reader.request.day, reader.library.search.days(DAILY))
    prompt = PromptScreen("fetch the daily papers of", day, hint="a day, as 2026-05-07")
    answer = (await reader.ask(prompt) or "").strip()
    if answer and not start_fetch(reader, [DAILY], answer):
        await ask_to_stop(reader, KIND)


async def show_feeds(reader: Reader) -> None:
    """Show the feeds; then fetch feeds or show the papers of one, as the user chooses there."""
    from tui.ui.dialogs.feeds import FeedsScreen

    library, network = reader.library, reader.config.network
    choice = await reader.ask(
        FeedsScreen(library.store, library.catalog.path, network, reader.triage.submit)
    )
    if choice is None:
        return
    if choice.show:
        name = choice.show.replace('"', "")
        reader.request = reader.request.with_text(f'feed:"{name}"')
    elif not choice.fetch:
        await fetch(reader)
    elif not start_fetch(reader, choice.fetch):
        await ask_to_stop(reader, KIND)


def start_fetch(
    reader: Reader,
    names: list[str] | None = None,
    day: str | None = None,
    *,
    automatic: bool = False,
) -> bool:
    """Fetch all feeds that are followed, or those of these names; False if a fetch runs.

    `day` asks for that past day of `hf:daily`. An `automatic` fetch, which the user did not
    start, reports only new papers.
    """
    home, network = reader.library.home, reader.config.network

    def work(progress: JobProgress) -> FetchReport:
        from tui.feeds.fetch import fetch

        def report(update: ProgressUpdate) -> None:
            progress.show_text(clean_line(f"{update.label}: {count_items(update.done, 'papers')}"))

        papers = Progress(progress.cancelled, report)
        return fetch(home, names, network=network, progress=papers, day=day)

    def done(report: FetchReport) -> JobReport | None:
        if automatic:
            return JobReport(report.summary, report.added) if report.added else None
        text = report.summary + (" · stopped" if report.stopped else "")
        return JobReport(text, report.added, _describe_problems(reader, report))

    return reader.jobs.run(KIND, work, done, automatic=automatic)


def _describe_problems(reader: Reader, report: FetchReport) -> str:
    """Return the error of the first feed that failed, else the first paper kept apart or notice.

    It says how many more there are; empty if there is nothing to say.
    """
    if not report.failed and report.kept_apart:
        kept, more = report.kept_apart[0], len(report.kept_apart) - 1
        others = f" ({more:,} more; `sheaf doctor --duplicates` in a shell lists them)"
        return clean_line(f"{kept}{others if more else ''}")
    if not report.failed:
        return clean_line(str(report.notices[0])) if report.notices else ""
    first, more = report.failed[0], len(report.failed) - 1
    others = f"; {more:,} more" if more else ""
    return clean_line(
        f"{first.feed}: {first.summary}{others}; {reader.key_of('feeds')} shows the feeds"
    )


def _last_missing_day(before: str, known: dict[str, int]) -> str:
    """Return the last weekday before a day on which no paper of `known` was listed."""
    day = min(date.fromisoformat(before), date.today())
    while True:
        day -= timedelta(days=1)
        if day.weekday() < 5 and day.isoformat() not in known:
            return day.isoformat()
