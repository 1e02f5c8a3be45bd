"""Changes that many tests make."""

from __future__ import annotations

import zlib
from typing import Any

import orjson

from tui.state import Change


def star(*keys: str, on: bool = True) -> Change:
    """Return the change that stars papers, or removes their stars."""
    return Change.of("star", {key: {"star": on} for key in keys})


def journal_lines(*bodies: Any) -> bytes:
    """Return lines with right checksums, whatever they hold."""
    rests = [orjson.dumps(body)[1:] for body in bodies]
    return b"".join(b'{"sum":"%08x",%b\n' % (zlib.crc32(rest), rest) for rest in rests)
