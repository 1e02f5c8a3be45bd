"""Entries of BibTeX and BibLaTeX; an invalid entry does not affect the others.

Entries that inherit (`crossref`, `xdata`) wait for the end of the file, for their parents may
stand after them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from tui.sources.decoding import split_stream
from tui.sources.engines.bibtex_values import (
    MONTHS,
    Strings,
    is_balanced,
    parse_value,
    without_braces,
)
from tui.sources.interface import MAX_LINE, RejectedRecord

ENTRY = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t\n]*[{(]", re.MULTILINE)
_NO_KEY = re.compile(r"^[ \t]*@(?!string\b)[A-Za-z]+\s*[{(](?=\s*[\w-]+\s*=)", re.M | re.I)
"""The start of an entry whose fields follow without a key; a comma gives it an empty one."""
_MISSING_COMMA = re.compile(r"[}\"][ \t]*\n\s*[A-Za-z]+\s*=\s*[{\"\d]")
"""A field that goes on with the next: bibtexparser takes both for one value and does not mind."""
_START = re.compile(r"@\s*(\w+)\s*[{(]\s*([^\s,={}]*)")
_FIRST_LINE = re.compile(r"\s*@\s*(\w+)\s*[{(]\s*([^\s,={}\"]*)\s*,\s*$")
_FIELD = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*(?=\S)")
_CLOSING = {"{": "}", '"': '"'}
_NOT_INHERITED = frozenset(
    ("title", "subtitle", "titleaddon", "author", "abstract", "doi", "url", "eprint")
)
"""Fields of the parent alone: the title of proceedings is not that of a paper in them."""
_LEAF_KINDS = frozenset(("article", "inproceedings", "conference", "incollection", "phdthesis"))
_LEAF_FIELDS = frozenset(
    ("title", "journal", "journaltitle", "booktitle", "year", "date", "publisher")
)
"""What is kept of entries that are hardly ever parents, and make up most of any file."""
_MAX_HELD = 100_000
"""Entries that are kept as parents, and that may wait for theirs: memory stays bounded."""


Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a file, with what it inherits."""

    place: str
    """Where it begins, for messages."""
    kind: str
    """`article`, `misc`, … in lower case."""
    key: str
    """The citation key, which may be empty."""
    fields: Fields
    """The texts of the fields, by their names in lower case."""


def read_entries(stream: BinaryIO, where: str) -> Iterator[Entry | RejectedRecord]:
    """Yield each entry, and what cannot be read; entries with a parent come last."""
    strings: Strings = dict(MONTHS)
    parents: dict[str, Fields] = {}
    waiting: list[Entry] = []
    for line, text in split_stream(stream, ENTRY):
        for entry in _parse(text, line, where, strings):
            if isinstance(entry, RejectedRecord):
                yield entry
                continue
            if len(parents) < _MAX_HELD:
                parents.setdefault(entry.key.lower(), _inheritable(entry))
            inherits = "crossref" in entry.fields or "xdata" in entry.fields
            if inherits and len(waiting) < _MAX_HELD:
                waiting.append(entry)
            else:
                yield entry
    for entry in waiting:
        yield replace(entry, fields=_with_inherited(entry.fields, parents))


def _parse(text: str, line: int, where: str, strings: Strings) -> Iterator[Entry | RejectedRecord]:
    """Yield the entries of a piece of the file, and learn its `@string`s."""
    from bibtexparser import model
    from bibtexparser.entrypoint import parse_string

    if len(text) >= MAX_LINE:
        yield RejectedRecord(f"{where}:{line}", f"an entry of more than {MAX_LINE >> 20} MiB")
        return
    # Its warnings would be on the screen; each is a record we repair or reject ourselves.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    text = _NO_KEY.sub(r"\g<0>,", text)
    lines = text.split("\n")
    for block in parse_string(text, parse_stack=[]).blocks:
        start = block.start_line or 0
        place = f"{where}:{line + start}"
        if isinstance(block, model.DuplicateBlockKeyBlock | model.DuplicateFieldKeyBlock):
            block = block.ignore_error_block or block
        if isinstance(block, model.String):
            strings[block.key.lower()] = parse_value(block.value, strings)
        elif isinstance(block, model.Entry):
            runs_on = any(_MISSING_COMMA.search(str(field.value)) for field in block.fields)
            repaired = _repair_entry(_lines_of_entry(lines, start), strings) if runs_on else None
            kind, key, fields = repaired or (block.entry_type, block.key, _fields(block, strings))
            yield Entry(place, kind.lower(), key or "", fields)
        elif isinstance(block, model.ParsingFailedBlock):
            found = _START.search(block.raw or "")
            if not found or found[1].lower() in ("comment", "preamble", "string"):
                continue
            if repaired := _repair_entry(_lines_of_entry(lines, start), strings):
                yield Entry(place, *repaired)
            else:
                yield RejectedRecord(f"{place}: entry “{found[2]}”", _reason(block.error))


def _lines_of_entry(lines: list[str], start: int) -> list[str]:
    """Return the lines of the entry that begins at `start`, up to the next one."""
    following = (at for at in range(start + 1, len(lines)) if ENTRY.match(lines[at]))
    return lines[start : next(following, len(lines))]


def _reason(error: Exception | None) -> str:
    reason = str(getattr(error, "abort_reason", "")).strip().rstrip(".")
    if "looking for" in reason or "end of file" in reason:
        return "the entry has no end: a brace or quote is not closed"
    return f"the entry is broken: {reason}" if reason else "the entry is broken"


def _fields(entry: Any, strings: Strings) -> Fields:
    """Return the fields by lower-case names; of a repeated one the first that is not empty."""
    found: dict[str, str] = {}
    for field in entry.fields:
        name = field.key.lower().strip()
        if not found.get(name):
            found[name] = parse_value(field.value, strings)
    return found


def _inheritable(entry: Entry) -> Fields:
    """Return what a child may take from an entry."""
    is_leaf = entry.kind in _LEAF_KINDS
    return {
        name: text
        for name, text in entry.fields.items()
        if (name in _LEAF_FIELDS if is_leaf else name != "abstract")
    }


def _with_inherited(fields: Fields, parents: Mapping[str, Fields]) -> Fields:
    """Add what the parents have: all of an `xdata`; the title of a `crossref` is the book's."""
    full = dict(fields)
    for parent in _parents(fields.get("xdata", ""), parents):
        full = {**parent, **full}
    for parent in _parents(fields.get("crossref", ""), parents):
        book = {name: text for name, text in parent.items() if name not in _NOT_INHERITED}
        full = {"booktitle": parent.get("title", ""), **book, **full}
    return full


def _parents(keys: str, parents: Mapping[str, Fields]) -> Iterator[Fields]:
    for key in keys.split(","):
        if parent := parents.get(key.strip().lower()) if key.strip() else None:
            yield parent


def _repair_entry(lines: Iterable[str], strings: Strings) -> tuple[str, str, Fields] | None:
    """Read an entry that a parser cannot by its lines: its kind, key and fields.

    Most programs write one field a line. Where one abstract has a brace too many, or a comma is
    missing, the starts of the lines still show where each field begins. None if the entry is laid
    out in any other way: it must be rejected, not guessed at.
    """
    first, *rest = lines
    start = _FIRST_LINE.match(first)
    body = "\n".join(rest).rstrip()
    if not start or not body.endswith(("}", ")")):
        return None
    sources: dict[str, str] = {}
    name = ""
    for line in body[:-1].rstrip().split("\n"):
        begins = _FIELD.match(line)
        if begins and (not name or _may_end(sources[name])):
            name = begins[1].lower()
            sources[name] = line[begins.end() :].rstrip()
        elif name:
            sources[name] = f"{sources[name]}\n{line}".rstrip()
    fields: dict[str, str] = {}
    for name, source in sources.items():
        text = _repair_value(source.removesuffix(","), strings)
        if text is None:
            return None
        fields[name] = text
    return (start[1].lower(), start[2], fields) if fields else None


def _may_end(source: str) -> bool:
    """Whether a field may end here, with its comma or without: an abstract has lines with `=`."""
    if source.endswith(","):
        return True
    if source[:1] in _CLOSING:
        closes = len(source) > 1 and source[-1] == _CLOSING[source[0]]
        return closes and is_balanced(source[1:-1])
    return " " not in source


def _repair_value(source: str, strings: Strings) -> str | None:
    """Return the text of a field, without its braces if they do not match; None if it is open."""
    if source[:1] not in _CLOSING:
        return parse_value(source, strings)
    if len(source) < 2 or source[-1] != _CLOSING[source[0]]:
        return None
    inside = source[1:-1]
    return inside if is_balanced(inside) else without_braces(inside)
