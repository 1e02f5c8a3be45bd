"""Lines of a journal: a JSON object whose first member is the checksum of the rest.

    {"sum":"1c291ca3","t":STAMP,"label":"star","set":{...},"was":{...}}

`t` is the stamp; `label` names the step; `set` is table to document to field to value; `was` is the
same with [value, stamp] as it was before, for undo; `base` is table to document to the stamps of
the versions of the note that the new one supersedes; `kind` is undo or redo, with `of`, the stamp
of that step; `silent` marks what undo skips; `docs` holds whole documents with their own stamps (an
import). The first line of a journal is a header with `journal`, the version of this format.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from tui.state.clock import is_stamp
from tui.state.document import META, RESERVED, TAG, Line, clean_tables, fits
from tui.state.errors import StateError

VERSION = 1

_START = b'{"sum":"'
_HEAD = len(_START) + 8


def encode(body: Line) -> bytes:
    """Return the line with its newline. StateError for what JSON cannot hold."""
    try:
        rest = orjson.dumps(body)[1:]
    except TypeError as error:
        raise StateError(f"This cannot be saved: {error}.") from error
    return b'%b%08x",%b\n' % (_START, zlib.crc32(rest), rest)


def encode_checked(body: Line) -> bytes:
    """Return the line. StateError for one that would not be read back and must not be saved."""
    data = encode(body)
    if not is_valid(body):
        raise StateError("This cannot be saved: it is nested too deeply or has an empty name.")
    return data


def decode(line: bytes) -> Line | None:
    """Return the object of a line without its newline, None if its checksum is wrong.

    The object may still be of another shape than `is_valid` requires.
    """
    rest = line[_HEAD + 2 :].rstrip(b"\r")
    if line[: len(_START)] != _START or line[_HEAD : _HEAD + 2] != b'",':
        return None
    if b"%08x" % zlib.crc32(rest) != line[len(_START) : _HEAD]:
        return None
    try:
        body: Line = orjson.loads(b"{" + rest)
    except orjson.JSONDecodeError:
        return None
    return body


def is_newer(body: Line) -> bool:
    """Whether a line is the header of a journal in a later format."""
    version = body.get("journal", VERSION)
    return type(version) is int and version > VERSION


def is_valid(body: Line) -> bool:
    """Whether a line with a right checksum has the shape that this format requires."""
    return (
        "t" in body
        and ("kind" in body) == ("of" in body)
        and ("label" in body or "set" not in body)
        and all(is_right(body[name]) for name, is_right in _CHECKS.items() if name in body)
    )


def _all_rows(tables: Any, kind: type, check: Callable[[str, Any], bool]) -> bool:
    """Whether `tables` maps tables to keys to values of this kind that all pass a check."""
    return isinstance(tables, dict) and all(
        table != META
        and isinstance(rows, dict)
        and all(key and isinstance(row, kind) and check(table, row) for key, row in rows.items())
        for table, rows in tables.items()
    )


def _all_fit(table: str, fields: dict[str, Any]) -> bool:
    return all(
        value in (True, None) and len(name) > len(TAG)
        if name.startswith(TAG)
        else name not in RESERVED and (value is None or fits(table, name, value))
        for name, value in fields.items()
    )


def _are_earlier_values(table: str, fields: dict[str, Any]) -> bool:
    pairs = fields.values()
    return all(
        isinstance(pair, list) and len(pair) == 2 and isinstance(pair[1], str) for pair in pairs
    ) and _all_fit(table, {name: value for name, (value, _) in fields.items()})


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "t": is_stamp,
    "journal": lambda version: type(version) is int,
    "label": lambda label: isinstance(label, str),
    "silent": lambda silent: silent is True,
    "kind": lambda kind: kind in ("undo", "redo"),
    "of": lambda stamp: isinstance(stamp, str),
    "set": lambda tables: _all_rows(tables, dict, _all_fit),
    "was": lambda tables: _all_rows(tables, dict, _are_earlier_values),
    "base": lambda tables: _all_rows(tables, list, lambda _, stamps: all(map(is_stamp, stamps))),
    "docs": lambda tables: (
        _all_rows(tables, dict, lambda _, row: row.keys() >= {"key", "when"})
        and clean_tables(tables)[1] == 0
    ),
}
"""Each member of a line to the check of its value."""


class JournalContent(NamedTuple):
    """What was read from a journal."""

    path: Path
    lines: list[Line]
    damaged: int = 0
    """How many lines have a wrong checksum or another shape."""
    newer: bool = False
    """The journal has a later format; none of its lines is read."""


def read_lines(path: Path, data: bytes) -> JournalContent:
    """Decode the bytes of a journal, which may end in the middle of a line."""
    *whole, rest = data.split(b"\n")
    bodies = [decode(text) for text in whole if text.strip()]
    # The last line may lack its newline: it was not acknowledged, so it is no damage. Or its
    # newline is the damaged byte, and `rest[:-1]` is the line. A complete line is used now, and
    # once more when it has its newline, which does no harm.
    if last := decode(rest) or decode(rest[:-1]):
        bodies.append(last)
    if any(body is not None and is_newer(body) for body in bodies):
        return JournalContent(path, [], newer=True)
    lines = [body for body in bodies if body is not None and is_valid(body)]
    return JournalContent(path, lines, len(bodies) - len(lines))


def read_journal(path: Path) -> JournalContent:
    """Read a whole journal. Raises OSError."""
    return read_lines(path, path.read_bytes())
