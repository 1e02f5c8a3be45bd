"""Files, folders, archives and standard input as byte streams, unpacked."""

from __future__ import annotations

import io
import stat
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tui.sources import archives
from tui.sources.archives import PieceStream, decompressed, zip_members
from tui.sources.base import MAX_DOCUMENT, RejectedRecord
from tui.sources.decoding import utf16_encoding

if TYPE_CHECKING:
    pass

HEAD = 64 * 1024
"""Bytes from the beginning of a file that a format is recognised by."""

_MAX_DEPTH = 3
"""Archives inside archives."""

_IGNORED = {".git", "__pycache__", "node_modules"}


@dataclass(frozen=True, slots=True)
class InputStream:
    """One file to read, unpacked."""

    where: str
    """Its place, for messages."""
    head: bytes
    """The first bytes, up to HEAD. The stream begins with them too."""
    stream: BinaryIO
    name: str
    """What the papers from it have under `sources`."""


Opened = InputStream | RejectedRecord
OnOpen = Callable[[str, BinaryIO], None]
"""Called with the path of each file and the open file, before anything is read of it."""


def open_streams(what: str, on_open: OnOpen | None = None) -> Iterator[Opened]:
    """Yield each file of what the user named, and a rejection for each that cannot be opened.

    `-` is standard input. A folder is walked in the order of names. A stream must be read before
    the next one is taken.
    """
    if what == "-":
        yield from unpack("standard input", sys.stdin.buffer, "standard input")
        return
    path = Path(what).expanduser()
    if path.is_dir():
        found = False
        for file in files_below(path):
            found = True
            yield from _open_file(file, str(file), on_open)
        if not found:
            yield RejectedRecord(what, "the folder has no files")
        return
    yield from _open_file(path, what, on_open)


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and the folders inside it, without hidden ones."""
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


def _open_file(path: Path, where: str, on_open: OnOpen | None) -> Iterator[Opened]:
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
            if on_open:
                on_open(where, stream)
            yield from unpack(where, stream, path.name)


def unpack(where: str, raw: BinaryIO, source: str, depth: int = 0) -> Iterator[Opened]:
    """Yield the stream itself, decompressed; of a zip, each file in it."""
    try:
        head, stream = _read_head(raw)
        while depth < _MAX_DEPTH and (inside := decompressed(head, stream)):
            depth += 1
            head, stream = _read_head(inside)
        if archives.is_zip(head):
            if depth >= _MAX_DEPTH:
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


def _read_head(raw: BinaryIO) -> tuple[bytes, BinaryIO]:
    """Return the first bytes, and a stream that still begins with them.

    A pipe may give them in many pieces.
    """
    head = b""
    while len(head) < HEAD and (piece := raw.read(HEAD - len(head))):
        head += piece
    pieces = chain([head], iter(lambda: raw.read(HEAD), b""))
    return head, io.BufferedReader(PieceStream(pieces, raw), HEAD)
