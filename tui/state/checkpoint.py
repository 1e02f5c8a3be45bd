"""The checkpoint: what the journals say is written to `state.json`, and they move to the archive.

Under the lock: take over the journals of dead instances, read all that is new, capture what is
durable, write it through TinyDB, and only then move the journals. Stopped at any point, everything
acknowledged is in the old snapshot and the journals, or in the new snapshot.

The newest backup and the archive hold everything that the snapshot holds.
"""

from __future__ import annotations

import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock
from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.table import Document as TinyDocument

from tui.core import files
from tui.state.clock import FIRST
from tui.state.document import META, Tables
from tui.state.journal import Journal, host_of, list_journals, take_over
from tui.state.marks import StateError, explain
from tui.state.replica import Replica
from tui.state.storage import (
    SCHEMA,
    Locations,
    Receipt,
    SnapshotReplaced,
    document_id,
    name_of_todays_backup,
    signature_of,
)

_TRIES = 5
"""Times the snapshot may be replaced meanwhile before the checkpoint is left to the next time."""
_ABANDONED = 90 * 86_400.0
"""Seconds without a change after which another machine's journal is taken for left behind."""
_UNFINISHED = 3600.0
"""Seconds without a change after which a temporary file was left behind by a killed process."""
_BACKUPS_KEPT = 7


def checkpoint(replica: Replica, wait: float = 5.0) -> bool:
    """Write the snapshot; return whether it now holds everything durable.

    `wait` is how many seconds another instance may hold the lock. A failure loses nothing, and a
    notice says what it was.
    """
    locations = replica.locations
    try:
        if replica.refusal or replica.damaged:
            return False
        files.make_folder(locations.folder)
        lock = FileLock(locations.lock, timeout=wait, mode=files.PRIVATE)
        with lock, ExitStack() as locks:
            # Some network file systems accept every lock. There, two checkpoints at once lose
            # nothing, because all journals stay.
            reliable = files.lock_excludes_others(locations.lock)
            dead: set[Path] = set()
            for _ in range(_TRIES):
                if reliable:
                    _take_over_dead(replica, dead, locks)
                replica.poll()
                if replica.refusal or replica.damaged:
                    return False
                with suppress(SnapshotReplaced):
                    retired = _write_snapshot(replica, dead)
                    if reliable:
                        _archive(replica, retired, dead)
                    return True
    except (TimeoutError, StateError):
        # Another instance is making one, or an unreadable file appeared, which `poll` reports.
        return False
    except OSError as error:
        replica.add_notice(
            f"{locations.snapshot} cannot be written: {explain(error)}. Your marks are saved "
            "beside it, and it is written as soon as that is possible."
        )
    return False


def _take_over_dead(replica: Replica, dead: set[Path], locks: ExitStack) -> None:
    """Lock the journals whose instances are gone; other machines archive their own.

    A journal of a machine without a change for long is taken too. Should its instance still live,
    it finds its journal gone at its next change, and writes what it held once more.
    """
    for path in list_journals(replica.locations.folder):
        if path in dead or path.name in replica.journal.names:
            continue
        with suppress(FileNotFoundError):
            is_abandoned = time.time() - path.stat().st_mtime > _ABANDONED
            if is_abandoned or host_of(path.name) == replica.locations.host:
                descriptor = take_over(path)
                if descriptor is not None:
                    locks.callback(files.close, descriptor)
                    dead.add(path)


def _write_snapshot(replica: Replica, dead: set[Path]) -> list[Journal]:
    """Write what is durable; return the journals of this instance that the snapshot now holds."""
    locations, storage = replica.locations, replica.storage
    _remove_temporary_files(locations)
    dead.difference_update(replica.follower.unread)  # what cannot be read stays where it is
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
        if storage.last.signature not in (replica.examined, storage.written):
            raise SnapshotReplaced  # it was read there, but it is not in memory
        writes.flush()
    except BaseException:
        replica.dirty = True
        raise
    storage.receipt = Receipt(storage.last.digest, sorted(held), latest)
    storage.receipt.write(locations.receipt)
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


def _archive(replica: Replica, retired: list[Journal], dead: set[Path]) -> None:
    """Move the journals and conflict copies that the snapshot holds to the archive. OSError."""
    locations = replica.locations
    keep_daily_backup(locations)
    files.make_folder(locations.archive)
    for journal in retired:
        replica.journal.release(journal)  # Windows does not rename an open file
    for path in {journal.path for journal in retired} | dead:
        # A journal that cannot be moved is applied once more next time, harmlessly.
        with suppress(OSError):
            files.rename(path, locations.archive / path.name)
    for path, (signature, is_whole) in list(replica.conflict_copies.items()):
        if is_whole and signature_of(path) == signature:
            files.move(path, locations.archive / path.name)
            del replica.conflict_copies[path]
    files.sync_folder(locations.archive)
    files.sync_folder(locations.folder)


def keep_daily_backup(locations: Locations) -> None:
    """Back up the snapshot if today has no backup yet, and keep the newest seven. OSError.

    Backups dated in the future stay, because the clock was or is wrong. Journals in the archive
    that are older than the seventh backup are removed.
    """
    goal = locations.backups / name_of_todays_backup()
    if not goal.exists():
        files.make_folder(locations.backups)
        files.write_atomically(goal, locations.target.read_bytes(), mode=files.PRIVATE)
    daily = [path for path in locations.list_backups() if path.name <= goal.name]
    for path in daily[_BACKUPS_KEPT:]:
        files.remove(path)
    if len(daily) >= _BACKUPS_KEPT:
        oldest = daily[_BACKUPS_KEPT - 1].stat().st_mtime
        for path in list_journals(locations.archive):
            if path.stat().st_mtime < oldest:
                files.remove(path)


def _remove_temporary_files(locations: Locations) -> None:
    """Remove what killed processes left half written, once no process can still write it."""
    limit = time.time() - _UNFINISHED
    target = locations.target
    folders = (locations.folder, locations.drafts, locations.backups)
    found = (path for folder in folders for path in folder.glob(".*.tmp"))
    for path in (*target.parent.glob(f".{target.name}.*.tmp"), *found):
        with suppress(OSError):
            if path.stat().st_mtime < limit:
                files.remove(path)
