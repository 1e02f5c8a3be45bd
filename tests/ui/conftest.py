"""The reader in a test: a library of a few papers, a size, a frame of text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import WorkerCancelled

from tests import quiet
from tests.net.conftest import _few_authorities, few_authorities, server
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

__all__ = ["_few_authorities", "few_authorities", "offline", "server", "world"]

SIZES = ((80, 24), (120, 40), (200, 60))


quiet.install()

PASSING = ("index", "search", "similar", "job", "poll", "feeds", "draft")
"""Groups of workers that end by themselves."""


class Reader:
    """The running reader, and what a person sees of it."""

    def __init__(self, app: SheafApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def main(self) -> ReaderScreen:
        return self.app.main

    @property
    def frame(self) -> str:
        """The screen as text, a line each, spaces at the ends left out."""
        strips = quiet.shown_strips(self.app.screen)
        return "\n".join(strip.text.rstrip() for strip in strips) + "\n"

    async def settle(self) -> None:
        """Until searches, saves and repaints are done; a worker that asks something is left."""
        rounds = 0  # two in which nothing happens: a save that ends in one is shown in the next
        for _ in range(400):
            self.app.library.store.flush()
            await self.pilot.pause()
            passing = [each for each in self.app.workers if each.group in PASSING]
            if passing:  # an empty list would mean all of them
                with suppress(WorkerCancelled):  # the app has ended meanwhile
                    await self.app.workers.wait_for_complete(passing)
            rounds = 0 if passing else rounds + 1
            if not self._is_done:
                rounds = 0
                await asyncio.sleep(0.01)
            if rounds == 2:
                break

    @property
    def _is_done(self) -> bool:
        """Whether no action runs that asks nothing, and no timer is to bring something soon."""
        main = self.main
        if not main.is_running:
            return True
        acting = any(each.group == "action" for each in self.app.workers)
        if acting and self.app.screen is main:
            return False
        recounting = main.view_refresher.is_due
        return main.search.complete and not recounting and self._third_pane_is_filled

    @property
    def _third_pane_is_filled(self) -> bool:
        """Whether the similar papers are there, which are looked for when the cursor has rested."""
        main = self.main
        row = main.panes.papers.row
        if not main.has_class("-wide") or row is None or not main.search.complete:
            return True
        return main.similar.get(row) is not None

    async def press(self, *keys: str) -> None:
        for key in keys:  # one who looks at what each did: a list below a question stands still
            await self.pilot.press(key)
            await self.settle()

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


@pytest.fixture
def hub(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """Every service on the one server, and a clock that does not wait."""
    monkeypatch.setattr(client, "Clock", FakeClock)
    for service in SERVICES:
        monkeypatch.setenv(f"SHEAF_{service.upper()}_URL", f"{server.url}/{service}")
    return server
