"""Parsing a large snapshot piece by piece, so that the screen goes on moving meanwhile.

One call of the parser holds the interpreter: half a second for 40 MB. A snapshot is cut where one
document ends and the next begins; each piece becomes whole JSON by opening the table it lies in and
closing it again. A file laid out otherwise does not parse that way, and is parsed in one go.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson

_LARGE = 1 << 20
_PIECE = 1 << 18
_END = b"\n    },\n"
"""The end of a document that is not the last of its table."""


def loads(raw: bytes) -> Any:
    """Return the JSON value of `raw`. orjson.JSONDecodeError."""
    if len(raw) >= _LARGE:
        try:
            return _in_pieces(raw)
        except (orjson.JSONDecodeError, AttributeError, TypeError, IndexError):
            # Not laid out as we write it, or damaged: the one go says which, and where.
            pass
    return orjson.loads(raw)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector from looking at a hundred thousand documents just made.

    Many are dropped again at once; those that stay are few, or frozen by who opened the store.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def drop(tables: dict[str, dict[str, Any]]) -> None:
    """Let go of documents one by one; all in one go would hold the interpreter, too."""
    for rows in tables.values():
        while rows:
            rows.popitem()
    tables.clear()


def _in_pieces(raw: bytes) -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = {}
    opening, start = b"", 0
    while True:
        cut = raw.find(_END, start + _PIECE)
        if cut < 0:
            text = opening + raw[start:]
        else:
            text = b"%b%b\n    }\n  }\n}" % (opening, raw[start:cut])
        part = orjson.loads(text)
        for table, rows in part.items():
            tables.setdefault(table, {}).update(rows)
        if cut < 0:
            return tables
        opening = b"{%b:{" % orjson.dumps(list(part)[-1])
        start = cut + len(_END)
