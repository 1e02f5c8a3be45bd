"""Daily backups of the snapshot; the newest and the archive hold everything that it holds."""

from __future__ import annotations

import re
import time
from pathlib import Path

from tui.core import files
from tui.state.locations import Locations
from tui.state.storage import SCHEMA, Reading

KEPT = 7
_DAILY = re.compile(r"state-\d{4}-\d\d-\d\d\.json")


def has_history(locations: Locations) -> bool:
    """Whether there ever was a snapshot here."""
    return locations.receipt.exists() or bool(list_backups(locations)) or locations.archive.exists()


def list_backups(locations: Locations) -> list[Path]:
    """Return the backups by the day in their names, newest first, then those before a migration."""
    return sorted(locations.backups.glob("[!.]*.json"), reverse=True)


def list_daily_backups(locations: Locations) -> list[Path]:
    """Return the daily backups, oldest first."""
    return [path for path in list_backups(locations)[::-1] if _DAILY.fullmatch(path.name)]


def name_of_today() -> str:
    """Return the name of today's daily backup."""
    return f"state-{time.strftime('%Y-%m-%d')}.json"


def keep_daily_backup(locations: Locations) -> None:
    """Back up the snapshot if today has no backup yet, and keep the newest seven. OSError.

    Of days that have not come yet, seven are kept beside them: the clock was ahead then, or is
    behind now.
    """
    today = name_of_today()
    goal = locations.backups / today
    if goal.exists():
        return
    files.make_folder(locations.backups)
    files.write_atomically(goal, locations.target.read_bytes(), mode=files.PRIVATE)
    daily = list_daily_backups(locations)
    for kept in (
        [path for path in daily if path.name <= today],
        [path for path in daily if path.name > today],
    ):
        for path in kept[:-KEPT]:
            files.remove(path)


def back_up_older_form(found: Reading, locations: Locations) -> None:
    """Back up a snapshot of an older form before it is rewritten, once. OSError."""
    if not found.raw or found.schema >= SCHEMA:
        return
    goal = locations.backups / f"before-{found.digest[:12]}.json"
    if not goal.exists():
        files.make_folder(locations.backups)
        files.write_atomically(goal, found.raw, mode=files.PRIVATE)
