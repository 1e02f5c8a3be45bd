"""Daily backups of the snapshot, and the archive of folded journals beside them.

The newest backup and the archive together hold everything the snapshot holds: the archive goes back
at least as far as the oldest backup, and at least a hundred steps for undo.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tui.state import disk
from tui.state.places import Places
from tui.state.tails import listing

if TYPE_CHECKING:
    from tui.state.core import Core

KEPT = 7
STEPS_KEPT = 100
_DAILY = re.compile(r"state-\d{4}-\d\d-\d\d\.json")


def daily(places: Places) -> list[Path]:
    """Return the daily backups, oldest first."""
    try:
        found = [path for path in places.backups.iterdir() if _DAILY.fullmatch(path.name)]
    except OSError:
        return []
    return sorted(found)


def keep_daily(places: Places) -> None:
    """Back up the snapshot if today has no backup, and keep the newest seven. OSError."""
    goal = places.backups / f"state-{time.strftime('%Y-%m-%d')}.json"
    if not goal.exists():
        disk.make_folder(places.backups)
        disk.write_file(goal, [places.target.read_bytes()])
        for path in daily(places)[:-KEPT]:
            disk.remove(path)


def before_migration(core: Core) -> None:
    """Back up a snapshot of an older form before it is rewritten, once. OSError."""
    found = core.storage.last
    if not found.raw or found.schema >= 1:
        return
    goal = core.places.backups / f"before-{found.digest[:12]}.json"
    if not goal.exists():
        disk.make_folder(core.places.backups)
        disk.write_file(goal, [found.raw])


def trim(places: Places) -> None:
    """Drop archived journals older than the oldest backup, but never the last hundred steps."""
    kept = daily(places)
    if len(kept) < KEPT:
        return
    limit = kept[0].stat().st_mtime
    aged = sorted((entry.stat().st_mtime, entry.path) for entry in listing(places.archive))
    steps = 0
    for modified, path in reversed(aged):
        if steps >= STEPS_KEPT and modified < limit:
            disk.remove(Path(path))
        else:
            steps += Path(path).read_bytes().count(b'"was":')
