"""Undo and redo: a hundred steps, read from lines of the journals, those of earlier sessions too.

A step is undone field by field, and only where the field still has the stamp that the step gave it,
or the stamp of a later undo or redo that restored the state after the step. A field that changed
since is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from tui.state.clock import NEVER
from tui.state.document import Line, empty_document, version_of
from tui.state.marks import Change, Sets
from tui.state.tables import MergedTables

KEPT = 100

FieldPlace = tuple[str, str, str]
"""Table, key and field."""


class Step(NamedTuple):
    """One change that can be undone."""

    stamp: str
    label: str
    sets: Sets
    was: dict[str, dict[str, dict[str, list[Any]]]]
    """Table, key, field, then [value, stamp] before the step; no entry for a field never set."""

    def before(self, table: str, key: str, name: str) -> tuple[Any, str]:
        """Return the value of a field before the step, and its stamp."""
        value, stamp = self.was.get(table, {}).get(key, {}).get(name, (None, NEVER))
        return value, stamp


class History:
    """The steps that lines of journals made, and that can be undone and redone."""

    def __init__(self, lines: Iterable[Line]) -> None:
        """`lines` are in the order in which they were written."""
        self.undo: list[Step] = []
        """The latest last."""
        self.redo: list[Step] = []
        self._undos_and_redos: dict[str, tuple[str, Step]] = {}
        """Maps the stamp of an undo or redo to its kind and its step."""
        undone: dict[str, Step] = {}
        for line in lines:
            kind = line.get("kind")
            if kind is None:
                self.undo.append(Step(line["t"], line["label"], line["set"], line.get("was", {})))
                del self.undo[:-KEPT]
                self.redo.clear()
                continue
            step = undone.get(line["of"])
            if kind == "redo" and step is not None and step not in self.redo:
                # A step of another session, which did not know of the undo, came in between.
                self.redo.append(step)
            source, goal = (self.undo, self.redo) if kind == "undo" else (self.redo, self.undo)
            step = next((step for step in reversed(source) if step.stamp == line["of"]), None)
            if step is not None:
                source.remove(step)
                goal.append(step)
                self._undos_and_redos[line["t"]] = kind, step
                undone[step.stamp] = step

    def plan(self, kind: Literal["undo", "redo"], tables: MergedTables) -> Change | None:
        """Return the change that undoes or redoes the last step; None if there is none."""
        stack = self.undo if kind == "undo" else self.redo
        if not stack:
            return None
        step = stack[-1]
        sets: Sets = {}
        left: dict[str, None] = {}
        for table, rows in step.sets.items():
            for key, fields in rows.items():
                document = tables.get(table, key) or empty_document(key)
                for name, value in fields.items():
                    old, since = step.before(table, key, name)
                    expected = step.stamp if kind == "undo" else since
                    place = (table, key, name)
                    present = self._resolve_stamp(version_of(document, name), place, tables)
                    if present == self._resolve_stamp(expected, place, tables):
                        goal = old if kind == "undo" else value
                        sets.setdefault(table, {}).setdefault(key, {})[name] = goal
                    else:
                        left[key] = None
        words = Change(step.label, step.sets).words
        return Change(words, sets, kind, step.stamp, tuple(left))

    def _resolve_stamp(self, stamp: str, place: FieldPlace, tables: MergedTables) -> str:
        """Return the stamp of the state that an undo or redo restored; other stamps unchanged."""
        table, _, name = place
        while (found := self._undos_and_redos.get(stamp)) is not None:
            kind, step = found
            given_key = _find_key(step, place, tables)
            if given_key is None:
                break
            restored = step.before(table, given_key, name)[1] if kind == "undo" else step.stamp
            if restored >= stamp:
                # A restored state is older than the undo, unless another program wrote the line.
                break
            stamp = restored
        return stamp


def _find_key(step: Step, place: FieldPlace, tables: MergedTables) -> str | None:
    """Return the key that a step has for a document: a paper may have gained another since."""
    table, key, name = place
    rows = step.sets.get(table, {})
    if name in rows.get(key, ()):
        return key
    home = tables.resolve(table, key)
    keys = (other for other, fields in rows.items() if name in fields)
    return next((other for other in keys if tables.resolve(table, other) == home), None)
