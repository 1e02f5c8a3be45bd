"""What a person gives the reader: a file, folder, id or URL by name, or a text that was pasted."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tui.catalog import Added, Catalog
from tui.net.settings import Network
from tui.paper import Paper
from tui.sources.base import Record, Refused
from tui.sources.reader import read, read_bytes

PASTED = "what was pasted"


@dataclass(slots=True)
class Brought:
    """What came in, and what did not."""

    added: Added = field(default_factory=Added)
    refused: list[Refused] = field(default_factory=list)

    @property
    def words(self) -> str:
        """`12 added, 3 already here, 1 refused`."""
        told = self.added
        parts = [f"{told.added:,} added"]
        parts += [f"{told.updated:,} updated"] if told.updated else []
        parts += [f"{told.unchanged:,} already here"] if told.unchanged else []
        parts += [f"{len(self.refused):,} refused"] if self.refused else []
        return ", ".join(parts)


def is_there(name: str) -> bool:
    """Whether a file or folder has this name."""
    try:
        return os.path.lexists(Path(name).expanduser())
    except (OSError, RuntimeError, ValueError):
        return False


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

    def papers() -> Iterator[Paper]:
        for each in what:
            for record in _records(each, network, stop, tell):
                if stop.is_set():
                    return
                if isinstance(record, Paper):
                    yield record
                else:
                    brought.refused.append(record)

    brought.added = catalog.add(papers(), lambda so_far: tell(f"adding: {so_far.read:,} read"))
    return brought


def _records(
    what: str | bytes, network: Network, stop: threading.Event, tell: Callable[[str], None]
) -> Iterator[Record]:
    from tui.services.lookup import look_up
    from tui.services.wanted import Wanted, wanted

    named = wanted(what) if isinstance(what, str) and not is_there(what) else None
    asked = [named] if named else []
    if not named:
        today = date.today()
        records = read(what, today) if isinstance(what, str) else read_bytes(what, PASTED, today)
        for record in records:
            if isinstance(record, Refused) and record.ids:
                asked.append(Wanted(record.where, record.ids, why=record.why))
            else:
                yield record
    if asked:
        tell(f"looking up {len(asked):,}")
        yield from look_up(
            asked, network, stop=stop, progress=lambda found: tell(f"looked up {found:,}")
        )


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
