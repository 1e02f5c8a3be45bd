"""The replica: this instance's merge of the snapshot and all journals, kept up to date.

Two locks, always taken in this order: `disk_lock` is held while lines go to the journal and while a
checkpoint captures what is durable; `lock` is held, briefly, while memory changes. The lock of the
storage keeps two threads from reading the same news.
"""

from __future__ import annotations

import gc
import hashlib
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import cast

from tui.core import files
from tui.core.text import count_items
from tui.state.clock import FIRST, StampClock, stamp_at
from tui.state.document import PAPERS, Tables, is_edited
from tui.state.journal import JournalFollower, JournalWriter
from tui.state.marks import StateError, explain
from tui.state.storage import (
    AtomicStorage,
    Locations,
    Reading,
    Receipt,
    Signature,
    SnapshotReader,
    name_of_todays_backup,
    read_snapshot,
    signature_of,
)
from tui.state.tables import DocumentPlace, MergedTables

REREAD_SECONDS = 0.3
"""Seconds for which a snapshot that looks damaged is read again: a program may be writing it."""
_LARGE_HEAP = 5_000
"""Papers from which the garbage collector no longer examines the loaded documents."""
_CONFLICT_COPY = r"[^/]*(conflict|konflikt|\(\d+\))[^/]*\.json"
"""What follows the name of the file in the names that Syncthing, Dropbox, Nextcloud, OneDrive and
Google Drive give to conflict copies."""


class Replica:
    """Every document, merged from the files. Reads them; writes only copies of damaged ones."""

    def __init__(self, locations: Locations, clock: StampClock, *, readonly: bool = False) -> None:
        self.clock = clock
        self.merged = MergedTables(clock)
        self.locations = locations
        self.refusal = "the marks are open for reading only" if readonly else ""
        """Why nothing may be written, not even copies of damaged files; "" if all may."""
        self.database = SnapshotReader(locations.snapshot, storage=AtomicStorage)
        self.storage = cast(AtomicStorage, self.database.storage)
        self.follower = JournalFollower(locations.archive)
        self.journal = JournalWriter(locations, clock)
        self.lock = threading.RLock()
        self.disk_lock = threading.RLock()
        self.notices: list[str] = []
        self.damaged: Reading | None = None
        """A snapshot that cannot be used and therefore is not replaced."""
        self.dirty = False
        """Memory holds something that the snapshot lacks."""
        self.conflict_copies: dict[Path, tuple[Signature, bool]] = {}
        """Each conflict copy that was merged: its signature, and whether all of it could be."""
        self.examined: Signature | None = None
        """The signature of the snapshot that was read last."""

    def load(self) -> None:
        """Read everything. Nothing that is in a file raises; what is wrong becomes a notice."""
        with self.storage.lock, collector_paused():
            found, tables = self._read_snapshot()
            if self._was_written_here(found):
                self.merged.load(tables, self.storage.receipt.latest)
                self.follower.archived.update(self.storage.receipt.archived)
            elif found.digest or found.why or self.locations.has_history():
                # It may be an older one that a sync tool put back, or a damaged one.
                self._merge_newest_backup()
                self._merge_journals(self.locations.archive)
                missing = len(self.merged.tables[PAPERS].keys() - tables.get(PAPERS, {}).keys())
                if not found.why and (missing or not found.digest):
                    what = f"lacked {count_items(missing, 'papers')}" if found.digest else "is gone"
                    self.add_notice(
                        f"{self.locations.snapshot} {what}. Marks were put back from backups and "
                        "journals. Run `sheaf state forget KEY` to remove marks for good."
                    )
                self._merge_snapshot(found, tables)
            self._merge_journals()
            self._merge_conflict_copies()
            if len(self.merged.tables[PAPERS]) > _LARGE_HEAP:
                gc.freeze()

    def poll(self) -> set[DocumentPlace]:
        """Merge what others wrote since. Costs a stat and two listings when there is nothing."""
        with self.storage.lock:
            try:
                signature = signature_of(self.locations.target)
            except OSError:
                signature = self.examined
            touched: set[DocumentPlace] = set()
            if signature in (self.examined, self.storage.written):
                self.examined = signature
            else:
                with collector_paused():
                    touched = self._merge_snapshot(*self._read_snapshot())
                    # Most of its documents are here already, as other objects.
                    self.storage.last.content = {}
            return touched | self._merge_journals() | self._merge_conflict_copies()

    def merge_tables(self, tables: Tables, default: str = FIRST) -> set[DocumentPlace]:
        """Merge whole documents; a value without a stamp counts as set at `default`."""
        touched: set[DocumentPlace] = set()
        for table, rows in tables.items():
            present = self.merged.tables.setdefault(table, {})
            for key, document in rows.items():
                if present.get(key) != document:
                    with self.lock:  # released between two documents, so that others may go on
                        touched |= self.merged.merge_document(table, document, default)
        return touched

    def _merge_journals(self, *folders: Path) -> set[DocumentPlace]:
        """Merge what journals gained, by default those of running instances and those archived."""
        touched: set[DocumentPlace] = set()
        for folder in folders or (self.locations.folder, self.locations.archive):
            for content in self.follower.read_new(folder, self.journal.names):
                for line in content.lines:
                    with self.lock:
                        touched |= self.merged.merge_line(line)
                if content.newer:
                    self._note_newer("A journal of another instance")
                if content.damaged:
                    self.add_notice(
                        f"{count_items(content.damaged, 'lines')} of {content.path.name} cannot be "
                        f"used. The other {len(content.lines)} were read.",
                        content.path,
                    )
        for path, error in self.follower.unread.items():
            self.add_notice(
                f"{path} cannot be read: {explain(error)}. The marks in it are not shown, and it "
                "is not changed. They come back when it can be read."
            )
        self.dirty |= bool(touched)
        return touched

    def _merge_newest_backup(self) -> None:
        """Merge the newest backup that can be read.

        The age of a backup dated in the future is unknown. It is merged, and so is the newest
        backup up to today.
        """
        for path in self.locations.list_backups():
            with suppress(OSError):
                found = read_snapshot(path)
                self.merge_tables(found.tables)
                if found.is_whole and path.name <= name_of_todays_backup():
                    return

    def _read_snapshot(self) -> tuple[Reading, Tables]:
        """Read the snapshot through TinyDB; one that is damaged is tried again for a moment."""
        deadline = time.monotonic() + REREAD_SECONDS
        self.storage.receipt = Receipt.read(self.locations.receipt)
        while True:
            try:
                tables = self.database.read_tables()
            except StateError:
                tables = self.storage.last.tables
            found = self.storage.last
            is_empty = found.digest and not found.content and not found.why
            if is_empty and self.locations.has_history():
                found.why = "it is empty"
            if not found.is_damaged or time.monotonic() >= deadline:
                self.examined = found.signature
                return found, tables
            time.sleep(0.05)

    def _was_written_here(self, found: Reading) -> bool:
        return bool(found.content) and found.digest == self.storage.receipt.sha256

    def _merge_snapshot(self, found: Reading, tables: Tables) -> set[DocumentPlace]:
        """Merge a snapshot that is not in memory, and say what is wrong with it."""
        path, present = self.locations.snapshot, self.merged.tables
        self.dirty = True
        self.damaged = found if found.is_damaged else None
        if self._was_written_here(found):
            self.follower.archived.update(self.storage.receipt.archived)
            return self.merge_tables(tables)
        if found.newer:
            self._note_newer(f"{path}, {found.why},")
        elif found.why:
            self.add_notice(
                f"{path} cannot be used: {found.why}. Your marks are those of backups, journals "
                "and its intact parts, and changes are saved beside it. Run `sheaf state repair` "
                "to write it anew.",
                path,
                found.raw,
            )
            return self.merge_tables(tables)
        invalid = found.invalid
        for table, rows in tables.items():
            for key, ours in present.get(table, {}).items():
                if (row := rows.get(key, ours)) != ours and is_edited(ours, row):
                    del rows[key]
                    invalid += 1
        if invalid:
            self.add_notice(
                f"{count_items(invalid, 'parts')} of {path} cannot be understood, or changed "
                "although their stamps did not. The values in the journals and backups are used.",
                path,
                found.raw,
            )
        written = stamp_at(found.signature.modified if found.signature else 0)
        return self.merge_tables(tables, written)

    def _merge_conflict_copies(self) -> set[DocumentPlace]:
        """Merge the versions of the snapshot that sync tools left beside it.

        Those of journals need nothing: every file named like a journal is read as one.
        """
        touched: set[DocumentPlace] = set()
        for path in self._list_conflict_copies():
            try:
                signature = signature_of(path)
                if signature is None or signature == self.conflict_copies.get(path, (None,))[0]:
                    continue
                found = read_snapshot(path)
            except OSError:
                continue
            self.conflict_copies[path] = signature, found.is_whole
            touched |= self.merge_tables(found.tables)
            self.dirty = True
            what = f"A sync tool left the conflict copy {path.name}. Its marks were merged."
            if found.is_whole:
                self.add_notice(f"{what} It will be moved to the archive.")
            else:
                why = (
                    found.why or f"{count_items(found.invalid, 'parts')} of it cannot be understood"
                )
                self.add_notice(f"{what} It is left there: {why}.", path, found.raw)
        return touched

    def _list_conflict_copies(self) -> list[Path]:
        found: list[Path] = []
        # A snapshot behind a link may have another name there.
        for original in {self.locations.snapshot, self.locations.target}:
            is_copy = re.compile(re.escape(original.stem) + _CONFLICT_COPY, re.IGNORECASE).fullmatch
            with suppress(OSError):
                found += sorted(path for path in original.parent.iterdir() if is_copy(path.name))
        return found

    def add_notice(
        self, notice: str, damaged: Path | None = None, raw: bytes | None = None
    ) -> None:
        """Add what the user must know, once, and copy a damaged file to `damaged/`.

        `raw` are the bytes of that file, by default read from it.
        """
        if damaged and raw != b"" and not self.refusal:
            with suppress(OSError):
                raw = damaged.read_bytes() if raw is None else raw
                digest = hashlib.sha256(raw).hexdigest()[:12]
                copy = self.locations.damaged / f"{damaged.stem}-{digest}{damaged.suffix}"
                if not copy.exists():
                    files.make_folder(copy.parent)
                    files.write_atomically(copy, raw, mode=files.PRIVATE)
                notice = f"{notice} A copy is in {copy}."
        if notice not in self.notices:
            self.notices.append(notice)

    def _note_newer(self, what: str) -> None:
        self.refusal = "your marks were written by a newer Sheaf. Update Sheaf"
        self.add_notice(
            f"{what} is from a newer Sheaf. Your marks are shown; nothing is written. Update Sheaf "
            "to change them."
        )


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
