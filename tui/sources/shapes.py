"""Shapes of JSON records: how those of a service are recognised, and which field is which.

A file may hold records of several shapes; each is looked at by itself, by its keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Object = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """The records of one service or program."""

    name: str
    label: str
    signs: tuple[frozenset[str], ...]
    """Sets of keys; a record that has all keys of one set is of this shape."""
    common: Callable[[Object], Object | None]
    """The record under the names of `tui.sources.record`; None: nothing that anyone would miss."""

    def fits(self, keys: frozenset[str]) -> bool:
        """Whether a record with these keys, or a file that begins with them, is of this shape."""
        return any(sign <= keys for sign in self.signs)


def signs(*keys: str) -> tuple[frozenset[str], ...]:
    """Each text is one set of keys, parted by spaces."""
    return tuple(frozenset(each.split()) for each in keys)


def text(value: Any, *path: str | int) -> str:
    """The text at the end of a path into nested objects and lists; empty where there is none."""
    for step in path:
        if isinstance(value, Mapping) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def objects(value: Any) -> list[Object]:
    """The objects of a list; none if it is no list."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def inner(record: Object, key: str) -> Object:
    """The object under a key; an empty one if there is none."""
    value = record.get(key)
    return value if isinstance(value, Mapping) else {}
