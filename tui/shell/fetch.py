"""sheaf fetch: new papers of the followed feeds; what a timer needs to run it."""

from __future__ import annotations

import sys
from pathlib import Path

from tui.feeds.fetch import fetch
from tui.feeds.fetch_report import FeedOutcome, FetchReport
from tui.feeds.subscriptions import followed_feeds
from tui.net.network_settings import NetworkSettings
from tui.shell import output
from tui.shell.fetchbar import bars
from tui.shell.interrupt import interruptible
from tui.state import Store

FOLLOW = (
    "`sheaf feeds add hf:daily` follows the daily papers, `sheaf feeds add --help` tells of more"
)


def run(
    home: Path, names: list[str], network: NetworkSettings, day: str, as_json: bool, quiet: bool
) -> int:
    """Fetch; 1 if a feed failed, 130 if interrupted. UsageError, FetchBusy, SheafError."""
    if not names and not day and (why := _nothing(home)):
        output.say(why, quiet=quiet)
        if as_json:
            _print_json(FetchReport())
        return 0
    with interruptible() as stop, bars(sys.stderr.isatty() and not quiet) as show:
        report = fetch(home, names or None, network=network, progress=show, stop=stop, day=day)
    if as_json:
        _print_json(report)
    for outcome in report.outcomes:
        failed = outcome.state == "failed"
        output.say(told(outcome), quiet=quiet and not failed)
    if len(report.outcomes) > 1:
        output.say(_sum(report), quiet=quiet)
    if report.stopped:
        output.say("sheaf: stopped; what has come is kept, `sheaf fetch` goes on")
        return 130
    return 1 if report.failed else 0


def _nothing(home: Path) -> str:
    """Why there is nothing to fetch; empty if there is."""
    with Store.open(home, readonly=True) as store:
        followed = followed_feeds(store)
    if not followed:
        return f"no feeds are followed; {FOLLOW}"
    if all(feed.paused for feed in followed):
        return "all feeds are paused; `sheaf feeds resume NAME` takes one up again"
    return ""


def told(outcome: FeedOutcome) -> str:
    """One line of what a feed brought."""
    if outcome.state == "unchanged":
        return f"{outcome.feed}: nothing new"
    parts = [f"{outcome.added} new"]
    parts += [f"{outcome.updated} updated"] if outcome.updated else []
    parts += [f"{len(outcome.refused)} refused"] if outcome.refused else []
    if outcome.state == "failed":
        parts = parts if outcome.read else []
        return f"sheaf: {outcome.feed}: {', '.join([outcome.error, *parts])}"
    return f"{outcome.feed}: {', '.join(parts)}"


def _sum(report: FetchReport) -> str:
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
