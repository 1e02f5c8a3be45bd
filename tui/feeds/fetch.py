"""`fetch`: the new papers of many feeds at once, into the catalog.

Responses are read in threads. One thread writes to the catalog: the papers of a page, then the
cursor after them. If the process dies between the two, the page is fetched again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from tui.catalog.batch import AddResult
from tui.core import paths
from tui.core.errors import SheafError, UsageError
from tui.core.progress import NO_PROGRESS, Progress
from tui.core.text import clean_line
from tui.feeds.feed_kinds import fetch_pages
from tui.feeds.feed_names import parse_feed
from tui.feeds.feed_status import FeedStatus, load_statuses, save_status, utc_now
from tui.feeds.fetch_context import FetchContext, Page
from tui.feeds.fetch_report import FeedOutcome, FeedState, FetchReport
from tui.feeds.subscriptions import followed_feeds
from tui.library.library import Library
from tui.net.client import Client
from tui.net.errors import NetError
from tui.net.network_settings import NetworkSettings
from tui.net.rate_limits import RequestClock
from tui.net.timeouts import Timeouts
from tui.net.validators import NO_VALIDATORS
from tui.sources.interface import Notice
from tui.sources.record import describe_error, raise_under_pytest
from tui.state import Store

MAX_CONCURRENT_FEEDS = 64
"""Many, so that feeds that do not answer do not delay the others."""
_LOOKUP_THREADS = 32
"""The look-up of a host's address takes a thread, for half a minute if no server answers."""
_UNFINISHED = "was interrupted; the next fetch continues from there"


class FetchBusy(SheafError):
    """Another process fetches into this home."""


def fetch(
    home: Path,
    names: Collection[str] | None = None,
    *,
    network: NetworkSettings,
    progress: Progress = NO_PROGRESS,
    today: date | None = None,
    day: str | None = None,
    clock: RequestClock | None = None,
    timeouts: Timeouts | None = None,
) -> FetchReport:
    """Fetch what is new in the followed feeds, or in the feeds named, followed or not.

    `progress` gets the number of papers read. When it is cancelled the fetch ends within a moment;
    the papers fetched so far are saved, and the next fetch continues from there. `today` is the day
    of the user and of the services. `day` fetches that past day of `hf:daily` instead.

    Runs an event loop, so there must be none in the calling thread. The errors of a feed are in
    its outcome. Raises FetchBusy, UsageError for an invalid name or day, and SheafError if a store
    cannot be used.
    """
    chosen = _choose_feeds(home, names, day)
    if not chosen:
        return FetchReport()
    paths.make_home(home)
    with _lock_home(home), Library(home, create=True) as library:
        run = _Fetch(library, network, progress, today, day or "")
        try:
            last_row = library.catalog.last_row
            report = asyncio.run(run.fetch_all(chosen, clock, timeouts))
        finally:
            run.close()
        try:
            library.tag_new_papers(last_row)
        except SheafError as error:  # the papers are saved all the same
            report.notices.append(Notice("tags of views", str(error)))
        return report


def _choose_feeds(home: Path, names: Collection[str] | None, day: str | None) -> list[str]:
    if day:
        try:
            date.fromisoformat(day)
        except ValueError as error:
            raise UsageError(f"{day} is not a day; write it as 2026-05-07") from error
        chosen = [parse_feed(name).name for name in names or ["hf:daily"]]
        if chosen != ["hf:daily"]:
            raise UsageError("only hf:daily can be fetched for a past day")
        return chosen
    if names is not None:
        return list(dict.fromkeys(parse_feed(name).name for name in names))
    with Store.open(home, readonly=True) as store:
        return [feed.name for feed in followed_feeds(store) if not feed.paused]


@contextmanager
def _lock_home(home: Path) -> Iterator[None]:
    lock = FileLock(home / ".fetch.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        message = "another fetch is running on this library; its papers will appear here"
        raise FetchBusy(message) from error
    try:
        yield
    finally:
        lock.release()


class _LookupThreads(ThreadPoolExecutor):
    """Threads that the end does not wait for: a look-up of a host may take half a minute."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        super().shutdown(wait=False, cancel_futures=True)


class _Fetch:
    """One fetch of any number of feeds."""

    def __init__(
        self,
        library: Library,
        network: NetworkSettings,
        progress: Progress,
        today: date | None,
        day: str,
    ) -> None:
        self._library = library
        self._network = network
        self._progress = progress
        self._today = today or date.today()
        self._utc_today = today or datetime.now(UTC).date()
        self._day = day
        self._statuses = load_statuses(library.catalog)
        self._writer = ThreadPoolExecutor(1, "sheaf-fetch")
        self._outcomes: list[FeedOutcome] = []

    def close(self) -> None:
        """Wait until what is being written is saved."""
        self._writer.shutdown()

    async def fetch_all(
        self, names: Sequence[str], clock: RequestClock | None, timeouts: Timeouts | None
    ) -> FetchReport:
        asyncio.get_running_loop().set_default_executor(_LookupThreads(_LOOKUP_THREADS))
        self._outcomes = [FeedOutcome(name) for name in names]
        slots = asyncio.Semaphore(MAX_CONCURRENT_FEEDS)
        cancelled = self._progress.cancelled
        async with Client(
            self._network, clock=clock, cancelled=cancelled, timeouts=timeouts
        ) as client:
            await asyncio.gather(
                *(self._fetch_feed(each, client, slots) for each in self._outcomes)
            )
        notices = [each for outcome in self._outcomes for each in outcome.notices]
        return FetchReport(self._outcomes, notices)

    async def _fetch_feed(
        self, outcome: FeedOutcome, client: Client, slots: asyncio.Semaphore
    ) -> None:
        """Fetch one feed to its end; its outcome says what happened."""
        async with slots:
            outcome.state = "fetching"
            self._report()
            status = self._statuses.get(outcome.feed, FeedStatus())
            context = FetchContext(
                outcome.feed, self._network, client, status,
                self._today, self._utc_today, self._day,
            )  # fmt: skip
            state = await self._fetch_pages(context, outcome)
            status = replace(
                self._statuses.get(outcome.feed, FeedStatus()),
                tried=utc_now(),
                error=outcome.error or (_UNFINISHED if state == "stopped" else ""),
                read=outcome.read,
                added=outcome.added,
            )
            if state in ("done", "unchanged"):
                status = replace(status, fetched=status.tried)
            try:
                await self._save_status(outcome.feed, status)
            except SheafError as error:
                outcome.error, state = str(error), "failed"
            outcome.state = state
            self._report()

    async def _fetch_pages(self, context: FetchContext, outcome: FeedOutcome) -> FeedState:
        try:
            async with aclosing(fetch_pages(context)) as pages:
                async for page in pages:
                    await self._save_page(page, outcome)
                    self._report()
                    if self._progress.cancelled():
                        return "stopped"
        except NetError as error:
            if error.kind == "stopped":
                return "stopped"
            outcome.error = str(error)
        except SheafError as error:
            outcome.error = str(error)
        except Exception as error:  # unforeseen data of one feed must not stop the others
            raise_under_pytest(error)
            outcome.error = f"cannot be read: {describe_error(error)}"
        if not outcome.error and outcome.rejected and not outcome.read:
            outcome.error = f"nothing in it is a paper: {outcome.rejected[0].why}"
        outcome.error = clean_line(outcome.error)
        if outcome.error:
            return "failed"
        return "unchanged" if context.not_modified and not outcome.read else "done"

    async def _save_page(self, page: Page, outcome: FeedOutcome) -> None:
        """Save the papers of a page, then the cursor after them."""
        before = self._statuses.get(outcome.feed, FeedStatus())
        added = AddResult()
        if page.papers:
            added = await asyncio.get_running_loop().run_in_executor(
                self._writer, self._add_papers, page, outcome.feed
            )
        outcome.read += added.read
        outcome.added += added.added
        outcome.updated += added.updated
        outcome.unchanged += added.unchanged
        outcome.kept_apart += added.kept_apart
        outcome.rejected += page.rejected
        outcome.notices += page.notices
        status = replace(
            before,
            tried=utc_now(),
            error=_UNFINISHED,
            read=outcome.read,
            added=outcome.added,
            total=before.total + added.added,
        )
        if page.cursor is not None:
            # A response without a readable paper must be fetched again, even if it does not change.
            is_readable = page.papers or not page.rejected
            url, validators = (page.url, page.validators) if is_readable else ("", NO_VALIDATORS)
            status = replace(status, cursor=page.cursor, url=url, validators=validators)
        await self._save_status(outcome.feed, status)

    def _add_papers(self, page: Page, feed: str) -> AddResult:
        """Add the papers of a page; of a refill, only those that the feed has not listed."""
        if not page.is_refill:
            return self._library.add(page.papers)
        catalog = self._library.catalog
        rows = catalog.rows_of(key for paper in page.papers for key in paper.id_keys)
        found = catalog.get_many(sorted(set(rows.values())))
        listed = {stored.row for stored in found if feed in stored.paper.sources}
        return self._library.add(
            paper
            for paper in page.papers
            if listed.isdisjoint(rows[key] for key in paper.id_keys if key in rows)
        )

    async def _save_status(self, name: str, status: FeedStatus) -> None:
        await asyncio.get_running_loop().run_in_executor(
            self._writer, save_status, self._library.catalog, name, status
        )
        self._statuses[name] = status

    def _report(self) -> None:
        """Report the papers read, and the share of the feeds that are done."""
        total = len(self._outcomes)
        done = sum(each.state not in ("waiting", "fetching") for each in self._outcomes)
        papers = sum(each.read for each in self._outcomes)
        feeds = f"{done:,} of {total:,} feeds" if total > 1 else self._outcomes[0].feed
        self._progress.update(f"fetching {feeds}", papers, fraction=done / total)
