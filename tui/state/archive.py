"""The archive, and what this machine knows of it: which folded journals its snapshot holds.

Another machine's fold brings its journals into the archive of a shared folder. Should an older
snapshot then be put in the place of its own, the archive is where those marks are; so a journal
found there that neither memory nor the snapshot is known to hold is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import orjson

from tui.core import files
from tui.state.tails import Batch, listing, read_journal


class Seen(NamedTuple):
    """The snapshot this machine last wrote, and the archived journals it holds."""

    digest: str = ""
    """SHA-256 of its bytes; "" if this machine wrote none."""
    archived: frozenset[str] = frozenset()


def read_seen(path: Path) -> Seen:
    """Return what was noted at the last fold; nothing if the note cannot be read."""
    with suppress(OSError, ValueError, AttributeError, TypeError):
        record = orjson.loads(path.read_bytes())
        return Seen(str(record.get("sha256", "")), frozenset(record.get("archived", ())))
    return Seen()


def write_seen(path: Path, seen: Seen) -> None:
    """Note it; if that fails, the next start reads more than it must."""
    record = {"sha256": seen.digest, "archived": sorted(seen.archived)}
    with suppress(OSError):
        files.write_atomically(path, [orjson.dumps(record)], durable=False, mode=files.PRIVATE)


class Archive:
    """The archived journals that memory holds, by name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: set[str] = set()
        self._changed = -1
        """When the folder had changed last, when it was read in full."""

    def know(self, names: Iterable[str]) -> None:
        """Note journals whose lines are in memory already."""
        self._known.update(names)

    def rewind(self) -> None:
        """Read everything again."""
        self._known.clear()
        self._changed = -1

    def fresh(self) -> Iterator[Batch]:
        """Give the journals not in memory yet. Costs one stat when there are none. OSError."""
        try:
            changed = self._folder.stat().st_mtime_ns
        except FileNotFoundError:
            return
        if changed == self._changed:
            return
        entries = listing(self._folder)
        self._known &= {entry.name for entry in entries}
        for entry in entries:
            if entry.name not in self._known:
                # Two archived journals may be joined into one in that moment.
                with suppress(FileNotFoundError):
                    yield read_journal(Path(entry.path))
                    self._known.add(entry.name)
        self._changed = changed

    def held(self) -> frozenset[str]:
        """Return the names of all journals in the archive that memory holds."""
        return frozenset(self._known)
