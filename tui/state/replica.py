"""The replica: this instance's merge of the snapshot and all journals, kept up to date.

Two locks, always taken in this order: `disk_lock` is held while lines go to the journal and while a
checkpoint captures what is durable; `lock` is held, briefly, while memory changes. The lock of the
storage keeps two threads from reading the same news.
"""

from __future__ import annotations

import gc
import hashlib
import itertools
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from tui.core import files
from tui.state import document as doc
from tui.state import recovery
from tui.state.backups import has_history, list_backups, name_of_today
from tui.state.clock import FIRST, Clock, stamp_at
from tui.state.conflict_copies import ConflictCopies
from tui.state.document import Tables
from tui.state.errors import Notice, explain
from tui.state.journal import JournalFollower, JournalWriter
from tui.state.journal_lines import Batch, Line
from tui.state.locations import Locations
from tui.state.storage import (
    AtomicStorage,
    Condition,
    Reading,
    Receipt,
    Signature,
    SnapshotReader,
    UnreadableSnapshot,
    read_receipt,
    read_snapshot,
    signature_of,
)
from tui.state.tables import MergedTables, Touched

_T = TypeVar("_T")

UNUSABLE = frozenset({Condition.DAMAGED, Condition.FOREIGN})
PATIENCE = 0.3
"""Seconds to wait for another program that may be in the middle of writing the snapshot."""
_RECENT = 5.0
"""Seconds after which a file that did not change is not being written."""
_LARGE_HEAP = 5_000
"""Papers from which the garbage collector no longer examines the loaded documents."""
_SLICE = 500
"""Documents merged between two chances for other threads."""


class Replica:
    """Every document, merged from the files. Reads them; writes only copies of damaged ones."""

    def __init__(self, locations: Locations, clock: Clock, *, writes: bool = True) -> None:
        self.clock = clock
        self.merged = MergedTables(clock)
        self.locations = locations
        self.writes = writes
        """False: not even copies of damaged files are made."""
        self.database = SnapshotReader(
            locations.snapshot, storage=AtomicStorage, trusted_digest=lambda: self.receipt().digest
        )
        self.follower = JournalFollower(locations.aside, locations.archive)
        self.journal = JournalWriter(locations, clock)
        self.lock = threading.RLock()
        self.disk_lock = threading.RLock()
        self.notices: list[Notice] = []
        self.newer = False
        """A file is from a newer Sheaf: nothing may be written."""
        self.unusable: Reading | None = None
        """A snapshot that cannot be read and therefore is not replaced."""
        self.dirty = False
        """Memory holds something that the snapshot lacks."""
        self.merges = 0
        """How often something of other instances was merged, whether it won or not."""
        self.conflict_copies = ConflictCopies(locations)
        self._examined: Signature | None = None

    @property
    def storage(self) -> AtomicStorage:
        """The storage below TinyDB."""
        storage = self.database.storage
        assert isinstance(storage, AtomicStorage)
        return storage

    def receipt(self) -> Receipt:
        """Return what this machine recorded about the snapshot it wrote last."""
        return read_receipt(self.locations.receipt)

    # Loading and keeping up

    def load(self) -> None:
        """Read everything. Nothing that is in a file raises; what is wrong becomes a notice."""
        with self.storage.lock, collector_paused():
            found, tables = self._read_snapshot()
            self._examined = found.signature
            if not self._adopt(found, tables):
                if found.condition in (Condition.WHOLE, Condition.NEWER):
                    self._merge_foreign(found, tables)
                elif found.condition in UNUSABLE or has_history(self.locations):
                    self._restore_damaged_snapshot(found)
            self._merge_archive()
            self._merge_journals()
            self._merge_conflict_copies()
            if len(self.merged.papers) > _LARGE_HEAP:
                gc.freeze()

    def _adopt(self, found: Reading, tables: Tables) -> bool:
        """Take a snapshot that this machine wrote last as it is; return whether it was."""
        receipt = self.receipt()
        if found.condition is not Condition.WHOLE or found.digest != receipt.digest:
            return False
        self.merged.adopt(tables, receipt.latest)
        self.follower.archived.update(receipt.archived)
        return True

    def poll(self) -> Touched:
        """Merge what others wrote since. Costs one stat and one listing when there is nothing."""
        with self.storage.lock:
            try:
                signature = signature_of(self.locations.target)
            except OSError:
                signature = self._examined
            touched: Touched = set()
            if signature != self._examined and signature != self.storage.last.signature:
                with collector_paused():
                    touched = self._merge_replaced()
                    # Most of its documents are here already, as other objects.
                    self.storage.release()
            else:
                self._examined = signature
            touched |= self._merge_archive() | self._merge_journals()
            return touched | self._merge_conflict_copies()

    def rewind(self) -> None:
        """Read every file again at the next poll."""
        with self.storage.lock:
            self.follower.rewind()
            self.follower.rewind_archive()
            self._examined = None
            self.storage.last = Reading(Condition.MISSING)

    def start_over(self) -> None:
        """Read every file again, the archive and a backup too.

        Something that the snapshot lacks may have lost in memory against a change that was then
        refused.
        """
        with self.storage.lock:
            self.rewind()
            self._merge_history()
            self.poll()
            self.dirty = True

    # Merging

    def merge_tables(self, tables: Tables, default: str = FIRST) -> Touched:
        """Merge whole documents; a value without a stamp counts as set at `default`."""
        touched: Touched = set()
        for table, rows in tables.items():
            for part in _slices(rows.values()):
                with self.lock:
                    present = self.merged.tables.get(table, {})
                    for document in part:
                        if present.get(document["key"]) != document:
                            touched |= self.merged.merge_document(table, document, default)
        self.merges += 1
        return touched

    def merge_lines(self, lines: Iterable[Line]) -> Touched:
        """Merge lines of journals, in any order, any number of times."""
        touched: Touched = set()
        for part in _slices(lines):
            with self.lock:
                for line in part:
                    touched |= self.merge_line(line)
            # Lines that change nothing count: they may have lost against a change that the disk
            # then refuses.
            self.merges += 1
        return touched

    def merge_line(self, line: Line) -> Touched:
        """Merge one line of a journal. Hold the lock."""
        touched: Touched = set()
        stamp = line["t"]
        self.clock.observe(stamp)
        base = line.get("base", {})
        for table, rows in line.get("set", {}).items():
            heads = base.get(table, {})
            for key, fields in rows.items():
                touched |= self.merged.merge_fields(table, key, fields, stamp, heads.get(key, ()))
        for table, rows in line.get("docs", {}).items():
            for document in rows.values():
                touched |= self.merged.merge_document(table, document, stamp)
        return touched

    def _merge_journals(self) -> Touched:
        touched: Touched = set()
        for batch in self.follower.read_new(self.journal.names):
            changed = self.merge_lines(batch.lines)
            self.dirty |= bool(changed)
            touched |= changed
            if batch.newer and not self.newer:
                self._add_newer("A journal of another instance")
            if batch.damaged:
                self._add_damaged(batch)
        for name, error in list(self.follower.unread.items()):
            self.add_once(recovery.file_unreadable(self.locations.aside / name, error))
        return touched

    def _merge_archive(self) -> Touched:
        """Merge the archived journals that memory does not hold yet."""
        touched: Touched = set()
        try:
            for batch in self.follower.read_archive():
                touched |= self.merge_lines(batch.lines)
        except OSError as error:
            what = f"The archive {self.locations.archive} cannot be read in full: {explain(error)}."
            self.add_once(Notice(what))
        self.dirty |= bool(touched)
        return touched

    def _merge_history(self) -> Touched:
        """Merge the newest backup that can be read, and the archive.

        A backup of a day that has not come yet says nothing about its age: it is merged beside the
        newest of the others.
        """
        touched: Touched = set()
        today = name_of_today()
        for path in list_backups(self.locations):
            try:
                found = read_snapshot(path)
            except OSError:
                continue
            if found.condition is Condition.WHOLE:
                touched |= self.merge_tables(recovery.tables_of(found.content))
                if path.name <= today:
                    break
        return touched | self._merge_archive()

    # The snapshot

    def _read_snapshot(self) -> tuple[Reading, Tables]:
        """Read the snapshot through TinyDB; one that is unusable is tried again for a moment."""
        deadline = time.monotonic() + PATIENCE
        while True:
            tables: Tables = {}
            try:
                tables = self.database.read_tables()
                found = self.storage.last
            except UnreadableSnapshot:
                found = self.storage.last
            except OSError as error:
                found = self.storage.last = Reading(Condition.DAMAGED, why=explain(error))
            except (AttributeError, KeyError, TypeError):
                # The digest is the recorded one, but this is nothing that Sheaf writes.
                found = self.storage.last = Reading(Condition.DAMAGED, why="it has another form")
            if found.condition is Condition.EMPTY and has_history(self.locations):
                found.condition = Condition.DAMAGED
            if found.condition not in UNUSABLE or time.monotonic() >= deadline or _is_old(found):
                return found, tables
            time.sleep(0.05)

    def _merge_replaced(self) -> Touched:
        """Merge the snapshot after another program replaced it or wrote into it."""
        found, tables = self._read_snapshot()
        self._examined = found.signature
        if found.condition is Condition.WHOLE:
            self.unusable = None
            receipt = self.receipt()
            if found.digest == receipt.digest:
                touched = self.merge_tables(tables)
                self.follower.archived.update(receipt.archived)
                return touched
            return self._merge_foreign(found, tables)
        if found.condition is Condition.NEWER:
            return self._merge_foreign(found, tables)
        if found.condition in UNUSABLE:
            self.on_snapshot_corrupted(found)
        else:
            self.dirty = True
        return set()

    def _merge_foreign(self, found: Reading, tables: Tables) -> Touched:
        """Merge a snapshot that this machine did not write last.

        It may be an older one that a sync tool put back; the archive has what it lacks.
        """
        path = self.locations.snapshot
        if found.condition is Condition.NEWER:
            self._add_newer(f"{path}, {found.why},")
        touched = self._merge_history()
        missing = recovery.count_missing(touched, found.content)
        written = stamp_at(found.signature.modified if found.signature else 0)
        tables, ignored = self._without_edits(tables)
        touched |= self.merge_tables(tables, written)
        if ignored:
            self.notices.append(recovery.edits_ignored(path, ignored))
        if found.schema < 1 and tables:
            self.notices.append(recovery.older_version(path, found.schema))
        if missing:
            self.notices.append(recovery.papers_put_back(path, missing))
        if found.dropped:
            kept = self.set_aside(path, found.raw)
            self.notices.append(recovery.parts_dropped(path, found.dropped, kept))
        self.dirty = True
        return touched

    def _without_edits(self, tables: Tables) -> tuple[Tables, int]:
        """Return the documents that were not changed under the stamps they have; count the rest."""
        kept: Tables = {}
        for table, rows in tables.items():
            present = self.merged.tables.get(table, {})
            kept[table] = {
                key: row
                for key, row in rows.items()
                if key not in present or not doc.is_edited(present[key], row)
            }
        return kept, sum(len(rows) - len(kept[table]) for table, rows in tables.items())

    def _restore_damaged_snapshot(self, found: Reading) -> None:
        """Restore the marks from backups, journals and the intact parts of a damaged snapshot."""
        path = self.locations.snapshot
        missing = found.condition is Condition.MISSING
        kept = None if missing else self._refuse(found)
        self._merge_history()
        salvaged = recovery.salvage(found.raw)
        self.merge_tables(salvaged)
        self._merge_journals()
        self.dirty = True
        backup = next(iter(list_backups(self.locations)), None)
        entries = sum(len(rows) for rows in salvaged.values())
        self.notices.append(
            recovery.snapshot_recovered(path, found, len(self.merged.papers), backup, entries, kept)
        )

    def on_snapshot_corrupted(self, found: Reading) -> None:
        """Handle a snapshot that became unusable while the store is open."""
        kept = self._refuse(found)
        self.merge_tables(recovery.salvage(found.raw))
        self.dirty = True
        self.notices.append(recovery.snapshot_corrupted(self.locations.snapshot, found, kept))

    def _refuse(self, found: Reading) -> Path | None:
        """Do not replace the snapshot until it can be read; return where a copy of it is."""
        self.unusable = found
        return self.set_aside(self.locations.snapshot, found.raw) if found.raw else None

    def set_aside(self, path: Path, raw: bytes | None = None) -> Path | None:
        """Copy a damaged file to `damaged/`, once; None if the disk or the store forbids it."""
        if not self.writes:
            return None
        try:
            data = path.read_bytes() if raw is None else raw
            digest = hashlib.sha256(data).hexdigest()[:12]
            goal = self.locations.damaged / f"{path.stem}-{digest}{path.suffix}"
            if not goal.exists():
                files.make_folder(goal.parent)
                files.write_atomically(goal, data, mode=files.PRIVATE)
        except OSError:
            return None
        return goal

    def _merge_conflict_copies(self) -> Touched:
        """Merge the versions of the snapshot that sync tools left beside it."""
        touched: Touched = set()
        for path, found in self.conflict_copies.read_new():
            whole = found.condition is Condition.WHOLE
            tables = recovery.tables_of(found.content) if whole else recovery.salvage(found.raw)
            changed = self.merge_tables(tables)
            touched |= changed
            self.dirty = True
            unusable = found.condition in UNUSABLE or found.dropped
            kept = self.set_aside(path, found.raw) if unusable else None
            self.notices.append(recovery.conflict_copy_merged(path.name, len(changed), found, kept))
        return touched

    # Notices

    def _add_newer(self, what: str) -> None:
        self.newer = True
        self.notices.append(recovery.newer_version(what))

    def _add_damaged(self, batch: Batch) -> None:
        kept = self.set_aside(batch.path)
        self.notices.append(
            recovery.journal_damaged(batch.path.name, batch.damaged, len(batch.lines), kept)
        )

    def add_once(self, notice: Notice) -> None:
        """Add a notice about what is found again at every poll."""
        if notice not in self.notices:
            self.notices.append(notice)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector from examining a hundred thousand new documents.

    Many are dropped at once; those that stay are few, or frozen after loading.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _is_old(found: Reading) -> bool:
    changed = found.signature.modified / 1e9 if found.signature else 0.0
    return abs(time.time() - changed) > _RECENT


def _slices(items: Iterable[_T]) -> Iterator[list[_T]]:
    iterator = iter(items)
    while part := list(itertools.islice(iterator, _SLICE)):
        yield part
