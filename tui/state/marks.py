"""Mark, what the user recorded about a paper; Change, one step of the user; why it was refused."""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import orjson

from tui.core.errors import SheafError
from tui.core.text import count_items
from tui.state.document import MARKS, PAPERS, TAG, matches

Sets = dict[str, dict[str, Any]]
"""Table, document key, field, then value; None for nothing, and for all fields of a document."""


class StateError(SheafError):
    """The base of errors about marks, and an invalid change or request. Nothing was changed."""


class SaveRefused(StateError):
    """The change is not on disk and not in memory."""


def explain(error: OSError) -> str:
    """Return in a few words why the system refused."""
    is_full = error.errno == errno.ENOSPC
    return "the disk is full" if is_full else error.strerror or str(error)


def save_refused(error: OSError, path: object) -> SaveRefused:
    """Return the refusal to show for a system error that occurred while writing `path`."""
    return SaveRefused(f"Not saved: {explain(error)} ({path}).")


class Mark(NamedTuple):
    """What the user recorded about one paper; an empty Mark if nothing."""

    read: bool = False
    star: bool = False
    dismissed: bool = False
    """The user is not interested in the paper."""
    tags: tuple[str, ...] = ()
    """Sorted."""
    rating: int = 0
    """1 to 5 stars; 0 for none."""
    note: str = ""
    when: Mapping[str, str] = MappingProxyType({})
    """Field (`read`, `tag:NAME`, ...) to the stamp of its last change; see `clock.seconds`."""
    seen: bool = False
    """Whether the paper, when it was new, was on the screen. Not a mark of the user's own."""

    def __bool__(self) -> bool:
        return any(self[:-2])


def mark_of(document: Mapping[str, Any]) -> Mark:
    """Return the Mark that a document of the table `papers` holds."""
    get = document.get
    return Mark(
        bool(get("read")),
        bool(get("star")),
        bool(get("dismissed")),
        tuple(get("tags", ())),
        get("rating", 0),
        get("note", ""),
        MappingProxyType(document["when"]),
        bool(get("seen")),
    )


class Change(NamedTuple):
    """One step of the user: atomic on disk, and undone as a whole."""

    label: str
    """A word or two for the step: `star`, `tag rag`."""
    sets: Sets
    kind: Literal["do", "undo", "redo"] = "do"
    step: str = ""
    """For undo and redo: the stamp of the step that is undone or redone."""
    skipped: tuple[str, ...] = ()
    """For undo and redo: keys with a field that was changed since, and therefore left alone."""
    silent: bool = False
    """Whether undo skips the change."""

    @classmethod
    def of(
        cls,
        label: str,
        papers: Mapping[str, Mapping[str, Any]] | None = None,
        tables: Mapping[str, Mapping[str, Mapping[str, Any] | None]] | None = None,
        *,
        silent: bool = False,
    ) -> Change:
        """Return a checked change.

        `papers`: key to any of `read`, `star`, `dismissed`, `seen` (bool), `rating` (0 to 5),
        `note` (str), `tags_add`, `tags_remove` (lists of str). `tables`: table to document to
        field to value; None in place of a value removes the field, of a document all its fields.
        `silent=True` keeps the change out of the undo history (a session's cursor, a hint seen).

        Raises StateError for a value that JSON or the field cannot hold.
        """
        sets = dict(tables or {})
        if papers:
            sets[PAPERS] = {key: _check_marks(fields) for key, fields in papers.items()}
        try:
            json.dumps(sets, allow_nan=False)  # orjson would write null for a number that is none
            return cls(label, orjson.loads(orjson.dumps(sets)), silent=silent)
        except (TypeError, ValueError, RecursionError) as error:
            raise StateError(f"This cannot be saved: {error}.") from error

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the papers it changes."""
        return tuple(self.sets.get(PAPERS, ()))

    @property
    def words(self) -> str:
        """A description for the user: `star of 12 papers`."""
        return (
            f"{self.label} of {count_items(len(self.keys), 'papers')}" if self.keys else self.label
        )


def _check_marks(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the marks of one paper as the fields of its document."""
    checked: dict[str, Any] = {}
    for name, value in fields.items():
        if name in ("tags_add", "tags_remove") and not isinstance(value, str):
            for tag in value:
                if not isinstance(tag, str) or not tag.strip():
                    raise StateError(f"A tag needs at least one letter: {tag!r}.")
                checked[TAG + tag.strip()] = True if name == "tags_add" else None
        elif name in MARKS and matches(value, MARKS[name]):
            checked[name] = value or None
        else:
            raise StateError(f"A paper cannot have {value!r} as its {name}.")
    return checked
