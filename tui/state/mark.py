"""Mark: what the user said about one paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

_NO_TIMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Mark:
    """The user's word on one paper; the empty Mark for a paper never touched."""

    read: bool = False
    star: bool = False
    dismissed: bool = False
    """Not for me."""
    tags: tuple[str, ...] = ()
    """Sorted."""
    rating: int = 0
    """1 to 5; 0 for none."""
    note: str = ""
    when: Mapping[str, str] = field(default_factory=lambda: _NO_TIMES, hash=False)
    """Field (`read`, `tag:NAME`, ...) to the stamp of its last change; see `stamp.seconds`."""

    def __bool__(self) -> bool:
        return bool(
            self.read or self.star or self.dismissed or self.tags or self.rating or self.note
        )


EMPTY = Mark()


def mark_of(document: Mapping[str, Any]) -> Mark:
    """Read the Mark out of a document of the table `papers`."""
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
    """Tell whether a document says anything, or is only the trace of marks taken back."""
    get = document.get
    return bool(
        get("read")
        or get("star")
        or get("dismissed")
        or get("tags")
        or get("rating")
        or get("note")
    )
