"""Undo and redo: a hundred steps, read back from the journals after a restart.

A step is undone field by field, and only where the field still has the stamp that the step gave it,
or the stamp of an undo or redo that restored that state. A field that changed since is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from tui.state.clock import NEVER
from tui.state.document import PAPERS, empty_document, version_of
from tui.state.journal_lines import Line
from tui.state.marks import Change, Sets
from tui.state.tables import MergedTables

KEPT = 100

Was = dict[str, dict[str, dict[str, list[Any]]]]
"""Table, key, field, then [value, stamp] before the step; no entry for a field never set."""

Place = tuple[str, str, str]
"""Table, key and field."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change that can be undone."""

    stamp: str
    label: str
    sets: Sets
    was: Was

    def before(self, table: str, key: str, name: str) -> tuple[Any, str]:
        """Return the value of a field before the step, and its stamp."""
        value, stamp = self.was.get(table, {}).get(key, {}).get(name, (None, NEVER))
        return value, stamp


class SavedHistory(NamedTuple):
    """The history at one moment, restored when a change is refused."""

    undo: tuple[Step, ...]
    redo: tuple[Step, ...]
    changed: bool
    complete: bool


@dataclass(slots=True)
class History:
    """The steps that can be undone and redone, the latest last."""

    undo: list[Step] = field(default_factory=list)
    redo: list[Step] = field(default_factory=list)
    changed: bool = False
    """A step was made since the start: steps undone before it cannot be redone."""
    complete: bool = False
    """The steps of earlier sessions are in it."""
    acts: dict[str, tuple[str, Step]] = field(default_factory=dict)
    """Stamp of an undo or redo to which of the two it was, and its step."""

    def save(self) -> SavedHistory:
        """Return what `restore` needs."""
        return SavedHistory(tuple(self.undo), tuple(self.redo), self.changed, self.complete)

    def restore(self, saved: SavedHistory) -> None:
        """Forget what was recorded since `save`."""
        self.undo, self.redo = list(saved.undo), list(saved.redo)
        self.changed, self.complete = saved.changed, saved.complete

    def record(self, line: Line) -> None:
        """Record a change: a line that this instance writes, or an earlier one read back."""
        kind = line.get("kind")
        if kind is None:
            if "set" in line and not line.get("silent"):
                self.undo.append(Step(line["t"], line["label"], line["set"], line.get("was", {})))
                del self.undo[:-KEPT]
                self.redo.clear()
                self.changed = True
            return
        source, goal = (self.undo, self.redo) if kind == "undo" else (self.redo, self.undo)
        for place in range(len(source) - 1, -1, -1):
            if source[place].stamp == line["of"]:
                step = source.pop(place)
                goal.append(step)
                self.acts[line["t"]] = (kind, step)
                return

    def add_earlier(self, older: History) -> None:
        """Add the steps of earlier sessions before those of this one."""
        self.undo[:0] = older.undo
        del self.undo[:-KEPT]
        if not self.changed:
            self.redo[:0] = older.redo
        self.acts = {**older.acts, **self.acts}
        self.complete = True

    def plan(self, kind: Literal["undo", "redo"], tables: MergedTables) -> Change | None:
        """Return the change that undoes or redoes the last step; None if there is none."""
        stack = self.undo if kind == "undo" else self.redo
        if not stack:
            return None
        step = stack[-1]
        sets: Sets = {}
        left: dict[str, None] = {}
        for table, rows in step.sets.items():
            goals: dict[str, dict[str, Any]] = {}
            for key, fields in rows.items():
                document = tables.get(table, key) or empty_document(key)
                goal: dict[str, Any] = {}
                for name, value in fields.items():
                    old, since = step.before(table, key, name)
                    expected = step.stamp if kind == "undo" else since
                    present = version_of(document, name)
                    place = (table, key, name)
                    if not self._is_same_state(present, expected, place, tables):
                        left[key] = None
                        continue
                    goal[name] = old if kind == "undo" else value
                if goal:
                    goals[key] = goal
            if goals:
                sets[table] = goals
        words = Change(step.label, step.sets).words
        return Change(words, sets, kind, step.stamp, tuple(left))

    def _is_same_state(self, one: str, other: str, place: Place, tables: MergedTables) -> bool:
        """Whether two stamps of a field stand for the same state of it."""
        return one == other or self._resolve_version(one, place, tables) == self._resolve_version(
            other, place, tables
        )

    def _resolve_version(self, stamp: str, place: Place, tables: MergedTables) -> str:
        """Return the stamp of the state that the undo or redo with this stamp restored."""
        table, _, name = place
        while (act := self.acts.get(stamp)) is not None:
            kind, step = act
            key = _key_in_step(step, place, tables)
            if key is None:
                break
            restored = step.before(table, key, name)[1] if kind == "undo" else step.stamp
            if restored >= stamp:
                # Only a journal that Sheaf did not write restores a state from the future.
                break
            stamp = restored
        return stamp


def _key_in_step(step: Step, place: Place, tables: MergedTables) -> str | None:
    """Return the key that a step has for a paper, which may have gained another since."""
    table, key, name = place
    rows = step.sets.get(table, {})
    if name in rows.get(key, ()):
        return key
    if table == PAPERS:
        home = tables.resolve(key)
        for other, fields in rows.items():
            if name in fields and tables.resolve(other) == home:
                return other
    return None


def replay(lines: Iterable[Mapping[str, Any]]) -> History:
    """Build the history of earlier sessions from the lines of their journals, in any order."""
    history = History()
    undone: dict[str, Step] = {}
    for line in sorted((dict(line) for line in lines), key=lambda line: str(line.get("t", ""))):
        if "label" not in line:
            continue
        step = undone.get(line.get("of", ""))
        if line.get("kind") == "redo" and step is not None and step not in history.redo:
            # A step of another session, which did not know of the undo, came in between.
            history.redo.append(step)
        history.record(line)
        if line["t"] in history.acts:
            _, step = history.acts[line["t"]]
            undone[step.stamp] = step
    return history


def count_steps(lines: Iterable[Mapping[str, Any]]) -> int:
    """Return how many steps these lines leave to be undone, at least."""
    steps = 0
    for line in lines:
        if line.get("kind") == "undo":
            steps -= 1
        elif "set" in line and "silent" not in line and "kind" not in line:
            steps += 1
    return steps
