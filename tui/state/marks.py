"""Mark, what the user recorded about one paper, and Change, one step of the user."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import orjson

from tui.core.text import count_items
from tui.state.document import FLAGS, META, PAPERS, RESERVED, TAG
from tui.state.errors import StateError

Sets = dict[str, dict[str, dict[str, Any]]]
"""Table, then document key, then field, then value; None for nothing."""

_NO_TIMES: Mapping[str, str] = MappingProxyType({})


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
    when: Mapping[str, str] = _NO_TIMES
    """Field (`read`, `tag:NAME`, ...) to the stamp of its last change; see `clock.seconds`."""

    def __bool__(self) -> bool:
        return bool(
            self.read or self.star or self.dismissed or self.tags or self.rating or self.note
        )


EMPTY = Mark()


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
    )


def is_marked(document: Mapping[str, Any]) -> bool:
    """Whether a document has any mark, and not only the stamps of removed ones."""
    return any(map(document.get, ("read", "star", "dismissed", "tags", "rating", "note")))


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

        `papers`: key to any of `read`, `star`, `dismissed` (bool), `rating` (0 to 5), `note`
        (str), `tags_add`, `tags_remove` (lists of str). `tables`: table to document to field to
        value; None in place of a value removes the field, of a document all its fields.
        `silent=True` keeps the change out of the undo history (a session's cursor, a hint seen).

        Raises StateError for a value that JSON or the field cannot hold.
        """
        sets: Sets = {}
        if papers:
            sets[PAPERS] = {
                _check_text(key, "key"): _check_marks(fields) for key, fields in papers.items()
            }
        for table, documents in (tables or {}).items():
            if table in (PAPERS, META):
                raise StateError(f"The table {table!r} cannot be changed with `tables`.")
            sets[_check_text(table, "table")] = {
                _check_text(key, "key"): _check_fields(fields) for key, fields in documents.items()
            }
        return cls(label, sets, silent=silent)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the papers it changes."""
        return tuple(self.sets.get(PAPERS, ()))

    @property
    def words(self) -> str:
        """A description for the user: `star of 12 papers`."""
        count = len(self.keys)
        if not count:
            return self.label
        return f"{self.label} of {count_items(count, 'papers')}"


DROP = "\0drop"
"""Stands for every field of a document until the store looks the fields up."""


def _check_marks(fields: Mapping[str, Any]) -> dict[str, Any]:
    clean: dict[str, Any] = {}
    for name, value in fields.items():
        if name in FLAGS:
            if not isinstance(value, bool):
                raise StateError(f"{name} is true or false, not {value!r}.")
            clean[name] = value or None
        elif name == "rating":
            if isinstance(value, bool) or value not in range(6):
                raise StateError(f"A rating is 0 to 5, not {value!r}.")
            clean[name] = value or None
        elif name == "note":
            clean[name] = _check_text(value, "note", empty=True) or None
        elif name in ("tags_add", "tags_remove"):
            for tag in _check_tags(value):
                clean[TAG + tag] = True if name == "tags_add" else None
        else:
            raise StateError(f"A paper has no mark called {name!r}.")
    return clean


def _check_tags(value: object) -> Iterable[str]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise StateError(f"Tags are a list of words, not {value!r}.")
    for tag in value:
        text = _check_text(tag, "tag").strip()
        if not text:
            raise StateError("A tag needs at least one letter.")
        yield text


def _check_fields(fields: Mapping[str, Any] | None) -> dict[str, Any]:
    if fields is None:
        return {DROP: None}
    for name in fields:
        if name in RESERVED or name.startswith(TAG) or name == "note":
            raise StateError(f"The field name {name!r} is reserved.")
    return {_check_text(name, "field"): _check_json(value) for name, value in fields.items()}


def _check_text(value: object, what: str, *, empty: bool = False) -> str:
    if not isinstance(value, str) or not (value or empty):
        raise StateError(f"A {what} is text, not {value!r}.")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise StateError(f"This {what} holds an invalid character and cannot be saved.") from error
    return str(value)


def _check_json(value: Any) -> Any:
    """Return a JSON value as it will be read back; StateError for what JSON cannot hold."""
    try:
        json.dumps(value, allow_nan=False)  # orjson would write null for a number that is none
        return orjson.loads(orjson.dumps(value))
    except (TypeError, ValueError, RecursionError) as error:
        raise StateError(f"This cannot be saved: {error}.") from error
