"""sheaf fetch: the new papers of the feeds you follow, or the files of a timer that fetches."""

from __future__ import annotations

from pathlib import Path

from tui.config import load
from tui.core.progress import Progress
from tui.feeds.fetch import fetch
from tui.feeds.fetch_report import FetchReport
from tui.feeds.subscriptions import followed_feeds
from tui.shell import output
from tui.shell.command_line import CommandLine
from tui.shell.interrupt import interruptible
from tui.shell.progress import progress_bar
from tui.state import Store

SHOWN_NOTICES = 5
"""Notices that are printed; `--json` has them all."""


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
        text = f"{'sheaf: ' if failed else ''}{outcome.feed}: {outcome.summary}"
        output.say(text, quiet=line.quiet and not failed)
    if not line.quiet:
        output.say_kept_apart(report.kept_apart)
        output.say_problems(report.notices, SHOWN_NOTICES, "notices; --json lists all")
    if len(report.outcomes) > 1:
        failures = f", {len(report.failed)} failed" if report.failed else ""
        total = f"{report.summary}, {len(report.outcomes)} feeds{failures}"
        output.say(total, quiet=line.quiet)
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


def _print_json(report: FetchReport) -> None:
    output.json(
        {
            "added": report.added,
            "updated": report.updated,
            "stopped": report.stopped,
            "feeds": [outcome.to_json() for outcome in report.outcomes],
        }
    )
