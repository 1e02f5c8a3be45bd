"""A text stream in pieces that end where a record ends, so that memory stays flat."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from tui.sources.base import MAX_LINE
from tui.sources.text import BYTEWISE, xml_encoding

PIECE = 1 << 20


def text_of(stream: BinaryIO, xml: bool = False) -> Iterator[str]:
    """The text in pieces, line ends as `\\n`, without byte order mark; XML may say its encoding."""
    data = stream.read(PIECE)
    encoding = xml_encoding(data) if xml else "utf-8"
    errors = BYTEWISE if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else "replace"
    decoder = codecs.getincrementaldecoder(encoding)(errors=errors)
    first, held = True, ""
    while data:
        text = held + decoder.decode(data)
        held = "\r" if text.endswith("\r") else ""
        text = text.removesuffix("\r")
        if first:
            text, first = text.removeprefix("\ufeff"), False
        yield text.replace("\r\n", "\n").replace("\r", "\n")
        data = stream.read(PIECE)
    yield (held + decoder.decode(b"", True)).replace("\r", "\n")


def pieces(stream: BinaryIO, start: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """(line, text): pieces that begin where `start` matches; the first holds what precedes it.

    A record longer than MAX_LINE is cut there; what parses it will say what is wrong.
    """
    buffer, line = "", 1
    for text in text_of(stream):
        buffer += text
        begins = [found.start() for found in start.finditer(buffer)]
        cut = begins[-1] if begins and begins[-1] > 0 else 0
        if not cut and len(buffer) > MAX_LINE:
            cut = len(buffer)
        if cut:
            yield line, buffer[:cut]
            line += buffer.count("\n", 0, cut)
            buffer = buffer[cut:]
    if buffer:
        yield line, buffer
