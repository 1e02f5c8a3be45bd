"""What the user named, as byte streams: files, folders, archives, standard input."""

from __future__ import annotations

import io
import stat
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tui.sources import archives
from tui.sources.archives import decompressed, zip_members
from tui.sources.base import MAX_DOCUMENT, RejectedRecord
from tui.sources.decoding import utf16_encoding

if TYPE_CHECKING:
    from typing_extensions import Buffer

HEAD = 64 * 1024
"""Bytes that a format is recognised by."""

MAX_PACKED = 3
"""Archives within archives."""

_IGNORED = {".git", "__pycache__", "node_modules"}


@dataclass(frozen=True, slots=True)
class InputStream:
    """A stream and the name it has in messages."""

    where: str
    head: bytes
    """The first bytes, up to HEAD; the stream begins with them too."""
    stream: BinaryIO
    source: str
    """What a paper that comes from here says under `sources`."""


OnOpen = Callable[[str, BinaryIO], None]
"""Called with each file's path and the file itself, before anything is read of it."""


def open_streams(what: str, opened: OnOpen | None = None) -> Iterator[InputStream | RejectedRecord]:
    """Each file of what was named. `-` is standard input; a folder is walked, sorted by name.

    Each stream is to be read before the next is asked for.
    """
    if what == "-":
        yield from unpack("standard input", sys.stdin.buffer, "standard input")
        return
    path = Path(what).expanduser()
    if path.is_dir():
        found = False
        for file in files_below(path):
            found = True
            yield from _open(file, str(file), opened)
        if not found:
            yield RejectedRecord(what, "the folder has no files")
        return
    yield from _open(path, what, opened)


def files_below(folder: Path) -> Iterator[Path]:
    """The files below a folder, hidden ones left out."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        entries = []
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _IGNORED:
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from files_below(entry)
        elif entry.is_file():
            yield entry


def _open(path: Path, where: str, opened: OnOpen | None) -> Iterator[InputStream | RejectedRecord]:
    try:
        mode = path.stat().st_mode
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
            yield RejectedRecord(where, "a device, not a file")
            return
        stream = path.open("rb")
    except FileNotFoundError:
        yield RejectedRecord(where, "no such file or folder")
    except (OSError, ValueError) as error:
        yield RejectedRecord(where, f"cannot be read: {getattr(error, 'strerror', '') or error}")
    else:
        with stream:
            if opened:
                opened(where, stream)
            yield from unpack(where, stream, path.name)


def unpack(
    where: str, raw: BinaryIO, source: str, depth: int = 0
) -> Iterator[InputStream | RejectedRecord]:
    """The stream, out of what it is packed in; the files of a zip one by one."""
    try:
        head, stream = _peeked(raw)
        while depth < MAX_PACKED and (inside := decompressed(head, stream)):
            depth += 1
            head, stream = _peeked(inside)
        if archives.is_zip(head):
            if depth >= MAX_PACKED:
                yield RejectedRecord(where, "packed in too many archives")
                return
            for name, inner in zip_members(stream):
                place = f"{where}: {name}"
                if isinstance(inner, str):
                    yield RejectedRecord(place, inner)
                else:
                    yield from unpack(place, inner, name.rpartition("/")[2], depth + 1)
            return
        if encoding := utf16_encoding(head):
            data = stream.read(MAX_DOCUMENT).decode(encoding, errors="replace").encode()
            head, stream = data[:HEAD], io.BytesIO(data)
    except (EOFError, zlib.error) as error:
        yield RejectedRecord(where, f"the compressed file is damaged: {error}")
    except OSError as error:
        yield RejectedRecord(where, f"cannot be read: {error.strerror or error}")
    else:
        yield InputStream(where, head, stream, source)


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
