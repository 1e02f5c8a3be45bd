"""A server in place of every service, and `fetch` into the home of a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.net.conftest import _trust_one_authority, clock, one_authority, server
from tests.net.server import FakeClock, Server
from tests.shell.conftest import sheaf
from tui.catalog.catalog import Catalog
from tui.core import paths
from tui.core.paper import Paper
from tui.feeds import fetch as module
from tui.feeds.feed_status import FeedStatus, load_statuses
from tui.feeds.fetch_report import FeedOutcome, FetchReport
from tui.library.library import Library
from tui.net.network_settings import SERVICES, NetworkSettings
from tui.search.query import parse

__all__ = ["_trust_one_authority", "clock", "one_authority", "server", "sheaf"]

Fetch = Callable[..., FetchReport]


@pytest.fixture
def network(server: Server) -> NetworkSettings:
    """Settings with every service below its name on the server."""
    return NetworkSettings(bases={service: f"{server.url}/{service}" for service in SERVICES})


@pytest.fixture
def fetch(home: Path, network: NetworkSettings, clock: FakeClock) -> Fetch:
    """`fetch("hf:daily", today=…)`, with the other arguments of `tui.feeds.fetch`."""

    def run(*names: str, **options: Any) -> FetchReport:
        options = {"network": network, "clock": clock} | options
        return module.fetch(home, list(names) or None, **options)

    return run


class SavedHome:
    """The content of the home."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def papers(self) -> list[Paper]:
        catalog = Catalog(paths.papers_db(self.folder))
        found = [stored.paper for stored in catalog.iterate()]
        catalog.close()
        return found

    def new_ids(self) -> set[str]:
        """The arXiv ids of what `is:new` finds."""
        with Library(self.folder) as library:
            rows = library.up_to_date_search().run(parse("is:new")).rows.tolist()
            return {stored.paper.ids["arxiv"] for stored in library.catalog.get_many(rows)}

    def save_visit(self) -> None:
        """Save the time of the visit, as the reader does when it closes."""
        with Library(self.folder) as library:
            library.visit()

    def titles(self) -> list[str]:
        return sorted(paper.title for paper in self.papers())

    def status(self, name: str) -> FeedStatus:
        catalog = Catalog(paths.papers_db(self.folder))
        found = load_statuses(catalog)[name]
        catalog.close()
        return found


@pytest.fixture
def saved(home: Path) -> SavedHome:
    return SavedHome(home)


def only_outcome(report: FetchReport) -> FeedOutcome:
    """The outcome of a fetch of one feed."""
    (outcome,) = report.outcomes
    return outcome
