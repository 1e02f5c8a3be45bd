"""Store: the public face of the package. Its docstring in `__init__` explains the whole."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from tui.core import files
from tui.state.clock import StampClock
from tui.state.commit import Committer, Done
from tui.state.document import PAPERS, RESERVED, empty_document
from tui.state.marks import Change, Mark, mark_of, save_refused
from tui.state.replica import Replica
from tui.state.storage import Locations

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_SMALL_SNAPSHOT = 4 << 20
"""Bytes of a snapshot that is rewritten at every close; a larger one only if much is to be written,
and by the reader only in the background."""
_CHECKPOINT_INTERVAL = 30.0
"""Seconds between two checkpoints in the background: a full disk is not tried all the time."""
_WRITER = "sheaf-state"
"""The name of the thread that commits what is submitted begins so."""
_CHECKPOINT_TIMEOUT = 0.2
"""Seconds that closing waits for a checkpoint on another thread."""


class Store:
    """The user's marks, notes, views and the rest, in one folder."""

    def __init__(self, committer: Committer) -> None:
        self.committer = committer
        self.replica = committer.replica
        self._drafts = committer.replica.locations.drafts
        self._writer: ThreadPoolExecutor | None = None
        """The one thread that commits what is submitted."""
        self._committed: Future[None] | None = None
        """Done when everything submitted so far is durable or refused."""
        self._checkpointing: threading.Thread | None = None
        self._next_checkpoint = 0.0
        self._closed = False

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        readonly: bool = False,
        clock: StampClock | None = None,
        host: str | None = None,
    ) -> Store:
        """Open the store in `folder`. What is wrong with its files is in `notices`, not raised.

        Nothing is written before the first change, except copies of damaged files.
        `clock` and `host` are for tests.
        """
        replica = Replica(Locations(folder, host), clock or StampClock(), readonly=readonly)
        replica.load()
        return cls(Committer(replica))

    def mark(self, key: str) -> Mark:
        """Return the marks of a paper, found under its earlier keys too."""
        return mark_of(self.replica.merged.get(PAPERS, key) or empty_document(key))

    def marks(self) -> Iterator[tuple[str, Mark]]:
        """Yield every paper that has any mark, in no order."""
        for key, document in self.replica.merged.rows(PAPERS).items():
            if mark := mark_of(document):
                yield key, mark

    def keys_where(self, field: str, value: object = None) -> AbstractSet[str]:
        """Return the papers with a mark: any of MARKS, or `tag`.

        `value` narrows `rating` or `tag` to one rating or tag. The set goes on changing: copy it to
        iterate. Raises KeyError for another field.
        """
        with self.replica.lock:
            return self.replica.merged.find(field, value)

    def tags(self) -> Mapping[str, int]:
        """Return the user's tags, each with the number of its papers."""
        with self.replica.lock:
            return self.replica.merged.count_tags()

    @property
    def version(self) -> int:
        """A number that goes up whenever anything changes, by this instance or another."""
        return self.replica.merged.version

    def changed_since(self, version: int) -> frozenset[str]:
        """Return the papers changed since this store had that version."""
        with self.replica.lock:
            return self.replica.merged.changed_since(version)

    def pending(self, key: str) -> bool:
        """Whether a change of this paper is shown but not yet durable."""
        merged = self.replica.merged
        return bool(merged.shown) and (PAPERS, merged.resolve(PAPERS, key)) in merged.shown

    def document(self, table: str, key: str) -> dict[str, Any]:
        """Return the fields of a document of another table; {} if there is none."""
        return _fields(self.replica.merged.get(table, key) or {})

    def documents(self, table: str) -> dict[str, dict[str, Any]]:
        """Return all documents of a table that have any field."""
        rows = self.replica.merged.rows(table).items()
        return {key: fields for key, document in rows if (fields := _fields(document))}

    @property
    def notices(self) -> list[str]:
        """What the user must know, oldest first."""
        return list(self.replica.notices)

    @property
    def readonly(self) -> bool:
        """Whether nothing may be written: opened so, or a file is from a newer Sheaf."""
        return bool(self.replica.refusal)

    def apply(self, change: Change) -> None:
        """Make a change durable, then show it. Raises SaveRefused if nothing happened."""
        self.flush()
        self.committer.apply(change)

    def submit(self, change: Change, done: Done) -> None:
        """Show a change at once; another thread calls `done(change, None)` when it is durable.

        If the disk refuses, memory is as it was before and `done` gets the error. Changes keep
        their order; after a refusal all that are pending are refused. A change that changes nothing
        is done at once, on this thread. Raises SaveRefused if the store is read-only.
        """
        if not self.committer.submit(change, done):
            done(change, None)
            return
        if self._writer is None:
            from concurrent.futures import ThreadPoolExecutor

            self._writer = ThreadPoolExecutor(1, _WRITER)
        self._committed = self._writer.submit(self.committer.commit)

    def undo(self, done: Done | None = None) -> Change | None:
        """Undo the last step; None if there is none. With `done` as `submit`, else as `apply`.

        The label of the change returned describes the step, `star of 12 papers`; its `skipped`
        lists papers with a field that was left alone because it changed since.
        """
        return self._make(self.committer.plan("undo"), done)

    def redo(self, done: Done | None = None) -> Change | None:
        """Redo the step that was undone last; None if there is none. As `undo`."""
        return self._make(self.committer.plan("redo"), done)

    def _make(self, change: Change | None, done: Done | None) -> Change | None:
        if change and done:
            self.submit(change, done)
        elif change:
            self.apply(change)
        return change

    def rekey_all(self, keys: Mapping[str, str]) -> None:
        """Rekey many papers, old key to new, with one write. Only marked papers cost anything."""
        self.flush()
        self.committer.rekey(keys)

    # Drafts: one small file for each

    def save_draft(self, key: str, text: str) -> None:
        """Write an unfinished note, safe from a crash. Raises SaveRefused."""
        self.committer.check_writable()
        body = orjson.dumps({"key": key, "text": text}, option=orjson.OPT_INDENT_2)
        try:
            files.make_folder(self._drafts)
            files.write_atomically(self._draft_path(key), body, mode=files.PRIVATE)
        except OSError as error:
            raise save_refused(error, self._drafts) from error

    def draft(self, key: str) -> str | None:
        """Return the unfinished note of a paper, None if there is none."""
        return dict(_read_drafts(self._draft_path(key))).get(key)

    def drafts(self) -> dict[str, str]:
        """Return every unfinished note by paper."""
        return dict(_read_drafts(*self._drafts.glob("*.json")))

    def drop_draft(self, key: str) -> None:
        """Remove an unfinished note, if there is one. Raises SaveRefused."""
        try:
            files.remove(self._draft_path(key))
        except OSError as error:
            raise save_refused(error, self._drafts) from error

    def _draft_path(self, key: str) -> Path:
        return self._drafts / f"{hashlib.blake2b(key.encode(), digest_size=12).hexdigest()}.json"

    def poll(self) -> frozenset[str]:
        """Merge what others wrote; return the papers concerned. Not on the UI's thread."""
        touched = self.replica.poll()
        if not self.readonly:
            self.committer.read_earlier_steps()
            if self._has_much_to_write() and time.monotonic() >= self._next_checkpoint:
                self._next_checkpoint = time.monotonic() + _CHECKPOINT_INTERVAL
                self._start_checkpoint()
        return frozenset(key for table, key in touched if table == PAPERS)

    def flush(self) -> None:
        """Return when every submitted change is durable or refused, and its `done` was called.

        An exception that a `done` raised is raised here, once.
        """
        committed = self._committed
        if committed is None or threading.current_thread().name.startswith(_WRITER):
            return
        try:
            committed.result()
        finally:
            if self._committed is committed:
                self._committed = None

    def checkpoint(self) -> bool:
        """Write the snapshot now; False if that failed: the journals hold what it lacks."""
        self.flush()
        return self._checkpoint(wait=5.0)

    def _checkpoint(self, wait: float = 0.0) -> bool:
        from tui.state.checkpoint import checkpoint  # filelock takes 15 ms

        return checkpoint(self.replica, wait)

    def _start_checkpoint(self) -> None:
        """Make a checkpoint on a thread of its own, so that changes go on being saved."""
        if self._checkpointing is None or not self._checkpointing.is_alive():
            self._checkpointing = threading.Thread(
                target=self._checkpoint, name="sheaf-checkpoint", daemon=True
            )
            self._checkpointing.start()

    def close(self, checkpoint: bool | None = None) -> None:
        """Make pending changes durable and close the files.

        `checkpoint` decides whether to write the snapshot; by default that is done if it is quick.
        The reader does not wait for a slow disk: what the snapshot lacks is in the journals, and
        the next start reads them.
        """
        if self._closed:
            return
        self._closed = True
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.shutdown()
        if self.replica.dirty and not self.readonly and checkpoint is not False:
            is_small = self._snapshot_size() < _SMALL_SNAPSHOT
            if checkpoint:
                self._checkpoint(wait=5.0)
            elif writer is None and (is_small or self._has_much_to_write()):
                self._checkpoint()
            elif writer is not None and is_small:
                self._start_checkpoint()
        if self._checkpointing is not None:
            self._checkpointing.join(_CHECKPOINT_TIMEOUT)
            if self._checkpointing.is_alive():
                # It still uses the journals; both end with the process.
                return
        self.replica.journal.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _snapshot_size(self) -> int:
        signature = self.replica.storage.last.signature
        return signature.size if signature else 0

    def _has_much_to_write(self) -> bool:
        """Whether a checkpoint saves later starts more time than it takes."""
        size = self.replica.journal.bytes + self.replica.follower.bytes
        return size > max(64 << 10, self._snapshot_size() // 8)


def _fields(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in RESERVED}


def _read_drafts(*paths: Path) -> Iterator[tuple[str, str]]:
    for path in paths:
        with suppress(OSError, ValueError, KeyError, TypeError):
            body = orjson.loads(path.read_bytes())
            yield str(body["key"]), str(body["text"])
