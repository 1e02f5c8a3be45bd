"""All feeds at once: asked together, read off the loop, written by one thread, cursors last."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from tui.catalog.catalog import Added
from tui.core import paths
from tui.core.errors import SheafError, UsageError
from tui.core.text import clean_line
from tui.feeds import feed_kinds
from tui.feeds.feed_names import parse_feed
from tui.feeds.feed_status import FeedStatus, load_statuses, save_status, utc_now
from tui.feeds.fetch_context import FetchContext, Page
from tui.feeds.fetch_report import FeedOutcome, FeedState, FetchProgress, FetchReport
from tui.feeds.subscriptions import followed_feeds
from tui.library.library import Library
from tui.net.client import Client, Clock, Timeouts
from tui.net.errors import NetError
from tui.net.network_settings import NetworkSettings
from tui.state import Store

__all__ = ["FeedOutcome", "FetchBusy", "FetchProgress", "FetchReport", "fetch"]

AT_ONCE = 64
"""Feeds asked at once: so many that those which hang do not hold up the others."""
_THREADS = 32
"""Looking up the names of hosts takes a thread each, for long where there is no answer."""
_UNFINISHED = "was cut short; the next fetch goes on from there"


class FetchBusy(SheafError):
    """Another fetch of this home is at work."""


def fetch(
    home: Path,
    names: Collection[str] | None = None,
    *,
    network: NetworkSettings,
    progress: Callable[[FetchProgress], None] | None = None,
    stop: threading.Event | None = None,
    today: date | None = None,
    day: str | None = None,
    clock: Clock | None = None,
    times: Timeouts | None = None,
) -> FetchReport:
    """Fetch what is new in the feeds followed, or in those named, followed or not.

    From any thread without a running loop. `progress` is called on that thread. Setting `stop`
    ends it within a moment; what has come is kept, and the next fetch goes on there. `today` is
    the user's day and the services'. `day` asks for that past day of `hf:daily` instead.
    What goes wrong with one feed is in its Outcome. FetchBusy; UsageError for a name or day that
    is none; SheafError if a store cannot be used.
    """
    chosen = _chosen(home, names, day)
    if not chosen:
        return FetchReport()
    paths.make_home(home)
    with _alone(home), Library(home, create=True) as library:
        run = _Run(library, network, progress, stop, today, day or "")
        try:
            return asyncio.run(run.all(chosen, clock, times))
        finally:
            run.end()


def _chosen(home: Path, names: Collection[str] | None, day: str | None) -> list[str]:
    if day:
        try:
            date.fromisoformat(day)
        except ValueError as error:
            raise UsageError(f"{day} is no day; write it as 2026-05-07") from error
        chosen = [parse_feed(name).name for name in names or ["hf:daily"]]
        if chosen != ["hf:daily"]:
            raise UsageError("only hf:daily can be asked for a past day")
        return chosen
    if names is not None:
        return list(dict.fromkeys(parse_feed(name).name for name in names))
    with Store.open(home, readonly=True) as store:
        return [feed.name for feed in followed_feeds(store) if not feed.paused]


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    lock = FileLock(home / ".fetch.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise FetchBusy(
            "another fetch is at work on this library; what it finds will be here"
        ) from error
    try:
        yield
    finally:
        lock.release()


class _Lookups(ThreadPoolExecutor):
    """Threads nobody waits for at the end: a name may be looked up for half a minute."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        super().shutdown(wait=False, cancel_futures=True)


class _Run:
    """One fetch of any number of feeds."""

    def __init__(
        self,
        library: Library,
        network: NetworkSettings,
        progress: Callable[[FetchProgress], None] | None,
        stop: threading.Event | None,
        today: date | None,
        day: str,
    ) -> None:
        self._library = library
        self._network = network
        self._progress = progress
        self._stop = stop or threading.Event()
        self._today = today or date.today()
        self._utc = today or datetime.now(UTC).date()
        self._day = day
        self._known = load_statuses(library.catalog)
        self._writer = ThreadPoolExecutor(1, "sheaf-fetch")
        self._done = self._total = 0

    def end(self) -> None:
        """Wait for what is being written."""
        self._writer.shutdown()

    async def all(
        self, names: Sequence[str], clock: Clock | None, times: Timeouts | None
    ) -> FetchReport:
        asyncio.get_running_loop().set_default_executor(_Lookups(_THREADS))
        self._total = len(names)
        outcomes = [FeedOutcome(name) for name in names]
        places = asyncio.Semaphore(AT_ONCE)
        async with Client(
            self._network, clock=clock, cancelled=self._stop.is_set, times=times
        ) as client:
            await asyncio.gather(*(self._one(each, client, places) for each in outcomes))
        return FetchReport(outcomes)

    async def _one(self, outcome: FeedOutcome, client: Client, places: asyncio.Semaphore) -> None:
        """Fetch one feed to its end; whatever happens is told in its outcome."""
        self._tell(outcome, "waiting")
        async with places:
            before = self._known.get(outcome.feed, FeedStatus())
            asking = FetchContext(
                outcome.feed, self._network, client, before, self._today, self._utc, self._day
            )
            self._tell(outcome, "fetching")
            state = await self._pages(asking, outcome)
            last = replace(
                self._known.get(outcome.feed, FeedStatus()),
                tried=utc_now(),
                error=outcome.error or (_UNFINISHED if state == "stopped" else ""),
                read=outcome.read,
                added=outcome.added,
            )
            if state in ("done", "unchanged"):
                last = replace(last, fetched=last.tried)
            try:
                await self._written(outcome.feed, last)
            except SheafError as error:
                outcome.error, state = str(error), "failed"
            self._done += 1
            self._tell(outcome, state)

    async def _pages(self, asking: FetchContext, outcome: FeedOutcome) -> FeedState:
        try:
            async with aclosing(feed_kinds.fetch_pages(asking)) as pages:
                async for page in pages:
                    await self._keep(page, outcome)
                    self._tell(outcome, "fetching")
                    if self._stop.is_set():
                        return "stopped"
        except NetError as error:
            if error.kind == "stopped":
                return "stopped"
            outcome.error = str(error)
        except SheafError as error:
            outcome.error = str(error)
        except Exception as error:  # of one feed's odd data; the others go on
            outcome.error = f"cannot be understood: {type(error).__name__} {str(error)[:200]}"
        if not outcome.error and outcome.refused and not outcome.read:
            outcome.error = f"nothing in it is a paper: {outcome.refused[0].why}"
        outcome.error = clean_line(outcome.error)
        if outcome.error:
            return "failed"
        return "unchanged" if asking.unchanged and not outcome.read else "done"

    async def _keep(self, page: Page, outcome: FeedOutcome) -> None:
        """Write a page: its papers, and after them where to go on."""
        before = self._known.get(outcome.feed, FeedStatus())
        added = Added()
        if page.papers:
            added = await asyncio.get_running_loop().run_in_executor(
                self._writer, self._library.add, page.papers
            )
        outcome.read += added.read
        outcome.added += added.added
        outcome.updated += added.updated
        outcome.unchanged += added.unchanged
        outcome.refused += page.refused
        after = replace(
            before,
            tried=utc_now(),
            error=_UNFINISHED,
            read=outcome.read,
            added=outcome.added,
            total=before.total + added.added,
        )
        if page.cursor is not None:
            after = replace(after, cursor=page.cursor)
        if page.url and (page.papers or not page.refused):
            after = replace(after, url=page.url, validators=page.validators)
        await self._written(outcome.feed, after)

    async def _written(self, name: str, told: FeedStatus) -> None:
        await asyncio.get_running_loop().run_in_executor(
            self._writer, save_status, self._library.catalog, name, told
        )
        self._known[name] = told

    def _tell(self, outcome: FeedOutcome, state: FeedState) -> None:
        outcome.state = state
        if self._progress:
            self._progress(
                FetchProgress(outcome.feed, state, outcome.read, self._done, self._total)
            )
