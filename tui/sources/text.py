"""Bytes to text. UTF-8 and UTF-16 by their marks, UTF-8 if it holds, else windows-1252."""

from __future__ import annotations

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> str:
    """The text of `data`, without its byte order mark. Every byte gives something."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end >= len(data) and error.start > len(data) - 4 and error.start > 0:
            return data[: error.start].decode("utf-8")  # a character cut at the end of a piece
        return data.decode("cp1252", errors="replace")


def is_text(head: bytes) -> bool:
    """Whether a file that begins with `head` is text: no NUL (but in UTF-16), few control bytes."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if b"\0" in head:
        return False
    odd = sum(head.count(bytes([byte])) for byte in (*range(1, 8), *range(14, 27), 28, 29, 30, 31))
    return odd <= len(head) // 50
