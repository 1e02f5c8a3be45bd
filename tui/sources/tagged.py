"""Records of lines that begin with a tag: the engine of the tagged formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from tui.sources.base import MAX_LINE, Format, Record, RejectedRecord
from tui.sources.decoding import decode_head, decode_lines
from tui.sources.record import read_record

Tags = Mapping[str, list[str]]
"""Tag to its values in order."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a format say where a record is and what belongs to it."""

    tag: re.Pattern[str]
    """Groups: the tag and its text. A line that does not match goes on with the tag before."""
    begins: frozenset[str]
    """Tags that begin a record."""
    ends: frozenset[str] = frozenset()
    blank_ends: bool = False
    listed: frozenset[str] = frozenset()
    """Tags whose every further line is a value of its own."""
    skipped: re.Pattern[str] | None = None
    """Lines between records that mean nothing; they end a record."""
    counts: Callable[[Tags], bool] = bool
    """Whether what was read is a record at all, rather than the head of the file."""


def source(
    name: str,
    label: str,
    sniffed: re.Pattern[str],
    layout: Layout,
    common: Callable[[Tags], dict[str, Any]],
) -> Format:
    """The Source of a tagged format, recognised where `sniffed` matches in the first lines."""

    def sniff(head: bytes) -> bool:
        return sniffed.search(decode_head(head[:8192])) is not None

    def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
        for line, tags in _records(stream, layout):
            place = f"{where}:{line}"
            if isinstance(tags, str):
                yield RejectedRecord(place, tags)
                continue
            yield from read_record(place, common, tags)

    return Format(name, label, sniff, read)


def _records(stream: BinaryIO, layout: Layout) -> Iterator[tuple[int, Tags | str]]:
    tags: dict[str, list[str]] = {}
    current, first, size = "", 1, 0
    separated = False
    for number, line in enumerate(decode_lines(stream), 1):
        found = layout.tag.match(line)
        tag = found[1].upper() if found else ""
        blank = not line.strip()
        noise = bool(layout.skipped and layout.skipped.match(line))
        separated = separated or noise  # blank lines are then within records
        ends = noise or tag in layout.ends or (blank and layout.blank_ends and not separated)
        if tags and (ends or (tag in layout.begins and layout.counts(tags))):
            if size > MAX_LINE:
                yield first, f"a record of more than {MAX_LINE >> 20} MiB"
            elif layout.counts(tags):
                yield first, tags
            tags, current, size = {}, "", 0
        if ends or blank:
            continue
        size += len(line)
        if size > MAX_LINE:
            continue
        if found:
            if not tags:
                first = number
            current = tag
            tags.setdefault(tag, []).append((found[2] or "").strip())
        elif current in layout.listed:
            tags[current].append(line.strip())
        elif current:
            tags[current][-1] = f"{tags[current][-1]}\n{line.strip()}".strip()
    if size > MAX_LINE:
        yield first, f"a record of more than {MAX_LINE >> 20} MiB"
    elif tags and layout.counts(tags):
        yield first, tags


def first(tags: Tags, *names: str) -> str:
    """The first value of the first of these tags that has one, on one line."""
    for name in names:
        for value in tags.get(name, ()):
            if value.strip():
                return " ".join(value.split())
    return ""


def every(tags: Tags, *names: str) -> list[str]:
    """All values of the first of these tags that has any."""
    for name in names:
        if values := [" ".join(value.split()) for value in tags.get(name, ()) if value.strip()]:
            return values
    return []
