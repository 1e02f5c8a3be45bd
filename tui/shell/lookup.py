"""What `sheaf add` looks up: with a bar, stopped by Ctrl+C, not at all with `--offline`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tui.catalog.catalog import Catalog
from tui.library.gathering import Gathering
from tui.shell.interrupt import interruptible
from tui.shell.progress import Bar
from tui.sources.base import Record, RejectedRecord

OFFLINE = "not looked up, as --offline says; without it the network is asked"


class LookUp:
    """Gathers what no file holds, and asks the network for all of it at the end."""

    def __init__(self, config: Path | None) -> None:
        """`config` is the file that tells of the network; None: nothing is looked up."""
        self.stopped = False
        """Whether the user interrupted it; what had come was kept."""
        self._config = config
        self._gathered = Gathering()
        self.takes = self._gathered.takes

    def keeps(self, refused: RejectedRecord) -> bool:
        """Whether a record without a title is kept, to be looked up by its identifiers."""
        return self._config is not None and self._gathered.keeps(refused)

    def records(self, catalog: Catalog, shown: Bar) -> Iterator[Record]:
        """All that was gathered."""
        config = self._config
        if config is None:
            yield from (RejectedRecord(each.where, OFFLINE) for each in self._gathered.typed)
            return
        from tui.config import load

        shown.begin()
        with interruptible() as stop:
            yield from self._gathered.records(
                catalog,
                lambda: load(config).network,
                stop,
                lambda found, total: shown.show("looking up", found, found, total),
            )
            self.stopped = stop.is_set()
