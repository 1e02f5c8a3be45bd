"""SnapshotStorage: `state.json` as a TinyDB storage that never leaves half a file behind."""

from __future__ import annotations

import hashlib
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from tui.core import files
from tui.state import reading, text
from tui.state.errors import StateError
from tui.state.reading import Condition, Reading, Signature


class Unreadable(StateError):
    """The snapshot cannot be read, so it must not be replaced."""


class Moved(StateError):
    """Somebody replaced the snapshot since it was read."""


class SnapshotStorage(Storage):
    """Reads with judgement, replaces atomically, and only what it has read.

    Works below TinyDB, `TinyDB(path, storage=SnapshotStorage)`; the store also asks for `last`.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        """As the user knows it. A symlink stays one: the file behind it is replaced."""
        self.last = Reading(Condition.MISSING)
        self.expected: Signature | None = None
        """The signature that the file must still have when it is replaced."""
        self.swapping = threading.RLock()
        """Held while the file is read or replaced by this instance."""

    def examine(self, trusted: str = "") -> Reading:
        """Read the file and say what it is. OSError if the system refuses."""
        self.last = reading.read(self.path.resolve(), trusted)
        if self.last.condition in (Condition.WHOLE, Condition.MISSING, Condition.EMPTY):
            self.expected = self.last.signature
        return self.last

    def read(self) -> text.Shape | None:
        """Return the tables as TinyDB wants them; None for no file. Unreadable, OSError."""
        found = self.examine()
        if found.condition in (Condition.MISSING, Condition.EMPTY):
            return None
        if found.condition is not Condition.WHOLE:
            raise Unreadable(f"{self.path} is {found.condition.value}: {found.why}.")
        return text.shape(found.tables)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file durably. Moved, Unreadable or OSError: then the old one is untouched."""
        if self.last.condition in (Condition.DAMAGED, Condition.FOREIGN, Condition.NEWER):
            raise Unreadable(f"{self.path} is {self.last.condition.value} and is left alone.")
        target = self.path.resolve()
        temporary = target.with_name(f".{target.name}.tmp")
        digest = hashlib.sha256()
        files.make_folder(target.parent)
        files.remove(temporary)
        descriptor = files.create_like(temporary, target, files.PRIVATE)
        try:
            for piece in text.write(data):
                digest.update(piece)
                files.write(descriptor, piece)
            files.sync_file(descriptor)
            status = os.fstat(descriptor)
        except OSError:
            files.close(descriptor)
            with suppress(OSError):
                files.remove(temporary)
            raise
        files.close(descriptor)
        with self.swapping:
            if reading.signature(target) != self.expected:
                files.remove(temporary)
                raise Moved(f"{self.path} was replaced by another program.")
            files.rename(temporary, target)
            files.sync_folder(target.parent)
            mark = reading.signature(target)
            if mark is None or mark.inode != status.st_ino:
                raise Moved(f"{self.path} was replaced by another program.")
            self.expected = mark
            self.last = Reading(Condition.WHOLE, digest=digest.hexdigest(), signature=mark)
