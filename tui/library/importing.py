"""What a person gives the reader: a file, folder, id or URL by name, or a text that was pasted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tui.catalog.catalog import Added, Catalog
from tui.core.paper import Paper
from tui.library.gathering import Gathering
from tui.net.settings import Network
from tui.sources.apart import read_all
from tui.sources.base import Record, RejectedRecord
from tui.sources.meter import Meter
from tui.sources.reader import read_bytes

PASTED = "what was pasted"


@dataclass(slots=True)
class Brought:
    """What came in, and what did not."""

    added: Added = field(default_factory=Added)
    refused: list[RejectedRecord] = field(default_factory=list)

    @property
    def words(self) -> str:
        """`12 added, 3 already here, 1 refused`."""
        told = self.added
        parts = [f"{told.added:,} added"]
        parts += [f"{told.updated:,} updated"] if told.updated else []
        parts += [f"{told.unchanged:,} already here"] if told.unchanged else []
        parts += [f"{len(self.refused):,} refused"] if self.refused else []
        return ", ".join(parts)


def bring(
    catalog: Catalog,
    what: Sequence[str | bytes],
    network: Network,
    stop: threading.Event,
    tell: Callable[[str], None],
) -> Brought:
    """Put in what names stand for and pasted texts hold; SheafError if it is not saved.

    `catalog` is one of the calling thread's own. Setting `stop` ends it between two papers.
    """
    brought = Brought()
    gathering = Gathering()

    def records() -> Iterator[Record]:
        for each in what:
            if isinstance(each, bytes):
                yield from read_bytes(each, PASTED, date.today())
            elif not gathering.takes(each):
                yield from read_all([each], "", Meter([each]))

    def papers(found: Iterable[Record]) -> Iterator[Paper]:
        for record in found:
            if stop.is_set():
                return
            if isinstance(record, Paper):
                yield record
            elif not gathering.keeps(record):
                brought.refused.append(record)

    def asking(found: int, total: int) -> None:
        tell(f"looking up: {found:,} of {total:,}")

    so_far = catalog.add(papers(records()), lambda so_far: tell(f"adding: {so_far.read:,} read"))
    brought.added.take(so_far)
    asked = gathering.records(catalog, lambda: network, stop, asking)
    brought.added.take(catalog.add(_apart(asked, brought.refused)))
    return brought


def _apart(records: Iterable[Record], refused: list[RejectedRecord]) -> Iterator[Paper]:
    """The papers among records; the others go to `refused`."""
    for record in records:
        if isinstance(record, Paper):
            yield record
        else:
            refused.append(record)


def completions(text: str) -> list[str]:
    """The files and folders whose path begins with `text`, folders with a slash; sorted.

    None before the first letter. Hidden ones only where the name begins with a dot. What cannot be
    listed has none.
    """
    if not text:
        return []
    folder, slash, start = text.rpartition("/")
    try:
        entries = list(Path(f"{folder}{slash}" or ".").expanduser().iterdir())
    except (OSError, RuntimeError, ValueError):
        return []
    found = [
        f"{folder}{slash}{entry.name}{'/' if entry.is_dir() else ''}"
        for entry in entries
        if entry.name.lower().startswith(start.lower())
        and (start.startswith(".") or not entry.name.startswith("."))
    ]
    return sorted(found, key=str.lower)
