"""What the user named, as byte streams: files, folders, gz, standard input."""

from __future__ import annotations

import gzip
import io
import stat
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from tui.sources.base import MAX_DOCUMENT, Refused
from tui.sources.text import utf_16

if TYPE_CHECKING:
    from typing_extensions import Buffer

HEAD = 64 * 1024
"""Bytes that a format is recognised by."""

_IGNORED = {".git", "__pycache__", "node_modules"}


@dataclass(frozen=True, slots=True)
class Named:
    """A stream and the name it has in messages."""

    where: str
    head: bytes
    """The first bytes, up to HEAD; the stream begins with them too."""
    stream: BinaryIO
    source: str
    """What a paper that comes from here says under `sources`."""


def open_all(what: str) -> Iterator[Named | Refused]:
    """Each file of what was named. `-` is standard input; a folder is walked, sorted by name."""
    if what == "-":
        yield _unpacked("standard input", sys.stdin.buffer, "standard input")
        return
    path = Path(what).expanduser()
    if path.is_dir():
        found = False
        for file in _walk(path):
            found = True
            yield _open(file, str(file))
        if not found:
            yield Refused(what, "the folder has no files")
        return
    yield _open(path, what)


def _walk(folder: Path) -> Iterator[Path]:
    """The files below a folder, hidden ones left out."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        entries = []
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _IGNORED:
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        elif entry.is_file():
            yield entry


def _open(path: Path, where: str) -> Named | Refused:
    try:
        mode = path.stat().st_mode
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
            return Refused(where, "a device, not a file")
        stream = path.open("rb")
    except FileNotFoundError:
        return Refused(where, "no such file or folder")
    except OSError as error:
        return Refused(where, f"cannot be read: {error.strerror or error}")
    return _unpacked(where, stream, path.name)


def _unpacked(where: str, raw: BinaryIO, source: str) -> Named | Refused:
    try:
        head, stream = _peeked(raw)
        if head.startswith(b"\x1f\x8b"):
            head, stream = _peeked(cast(BinaryIO, gzip.GzipFile(fileobj=stream)))
        if encoding := utf_16(head):
            data = stream.read(MAX_DOCUMENT).decode(encoding, errors="replace").encode()
            head, stream = data[:HEAD], io.BytesIO(data)
    except (EOFError, zlib.error) as error:
        return Refused(where, f"the compressed file is damaged: {error}")
    except OSError as error:
        return Refused(where, f"cannot be read: {error.strerror or error}")
    return Named(where, head, stream, source)


def _peeked(raw: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes, and a stream that still has them. A pipe may give them in many pieces."""
    head = b""
    while len(head) < HEAD and (piece := raw.read(HEAD - len(head))):
        head += piece
    return head, io.BufferedReader(_Joined(head, raw), HEAD)


class _Joined(io.RawIOBase):
    """Bytes already read, then the rest of the stream they came from."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        piece = self._head[: len(view)] or self._rest.read(len(view))
        view[: len(piece)] = piece
        self._head = self._head[len(piece) :]
        return len(piece)

    def close(self) -> None:
        self._rest.close()
        super().close()
