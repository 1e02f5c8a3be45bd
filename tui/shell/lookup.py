"""What `sheaf add` looks up: ids and URLs typed, and what lists hold without a title."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tui.catalog import Catalog
from tui.paper import Paper
from tui.services.wanted import Wanted, wanted
from tui.shell.interrupt import interruptible
from tui.shell.progress import Bar
from tui.sources.base import Record, Refused

OFFLINE = "not looked up, as --offline says; without it the network is asked"


class LookUp:
    """Gathers what no file holds, and asks the network for all of it at the end."""

    def __init__(self, config: Path | None) -> None:
        """`config` is the file that tells of the network; None: nothing is looked up."""
        self.stopped = False
        """Whether the user interrupted it; what had come was kept."""
        self._config = config
        self._typed: list[Wanted] = []
        self._listed: list[Wanted] = []

    def takes(self, what: str) -> bool:
        """Whether `what` names a paper or URL; a file or folder of that name goes first."""
        if what == "-" or os.path.lexists(Path(what).expanduser()):
            return False
        named = wanted(what)
        if named:
            self._typed.append(named)
        return named is not None

    def keeps(self, refused: Refused) -> bool:
        """Whether a record without a title is kept, to be looked up by its identifiers."""
        kept = bool(refused.ids) and self._config is not None
        if kept:
            self._listed.append(Wanted(refused.where, refused.ids, why=refused.why))
        return kept

    def records(self, catalog: Catalog, shown: Bar) -> Iterator[Record]:
        """All that was gathered; papers that lists name and the catalog has are not asked for."""
        if self._config is None:
            yield from (Refused(each.where, OFFLINE) for each in self._typed)
            return
        asked = list(self._typed)
        for each in self._listed:
            if known := _known(each, catalog):
                yield known
            else:
                asked.append(each)
        if not asked:
            return
        from tui.config import load
        from tui.services.lookup import look_up

        shown.begin()
        total = len(asked)
        with interruptible() as stop:
            yield from look_up(
                asked,
                load(self._config).network,
                stop=stop,
                progress=lambda found: shown.show("looking up", found, min(found, total), total),
            )
            self.stopped = stop.is_set()


def _known(named: Wanted, catalog: Catalog) -> Paper | None:
    """The paper as it is here, if it is here with its abstract."""
    rows = catalog.rows_of(f"{scheme}:{name}" for scheme, name in named.ids.items())
    stored = catalog.get(next(iter(rows.values()))) if rows else None
    return stored.paper if stored and stored.paper.abstract else None
