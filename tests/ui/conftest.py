"""The reader in tests: opened on a few papers in a size, used by keys, seen as a frame of text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import WorkerCancelled

from tests import textual_private
from tests.config.conftest import Write, write
from tests.net.conftest import _trust_one_authority, one_authority, server
from tests.net.server import FakeClock, Server
from tests.services.conftest import offline, world
from tui.config import Config
from tui.core.paper import Paper
from tui.library.library import Library
from tui.net import client
from tui.net.network_settings import SERVICES
from tui.state import Change
from tui.ui import view_refresher
from tui.ui.app import SheafApp
from tui.ui.reader import ReaderScreen
from tui.ui.widgets.paper_list import PaperList

__all__ = ["_trust_one_authority", "offline", "one_authority", "server", "world", "write"]

SIZES = ((80, 24), (120, 40), (200, 60))


textual_private.install()

SHORT_GROUPS = ("index", "search", "similar", "groups", "job", "poll", "feeds", "draft")
"""Groups of workers that end by themselves."""


class Reader:
    """The running reader, what it shows, and keys for it."""

    def __init__(self, app: SheafApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def main(self) -> ReaderScreen:
        return self.app.reader_screen

    @property
    def papers(self) -> PaperList:
        """The list."""
        return self.main.panes.papers

    @property
    def frame(self) -> str:
        """The screen as text, without spaces at the ends of lines."""
        strips = textual_private.shown_strips(self.app.screen)
        return "\n".join(strip.text.rstrip() for strip in strips) + "\n"

    async def settle(self) -> None:
        """Wait until searches, saves and repaints are done, but not for answers to questions."""
        rounds = 0  # rounds in which nothing happens; what ends in one is shown in the next
        for _ in range(400):
            self.app.library.store.flush()
            await self.pilot.pause()
            running = [each for each in self.app.workers if each.group in SHORT_GROUPS]
            if running:  # `wait_for_complete` takes an empty list for all workers
                with suppress(WorkerCancelled):  # the app has ended meanwhile
                    await self.app.workers.wait_for_complete(running)
            rounds = 0 if running else rounds + 1
            if not self._is_done:
                rounds = 0
                await asyncio.sleep(0.01)
            if rounds == 2:
                break

    @property
    def _is_done(self) -> bool:
        """Whether only actions run that ask something, and no timer shows something soon."""
        main = self.main
        if not main.is_running or not self.app.is_running:  # `q` has ended the app
            return True
        acting = any(each.group == "action" for each in self.app.workers)
        if acting and self.app.screen is main:
            return False
        recounting = main.view_refresher.is_due
        return main.search.complete and not recounting and self._third_pane_is_filled

    @property
    def _third_pane_is_filled(self) -> bool:
        """Whether the similar papers are shown; they are searched once the cursor rests."""
        main = self.main
        row = main.panes.papers.row
        if not main.has_class("-wide") or row is None or not main.search.complete:
            return True
        return main.similar.get(row) is not None

    async def press(self, *keys: str) -> None:
        """Press keys, each after what the one before it did is shown."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def until(self, condition: Callable[[], object]) -> bool:
        """Wait until `condition()` is true, at most ten seconds; return whether it is."""
        for _ in range(500):
            if condition():
                return True
            await asyncio.sleep(0.02)
        return False

    async def has_ended(self) -> bool:
        """Wait until the app has ended, which closes its screens first; False if it goes on."""
        return await self.until(lambda: not self.app.is_running)

    async def type(self, text: str) -> None:
        """Put `text` into the field that has the focus, as a paste does."""
        field = self.app.focused
        assert isinstance(field, Input)
        field.value = text
        await self.settle()


Open = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture
def open_reader(home: Path, papers: list[Paper], monkeypatch: pytest.MonkeyPatch) -> Open:
    """`async with open_reader(size=(80, 24), content=[...]) as reader:`"""
    monkeypatch.setattr(Input, "cursor_blink", False)
    monkeypatch.setattr(view_refresher, "RECOUNT_DELAY", 0.001)

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (120, 40),
        content: list[Paper] | None = None,
        query: str = "",
        first_time: bool = False,
        config: Config | None = None,
        visit: bool = True,
    ) -> AsyncIterator[Reader]:
        with Library(home, create=True) as library:
            library.add(papers if content is None else content)
            if visit:
                library.visit()
            if not first_time:
                seen = {"hints": {"first": {"seen": True}}}
                library.store.apply(Change.of("hint", tables=seen, silent=True))
            app = SheafApp(library, query, config=config)
            async with app.run_test(size=size) as pilot:
                reader = Reader(app, pilot)
                await reader.settle()
                yield reader

    return opened


OpenConfigured = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture
def open_configured(open_reader: Open, write: Write) -> OpenConfigured:
    """`async with open_configured("theme = 'nord'") as reader:`"""

    def opened(text: str, size: tuple[int, int] = (120, 40)) -> AbstractAsyncContextManager[Reader]:
        return open_reader(size, config=write(text), first_time=True, visit=False)

    return opened


@pytest.fixture
def service_server(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server of all services, with a clock that does not wait."""
    monkeypatch.setattr(client, "RequestClock", FakeClock)
    for service in SERVICES:
        monkeypatch.setenv(f"SHEAF_{service.upper()}_URL", f"{server.url}/{service}")
    return server
