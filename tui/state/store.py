"""Store: the one thing the rest of Sheaf talks to. See the package's docstring for the map."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tinydb import TinyDB

from tui.state import documents, mend, transfer
from tui.state.change import PAPERS, Change
from tui.state.core import Core
from tui.state.drafts import Drafts
from tui.state.engine import Done, Engine
from tui.state.errors import Notice, explain
from tui.state.fold import fold
from tui.state.live import LiveStorage
from tui.state.mark import EMPTY, Mark, is_marked, mark_of
from tui.state.places import Places
from tui.state.stamp import Clock
from tui.state.tails import listing
from tui.state.views import KeyView
from tui.state.writer import Writer

_SMALL = 4 << 20
"""Bytes of a snapshot that is rewritten at every close; a larger one only when it is worth it."""
_MANY_JOURNALS = 64
_FOLD_PAUSE = 30.0
"""Seconds between two folds in the background, so that a full disk is not tried all the time."""


class Store:
    """The user's marks, notes, views and the rest, in one folder."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._core = engine.core
        self._writer: Writer | None = None
        self._closed = False
        self._next_fold = 0.0
        self._starting = threading.Lock()
        self._drafts = Drafts(engine.core.places, engine.check_writable)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        readonly: bool = False,
        clock: Clock | None = None,
        host: str | None = None,
    ) -> Store:
        """Open the store in `folder`. What is wrong with its files is in `notices`, not raised.

        Nothing is written before the first change, except that damaged files are copied aside.
        `clock` and `host` are for tests.
        """
        core = Core(Places.under(folder, host), clock or Clock(), writes=not readonly)
        core.load()
        return cls(Engine(core, readonly))

    # Reading

    def mark(self, key: str) -> Mark:
        """Return what the user said about a paper, under this key or the one it has now."""
        document = self._core.memory.get(PAPERS, key)
        return EMPTY if document is None else mark_of(document)

    def marks(self) -> Iterator[tuple[str, Mark]]:
        """Give every paper that has any mark, in no order."""
        for key, document in list(self._core.memory.tables[PAPERS].items()):
            if is_marked(document):
                yield key, mark_of(document)

    def keys_where(self, field: str, value: object = None) -> KeyView:
        """Return the papers with a mark: `read`, `star`, `dismissed`, `note`, `rating`, `tag`.

        `value` narrows the last two to one rating or tag. KeyError for another field.
        """
        return self._core.memory.views.find(field, value)

    def tags(self) -> Mapping[str, int]:
        """Return the user's tags and on how many papers each is."""
        tags = list(self._core.memory.views.tags.items())
        return MappingProxyType({tag: len(keys) for tag, keys in sorted(tags)})

    @property
    def version(self) -> int:
        """A number that goes up whenever anything changes, by this instance or another."""
        return self._core.memory.version

    def changed_since(self, version: int) -> frozenset[str] | None:
        """Return the papers changed since then; None if that is too long ago: look at all."""
        with self._core.lock:
            return self._core.memory.changed_since(version)

    def pending(self, key: str) -> bool:
        """Tell whether a change of this paper is shown but not yet durable."""
        unsaved = self._engine.unsaved
        return bool(unsaved) and unsaved[self._core.memory.resolve(key)] > 0

    def document(self, table: str, key: str) -> dict[str, Any]:
        """Return the fields of a document of another table; {} if there is none."""
        document = self._core.memory.get(table, key)
        return {} if document is None else _fields(document)

    def documents(self, table: str) -> dict[str, dict[str, Any]]:
        """Return all documents of a table that have any field."""
        rows = list(self._core.memory.tables.get(table, {}).items())
        return {key: fields for key, document in rows if (fields := _fields(document))}

    @property
    def notices(self) -> list[Notice]:
        """What the user must hear about, oldest first."""
        return list(self._core.notices)

    @property
    def trouble(self) -> str:
        """Why the snapshot could not be written at the last try, "" if it could.

        Nothing is lost meanwhile: the journals hold what it lacks.
        """
        error = self._engine.fold_error
        if error is None:
            return ""
        return explain(error) if isinstance(error, OSError) else str(error)

    @property
    def readonly(self) -> bool:
        """Nothing may be written: opened so, or the file is from a newer Sheaf."""
        return self._engine.readonly or self._core.newer

    @property
    def schema(self) -> int:
        """The version of the snapshot's form; today's if there is no snapshot."""
        return self._core.storage.last.schema

    # Changing

    def apply(self, change: Change) -> None:
        """Make a change durable, then show it. SaveRefused: nothing happened. StateError."""
        self.flush()
        self._engine.apply(change)

    def submit(self, change: Change, done: Done) -> None:
        """Show a change at once; `done(change, None)` comes from another thread when it is durable.

        If the disk refuses, memory goes back to what was and `done` gets the error. Changes keep
        their order; after a refusal all that were waiting are refused. One that changes nothing is
        done at once, on this thread. SaveRefused if the store is read-only.
        """
        if self._engine.submit(change, done):
            self._ready_writer().wake()
        else:
            done(change, None)

    def undo(self, done: Done | None = None) -> Change | None:
        """Undo the last step; None if there is none. With `done` as `submit`, else as `apply`.

        The change returned has words for its label, `star of 12 papers`, and in `left` the keys of
        which a field was left, because somebody changed it since.
        """
        return self._step(self._engine.plan("undo"), done)

    def redo(self, done: Done | None = None) -> Change | None:
        """Do again what was undone last; None if there is nothing. As `undo`."""
        return self._step(self._engine.plan("redo"), done)

    def _step(self, change: Change | None, done: Done | None) -> Change | None:
        if change is not None:
            if done is None:
                self.apply(change)
            else:
                self.submit(change, done)
        return change

    def rekey(self, old: str, new: str) -> None:
        """Let the marks of a paper follow it to the key it has gained. SaveRefused."""
        self.rekey_all({old: new})

    def rekey_all(self, keys: Mapping[str, str]) -> None:
        """Rekey many papers, old key to new, with one write. Only marked papers cost anything."""
        self.flush()
        transfer.rekey(self._engine, keys)

    def load(self, exported: Mapping[str, Any]) -> int:
        """Merge what `export` gave, by time; return how many documents changed. StateError."""
        self.flush()
        return transfer.load(self._engine, exported)

    def export(self) -> dict[str, Any]:
        """Return everything as one JSON object."""
        with self._core.disk_lock, self._core.lock:
            return transfer.export(self._engine.durable())

    def forget(self, key: str) -> list[Path]:
        """Remove a paper's marks everywhere, backups included; not undone. SaveRefused.

        Returns the files that still hold them: journals other instances or machines have in use.
        """
        self.flush()
        home = self._core.memory.resolve(key)
        for drafted in self._drafts.all():
            if self._core.memory.resolve(drafted) == home:
                self._drafts.drop(drafted)
        return mend.forget(self._engine, key)

    def repair(self) -> Path | None:
        """Write a damaged snapshot anew from what was put together. SaveRefused.

        Returns where the damaged file was moved; None if there was nothing to repair.
        """
        self.flush()
        return mend.repair(self._engine)

    def database(self) -> TinyDB:
        """Return TinyDB's interface to this store, for scripts; every write is a Change."""
        return TinyDB(self, storage=LiveStorage)

    # Drafts

    def save_draft(self, key: str, text: str) -> None:
        """Keep a note that is not finished, safe from a crash. SaveRefused."""
        self._drafts.save(key, text)

    def draft(self, key: str) -> str | None:
        """Return the unfinished note of a paper, None if there is none."""
        return self._drafts.get(key)

    def drafts(self) -> dict[str, str]:
        """Return every unfinished note by paper."""
        return self._drafts.all()

    def drop_draft(self, key: str) -> None:
        """Forget an unfinished note, if there is one. SaveRefused."""
        self._drafts.drop(key)

    # Keeping up

    def poll(self) -> frozenset[str]:
        """Take in what others wrote; return the papers concerned. Not on the UI's thread."""
        touched = self._core.poll()
        if not self.readonly:
            self._engine.learn_history()
        now = time.monotonic()
        due = self._core.own.bytes > self._worth_folding() and now >= self._next_fold
        if due and not self.readonly:
            self._next_fold = now + _FOLD_PAUSE
            self._ready_writer().fold_soon()
        return frozenset(key for table, key in touched if table == PAPERS)

    def flush(self) -> None:
        """Return when every submitted change is durable or refused."""
        if self._writer is not None:
            self._writer.flush()

    def fold(self) -> bool:
        """Write the snapshot now; False if it could not be: the journals hold what it lacks."""
        self.flush()
        return not self.readonly and fold(self._engine)

    def close(self, fold: bool | None = None) -> None:
        """Make durable what waits, let go. `fold`: write the snapshot; None: if worth its time."""
        if self._closed:
            return
        self._closed = True
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        if not self.readonly and self._core.unfolded:
            wanted = self._closing_folds() if fold is None else fold
            if wanted:
                self.fold()
        self._core.own.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ready_writer(self) -> Writer:
        with self._starting:
            if self._writer is None:
                self._writer = Writer(self._engine, lambda: fold(self._engine))
            return self._writer

    def _worth_folding(self) -> int:
        signature = self._core.storage.expected
        return max(64 << 10, (signature.size if signature else 0) // 8)

    def _closing_folds(self) -> bool:
        signature = self._core.storage.expected
        if signature is None or signature.size < _SMALL:
            return True
        try:
            journals = listing(self._core.places.aside)
            size = sum(entry.stat().st_size for entry in journals)
        except OSError:
            return False
        return len(journals) >= _MANY_JOURNALS or size > signature.size // 16


def _fields(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in documents.RESERVED}
