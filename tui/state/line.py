"""One line of a journal: a JSON object whose first member is the checksum of the rest.

    {"sum":"1c291ca3","t":STAMP,"label":"star","set":{...},"was":{...}}

Keys of a line: `t` stamp; `label`; `set` table to document to field to value; `was` the same with
[value, stamp] for what is undone; `base` table to document to the stamps of the note's versions
the new one was based on; `kind` undo or redo with `of`, the stamp of the step; `silent` for what
undo passes over; `docs` whole documents with their own stamps (an import). A header has `journal`.
"""

from __future__ import annotations

import zlib
from typing import Any

import orjson

from tui.state.errors import StateError

Line = dict[str, Any]

_START = b'{"sum":"'
_HEAD = len(_START) + 8


def encode(body: Line) -> bytes:
    """Return the line, newline included. StateError for what JSON cannot hold."""
    try:
        rest = orjson.dumps(body)[1:]
    except TypeError as error:
        raise StateError(f"This cannot be saved: {error}.") from error
    return b'%b%08x",%b\n' % (_START, zlib.crc32(rest), rest)


def decode(line: bytes) -> Line | None:
    """Return the object of a line without its newline; None if one bit of it is wrong."""
    rest = line[_HEAD + 2 :].rstrip(b"\r")
    if line[: len(_START)] != _START or line[_HEAD : _HEAD + 2] != b'",':
        return None
    if b"%08x" % zlib.crc32(rest) != line[len(_START) : _HEAD]:
        return None
    body: Line = orjson.loads(b"{" + rest)
    return body


def salvage(damaged: bytes) -> list[Line]:
    """Return every whole object in bytes that are not one good line.

    A lost newline leaves two lines in one, and one wrong byte at the end.
    """
    found = []
    for part in damaged.split(_START)[1:]:
        for candidate in (part, part[:-1]):
            body = decode(_START + candidate)
            if body is not None:
                found.append(body)
                break
    return found
