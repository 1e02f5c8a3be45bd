"""sheaf fetch: the new papers of the feeds you follow, or the files of a timer that fetches."""

from __future__ import annotations

from pathlib import Path

from tui.config import load
from tui.core.progress import Progress
from tui.feeds.fetch import fetch
from tui.feeds.fetch_report import FeedOutcome, FetchReport
from tui.feeds.subscriptions import followed_feeds
from tui.shell import output
from tui.shell.command_line import CommandLine
from tui.shell.interrupt import interruptible
from tui.shell.progress import progress_bar
from tui.state import Store


def run(line: CommandLine) -> int:
    """Fetch; return 1 if a feed failed, 130 if interrupted.

    Raises UsageError for an unknown feed or day, FetchBusy if another process fetches.
    """
    options = line.options
    if options.timer:
        from tui.shell.timers import fetch_timer

        output.data(fetch_timer(line.home, line.home_given), end="")
        return 0
    report = FetchReport()
    if not options.feed and not options.day and (why := _why_nothing_to_fetch(line.home)):
        output.say(why, quiet=line.quiet)
    else:
        with interruptible() as interrupted, progress_bar(not line.quiet) as report_progress:
            report = fetch(
                line.home,
                options.feed or None,
                network=load(line.config_file).network,
                progress=Progress(interrupted.is_set, report_progress),
                day=options.day,
            )
    if options.json:
        _print_json(report)
    for outcome in report.outcomes:
        failed = outcome.state == "failed"
        output.say(describe_outcome(outcome), quiet=line.quiet and not failed)
    if len(report.outcomes) > 1:
        output.say(_describe_total(report), quiet=line.quiet)
    if report.stopped:
        output.say(
            "sheaf: interrupted; the papers fetched so far are saved, "
            "`sheaf fetch` fetches the rest"
        )
        return 130
    return 1 if report.failed else 0


def _why_nothing_to_fetch(home: Path) -> str:
    """Return why there is nothing to fetch, or an empty string."""
    with Store.open(home, readonly=True) as store:
        followed = followed_feeds(store)
    if not followed:
        return (
            "you follow no feeds; `sheaf feeds add hf:daily` follows the daily papers, "
            "`sheaf feeds add --help` lists other feeds"
        )
    if all(feed.paused for feed in followed):
        return "all feeds are paused; `sheaf feeds resume NAME` fetches one again"
    return ""


def describe_outcome(outcome: FeedOutcome) -> str:
    """Return one line about a feed that was fetched."""
    if outcome.state == "unchanged":
        return f"{outcome.feed}: nothing new"
    parts = [f"{outcome.added} new"]
    parts += [f"{outcome.updated} updated"] if outcome.updated else []
    parts += [f"{len(outcome.rejected)} refused"] if outcome.rejected else []
    if outcome.state == "failed":
        parts = parts if outcome.read else []
        return f"sheaf: {outcome.feed}: {', '.join([outcome.error, *parts])}"
    return f"{outcome.feed}: {', '.join(parts)}"


def _describe_total(report: FetchReport) -> str:
    failed = f", {len(report.failed)} failed" if report.failed else ""
    return f"{report.added} new, {report.updated} updated, {len(report.outcomes)} feeds{failed}"


def _print_json(report: FetchReport) -> None:
    output.json(
        {
            "added": report.added,
            "updated": report.updated,
            "stopped": report.stopped,
            "feeds": [outcome.to_json() for outcome in report.outcomes],
        }
    )
