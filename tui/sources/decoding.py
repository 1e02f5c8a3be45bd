"""UTF-8 to text: the beginning of a file, the whole, lines, or pieces that end where a record ends.

`tui.sources.encodings` has converted every other encoding before.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO

from tui.sources.interface import MAX_LINE

PIECE = 1 << 20
"""Bytes that are read at a time."""


@lru_cache(maxsize=2)  # a score of formats look at the same bytes
def decode_head(head: bytes) -> str:
    """Return the text that a file begins with, with `\\n` as its line ends, to recognise it."""
    text = head.decode("utf-8", "ignore")  # the last character may be cut
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def decode_stream(stream: BinaryIO) -> Iterator[str]:
    """Yield the text in pieces, with `\\n` as its line ends."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    held = ""
    while data := stream.read(PIECE):
        text = held + decoder.decode(data)
        held = "\r" if text.endswith("\r") else ""
        yield text.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")
    yield (held + decoder.decode(b"", True)).replace("\r", "\n")


def decode_lines(stream: BinaryIO) -> Iterator[str]:
    """Yield the lines without their ends; one that is longer than MAX_LINE comes in pieces."""
    rest = ""
    for text in decode_stream(stream):
        *whole, rest = (rest + text).split("\n")
        yield from whole
        if len(rest) > MAX_LINE:
            yield rest
            rest = ""
    if rest:
        yield rest


def split_stream(stream: BinaryIO, start: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield the text in pieces that end where a record ends, each with its line number.

    A record begins where `start` matches. The first piece also has what precedes the first record.
    A record longer than MAX_LINE is cut there; its parser rejects it.
    """
    buffer, line = "", 1
    for text in decode_stream(stream):
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
