"""The text of `state.json`: an ordinary TinyDB file, sorted, one field a line.

TinyDB turns document ids into integers, so a script's `TinyDB(path).table("papers").all()` needs
ids that look like integers. Ours are 63 bits of a hash of the key: every instance gives a paper the
same id without asking the others. The id is never read back; the `key` in the document counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from tui.state.documents import Document

SCHEMA = 1
"""The version of the file's meaning that this program writes."""

Tables = dict[str, dict[str, Document]]
"""Table, then key, then document."""
Shape = dict[str, dict[str, Any]]
"""The same as TinyDB has it: table, then document id, then document."""

_PIECE = 1 << 20
_PAST_KEPT = 64
"""Superseded versions of a note that the file remembers. Should an older one come back all the
same, two texts show; none is lost."""
_STYLE = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS


def number(key: str) -> int:
    """Return the document id of a key, the same everywhere."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest()) >> 1


def shape(tables: Mapping[str, Mapping[str, Document]]) -> Shape:
    """Arrange documents as TinyDB has them, sorted by key, with the schema in the table `meta`."""
    shaped: Shape = {"meta": {"1": {"key": "schema", "version": SCHEMA}}}
    for table, rows in tables.items():
        if rows:
            shaped[table] = _numbered(rows)
    return shaped


def _numbered(rows: Mapping[str, Document]) -> dict[str, Document]:
    numbered: dict[str, Document] = {}
    for key in sorted(rows):
        place = number(key)
        while str(place) in numbered:
            # Two keys with one hash: the later key in the alphabet gives way, everywhere alike.
            place += 1
        numbered[str(place)] = _short(rows[key])
    return numbered


def _short(document: Document) -> Document:
    """Leave out the oldest superseded versions of a note, which only a very stale file can hold."""
    past = document.get("note_past", ())
    return {**document, "note_past": past[-_PAST_KEPT:]} if len(past) > _PAST_KEPT else document


def write(shaped: Mapping[str, Mapping[str, Any]]) -> Iterator[bytes]:
    """Give the text of the file in pieces, document by document, so that other threads may run."""
    held: list[bytes] = [b"{"]
    size = 0
    for place, table in enumerate(sorted(shaped)):
        held.append(b"%b\n  %b: {" % (b"," if place else b"", orjson.dumps(table)))
        separator = b""
        for identity, document in shaped[table].items():
            text = orjson.dumps(document, option=_STYLE).replace(b"\n", b"\n    ")
            held.append(b'%b\n    "%b": %b' % (separator, str(identity).encode(), text))
            separator = b","
            size += len(text)
            if size > _PIECE:
                yield b"".join(held)
                held, size = [], 0
        held.append(b"\n  }")
    held.append(b"\n}\n")
    yield b"".join(held)
