"""The paths of the store's files, and which of them are there."""

from __future__ import annotations

import functools
import hashlib
import os
import re
import time
from pathlib import Path


@functools.cache
def this_host() -> str:
    """Return a name of this machine that no other machine has and that stays the same."""
    try:
        identity = Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        import uuid  # only here: it takes 5 ms

        identity = str(uuid.getnode())
    if hasattr(os, "uname"):
        name = os.uname().nodename
    else:
        import platform  # only here: it takes 2 ms

        name = platform.node()
    digest = hashlib.blake2b(f"{identity} {name}".encode(), digest_size=3).hexdigest()
    return f"{re.sub(r'[^A-Za-z0-9]+', '_', name)[:24] or 'host'}_{digest}"


class Locations:
    """The paths of one store, under its home folder."""

    def __init__(self, home: Path, host: str | None = None) -> None:
        """`host` is this machine, except in tests."""
        self.host = host or this_host()
        self.snapshot = home / "state.json"
        """The TinyDB file as the user knows it; it may be a symbolic link."""
        self.folder = home / "state.json.d"
        """The folder of everything that is not the snapshot."""
        self.backups = self.folder / "backups"
        """Daily copies of the snapshot."""
        self.archive = self.folder / "archive"
        """Journals whose lines are in the snapshot, for seven days."""
        self.damaged = self.folder / "damaged"
        """Copies of files that could not be read."""
        self.drafts = self.folder / "drafts"
        """Notes that are being typed."""
        self.lock = self.folder / "lock"
        """Locked during a checkpoint."""
        self.receipt = self.folder / f"seen-{self.host}.json"
        """What this machine recorded about the snapshot it wrote last; see `storage.Receipt`."""

    @property
    def target(self) -> Path:
        """The file itself, behind symbolic links: what is read and replaced."""
        return self.snapshot.resolve()

    def list_backups(self) -> list[Path]:
        """Return the backups, newest day first, then those made before a migration."""
        return sorted(self.backups.glob("[!.]*.json"), reverse=True)

    def has_history(self) -> bool:
        """Whether there ever was a snapshot here."""
        return self.receipt.exists() or self.archive.exists() or bool(self.list_backups())


def name_of_todays_backup() -> str:
    """Return the name of the daily backup of today; names of earlier days are less."""
    return f"state-{time.strftime('%Y-%m-%d')}.json"
