"""The body of a response: read within a limit and unpacked, complete or not at all."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import httpx

from tui.net.errors import NetError

ACCEPT_ENCODING = "gzip"
"""zlib can unpack it piece by piece, so that a small body cannot unpack to gigabytes."""
_CHUNK = 1 << 18
"""In bytes."""


async def read_body(
    response: httpx.Response,
    limit: int,
    name: str,
    report_received: Callable[[int], None] = lambda count: None,
) -> bytes:
    """Return the whole body.

    `report_received` is called with the number of bytes of each chunk that has arrived. Raises
    NetError if the body is larger than `limit` bytes unpacked, damaged or incomplete; `name` is for
    the message.
    """
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit:
        raise _too_large(limit, name)
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise NetError("broken", f"{name}: packed as {encoding[:40]}, which was not asked for")
    unpacker = _GzipUnpacker() if "gzip" in encoding else None
    body = bytearray()
    try:
        async for chunk in response.aiter_raw(_CHUNK):
            report_received(len(chunk))
            body += unpacker.unpack(chunk, limit + 1 - len(body)) if unpacker else chunk
            if len(body) > limit:
                raise _too_large(limit, name)
        if unpacker and not unpacker.is_complete:
            raise NetError("broken", f"{name}: the response ends in the middle", retry=True)
    except zlib.error as error:
        raise NetError("broken", f"{name}: the packed response is damaged", retry=True) from error
    return bytes(body)


def _too_large(limit: int, name: str) -> NetError:
    size = f"{limit >> 20} MB" if limit >= 1 << 20 else f"{limit:,} bytes"
    return NetError("too-large", f"{name}: larger than {size}, not fetched")


class _GzipUnpacker:
    """Unpacks gzip of one or several members, up to a limit at each call."""

    def __init__(self) -> None:
        self._member = self._new_member()
        self._has_begun = False

    @staticmethod
    def _new_member() -> Any:
        return zlib.decompressobj(zlib.MAX_WBITS | 16)

    def unpack(self, data: bytes, limit: int) -> bytes:
        """Return up to `limit` bytes; more is dropped, as the body is too large then."""
        unpacked = bytearray()
        while data and len(unpacked) < limit:
            if self._member.eof:
                if not data.strip(b"\0"):  # some servers pad with zeros
                    break
                self._member = self._new_member()
            self._has_begun = True
            unpacked += self._member.decompress(data, limit - len(unpacked))
            data = self._member.unused_data or self._member.unconsumed_tail
        return bytes(unpacked)

    @property
    def is_complete(self) -> bool:
        return self._member.eof or not self._has_begun
