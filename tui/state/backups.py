"""Daily backups of the snapshot, and the archive of folded journals beside them.

The newest backup and the archive together hold everything the snapshot holds: the archive goes back
at least as far as the oldest backup, and at least a hundred steps for undo.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core import files
from tui.state.places import Places
from tui.state.tails import listing

if TYPE_CHECKING:
    from tui.state.core import Core

KEPT = 7
STEPS_KEPT = 100
_ABANDONED = 86_400.0
"""Seconds after which a temporary file is nobody's."""
MANY = 200
"""Archived journals beyond which the older half is joined into one file."""
_DAILY = re.compile(r"state-\d{4}-\d\d-\d\d\.json")


def daily(places: Places) -> list[Path]:
    """Return the daily backups, oldest first."""
    try:
        found = [path for path in places.backups.iterdir() if _DAILY.fullmatch(path.name)]
    except OSError:
        return []
    return sorted(found)


def keep_daily(places: Places) -> None:
    """Back up the snapshot if today has no backup, and keep the newest seven. OSError.

    Seven beside them are kept of days to come: a clock was ahead then, or is behind now.
    """
    goal = places.backups / _name_of_today()
    if not goal.exists():
        files.make_folder(places.backups)
        files.write_atomically(goal, [places.target.read_bytes()], mode=files.PRIVATE)
        for kept in (past(places), ahead(places)):
            for path in kept[:-KEPT]:
                files.remove(path)


def past(places: Places) -> list[Path]:
    """Return the daily backups up to today, oldest first."""
    return [path for path in daily(places) if path.name <= _name_of_today()]


def ahead(places: Places) -> list[Path]:
    """Return the daily backups of days that have not come yet, oldest first."""
    return [path for path in daily(places) if path.name > _name_of_today()]


def _name_of_today() -> str:
    return f"state-{time.strftime('%Y-%m-%d')}.json"


def before_migration(core: Core) -> None:
    """Back up a snapshot of an older form before it is rewritten, once. OSError."""
    found = core.storage.last
    if not found.raw or found.schema >= 1:
        return
    goal = core.places.backups / f"before-{found.digest[:12]}.json"
    if not goal.exists():
        files.make_folder(core.places.backups)
        files.write_atomically(goal, [found.raw], mode=files.PRIVATE)


def trim(places: Places) -> None:
    """Remove what is older than the oldest backup, and half written files. OSError.

    The last hundred steps are kept however old they are.
    """
    _sweep(places)
    kept = past(places)
    if len(kept) < KEPT:
        return
    aged = _aged(places)
    limit = kept[0].stat().st_mtime
    if not aged or aged[0][0] >= limit:
        return
    steps = 0
    for modified, name in reversed(aged):
        path = Path(name)
        if steps >= STEPS_KEPT and modified < limit:
            files.remove(path)
        elif path.exists():
            steps += path.read_bytes().count(b'"label":')


def _sweep(places: Places) -> None:
    """Remove what killed processes left half written, once no process can still be writing it."""
    limit = time.time() - _ABANDONED
    for folder in (places.aside, places.drafts, places.backups):
        for path in folder.glob(".*.tmp"):
            if path.stat().st_mtime < limit:
                files.remove(path)


def join(places: Places, held: AbstractSet[str]) -> Path | None:
    """Make one archived journal of the older half when there are many; return it. OSError.

    Only of those in `held`, so that what is new in the archive is not taken for read. Stopped half
    way, lines are there twice, harmlessly.
    """
    aged = _aged(places)
    paths = [Path(path) for _, path in aged[: MANY // 2] if Path(path).name in held]
    if len(aged) <= MANY or not paths:
        return None
    newest = paths[-1].stat().st_mtime
    goal = places.archive / f"j-{places.host}-0-{secrets.token_hex(4)}.jsonl"
    files.write_atomically(
        goal, [path.read_bytes().rstrip(b"\n") + b"\n" for path in paths], mode=files.PRIVATE
    )
    os.utime(goal, (newest, newest))
    for path in paths:
        files.remove(path)
    return goal


def _aged(places: Places) -> list[tuple[float, str]]:
    """Return the archived journals, oldest first, each with its age."""
    return sorted((entry.stat().st_mtime, entry.path) for entry in listing(places.archive))
