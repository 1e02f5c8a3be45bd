"""From a Change to a durable line of the journal, and back if the disk refuses.

A change is prepared (what it sets, what was there before, its line), shown (merged into memory) and
committed (appended and synced). The command line commits before it shows. The reader shows first
and commits on the writer's thread; until then the change is pending, and neither a checkpoint nor
another instance takes it for saved.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from tui.state import document as doc
from tui.state.document import PAPERS, Document, Tables
from tui.state.errors import SaveRefused, save_refused
from tui.state.history import KEPT, History, SavedHistory, Was, count_steps, replay
from tui.state.journal import is_live, list_journals
from tui.state.journal_lines import Line, encode_checked, read_journal
from tui.state.marks import DROP, Change, Sets
from tui.state.replica import Replica, collector_paused

_V = TypeVar("_V")
Done = Callable[[Change, SaveRefused | None], None]


@dataclass(slots=True, eq=False)
class Prepared:
    """A change with its stamp, its line and what was there before."""

    change: Change
    stamp: str
    body: Line
    data: bytes
    before: dict[tuple[str, str], Document | None]
    history: SavedHistory
    merges: int
    done: Done | None = None


class Committer:
    """Makes the changes of one instance durable."""

    def __init__(self, replica: Replica, *, readonly: bool = False) -> None:
        self.replica = replica
        self.readonly = readonly
        self.history = History()
        self.pending: list[Prepared] = []
        """Shown, not yet durable; in order."""
        self.unsaved: Counter[str] = Counter()
        """Papers of the pending changes."""

    def check_writable(self) -> None:
        """Raise SaveRefused if nothing may be written here."""
        if self.replica.newer:
            raise SaveRefused("Not saved: your marks were written by a newer Sheaf. Update Sheaf.")
        if self.readonly:
            raise SaveRefused("Not saved: the marks are open for reading only.")

    def prepare(self, change: Change) -> Prepared | None:
        """Compare a change with memory; None if it changes nothing. Hold the replica's lock."""
        sets: Sets = {}
        was: Was = {}
        base: dict[str, dict[str, list[str]]] = {}
        before: dict[tuple[str, str], Document | None] = {}
        for table, rows in change.sets.items():
            for given_key, fields in rows.items():
                key = self._resolve(table, given_key)
                present = self.replica.merged.get(table, key)
                document = present or doc.empty_document(key)
                if DROP in fields:
                    fields = dict.fromkeys(doc.fields_of(document))
                new: dict[str, Any] = {}
                old: dict[str, list[Any]] = {}
                for name, value in fields.items():
                    current = doc.value_of(document, name)
                    if change.kind == "do" and current == value:
                        continue
                    new[name] = value
                    if version := doc.version_of(document, name):
                        old[name] = [current, version]
                if not new:
                    continue
                _update(sets.setdefault(table, {}), key, new)
                before[table, key] = present
                if old:
                    _update(was.setdefault(table, {}), key, old)
                if "note" in new and (versions := doc.note_versions(document)):
                    base.setdefault(table, {})[key] = list(versions)
        if not sets and change.kind == "do":
            return None
        body: Line = {"t": self.replica.clock.tick(), "label": change.label, "set": sets}
        for name, part in (("was", was), ("base", base)):
            if part:
                body[name] = part
        if change.kind != "do":
            body["kind"], body["of"] = change.kind, change.step
        if change.silent:
            body["silent"] = True
        saved, merges = self.history.save(), self.replica.merges
        return Prepared(change, body["t"], body, encode_checked(body), before, saved, merges)

    def show(self, prepared: Prepared) -> None:
        """Merge a prepared change into memory. Hold the replica's lock."""
        self.replica.merge_line(prepared.body)
        self.history.record(prepared.body)

    def apply(self, change: Change) -> bool:
        """Make a change durable, then show it; False if it changes nothing. SaveRefused."""
        self.check_writable()
        with collector_paused(), self.replica.disk_lock:
            with self.replica.lock:
                prepared = self.prepare(change)
            if prepared is None:
                return False
            self._append(prepared.data)
            with self.replica.lock:
                self.show(prepared)
        return True

    def append_line(self, body: Line) -> None:
        """Append one line durably. Raises SaveRefused and StateError."""
        self._append(encode_checked(body))

    def _append(self, data: bytes) -> None:
        try:
            self.replica.journal.append(data)
        except OSError as error:
            raise save_refused(error, self.replica.locations.aside) from error
        self.replica.dirty = True

    def submit(self, change: Change, done: Done | None) -> bool:
        """Show a change now and leave it pending; False if it changes nothing. SaveRefused."""
        self.check_writable()
        with collector_paused(), self.replica.lock:
            prepared = self.prepare(change)
            if prepared is None:
                return False
            prepared.done = done
            self.show(prepared)
            self.pending.append(prepared)
            self.unsaved.update(key for _, key in prepared.before)
        return True

    def commit(self) -> list[tuple[Prepared, SaveRefused | None]]:
        """Make all pending changes durable with one sync; if that fails, take all of them back."""
        refusal: SaveRefused | None = None
        with self.replica.disk_lock:
            with self.replica.lock:
                batch = list(self.pending)
            if not batch:
                return []
            try:
                self._append(b"".join(prepared.data for prepared in batch))
            except SaveRefused as error:
                refusal = error
            with self.replica.lock:
                if refusal is not None:
                    batch = list(self.pending)
                    self._take_back(batch)
                del self.pending[: len(batch)]
                for prepared in batch:
                    self.unsaved.subtract(key for _, key in prepared.before)
                self.unsaved = +self.unsaved
        if refusal is not None and any(one.merges != self.replica.merges for one in batch):
            # A change of another instance may have lost against one that was taken back.
            self.replica.start_over()
        return [(prepared, refusal) for prepared in batch]

    def _take_back(self, batch: list[Prepared]) -> None:
        for table, key, document in self._without(batch, self.replica.merged.tables):
            self.replica.merged.replace(table, key, document)
        self.history.restore(batch[0].history)

    def durable_tables(self) -> Tables:
        """Return all documents without the pending changes. Hold both locks of the replica."""
        tables = {table: dict(rows) for table, rows in self.replica.merged.tables.items()}
        for table, key, document in self._without(self.pending, tables):
            if document is None:
                del tables[table][key]
            else:
                tables[table][key] = document
        return tables

    def _without(
        self, batch: list[Prepared], tables: Tables
    ) -> Iterator[tuple[str, str, Document | None]]:
        """Yield each document of a batch, the last change first, as it is without that change."""
        for prepared in reversed(batch):
            for (table, given_key), before in prepared.before.items():
                key = self._resolve(table, given_key)
                document = tables[table].get(key)
                if document is not None:
                    fields = prepared.body["set"][table][given_key]
                    earlier = before or doc.empty_document(given_key)
                    draft = _revert(document, fields, prepared.stamp, earlier)
                    gone = before is None and not draft["when"]
                    yield table, key, None if gone else draft

    def _resolve(self, table: str, key: str) -> str:
        return self.replica.merged.resolve(key) if table == PAPERS else key

    def load_history(self) -> None:
        """Read the steps of earlier sessions, once. Running instances undo their own steps."""
        if self.history.complete:
            return
        locations, own = self.replica.locations, self.replica.journal.names
        lines: list[Line] = []
        with suppress(OSError):
            archived = sorted(
                list_journals(locations.archive), key=lambda entry: entry.stat().st_mtime
            )
            # The newest archived journals are enough for the steps that are kept.
            while archived and count_steps(lines) < 2 * KEPT:
                entry = archived.pop()
                if entry.name not in own:
                    lines += read_journal(Path(entry.path)).lines
        with suppress(OSError):
            for entry in list_journals(locations.aside):
                if entry.name not in own and not is_live(Path(entry.path)):
                    lines += read_journal(Path(entry.path)).lines
        earlier = replay(lines)
        with self.replica.lock:
            if not self.history.complete:
                self.history.add_earlier(earlier)

    def plan(self, kind: Literal["undo", "redo"]) -> Change | None:
        """Return the change that undoes or redoes a step; None if there is none."""
        with collector_paused():
            self.load_history()
            with self.replica.lock:
                return self.history.plan(kind, self.replica.merged)


class Writer:
    """The thread that commits pending changes, and makes checkpoints on another thread."""

    def __init__(self, committer: Committer, checkpoint: Callable[[], object]) -> None:
        self._committer = committer
        self._checkpoint = checkpoint
        self._news = threading.Condition()
        self._closing = False
        self._busy = False
        self._checkpointing: threading.Thread | None = None
        self._thread = threading.Thread(target=self._run, name="sheaf-state", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Report that a change is pending."""
        with self._news:
            self._news.notify_all()

    def flush(self) -> None:
        """Return when no change is pending and every `done` has been called."""
        if threading.current_thread() is self._thread:
            return
        with self._news:
            self._news.wait_for(lambda: not (self._committer.pending or self._busy))

    def close(self) -> None:
        """Commit what is pending and end the thread. A checkpoint goes on; see `join`."""
        with self._news:
            self._closing = True
            self._news.notify_all()
        self._thread.join()

    def start_checkpoint(self) -> None:
        """Make a checkpoint on a thread of its own, so that changes go on being saved."""
        if self._checkpointing is None or not self._checkpointing.is_alive():
            self._checkpointing = threading.Thread(
                target=self._checkpoint, name="sheaf-checkpoint", daemon=True
            )
            self._checkpointing.start()

    def join(self, seconds: float) -> bool:
        """Wait for a running checkpoint; return whether it has ended."""
        if self._checkpointing is not None:
            self._checkpointing.join(seconds)
        return self._checkpointing is None or not self._checkpointing.is_alive()

    def _run(self) -> None:
        while True:
            with self._news:
                self._busy = False
                self._news.notify_all()
                self._news.wait_for(lambda: self._committer.pending or self._closing)
                if not self._committer.pending:
                    return
                self._busy = True
            for prepared, refusal in self._committer.commit():
                if prepared.done is not None:
                    prepared.done(prepared.change, refusal)


def _update(rows: dict[str, dict[str, _V]], key: str, fields: dict[str, _V]) -> None:
    """Add fields to those of a document: a change may name one paper by two keys."""
    rows.setdefault(key, {}).update(fields)


def _revert(document: Document, fields: Iterable[str], stamp: str, earlier: Document) -> Document:
    """Return a document without the change of these fields that has this stamp."""
    draft = doc.copy(document)
    for name in fields:
        if name == "note":
            doc.remove_note_version(draft, stamp, earlier)
        elif doc.stamp_of(draft, name) == stamp:
            doc.restore_field(draft, name, earlier)
    return draft
