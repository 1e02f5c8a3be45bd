"""Engine: from a Change to a durable line of the journal, and back if the disk refuses.

A change is prepared (what it sets, what was there, its line), shown (merged into memory) and
committed (appended and synced). The reader shows first and commits on another thread; until then
the change waits, and neither the fold nor anybody else takes it for saved.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from tui.state import documents, line
from tui.state.change import DROP, PAPERS, Change, Sets
from tui.state.core import Core
from tui.state.documents import Document
from tui.state.errors import SaveRefused, refused
from tui.state.history import KEPT, History, Saved, Was, depth, replay
from tui.state.journal import is_live
from tui.state.line import Line
from tui.state.pieces import collector_paused
from tui.state.tails import listing, read_journal
from tui.state.text import Tables

_V = TypeVar("_V")
Done = Callable[[Change, SaveRefused | None], None]


@dataclass(slots=True, eq=False)
class Prepared:
    """A change that knows its stamp, its line and the way back."""

    change: Change
    stamp: str
    body: Line
    data: bytes
    before: dict[tuple[str, str], Document | None]
    history: Saved
    merges: int
    done: Done | None = None


@dataclass(slots=True)
class Engine:
    """What one instance does to the store."""

    core: Core
    readonly: bool = False
    history: History = field(default_factory=History)
    waiting: list[Prepared] = field(default_factory=list)
    """Shown, not yet durable; in order."""
    unsaved: Counter[str] = field(default_factory=Counter)
    """Papers of the waiting changes."""
    fold_error: Exception | None = None

    def check_writable(self) -> None:
        """Raise SaveRefused if nothing may be written here."""
        if self.core.newer:
            raise SaveRefused("Not saved: your marks were written by a newer Sheaf. Update Sheaf.")
        if self.readonly:
            raise SaveRefused("Not saved: the marks are open for reading only.")

    def prepare(self, change: Change) -> Prepared | None:
        """Work out a change against memory; None if it changes nothing. Hold the core's lock."""
        memory = self.core.memory
        sets: Sets = {}
        was: Was = {}
        base: dict[str, dict[str, list[str]]] = {}
        before: dict[tuple[str, str], Document | None] = {}
        for table, rows in change.sets.items():
            for named, fields in rows.items():
                key = memory.resolve(named) if table == PAPERS else named
                held = memory.get(table, key)
                document = held or documents.new(key)
                if DROP in fields:
                    fields = dict.fromkeys(documents.fields_of(document))
                new: dict[str, Any] = {}
                old: dict[str, list[Any]] = {}
                for name, value in fields.items():
                    there = documents.value_of(document, name)
                    if change.kind == "do" and there == value:
                        continue
                    new[name] = value
                    if since := documents.state_of(document, name):
                        old[name] = [there, since]
                if not new:
                    continue
                _join(sets.setdefault(table, {}), key, new)
                before[table, key] = held
                if old:
                    _join(was.setdefault(table, {}), key, old)
                if "note" in new and (heads := documents.heads_of(document)):
                    base.setdefault(table, {})[key] = list(heads)
        if not sets and change.kind == "do":
            return None
        body: Line = {"t": self.core.clock.tick(), "label": change.label, "set": sets}
        for name, part in (("was", was), ("base", base)):
            if part:
                body[name] = part
        if change.kind != "do":
            body["kind"], body["of"] = change.kind, change.step
        if change.silent:
            body["silent"] = True
        saved = self.history.save()
        return Prepared(change, body["t"], body, line.encode(body), before, saved, self.core.merges)

    def show(self, prepared: Prepared) -> None:
        """Merge a prepared change into memory. Hold the core's lock."""
        self.core.merge_line(prepared.body)
        self.history.record(prepared.body)

    def apply(self, change: Change) -> bool:
        """Make a change durable, then show it; False if it changes nothing. SaveRefused."""
        self.check_writable()
        with collector_paused(), self.core.disk_lock:
            with self.core.lock:
                prepared = self.prepare(change)
            if prepared is None:
                return False
            self.append(prepared.data)
            with self.core.lock:
                self.show(prepared)
        return True

    def append(self, data: bytes) -> None:
        """Append lines durably. SaveRefused."""
        try:
            self.core.own.append(data)
        except OSError as error:
            raise refused(error, self.core.places.aside) from error
        self.core.unfolded = True

    def submit(self, change: Change, done: Done | None) -> bool:
        """Show a change at once and let it wait for `commit`; False if it changes nothing."""
        self.check_writable()
        with collector_paused(), self.core.lock:
            prepared = self.prepare(change)
            if prepared is None:
                return False
            prepared.done = done
            self.show(prepared)
            self.waiting.append(prepared)
            self.unsaved.update(key for _, key in prepared.before)
        return True

    def commit(self) -> list[tuple[Prepared, SaveRefused | None]]:
        """Make what waits durable with one sync; if the disk refuses, take all of it back."""
        refusal: SaveRefused | None = None
        with self.core.disk_lock:
            with self.core.lock:
                batch = list(self.waiting)
            if not batch:
                return []
            try:
                self.append(b"".join(prepared.data for prepared in batch))
            except SaveRefused as error:
                refusal = error
            with self.core.lock:
                if refusal is not None:
                    batch = list(self.waiting)
                    self._take_back(batch)
                del self.waiting[: len(batch)]
                for prepared in batch:
                    self.unsaved.subtract(key for _, key in prepared.before)
                self.unsaved = +self.unsaved
        if refusal is not None and any(one.merges != self.core.merges for one in batch):
            # Something of others may have lost against a change that now never was.
            self.core.start_over()
        return [(prepared, refusal) for prepared in batch]

    def _take_back(self, batch: list[Prepared]) -> None:
        memory = self.core.memory
        for prepared in reversed(batch):
            for (table, named), before in prepared.before.items():
                key = memory.resolve(named) if table == PAPERS else named
                document = memory.tables[table].get(key)
                if document is not None:
                    cleaned = _without(document, prepared, (table, named), before)
                    memory.replace(table, key, cleaned)
        self.history.go_back(batch[0].history)

    def durable(self) -> Tables:
        """Return what memory would be without the changes that wait. Hold both locks."""
        tables = {table: dict(rows) for table, rows in self.core.memory.tables.items()}
        for prepared in reversed(self.waiting):
            for (table, named), before in prepared.before.items():
                key = self.core.memory.resolve(named) if table == PAPERS else named
                document = tables[table].get(key)
                if document is not None:
                    cleaned = _without(document, prepared, (table, named), before)
                    if cleaned is None:
                        del tables[table][key]
                    else:
                        tables[table][key] = cleaned
        return tables

    def learn_history(self) -> None:
        """Read the steps of earlier sessions, once; those of running ones are theirs to undo."""
        if self.history.complete:
            return
        places, own = self.core.places, self.core.own.names
        # The archive may hold a week: its newest files are enough for the steps that are kept.
        archived = sorted(_listed(places.archive), key=_modified, reverse=True)
        paths = [Path(entry.path) for entry in archived if entry.name not in own]
        lines: list[Line] = []
        for path in paths:
            with suppress(OSError):
                lines += read_journal(path).lines
            if depth(lines) >= 2 * KEPT:
                break
        for entry in _listed(places.aside):
            path = Path(entry.path)
            if entry.name not in own and not is_live(path):
                with suppress(OSError):
                    lines += read_journal(path).lines
        older = replay(lines)
        with self.core.lock:
            if not self.history.complete:
                self.history.put_before(older)

    def plan(self, kind: Literal["undo", "redo"]) -> Change | None:
        """Return the change that undoes or redoes a step; None if there is none."""
        with collector_paused():
            self.learn_history()
            with self.core.lock:
                return self.history.plan(kind, self.core.memory)


def _join(rows: dict[str, dict[str, _V]], key: str, fields: dict[str, _V]) -> None:
    """Add fields to a document's: a change may name one paper by two keys."""
    if key in rows:
        rows[key].update(fields)
    else:
        rows[key] = fields


def _modified(entry: os.DirEntry[str]) -> float:
    try:
        return entry.stat().st_mtime
    except OSError:
        return 0.0


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        return listing(folder)
    except OSError:
        return []


def _without(
    document: Document, prepared: Prepared, place: tuple[str, str], before: Document | None
) -> Document | None:
    """Return a document as it would be without a change; None if it would not be."""
    draft = documents.thaw(document)
    table, key = place
    was = before or documents.new(key)
    for name in prepared.body["set"][table][key]:
        if name == "note":
            documents.withdraw_note(draft, prepared.stamp, was)
        elif documents.stamp_of(draft, name) == prepared.stamp:
            documents.restore(draft, name, was)
    return draft if draft["when"] or before is not None else None
