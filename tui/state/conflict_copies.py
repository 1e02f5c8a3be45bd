"""Conflict copies: what a sync tool leaves when two machines changed the snapshot.

Each copy is merged, and moved to the archive once the snapshot holds its marks. Copies of journals
need nothing: every file named like a journal is read as one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tui.core import files
from tui.state.locations import Locations
from tui.state.recovery import is_conflict_copy
from tui.state.storage import Condition, Reading, Signature, read_snapshot, signature_of


class ConflictCopies:
    """The conflict copies beside one snapshot."""

    def __init__(self, locations: Locations) -> None:
        self._locations = locations
        self._seen: dict[Path, Signature] = {}
        """Every copy read so far, with the signature it had."""
        self._whole: set[Path] = set()
        """Those that can be archived once the snapshot has their marks."""

    def read_new(self) -> Iterator[tuple[Path, Reading]]:
        """Yield the copies that are new or have changed."""
        # A snapshot behind a link may have another name there.
        for original in {self._locations.snapshot, self._locations.target}:
            for path in _list_copies(original):
                try:
                    signature = signature_of(path)
                    if signature is None or self._seen.get(path) == signature:
                        continue
                    self._seen[path] = signature
                    found = read_snapshot(path)
                except OSError:
                    continue
                if found.condition is Condition.WHOLE and not found.dropped:
                    self._whole.add(path)
                yield path, found

    def archive(self) -> None:
        """Move the copies that were merged, unless they changed meanwhile. Raises OSError."""
        for path in sorted(self._whole):
            if signature_of(path) == self._seen.get(path):
                files.move(path, self._locations.archive / path.name)
            self._whole.discard(path)


def _list_copies(original: Path) -> list[Path]:
    try:
        with os.scandir(original.parent) as entries:
            names = [entry.name for entry in entries if is_conflict_copy(entry.name, original)]
    except OSError:
        return []
    return [original.parent / name for name in sorted(names)]
