"""Conflict copies: what a sync tool leaves when two machines changed the snapshot.

Each copy is read, joined by time, and moved to the archive once the snapshot holds what it said.
Copies of journals need nothing: every file named like a journal is read as one.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core import files
from tui.state import reading, recovery
from tui.state.errors import Notice
from tui.state.memory import Touched
from tui.state.places import Places
from tui.state.reading import Condition, Signature

if TYPE_CHECKING:
    from tui.state.core import Core

_MARKS = r"[^/]*(conflict|konflikt|\(\d+\))[^/]*\.json"
"""Syncthing, Dropbox, Nextcloud, OneDrive, Google Drive; after the name of the file itself."""


class Copies:
    """The conflict copies seen so far, each with the signature it had."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._seen: dict[Path, Signature] = {}
        self._merged: set[Path] = set()

    def fresh(self) -> list[Path]:
        """Return the copies that are new or have changed."""
        found = []
        # A store behind a link may have another name there.
        for original in {self._places.snapshot, self._places.target}:
            for path in _listing(original):
                mark = reading.signature(path)
                if mark is not None and self._seen.get(path) != mark:
                    self._seen[path] = mark
                    found.append(path)
        return found

    def take(self, core: Core) -> Touched:
        """Join every fresh copy into memory, and tell the user."""
        touched: Touched = set()
        for path in self.fresh():
            try:
                found = reading.read(path)
            except OSError:
                continue
            whole = found.condition is Condition.WHOLE
            tables = found.tables if whole else recovery.salvage(found.raw)
            news = core.merge_tables(tables)
            touched |= news
            core.unfolded = True
            if whole:
                self._merged.add(path)
                left = "It will be moved to the archive."
            else:
                kept = recovery.set_aside(core, path, found.raw)
                left = f"It is damaged ({found.why}); a copy is in {kept}." if kept else found.why
            core.notices.append(
                Notice(
                    f"A sync tool left the conflict copy {path.name}.",
                    f"Its marks were joined with yours; {len(news)} entries changed.",
                    left,
                )
            )
        return touched

    def archive(self) -> None:
        """Move the copies that the snapshot now holds, unless they changed meanwhile. OSError."""
        for path in sorted(self._merged):
            if reading.signature(path) == self._seen.get(path):
                files.move(path, self._places.archive / path.name)
            self._merged.discard(path)


def _listing(original: Path) -> list[Path]:
    name = re.compile(re.escape(original.stem) + _MARKS, re.IGNORECASE)
    try:
        with os.scandir(original.parent) as entries:
            return [Path(entry.path) for entry in entries if name.fullmatch(entry.name)]
    except OSError:
        return []
