"""Bytes to text: UTF-8 or UTF-16 by the byte order mark, else UTF-8 with windows-1252 in it.

A file that was put together from several others may have several encodings. So each byte that is
not UTF-8 is read as windows-1252 by itself, and the rest of the file stays as it is.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO

from tui.sources.interface import MAX_LINE

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"<\?xml[^>]{0,80}encoding\s*=\s*[\"']([\w.:-]{2,30})[\"']")
CP1252_FALLBACK = "sheaf-windows-1252"
"""The error handler that reads what is not UTF-8 as windows-1252."""


def _bytewise(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    piece = error.object[error.start : error.end]
    return piece.decode("cp1252", errors="replace"), error.end


codecs.register_error(CP1252_FALLBACK, _bytewise)


def decode(data: bytes) -> str:
    """Return the text of `data` without its byte order mark. No byte is an error."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end >= len(data) and error.start > len(data) - 4 and error.start > 0:
            return data[: error.start].decode("utf-8")  # a character cut at the end of a piece
        return data.decode("utf-8", errors=CP1252_FALLBACK)


@lru_cache(maxsize=2)  # a score of formats look at the same bytes
def decode_head(head: bytes) -> str:
    """Return the text that a file begins with, with `\\n` as its line ends, to recognise it."""
    return decode(head).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def xml_encoding(head: bytes) -> str:
    """Return the encoding of an XML file that begins with `head`."""
    declared = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8).lstrip())
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        b"<".decode(name, errors="replace")  # of nothing, Python does not look the name up
    except LookupError:  # unknown, or no encoding of text
        return "utf-8"
    # UTF-16 has its mark, or is a lie: its declaration could not have been read.
    return "utf-8" if name.lower().startswith(("utf-16", "utf-32", "utf16")) else name


def utf16_encoding(head: bytes) -> str:
    """Return the kind of UTF-16 that a file is in, empty if it is not.

    It is known by the byte order mark, or by the zero bytes of its Latin letters.
    """
    if head.startswith(codecs.BOM_UTF16_LE) or head.startswith(codecs.BOM_UTF16_BE):
        return "utf-16"
    pairs = len(head) // 2
    if pairs < 4 or b"\0" not in head:
        return ""
    upper, lower = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if upper > pairs * 0.7 and not lower:
        return "utf-16-be"
    return "utf-16-le" if lower > pairs * 0.7 and not upper else ""


def is_text(head: bytes) -> bool:
    """Whether a file that begins with `head` is text: few zero bytes and other control bytes."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if head.count(b"\0") > len(head) // 100:
        return False
    odd = sum(head.count(bytes([byte])) for byte in (*range(1, 8), *range(14, 27), 28, 29, 30, 31))
    return odd <= len(head) // 50


PIECE = 1 << 20
"""Bytes that are read at a time."""


def decode_stream(stream: BinaryIO, xml: bool = False) -> Iterator[str]:
    """Yield the text in pieces, with `\\n` as its line ends, without the byte order mark.

    With `xml`, the encoding is the one that the XML declares.
    """
    data = stream.read(PIECE)
    encoding = xml_encoding(data) if xml else "utf-8"
    errors = (
        CP1252_FALLBACK if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else "replace"
    )
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
    A record longer than MAX_LINE is cut there, and its parser will say what is wrong.
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
