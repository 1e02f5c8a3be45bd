"""Fetching: what the feeds have that is new; asked for, or by itself every so often."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import TYPE_CHECKING

from textual import work

from tui.core.text import clean_line
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.screens.arriving import Arriving
from tui.ui.screens.working import Tell

if TYPE_CHECKING:
    from tui.feeds.fetch_report import FetchProgress, FetchReport

DAILY = "hf:daily"
"""The feed that can be asked for a past day."""


class Fetching(Arriving):
    """The part of the main screen for feeds."""

    def fetch_by_itself(self) -> None:
        """Fetch now and every so many minutes, if the config says so."""
        minutes = self.config.network.every
        if minutes:
            self.set_interval(minutes * 60, lambda: self._fetch(unasked=True))
            self._fetch(unasked=True)

    def action_fetch(self) -> None:
        """Fetch all feeds that are followed."""
        from tui.feeds.subscriptions import followed_feeds

        followed = followed_feeds(self.library.store)
        if "fetching" not in self.jobs and not followed:
            self.say(f"no feeds are followed; {self.key_of('feeds')} follows one")
        elif "fetching" not in self.jobs and all(feed.paused for feed in followed):
            self.say(f"all feeds are paused; {self.key_of('feeds')} takes one in again")
        else:
            self._fetch()

    def _fetch(
        self, names: list[str] | None = None, day: str | None = None, *, unasked: bool = False
    ) -> None:
        home, network = self.library.home, self.config.network

        def job(stop: threading.Event, tell: Tell) -> FetchReport:
            from tui.feeds.fetch import fetch

            def progress(so_far: FetchProgress) -> None:
                tell(_far(so_far))

            return fetch(home, names, network=network, progress=progress, stop=stop, day=day)

        self.begin("fetching", job, lambda report: self._fetched(report, unasked), unasked=unasked)

    def _fetched(self, report: FetchReport, unasked: bool) -> None:
        """Say what came; a fetch that nobody asked for is silent where nothing did."""
        if unasked and not report.added:
            return
        silent = len(report.failed) == len(report.outcomes)
        nothing = "no feed has answered" if silent else "nothing new"
        words = f"{report.added:,} new" if report.added else nothing
        words += f", {report.updated:,} updated" if report.updated else ""
        words += " · stopped" if report.stopped else ""
        self.came_in(report.added, words)
        if report.failed and not unasked:
            first, more = report.failed[0], len(report.failed) - 1
            others = f"; {more:,} more" if more else ""
            self.warn(clean_line(f"{first.feed}: {first.error}{others}; {self.key_of('feeds')}"
                                 " shows the feeds"))  # fmt: skip

    @work(group="question", exit_on_error=False, description="a day")
    async def action_fetch_day(self) -> None:
        """Fetch the daily papers of a past day: the nearest one missing is suggested."""
        prompt = PromptScreen(
            "fetch the daily papers of", self._missing_day(), hint="a day, as 2026-05-07"
        )
        day = await self.app.push_screen_wait(prompt)
        if day and day.strip():
            self._fetch([DAILY], day.strip())

    def _missing_day(self) -> str:
        """The last weekday before the one shown that no paper here was listed on."""
        have = self.library.catalog.days()
        day = min(date.fromisoformat(self.day), date.today())
        while True:
            day -= timedelta(days=1)
            if day.weekday() < 5 and day.isoformat() not in have:
                return day.isoformat()

    @work(group="question", exit_on_error=False, description="the feeds")
    async def action_feeds(self) -> None:
        """Show the feeds; to fetch some is the one thing done after it is left."""
        from tui.ui.dialogs.feeds import FeedsScreen

        wish = await self.app.push_screen_wait(
            FeedsScreen(self.library.store, self.library.catalog.path, self.submit)
        )
        if wish is None:
            return
        if wish.show:
            self.set_filter(f'source:"{wish.show}"')
        elif wish.fetch:
            self._fetch(wish.fetch)
        else:
            self.action_fetch()


def _far(so_far: FetchProgress) -> str:
    """`fetching: 2 of 5 feeds, arxiv:cs.CL 300 papers`."""
    papers = f", {so_far.feed} {so_far.papers:,} papers" if so_far.papers else ""
    return clean_line(f"fetching: {so_far.done:,} of {so_far.total:,} feeds{papers}")
