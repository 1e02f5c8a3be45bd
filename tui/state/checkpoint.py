"""The checkpoint: what the journals say is written to `state.json`, and they move to the archive.

Under the lock: take over the journals of dead instances, read all that is new, capture what is
durable, apply it through TinyDB, and only then move the journals. Stopped at any point, everything
acknowledged is in the old snapshot and the journals, or in the new snapshot.

The newest backup and the archive hold everything that the snapshot holds.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from filelock import FileLock
from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.table import Document as TinyDocument

from tui.core import files
from tui.state.clock import FIRST
from tui.state.document import META, Tables
from tui.state.errors import StateError, explain
from tui.state.journal import Journal, host_of, list_journals, take_over
from tui.state.replica import Replica
from tui.state.storage import (
    SCHEMA,
    Locations,
    Receipt,
    SnapshotReplaced,
    document_id,
    name_of_todays_backup,
    signature_of,
    write_receipt,
)

_TRIES = 5
"""Times the snapshot may be replaced meanwhile before the checkpoint is left to the next time."""
_ABANDONED = 90 * 86_400.0
"""Seconds without a change after which another machine's journal is taken for left behind."""
_ARCHIVED = 7 * 86_400.0
"""Seconds that archived journals are kept, at least."""
_UNFINISHED = 3600.0
"""Seconds without a change after which a temporary file was left behind by a killed process."""
_BACKUPS_KEPT = 7
_DAILY = re.compile(r"state-\d{4}-\d\d-\d\d\.json")


def checkpoint(replica: Replica, wait: float = 5.0) -> bool:
    """Write the snapshot; return whether it now holds everything durable.

    `wait` is how many seconds another instance may hold the lock. A failure loses nothing, and a
    notice says what it was.
    """
    if replica.newer or replica.damaged:
        return False
    dead: dict[Path, int] = {}
    try:
        files.make_folder(replica.locations.folder)
        with FileLock(replica.locations.lock, timeout=wait, mode=files.PRIVATE):
            # Some network file systems accept every lock. There, two checkpoints at once lose
            # nothing, because all journals stay.
            reliable = files.lock_excludes_others(replica.locations.lock)
            for _ in range(_TRIES):
                if reliable:
                    _take_over_dead(replica, dead)
                replica.poll()
                if replica.newer or replica.damaged:
                    return False
                with suppress(SnapshotReplaced):
                    retired = _write_snapshot(replica, dead)
                    if reliable:
                        _archive(replica, retired, dead)
                    return True
    except TimeoutError:
        # Another instance is making one.
        return False
    except OSError as error:
        replica.add_notice(
            f"{replica.locations.snapshot} cannot be written: {explain(error)}. Your marks are "
            "saved beside it, and it is written as soon as that is possible."
        )
    except StateError:
        # It was stopped, or another program put an unreadable file there; `poll` reports that.
        return False
    finally:
        for descriptor in dead.values():
            files.close(descriptor)
    return False


def _take_over_dead(replica: Replica, dead: dict[Path, int]) -> None:
    """Lock the journals whose instances are gone; other machines archive their own.

    A journal of a machine without a change for long is taken too. Should its instance still live,
    it finds its journal gone at its next change, and writes what it held once more.
    """
    locations = replica.locations
    for entry in list_journals(locations.folder):
        path = Path(entry.path)
        if path in dead or entry.name in replica.journal.names:
            continue
        ours = host_of(entry.name) == locations.host or _is_abandoned(entry)
        if ours and (descriptor := take_over(path)) is not None:
            dead[path] = descriptor


def _is_abandoned(entry: os.DirEntry[str]) -> bool:
    try:
        return time.time() - entry.stat().st_mtime > _ABANDONED
    except OSError:
        return False


def _write_snapshot(replica: Replica, dead: dict[Path, int]) -> list[Journal]:
    """Write what is durable; return the journals of this instance that the snapshot now holds."""
    locations, storage = replica.locations, replica.storage
    _remove_temporary_files(locations)
    for path in dead.keys() & replica.follower.unread.keys():
        # It cannot be read now, so it stays where it is.
        files.close(dead.pop(path))
    with replica.disk_lock, replica.lock:
        retired = replica.journal.retire()
        tables = {table: dict(rows) for table, rows in replica.merged.tables.items()}
        latest = replica.clock.latest or FIRST  # a receipt without a stamp would not be read
        held = {*replica.follower.archived, *(path.name for path in dead)}
        held |= {journal.path.name for journal in retired}
        replica.follower.bytes = 0
        replica.dirty = False
    try:
        # The file is replaced once, however often TinyDB writes. TinyDB gives no types here.
        writes: Any = CachingMiddleware(lambda: storage)  # type: ignore[no-untyped-call]
        _apply(TinyDB(storage=writes), tables)
        writes.flush()
    except BaseException:
        replica.dirty = True
        raise
    storage.receipt = Receipt(storage.last.digest, frozenset(held), latest)
    write_receipt(locations.receipt, storage.receipt)
    replica.follower.archived |= held
    return retired


def _apply(database: TinyDB, tables: Tables) -> None:
    """Put every document that differs into the tables of a database, and the schema's version."""
    schema = {"key": "schema", "version": SCHEMA}
    database.table(META).upsert(schema, where("key") == "schema")
    for name, rows in tables.items():
        table = database.table(name)
        stored = {row["key"]: row for row in table}
        changed = [
            TinyDocument(document, document_id(key))
            for key, document in rows.items()
            if stored.get(key) != document
        ]
        if changed:
            table.remove(doc_ids=[document.doc_id for document in changed])
            table.insert_multiple(changed)


# Beside the snapshot


def _archive(replica: Replica, retired: list[Journal], dead: dict[Path, int]) -> None:
    """Move the journals and conflict copies that the snapshot holds to the archive. OSError."""
    locations = replica.locations
    keep_daily_backup(locations)
    files.make_folder(locations.archive)
    for journal in retired:
        if files.WINDOWS:  # an open file cannot be renamed there
            replica.journal.release(journal)
            _move(journal.path, locations.archive)
        else:
            _move(journal.path, locations.archive)
            replica.journal.release(journal)
    for path in dead:
        _move(path, locations.archive)
    for path, (signature, is_whole) in list(replica.conflict_copies.items()):
        if is_whole and signature_of(path) == signature:
            files.move(path, locations.archive / path.name)
            del replica.conflict_copies[path]
    files.sync_folder(locations.archive)
    files.sync_folder(locations.folder)
    _trim_archive(locations)


def _move(path: Path, folder: Path) -> None:
    """Move a journal; one that cannot be moved is applied once more next time, harmlessly."""
    with suppress(OSError):
        files.rename(path, folder / path.name)


def _trim_archive(locations: Locations) -> None:
    """Remove archived journals older than seven days and than the seventh backup. OSError."""
    daily = _daily_backups(locations)
    if len(daily) < _BACKUPS_KEPT:
        return
    limit = min(daily[-1].stat().st_mtime, time.time() - _ARCHIVED)
    for entry in list_journals(locations.archive):
        if entry.stat().st_mtime < limit:
            files.remove(Path(entry.path))


def _daily_backups(locations: Locations) -> list[Path]:
    """Return the daily backups up to today, newest first."""
    today = name_of_todays_backup()
    backups = locations.list_backups()
    return [path for path in backups if _DAILY.fullmatch(path.name) and path.name <= today]


def keep_daily_backup(locations: Locations) -> None:
    """Back up the snapshot if today has no backup yet, and keep the newest seven. OSError.

    Backups dated in the future stay, because the clock was or is wrong.
    """
    goal = locations.backups / name_of_todays_backup()
    if not goal.exists():
        files.make_folder(locations.backups)
        files.write_atomically(goal, locations.target.read_bytes(), mode=files.PRIVATE)
        for path in _daily_backups(locations)[_BACKUPS_KEPT:]:
            files.remove(path)


def _remove_temporary_files(locations: Locations) -> None:
    """Remove what killed processes left half written, once no process can still write it."""
    limit = time.time() - _UNFINISHED
    target = locations.target
    found = list(target.parent.glob(f".{target.name}.*.tmp"))
    for folder in (locations.folder, locations.drafts, locations.backups):
        found += folder.glob(".*.tmp")
    for path in found:
        with suppress(OSError):
            if path.stat().st_mtime < limit:
                files.remove(path)
