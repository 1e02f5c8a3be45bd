"""Undo and redo: a hundred steps, read back from the journals after a restart.

A step is undone field by field, and only where the field still has the stamp the step gave it, or
the stamp of an undo or redo that brought that state back. What somebody changed since is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from tui.state.change import PAPERS, Change, Sets
from tui.state.documents import new, state_of
from tui.state.line import Line
from tui.state.memory import Memory
from tui.state.stamp import NEVER

KEPT = 100

Was = dict[str, dict[str, dict[str, list[Any]]]]
"""Table, key, field, then [value, stamp] before the step; nothing for a field nobody had set."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change that can be undone."""

    stamp: str
    label: str
    sets: Sets
    was: Was

    def before(self, table: str, key: str, name: str) -> tuple[Any, str]:
        """Return what a field held before, and since when."""
        value, stamp = self.was.get(table, {}).get(key, {}).get(name, (None, NEVER))
        return value, stamp


class Saved(NamedTuple):
    """The history at one moment, to go back to when a change is refused."""

    undo: tuple[Step, ...]
    redo: tuple[Step, ...]
    changed: bool
    complete: bool


@dataclass(slots=True)
class History:
    """The steps of the user, the latest last."""

    undo: list[Step] = field(default_factory=list)
    redo: list[Step] = field(default_factory=list)
    changed: bool = False
    """A step was made since the start: steps undone before it cannot be redone."""
    complete: bool = False
    """The steps of earlier sessions are in it."""
    acts: dict[str, tuple[str, Step]] = field(default_factory=dict)
    """Stamp of an undo or redo to which of them it was, and of what step."""

    def save(self) -> Saved:
        """Return what `go_back` needs."""
        return Saved(tuple(self.undo), tuple(self.redo), self.changed, self.complete)

    def go_back(self, saved: Saved) -> None:
        """Forget what was recorded since."""
        self.undo, self.redo = list(saved.undo), list(saved.redo)
        self.changed, self.complete = saved.changed, saved.complete

    def record(self, line: Line) -> None:
        """Take note of a change: a line of this instance's journal, or an old one read back."""
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

    def put_before(self, older: History) -> None:
        """Put the steps of earlier sessions below those of this one."""
        self.undo[:0] = older.undo
        del self.undo[:-KEPT]
        if not self.changed:
            self.redo[:0] = older.redo
        self.acts = {**older.acts, **self.acts}
        self.complete = True

    def plan(self, kind: Literal["undo", "redo"], memory: Memory) -> Change | None:
        """Return the change that undoes the last step, or does it again; None if there is none."""
        stack = self.undo if kind == "undo" else self.redo
        if not stack:
            return None
        step = stack[-1]
        sets: Sets = {}
        left: dict[str, None] = {}
        for table, rows in step.sets.items():
            goals: dict[str, dict[str, Any]] = {}
            for key, fields in rows.items():
                document = memory.get(table, key) or new(key)
                goal: dict[str, Any] = {}
                for name, value in fields.items():
                    old, since = step.before(table, key, name)
                    there = step.stamp if kind == "undo" else since
                    here = state_of(document, name)
                    if here != there and not self._same(here, there, (table, key, name), memory):
                        left[key] = None
                        continue
                    goal[name] = old if kind == "undo" else value
                if goal:
                    goals[key] = goal
            if goals:
                sets[table] = goals
        words = Change(step.label, step.sets).words
        return Change(words, sets, kind, step.stamp, tuple(left))

    def _same(self, one: str, other: str, place: tuple[str, str, str], memory: Memory) -> bool:
        """Tell whether two stamps of a field stand for the same state of it."""
        return self._meaning(one, place, memory) == self._meaning(other, place, memory)

    def _meaning(self, stamp: str, place: tuple[str, str, str], memory: Memory) -> str:
        """Follow a stamp through undos and redos to the stamp of the state they brought back."""
        table, _, name = place
        while (act := self.acts.get(stamp)) is not None:
            kind, step = act
            named = _named(step, place, memory)
            if named is None:
                break
            stamp = step.before(table, named, name)[1] if kind == "undo" else step.stamp
        return stamp


def _named(step: Step, place: tuple[str, str, str], memory: Memory) -> str | None:
    """Return the key by which a step calls a paper: it may have gained another since."""
    table, key, name = place
    rows = step.sets.get(table, {})
    if name in rows.get(key, ()):
        return key
    if table == PAPERS:
        home = memory.resolve(key)
        for other, fields in rows.items():
            if name in fields and memory.resolve(other) == home:
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
            # A step of another session came between, which was not told that this one is undone.
            history.redo.append(step)
        history.record(line)
        if line["t"] in history.acts:
            _, step = history.acts[line["t"]]
            undone[step.stamp] = step
    return history


def depth(lines: Iterable[Mapping[str, Any]]) -> int:
    """Return how many steps these lines leave to be undone, at least."""
    steps = 0
    for line in lines:
        if line.get("kind") == "undo":
            steps -= 1
        elif "set" in line and "silent" not in line and "kind" not in line:
            steps += 1
    return steps
