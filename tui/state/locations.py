"""The paths of the store's files. Nothing is read here but the name of the host."""

from __future__ import annotations

import functools
import hashlib
import platform
import re
import uuid
from dataclasses import dataclass
from pathlib import Path


@functools.cache
def this_host() -> str:
    """Return a name of this machine that no other machine has and that stays the same."""
    try:
        identity = Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        identity = str(uuid.getnode())
    name = platform.node()
    digest = hashlib.blake2b(f"{identity} {name}".encode(), digest_size=3).hexdigest()
    return f"{re.sub(r'[^A-Za-z0-9]+', '_', name)[:24] or 'host'}_{digest}"


@dataclass(frozen=True, slots=True)
class Locations:
    """The paths of one store, under its home folder."""

    folder: Path
    host: str

    @classmethod
    def under(cls, folder: Path, host: str | None = None) -> Locations:
        """Return the paths of the store in `folder`; `host` is this machine except in tests."""
        return cls(Path(folder), host or this_host())

    @property
    def snapshot(self) -> Path:
        """The TinyDB file as the user knows it; it may be a symlink."""
        return self.folder / "state.json"

    @property
    def target(self) -> Path:
        """The file itself, behind symlinks: what is read and replaced."""
        return self.snapshot.resolve()

    @property
    def aside(self) -> Path:
        """The folder of everything that is not the snapshot."""
        return self.folder / "state.json.d"

    @property
    def backups(self) -> Path:
        """Daily copies of the snapshot."""
        return self.aside / "backups"

    @property
    def archive(self) -> Path:
        """Journals whose lines are in the snapshot, for seven days."""
        return self.aside / "archive"

    @property
    def damaged(self) -> Path:
        """Copies of files that could not be read."""
        return self.aside / "damaged"

    @property
    def drafts(self) -> Path:
        """Notes being typed."""
        return self.aside / "drafts"

    @property
    def lock(self) -> Path:
        """Locked during a checkpoint."""
        return self.aside / "lock"

    @property
    def receipt(self) -> Path:
        """What this machine recorded about the snapshot it wrote last; see `storage.Receipt`."""
        return self.aside / f"seen-{self.host}.json"
