"""Write Changes to the journal durably, and take them back if the disk refuses them.

The command line appends a line, which is synced, and then merges it into memory. The reader shows
the change first, and the line is committed on another thread; until then it is pending, and neither
a checkpoint nor another instance takes it for saved. If the disk refuses it, what is on disk is
shown again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tui.core import files
from tui.state import document as doc
from tui.state.document import PAPERS, Line
from tui.state.errors import SaveRefused, save_refused
from tui.state.history import KEPT, History, count_steps
from tui.state.journal import encode_checked, list_journals, read_lines, take_over
from tui.state.marks import Change
from tui.state.replica import Replica, collector_paused
from tui.state.tables import DocumentPlace

Done = Callable[[Change, SaveRefused | None], None]

_LINES_KEPT = 10 * KEPT
"""Lines kept for undo, of earlier sessions and of this one: undos and redos are lines as well."""


class Pending(NamedTuple):
    """A change that is shown and not yet durable."""

    change: Change
    line: Line
    data: bytes
    done: Done


class Committer:
    """Makes the changes of one instance durable."""

    def __init__(self, replica: Replica, *, readonly: bool = False) -> None:
        self.replica = replica
        self.readonly = readonly
        self.pending: list[Pending] = []
        """In the order in which they were made."""
        self._earlier: list[Line] | None = None
        """The steps of earlier sessions; None before they are needed."""
        self._steps: list[Line] = []
        """The steps of this session, pending ones too."""

    def check_writable(self) -> None:
        """Raise SaveRefused if nothing may be written here."""
        if self.replica.newer:
            raise SaveRefused("Not saved: your marks were written by a newer Sheaf. Update Sheaf.")
        if self.readonly:
            raise SaveRefused("Not saved: the marks are open for reading only.")

    def apply(self, change: Change) -> None:
        """Make a change durable, then show it. Raises SaveRefused and StateError."""
        self.check_writable()
        with collector_paused(), self.replica.disk_lock:
            with self.replica.lock:
                line = self._make_line(change)
            if line is not None:
                self.append(line)
                self._record(line)

    def append(self, line: Line) -> set[DocumentPlace]:
        """Append a line durably and merge it. Hold the disk lock. SaveRefused and StateError."""
        self._write(encode_checked(line))
        with self.replica.lock:
            return self.replica.merged.merge_line(line)

    def submit(self, change: Change, done: Done) -> bool:
        """Show a change and leave it pending; False if it changes nothing. As `apply`."""
        self.check_writable()
        with collector_paused(), self.replica.lock:
            line = self._make_line(change)
            if line is None:
                return False
            self.pending.append(Pending(change, line, encode_checked(line), done))
            self.replica.merged.show(line)
            self._record(line)
        return True

    def commit(self) -> None:
        """Make the pending changes durable with one sync and report it, or refuse all of them."""
        with self.replica.disk_lock:
            with self.replica.lock:
                batch = list(self.pending)
            if not batch:
                return
            refusal = None
            try:
                self._write(b"".join(pending.data for pending in batch))
            except SaveRefused as error:
                refusal = error
            with self.replica.lock:
                if refusal is None:
                    for pending in batch:
                        self.replica.merged.merge_line(pending.line)
                else:
                    # Changes submitted meanwhile were based on the refused ones.
                    batch = list(self.pending)
                    refused = {pending.line["t"] for pending in batch}
                    self._steps = [line for line in self._steps if line["t"] not in refused]
                del self.pending[: len(batch)]
                self.replica.merged.show_durable(pending.line for pending in self.pending)
        for pending in batch:
            pending.done(pending.change, refusal)

    def _write(self, data: bytes) -> None:
        try:
            self.replica.journal.append(data)
        except OSError as error:
            raise save_refused(error, self.replica.locations.folder) from error
        self.replica.dirty = True

    def _make_line(self, change: Change) -> Line | None:
        """Compare a change with what is shown; None if it changes nothing. Hold the lock."""
        merged = self.replica.merged
        parts: Line = {"set": {}, "was": {}, "base": {}}

        def add(part: str, table: str, key: str, fields: Mapping[str, Any]) -> None:
            # A change may name one paper by two of its keys.
            parts[part].setdefault(table, {}).setdefault(key, {}).update(fields)

        for table, rows in change.sets.items():
            for given_key, fields in rows.items():
                key = merged.resolve(table, given_key)
                document = merged.get(table, key) or doc.empty_document(key)
                if fields is None:
                    fields = dict.fromkeys(doc.fields_of(document))
                before = {name: doc.value_of(document, name) for name in fields}
                if change.kind == "do":
                    fields = {name: new for name, new in fields.items() if new != before[name]}
                if not fields:
                    continue
                add("set", table, key, fields)
                versions = {name: doc.version_of(document, name) for name in fields}
                if was := {name: [before[name], at] for name, at in versions.items() if at}:
                    add("was", table, key, was)
                if "note" in fields and (heads := doc.note_versions(document)):
                    parts["base"].setdefault(table, {})[key] = list(heads)
        if not parts["set"] and change.kind == "do":
            return None
        line = {"t": self.replica.clock.tick(), "label": change.label, "set": parts["set"]}
        line |= {name: part for name, part in parts.items() if part}
        if change.kind != "do":
            line |= {"kind": change.kind, "of": change.step}
        if change.silent:
            line["silent"] = True
        return line

    def rekey(self, keys: Mapping[str, str]) -> None:
        """Point old keys at new ones; the marks are merged field by field. SaveRefused."""
        with self.replica.disk_lock:
            with self.replica.lock:
                merged = self.replica.merged
                moves = {
                    old: {"moved": new}
                    for old, new in keys.items()
                    if old != new
                    and old in merged.tables[PAPERS]
                    and merged.resolve(PAPERS, old) != new
                }
                stamp = self.replica.clock.tick()
            if moves:
                self.check_writable()
                self.append({"t": stamp, "silent": True, "label": "rekey", "set": {PAPERS: moves}})

    # Undo

    def plan(self, kind: Literal["undo", "redo"]) -> Change | None:
        """Return the change that undoes or redoes a step; None if there is none."""
        with collector_paused():
            if not self.has_earlier_steps:
                # A step that another instance made must be compared with what it left.
                self.replica.poll()
                self.read_earlier_steps()
            with self.replica.lock:
                return self.history().plan(kind, self.replica.merged)

    def history(self) -> History:
        """Return the steps that can be undone and redone."""
        return History([*(self._earlier or ()), *self._steps])

    def _record(self, line: Line) -> None:
        if "silent" not in line:
            self._steps.append(line)
            del self._steps[:-_LINES_KEPT]

    @property
    def has_earlier_steps(self) -> bool:
        """Whether the steps of earlier sessions were read."""
        return self._earlier is not None

    def read_earlier_steps(self) -> None:
        """Read the steps of earlier sessions, once. Running instances undo their own steps."""
        if self.has_earlier_steps:
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
                    lines += _steps_in(Path(entry.path))
        with suppress(OSError):
            for entry in list_journals(locations.folder):
                path = Path(entry.path)
                if entry.name not in own and (descriptor := take_over(path)) is not None:
                    files.close(descriptor)
                    lines += _steps_in(path)
        with self.replica.lock:
            if self._earlier is None:
                self._earlier = sorted(lines, key=lambda line: str(line["t"]))[-_LINES_KEPT:]


def _steps_in(path: Path) -> list[Line]:
    lines = read_lines(path, path.read_bytes()).lines
    return [line for line in lines if "set" in line and "silent" not in line]
