"""Store: the public face of the package. Its docstring in `__init__` explains the whole."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tui.state import maintenance
from tui.state.checkpoint import checkpoint as make_checkpoint
from tui.state.clock import Clock
from tui.state.commit import Committer, Done, Writer
from tui.state.document import PAPERS, RESERVED
from tui.state.drafts import Drafts
from tui.state.errors import Notice
from tui.state.journal import host_of, list_journals
from tui.state.locations import Locations
from tui.state.marks import EMPTY, Change, Mark, is_marked, mark_of
from tui.state.replica import Replica
from tui.state.tables import KeyView

_SMALL = 4 << 20
"""Bytes of a snapshot that is rewritten at every close; a larger one only when it is worth it."""
_MANY_JOURNALS = 64
_PAUSE = 30.0
"""Seconds between two checkpoints in the background: a full disk is not tried all the time."""
_PATIENCE = 0.1
"""Seconds that closing waits for a checkpoint on another thread, before and after stopping it."""


class Store:
    """The user's marks, notes, views and the rest, in one folder."""

    def __init__(self, committer: Committer) -> None:
        self._committer = committer
        self._replica = committer.replica
        self._writer: Writer | None = None
        self._closed = False
        self._next_checkpoint = 0.0
        self._starting = threading.Lock()
        self._drafts = Drafts(self._replica.locations, committer.check_writable)

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

        Nothing is written before the first change, except copies of damaged files.
        `clock` and `host` are for tests.
        """
        replica = Replica(Locations(folder, host), clock or Clock(), writes=not readonly)
        replica.load()
        return cls(Committer(replica, readonly=readonly))

    # Reading

    def mark(self, key: str) -> Mark:
        """Return the marks of a paper, found under its earlier keys too."""
        document = self._replica.merged.get(PAPERS, key)
        return EMPTY if document is None else mark_of(document)

    def marks(self) -> Iterator[tuple[str, Mark]]:
        """Yield every paper that has any mark, in no order."""
        for key, document in list(self._replica.merged.papers.items()):
            if is_marked(document):
                yield key, mark_of(document)

    def keys_where(self, field: str, value: object = None) -> KeyView:
        """Return the papers with a mark: `read`, `star`, `dismissed`, `note`, `rating`, `tag`.

        `value` narrows the last two to one rating or tag. KeyError for another field.
        """
        return self._replica.merged.key_sets.find(field, value)

    def tags(self) -> Mapping[str, int]:
        """Return the user's tags, each with the number of its papers."""
        tags = list(self._replica.merged.key_sets.tags.items())
        return MappingProxyType({tag: len(keys) for tag, keys in sorted(tags)})

    @property
    def version(self) -> int:
        """A number that goes up whenever anything changes, by this instance or another."""
        return self._replica.merged.version

    def changed_since(self, version: int) -> frozenset[str] | None:
        """Return the papers changed since then; None if that is too long ago: look at all."""
        with self._replica.lock:
            return self._replica.merged.changed_since(version)

    def pending(self, key: str) -> bool:
        """Whether a change of this paper is shown but not yet durable."""
        unsaved = self._committer.unsaved
        return bool(unsaved) and unsaved[self._replica.merged.resolve(key)] > 0

    def document(self, table: str, key: str) -> dict[str, Any]:
        """Return the fields of a document of another table; {} if there is none."""
        document = self._replica.merged.get(table, key)
        return {} if document is None else _fields(document)

    def documents(self, table: str) -> dict[str, dict[str, Any]]:
        """Return all documents of a table that have any field."""
        rows = list(self._replica.merged.tables.get(table, {}).items())
        return {key: fields for key, document in rows if (fields := _fields(document))}

    @property
    def notices(self) -> list[Notice]:
        """What the user must know, oldest first."""
        return list(self._replica.notices)

    @property
    def readonly(self) -> bool:
        """Whether nothing may be written: opened so, or a file is from a newer Sheaf."""
        return self._committer.readonly or self._replica.newer

    # Changing

    def apply(self, change: Change) -> None:
        """Make a change durable, then show it. Raises SaveRefused if nothing happened."""
        self.flush()
        self._committer.apply(change)

    def submit(self, change: Change, done: Done) -> None:
        """Show a change at once; another thread calls `done(change, None)` when it is durable.

        If the disk refuses, memory is as it was before and `done` gets the error. Changes keep
        their order; after a refusal all that are pending are refused. A change that changes nothing
        is done at once, on this thread. Raises SaveRefused if the store is read-only.
        """
        if self._committer.submit(change, done):
            self._started_writer().wake()
        else:
            done(change, None)

    def undo(self, done: Done | None = None) -> Change | None:
        """Undo the last step; None if there is none. With `done` as `submit`, else as `apply`.

        The label of the change returned describes the step, `star of 12 papers`; its `left` lists
        papers with a field that was left alone because it changed since.
        """
        return self._make(self._committer.plan("undo"), done)

    def redo(self, done: Done | None = None) -> Change | None:
        """Redo the step that was undone last; None if there is none. As `undo`."""
        return self._make(self._committer.plan("redo"), done)

    def _make(self, change: Change | None, done: Done | None) -> Change | None:
        if change is not None:
            if done is None:
                self.apply(change)
            else:
                self.submit(change, done)
        return change

    def rekey_all(self, keys: Mapping[str, str]) -> None:
        """Rekey many papers, old key to new, with one write. Only marked papers cost anything."""
        self.flush()
        maintenance.rekey(self._committer, keys)

    def load(self, exported: Mapping[str, Any]) -> int:
        """Merge what `export` returned; return how many documents changed. StateError."""
        self.flush()
        return maintenance.import_tables(self._committer, exported)

    def export(self) -> dict[str, Any]:
        """Return everything as one JSON object."""
        with self._replica.disk_lock, self._replica.lock:
            return maintenance.export_tables(self._committer.durable_tables())

    def forget(self, key: str) -> list[Path]:
        """Remove a paper's marks everywhere, backups included; cannot be undone. SaveRefused.

        Return the files that still hold them: journals that other instances or machines use.
        """
        self.flush()
        home = self._replica.merged.resolve(key)
        for drafted in self._drafts.all():
            if self._replica.merged.resolve(drafted) == home:
                self._drafts.drop(drafted)
        return maintenance.forget(self._committer, key)

    def repair(self) -> Path | None:
        """Write a damaged snapshot anew from what was recovered. Raises SaveRefused.

        Return where the damaged file was moved; None if there was nothing to repair.
        """
        self.flush()
        return maintenance.repair(self._committer)

    # Drafts

    def save_draft(self, key: str, text: str) -> None:
        """Write an unfinished note, safe from a crash. Raises SaveRefused."""
        self._drafts.save(key, text)

    def draft(self, key: str) -> str | None:
        """Return the unfinished note of a paper, None if there is none."""
        return self._drafts.get(key)

    def drafts(self) -> dict[str, str]:
        """Return every unfinished note by paper."""
        return self._drafts.all()

    def drop_draft(self, key: str) -> None:
        """Remove an unfinished note, if there is one. Raises SaveRefused."""
        self._drafts.drop(key)

    # Keeping up

    def poll(self) -> frozenset[str]:
        """Merge what others wrote; return the papers concerned. Not on the UI's thread."""
        touched = self._replica.poll()
        if not self.readonly:
            self._committer.load_history()
            now = time.monotonic()
            size = self._replica.journal.bytes + self._replica.follower.bytes
            if size > self._worthwhile() and now >= self._next_checkpoint:
                self._next_checkpoint = now + _PAUSE
                self._started_writer().start_checkpoint()
        return frozenset(key for table, key in touched if table == PAPERS)

    def flush(self) -> None:
        """Return when every submitted change is durable or refused."""
        if self._writer is not None:
            self._writer.flush()

    def checkpoint(self) -> bool:
        """Write the snapshot now; False if that failed: the journals hold what it lacks."""
        self.flush()
        return not self.readonly and make_checkpoint(self._committer)

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
            writer.close()
        if self._replica.dirty and not self.readonly and checkpoint is not False:
            if checkpoint:
                make_checkpoint(self._committer)
            elif self._checkpoint_is_quick(interactive=writer is not None):
                if writer is None:
                    make_checkpoint(self._committer, wait=0.0)
                else:
                    writer.start_checkpoint()
        if writer is not None and not writer.join(_PATIENCE):
            self._replica.storage.stop.set()
            if not writer.join(_PATIENCE):
                # It still uses the journals; they are closed when the process ends.
                return
        self._replica.journal.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _started_writer(self) -> Writer:
        with self._starting:
            if self._writer is None:
                self._writer = Writer(
                    self._committer, lambda: make_checkpoint(self._committer, wait=0.0)
                )
            return self._writer

    def _worthwhile(self) -> int:
        """Return from how many bytes of journals on a checkpoint is worth its time."""
        signature = self._replica.storage.last.signature
        return max(64 << 10, (signature.size if signature else 0) // 8)

    def _checkpoint_is_quick(self, interactive: bool) -> bool:
        """Whether to write the snapshot at the end: a small one always, a large one now and then.

        The reader never waits for a large one: it makes checkpoints in the background.
        """
        signature = self._replica.storage.last.signature
        if signature is None or signature.size < _SMALL:
            return True
        if interactive:
            return False
        try:
            # Those of other machines stay where they are.
            locations = self._replica.locations
            entries = list_journals(locations.aside)
            journals = [entry for entry in entries if host_of(entry.name) == locations.host]
            size = sum(entry.stat().st_size for entry in journals)
        except OSError:
            return False
        return len(journals) >= _MANY_JOURNALS or size > signature.size // 16


def _fields(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in RESERVED}
