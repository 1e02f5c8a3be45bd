"""A body read within a limit, unpacked, whole or not at all."""

from __future__ import annotations

import zlib
from typing import Any

import httpx

from tui.net.errors import NetError

ACCEPT_ENCODING = "gzip"
"""What we say we can unpack: zlib unpacks it piece by piece, so a bomb stays small."""
_PIECE = 1 << 18


async def read_body(response: httpx.Response, limit: int, name: str) -> bytes:
    """The whole body. NetError: larger than `limit` bytes (unpacked), damaged or cut."""
    told = response.headers.get("content-length", "")
    if told.isdecimal() and int(told) > limit:
        raise _too_large(limit, name)
    unpack = _unpacker(response.headers.get("content-encoding", ""), name)
    body = bytearray()
    try:
        async for raw in response.aiter_raw(_PIECE):
            body += unpack(raw, limit + 1 - len(body)) if unpack else raw
            if len(body) > limit:
                raise _too_large(limit, name)
        if unpack and not unpack.finished:
            raise NetError("broken", f"{name}: the answer ends in the middle", again=True)
    except zlib.error as error:
        raise NetError("broken", f"{name}: the packed answer is damaged", again=True) from error
    return bytes(body)


def _too_large(limit: int, name: str) -> NetError:
    size = f"{limit >> 20} MB" if limit >= 1 << 20 else f"{limit:,} bytes"
    return NetError("too-large", f"{name}: larger than {size}, not fetched")


def _unpacker(encoding: str, name: str) -> _Gzip | None:
    match encoding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip":
            return _Gzip()
        case other:
            raise NetError("broken", f"{name}: packed as {other[:40]}, which was not asked for")


class _Gzip:
    """Unpacks gzip, of one member or several, never more at once than asked for."""

    def __init__(self) -> None:
        self._member = self._new()
        self._begun = False

    @staticmethod
    def _new() -> Any:
        return zlib.decompressobj(zlib.MAX_WBITS | 16)

    def __call__(self, data: bytes, most: int) -> bytes:
        """Up to `most` bytes; what is left is dropped, as there are too many then."""
        out = bytearray()
        while data and len(out) < most:
            if self._member.eof:
                if not data.strip(b"\0"):  # some pad with zeros
                    break
                self._member = self._new()
            self._begun = True
            out += self._member.decompress(data, most - len(out))
            data = self._member.unused_data or self._member.unconsumed_tail
        return bytes(out)

    @property
    def finished(self) -> bool:
        return self._member.eof or not self._begun
