"""Bytes to text: by the byte order mark, else UTF-8, the declared encoding, or windows-1252.

A file that was put together from several others may have several encodings. Without a
declaration, each byte that is not UTF-8 is therefore read as windows-1252, and the rest as UTF-8.
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
_DECLARED_IN_XML = re.compile(rb"<\?xml[^>]{0,80}encoding\s*=\s*[\"']([\w.:-]{2,30})[\"']")
_DECLARED_IN_TEXT = re.compile(
    rb"%+\s*Encoding:\s*([\w.:-]{2,30})|<meta\s[^<>]{0,200}charset=[\"']?([\w.:-]{2,30})",
    re.IGNORECASE,
)
"""How JabRef and web pages declare an encoding."""
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
        if _is_cut(error, data):
            return data[: error.start].decode("utf-8")
        if declared := _declared_encoding(data):
            return data.decode(declared, errors="replace")
        return data.decode("utf-8", errors=CP1252_FALLBACK)


def _is_cut(error: UnicodeDecodeError, data: bytes) -> bool:
    """Whether the error is a character that is cut at the end of a piece."""
    return error.end >= len(data) and error.start > len(data) - 4 and error.start > 0


def _declared_encoding(data: bytes) -> str:
    """Return the encoding that data which is not UTF-8 declares; empty if it is none of text."""
    found = _DECLARED_IN_TEXT.search(data[:1024])
    return _known_encoding(found[1] or found[2]) if found else ""


def _known_encoding(name: bytes) -> str:
    """Return the name of an encoding of text, an empty one if Python does not know it."""
    try:
        b"<".decode(name.decode("ascii"), errors="replace")  # of b"" the name is not looked up
    except LookupError:
        return ""
    # Text in UTF-16 has its byte order mark; this declaration could not be read in it.
    is_utf = name.lower().startswith((b"utf-8", b"utf8", b"utf-16", b"utf-32", b"utf16"))
    return "" if is_utf else name.decode("ascii")


@lru_cache(maxsize=2)  # a score of formats look at the same bytes
def decode_head(head: bytes) -> str:
    """Return the text that a file begins with, with `\\n` as its line ends, to recognise it."""
    return decode(head).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def xml_encoding(head: bytes) -> str:
    """Return the encoding of an XML file that begins with `head`."""
    declared = _DECLARED_IN_XML.match(head.removeprefix(codecs.BOM_UTF8).lstrip())
    return (_known_encoding(declared[1]) if declared else "") or "utf-8"


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

    With `xml`, the encoding is the one that the XML declares; else the one that the text declares,
    if the text is not UTF-8.
    """
    data = stream.read(PIECE)
    encoding = xml_encoding(data) if xml else _text_encoding(data)
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


def _text_encoding(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if _is_cut(error, data) else _declared_encoding(data) or "utf-8"
    return "utf-8"


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
