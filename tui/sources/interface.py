"""What all formats share: records, rejected records, the interface of a format, limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, Protocol

from tui.core.paper import Paper

MAX_DOCUMENT = 256 * 2**20
"""Bytes of a document that must be read whole. A stream of records may be longer."""
MAX_LINE = 16 * 2**20
"""Bytes (or characters) of one record of a stream."""


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """A record that is not taken as a paper: where it is, and why."""

    where: str
    why: str
    ids: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Identifiers of a record that only lacks a title, by which it can be looked up."""

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


Record = Paper | RejectedRecord


@dataclass(frozen=True, slots=True)
class Notice:
    """What the user must know about a file whose records are taken."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


class SourceFormat(Protocol):
    """A format: how it is recognised by the beginning of a file, and how it is read."""

    @property
    def name(self) -> str:
        """What `sheaf add --format` calls it."""

    @property
    def label(self) -> str:
        """What messages call it."""

    def sniff(self, head: bytes, /) -> bool:
        """Whether a file that begins with these bytes (up to 64 KiB) is of this format."""

    def read(self, stream: BinaryIO, where: str, today: date, /) -> Iterator[Record]:
        """Yield the records of a stream; `where` is its name for messages, `today` the day."""


@dataclass(frozen=True, slots=True)
class FunctionFormat:
    """A `SourceFormat` made of two functions."""

    name: str
    label: str
    sniff: Callable[[bytes], bool]
    read: Callable[[BinaryIO, str, date], Iterator[Record]]
