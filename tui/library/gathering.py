"""What no file holds: ids and URLs typed, and what lists have without a title."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from tui.catalog.catalog import Catalog
from tui.core.paper import Paper
from tui.net.settings import Network
from tui.services.wanted import Wanted, wanted
from tui.sources.base import Record, RejectedRecord


def is_there(name: str) -> bool:
    """Whether a file or folder has this name."""
    try:
        return os.path.lexists(Path(name).expanduser())
    except (OSError, RuntimeError, ValueError):
        return False


class Gathering:
    """Gathers while files are read; the network is asked for all of it at the end."""

    def __init__(self) -> None:
        self.typed: list[Wanted] = []
        """What the user named, in order."""
        self._listed: list[Wanted] = []

    def takes(self, what: str) -> bool:
        """Whether `what` names a paper or URL; a file or folder of that name goes first."""
        named = None if what == "-" or is_there(what) else wanted(what)
        if named:
            self.typed.append(named)
        return named is not None

    def keeps(self, refused: RejectedRecord) -> bool:
        """Whether a record without a title is kept, to be looked up by its identifiers."""
        if refused.ids:
            self._listed.append(Wanted(refused.where, refused.ids, why=refused.why))
        return bool(refused.ids)

    def records(
        self,
        catalog: Catalog,
        network: Callable[[], Network],
        stop: threading.Event,
        progress: Callable[[int, int], None],
    ) -> Iterator[Record]:
        """All that was gathered; papers that lists name and the catalog has are not asked for.

        `progress` hears how many of how many were found. See `tui.services.lookup`.
        """
        asked = list(self.typed)
        for each in self._listed:
            if known := _known(each, catalog):
                yield known
            else:
                asked.append(each)
        if not asked:
            return
        from tui.services.lookup import look_up

        total = len(asked)
        progress(0, total)
        yield from look_up(
            asked, network(), stop=stop, progress=lambda found: progress(min(found, total), total)
        )


def _known(named: Wanted, catalog: Catalog) -> Paper | None:
    """The paper as it is here, if it is here with its abstract."""
    rows = catalog.rows_of(f"{scheme}:{name}" for scheme, name in named.ids.items())
    stored = catalog.get(next(iter(rows.values()))) if rows else None
    return stored.paper if stored and stored.paper.abstract else None
