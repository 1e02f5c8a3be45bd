"""Records of lines that begin with a tag: `TI - A Work` and the like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from tui.sources.decoding import decode_head, decode_lines
from tui.sources.interface import MAX_LINE, Record, RejectedRecord
from tui.sources.record import LIST_FIELDS, FieldSource, map_fields, read_record

Tags = Mapping[str, list[str]]
"""Tag to its values in order."""


@dataclass(frozen=True, slots=True)
class TaggedSyntax:
    """How the lines of a format show where a record is and what belongs to it."""

    line: re.Pattern[str]
    """Groups: the tag and its text. A line that does not match continues the tag before."""
    begins: frozenset[str]
    """Tags that begin a record."""
    ends: frozenset[str] = frozenset()
    """Tags that end one."""
    blank_ends: bool = False
    """Whether a blank line ends a record."""
    lists: frozenset[str] = frozenset()
    """Tags of which each continuation line is another value."""
    separator: re.Pattern[str] | None = None
    """Lines between records; where there are any, blank lines do not end a record."""
    is_record: Callable[[Tags], bool] = bool
    """Whether tags are a record at all, rather than the head of the file."""


@dataclass(frozen=True, slots=True)
class TaggedFormat:
    """A format of tagged lines."""

    name: str
    label: str
    start: re.Pattern[str]
    """What matches in the first 8 KiB of a file of this format, and of no other."""
    syntax: TaggedSyntax
    fields: Mapping[str, FieldSource[Tags]] | Callable[[Tags], Mapping[str, Any]]
    """The tags of each field, the best first (see `map_fields`), or a function that maps them."""

    def sniff(self, head: bytes) -> bool:
        """Whether a file that begins with `head` has the start of this format."""
        return self.start.search(decode_head(head[:8192])) is not None

    def read(self, stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
        """Yield each record."""
        for line, tags in _records(stream, self.syntax):
            if tags is None:
                why = f"a record of more than {MAX_LINE >> 20} MiB"
                yield RejectedRecord(f"{where}:{line}", why)
            else:
                yield from read_record(f"{where}:{line}", self._to_fields, tags)

    def _to_fields(self, tags: Tags) -> Mapping[str, Any]:
        return self.fields(tags) if callable(self.fields) else map_fields(tags, self.fields, _get)


def _get(tags: Tags, tag: str, name: str) -> Any:
    """Return all values for a list, paragraphs for an abstract, else the first value."""
    if name in LIST_FIELDS:
        return values(tags, tag)
    return "\n\n".join(values(tags, tag)) if name == "abstract" else first(tags, tag)


def _records(stream: BinaryIO, syntax: TaggedSyntax) -> Iterator[tuple[int, Tags | None]]:
    """Yield the line and the tags of each record; None for one that is too large."""
    tags: dict[str, list[str]] = {}
    current, first_line, size = "", 1, 0
    has_separators = False

    def end_record() -> Iterator[tuple[int, Tags | None]]:
        if size > MAX_LINE:
            yield first_line, None
        elif tags and syntax.is_record(tags):
            yield first_line, tags

    for number, line in enumerate(decode_lines(stream), 1):
        found = syntax.line.match(line)
        tag = found[1].upper() if found else ""
        is_blank = not line.strip()
        is_separator = bool(syntax.separator and syntax.separator.match(line))
        has_separators = has_separators or is_separator
        ends = (
            is_separator
            or tag in syntax.ends
            or (is_blank and syntax.blank_ends and not has_separators)
        )
        if tags and (ends or (tag in syntax.begins and syntax.is_record(tags))):
            yield from end_record()
            tags, current, size = {}, "", 0
        if ends or is_blank:
            continue
        size += len(line)
        if size > MAX_LINE:
            continue
        if found:
            if not tags:
                first_line = number
            current = tag
            tags.setdefault(tag, []).append((found[2] or "").strip())
        elif current in syntax.lists:
            tags[current].append(line.strip())
        elif current:
            tags[current][-1] = f"{tags[current][-1]}\n{line.strip()}".strip()
    yield from end_record()


def first(tags: Tags, *names: str) -> str:
    """Return the first value of the first of these tags that has one, on one line."""
    for name in names:
        for value in tags.get(name, ()):
            if text := " ".join(value.split()):
                return text
    return ""


def values(tags: Tags, *names: str) -> list[str]:
    """Return all values of the first of these tags that has any, each on one line."""
    for name in names:
        if found := [" ".join(value.split()) for value in tags.get(name, ()) if value.strip()]:
            return found
    return []
