"""Formats that are read whole and cut into records by the shape of their text.

A format is one row: how its beginning looks, where its records begin, and which fields one has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any, BinaryIO

from tui.sources.decoding import decode_head
from tui.sources.interface import MAX_DOCUMENT, Record
from tui.sources.record import read_record


class UnreadableDocument(ValueError):
    """The document cannot be read, for a reason that `str` says in words."""


Splitter = re.Pattern[str] | Callable[[str], Iterable[tuple[int, Any]]]
"""The start of each record, or a function that yields the offset of each record in a text, and
what the mapper needs to know of it."""


@dataclass(frozen=True, slots=True)
class TextFormat:
    """A format whose records are cut out of the whole text."""

    name: str
    label: str
    matches: Callable[[str], bool]
    """Whether a file that begins with this text (up to 64 KiB) is of this format."""
    split: Splitter
    """Where the records are in the text."""
    fields: Callable[[Any], Mapping[str, Any]]
    """The fields of one record. Raises NotAPaper if it is none."""

    def sniff(self, head: bytes) -> bool:
        """Whether a file that begins with `head` is of this format."""
        return self.matches(decode_head(head))

    def read(self, stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
        """Yield each record."""
        yield from read_cut(read_text(stream), where, self.split, self.fields)


def read_cut(
    text: str,
    where: str,
    split: Splitter,
    to_fields: Callable[[Any], Mapping[str, Any]],
) -> Iterator[Record]:
    """Yield each record that `split` cuts out of a text; see TextFormat."""
    line, counted = 1, 0
    if isinstance(split, re.Pattern):
        records: Iterable[tuple[int, Any]] = (
            (found.start(), rest) for found, rest in split_before(split, text)
        )
    else:
        records = split(text)
    for offset, record in records:
        line, counted = line + text.count("\n", counted, offset), offset
        yield from read_record(f"{where}:{line}", to_fields, record)


def split_before(start: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each match of `start` in a text, and what follows it up to the next one."""
    matches = list(start.finditer(text))
    for found, following in zip_longest(matches, matches[1:]):
        yield found, text[found.end() : following.start() if following else None]


def read_whole(stream: BinaryIO, limit: int = MAX_DOCUMENT, hint: str = "") -> bytes:
    """Read a stream to its end. Raises UnreadableDocument above `limit` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnreadableDocument(f"larger than {limit >> 20} MiB{hint}")
    return data


def read_text(stream: BinaryIO, limit: int = MAX_DOCUMENT) -> str:
    r"""Read a stream to its end as text with `\n` as its line ends."""
    text = read_whole(stream, limit).decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
