"""Write Changes to the journal durably, take them back if the disk refuses them, and undo them.

The command line appends a line, which is synced, and then merges it into memory. The reader shows
the change first, and the line is committed on another thread; until then it is pending, and neither
a checkpoint nor another instance takes it for saved. If the disk refuses it, what is on disk is
shown again.

A step is undone field by field, and only where the field still has the stamp that the step gave it,
or the stamp of a later undo or redo that restored the state after the step. A field that changed
since is left alone. A hundred steps are kept, those of earlier sessions too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, Literal, NamedTuple

from tui.core import files
from tui.state import document as doc
from tui.state.clock import NEVER
from tui.state.document import PAPERS, Line
from tui.state.journal import encode, list_journals, read_lines, take_over
from tui.state.marks import Change, SaveRefused, Sets, save_refused
from tui.state.replica import Replica, collector_paused
from tui.state.tables import DocumentPlace, MergedTables

Done = Callable[[Change, SaveRefused | None], None]

_STEPS_KEPT = 100
_LINES_KEPT = 10 * _STEPS_KEPT
"""Lines kept for undo, of earlier sessions and of this one: undos and redos are lines as well."""


class Pending(NamedTuple):
    """A change that is shown and not yet durable."""

    change: Change
    line: Line
    data: bytes
    done: Done


def _before(step: Line, table: str, key: str, name: str) -> tuple[Any, str]:
    """Return the value of a field before a step, and its stamp."""
    value, stamp = step.get("was", {}).get(table, {}).get(key, {}).get(name, (None, NEVER))
    return value, stamp


class History:
    """The steps that can be undone and redone; each is the line that made it."""

    def __init__(self, lines: Iterable[Line]) -> None:
        """`lines` are in the order in which they were written."""
        self.undo: list[Line] = []
        """The latest last."""
        self.redo: list[Line] = []
        self._undos_and_redos: dict[str, tuple[str, Line]] = {}
        """Maps the stamp of an undo or redo to its kind and its step."""
        undone: dict[str, Line] = {}
        for line in lines:
            if (kind := line.get("kind")) is None:
                self.undo.append(line)
                del self.undo[:-_STEPS_KEPT]
                self.redo.clear()
                continue
            step = undone.get(line["of"])
            if kind == "redo" and step is not None and step not in self.redo:
                # A step of another session, which did not know of the undo, came in between.
                self.redo.append(step)
            source, goal = (self.undo, self.redo) if kind == "undo" else (self.redo, self.undo)
            step = next((step for step in reversed(source) if step["t"] == line["of"]), None)
            if step is not None:
                source.remove(step)
                goal.append(step)
                self._undos_and_redos[line["t"]] = kind, step
                undone[step["t"]] = step

    def plan(self, kind: Literal["undo", "redo"], tables: MergedTables) -> Change | None:
        """Return the change that undoes or redoes the last step; None if there is none."""
        stack = self.undo if kind == "undo" else self.redo
        if not stack:
            return None
        step = stack[-1]
        sets: Sets = {}
        left: dict[str, None] = {}
        for table, rows in step["set"].items():
            for key, fields in rows.items():
                document = tables.get(table, key) or doc.empty_document(key)
                for name, value in fields.items():
                    old, since = _before(step, table, key, name)
                    expected = step["t"] if kind == "undo" else since
                    place = (table, key, name)
                    present = self._resolve_stamp(doc.version_of(document, name), place, tables)
                    if present == self._resolve_stamp(expected, place, tables):
                        goal = old if kind == "undo" else value
                        sets.setdefault(table, {}).setdefault(key, {})[name] = goal
                    else:
                        left[key] = None
        words = Change(step["label"], step["set"]).words
        return Change(words, sets, kind, step["t"], tuple(left))

    def _resolve_stamp(self, stamp: str, place: tuple[str, str, str], tables: MergedTables) -> str:
        """Return the stamp of the state that an undo or redo restored; other stamps unchanged."""
        table, key, name = place
        while (found := self._undos_and_redos.get(stamp)) is not None:
            kind, step = found
            rows = step["set"].get(table, {})
            if name not in rows.get(key, ()):
                # The paper may have gained another key since.
                home = tables.resolve(table, key)
                others = (other for other, fields in rows.items() if name in fields)
                same = (other for other in others if tables.resolve(table, other) == home)
                if (key := next(same, "")) == "":
                    break
            restored = _before(step, table, key, name)[1] if kind == "undo" else step["t"]
            if restored >= stamp:
                # A restored state is older than the undo, unless another program wrote the line.
                break
            stamp = restored
        return stamp


class Committer:
    """Makes the changes of one instance durable."""

    def __init__(self, replica: Replica) -> None:
        self.replica = replica
        self.pending: list[Pending] = []
        """In the order in which they were made."""
        self.earlier_steps: list[Line] | None = None
        """The steps of earlier sessions; None before they are needed."""
        self._steps: list[Line] = []
        """The steps of this session, pending ones too."""

    def check_writable(self) -> None:
        """Raise SaveRefused if nothing may be written here."""
        if self.replica.refusal:
            raise SaveRefused(f"Not saved: {self.replica.refusal}.")

    @collector_paused()
    def apply(self, change: Change) -> None:
        """Make a change durable, then show it. Raises SaveRefused and StateError."""
        self.check_writable()
        with self.replica.disk_lock:
            with self.replica.lock:
                line = self._make_line(change)
            if line is not None:
                self.append(line)
                self._record(line)

    def append(self, line: Line) -> set[DocumentPlace]:
        """Append a line durably and merge it. Hold the disk lock. SaveRefused and StateError."""
        self._write(encode(line))
        with self.replica.lock:
            return self.replica.merged.merge_line(line)

    @collector_paused()
    def submit(self, change: Change, done: Done) -> bool:
        """Show a change and leave it pending; False if it changes nothing. As `apply`."""
        self.check_writable()
        with self.replica.lock:
            line = self._make_line(change)
            if line is None:
                return False
            self.pending.append(Pending(change, line, encode(line), done))
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
        merged, is_new = self.replica.merged, change.kind == "do"
        sets, was, base = (defaultdict[str, dict[str, Any]](dict) for _ in range(3))
        for table, rows in change.sets.items():
            for given_key, fields in rows.items():
                key = merged.resolve(table, given_key)
                document = merged.get(table, key) or doc.empty_document(key)
                if fields is None:
                    fields = dict.fromkeys(doc.fields_of(document))
                for name, value in fields.items():
                    before = doc.value_of(document, name)
                    if is_new and value == before:
                        continue
                    # A change may name one paper by two of its keys.
                    sets[table].setdefault(key, {})[name] = value
                    if version := doc.version_of(document, name):
                        was[table].setdefault(key, {})[name] = [before, version]
                    if name == "note" and (versions := doc.note_versions(document)):
                        base[table][key] = list(versions)
        if is_new and not sets:
            return None
        line: Line = {"t": self.replica.clock.tick(), "label": change.label, "set": sets}
        line |= {name: part for name, part in (("was", was), ("base", base)) if part}
        if not is_new:
            line |= {"kind": change.kind, "of": change.step}
        if change.silent:
            line["silent"] = True
        return line

    def rekey(self, keys: Mapping[str, str]) -> None:
        """Point old keys at new ones; the marks are merged field by field. SaveRefused."""
        papers, resolve = self.replica.merged.tables[PAPERS], self.replica.merged.resolve
        with self.replica.disk_lock:
            with self.replica.lock:
                moves = {
                    old: {"moved": new}
                    for old, new in keys.items()
                    if old != new and old in papers and resolve(PAPERS, old) != new
                }
                stamp = self.replica.clock.tick()
            if moves:
                self.check_writable()
                self.append({"t": stamp, "silent": True, "label": "rekey", "set": {PAPERS: moves}})

    # Undo

    @collector_paused()
    def plan(self, kind: Literal["undo", "redo"]) -> Change | None:
        """Return the change that undoes or redoes a step; None if there is none."""
        if self.earlier_steps is None:
            # A step that another instance made must be compared with what it left.
            self.replica.poll()
            self.read_earlier_steps()
        with self.replica.lock:
            return self.history().plan(kind, self.replica.merged)

    def history(self) -> History:
        """Return the steps that can be undone and redone."""
        return History([*(self.earlier_steps or ()), *self._steps])

    def _record(self, line: Line) -> None:
        if "silent" not in line:
            self._steps.append(line)
            del self._steps[:-_LINES_KEPT]

    def read_earlier_steps(self) -> None:
        """Read the steps of earlier sessions, once. Running instances undo their own steps."""
        if self.earlier_steps is not None:
            return
        lines: list[Line] = []
        with suppress(OSError):
            paths = list_journals(self.replica.locations.archive)
            for path in list_journals(self.replica.locations.folder):
                if (descriptor := take_over(path)) is not None:
                    files.close(descriptor)
                    paths.append(path)
            for path in paths:
                if path.name not in self.replica.journal.names:
                    content = read_lines(path, path.read_bytes())
                    lines += (line for line in content.lines if "set" in line)
        with self.replica.lock:
            if self.earlier_steps is None:
                steps = (line for line in lines if "silent" not in line)
                self.earlier_steps = sorted(steps, key=lambda line: str(line["t"]))[-_LINES_KEPT:]
