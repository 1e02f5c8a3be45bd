"""Files, folders, archives and standard input as byte streams, unpacked, text in UTF-8."""

from __future__ import annotations

import io
import os
import stat
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from tui.core.text import clean_line
from tui.sources import archives
from tui.sources.archives import PieceStream, decompress, zip_members
from tui.sources.encodings import Utf8Converter, is_text
from tui.sources.interface import RejectedRecord

HEAD = 64 * 1024
"""Bytes from the beginning of a file that a format is recognised by."""

_MAX_DEPTH = 3
"""Archives inside archives."""

PIPE_WAIT = 5.0
"""Seconds to wait for a program that writes to a named pipe."""


_IGNORED = {".git", "__pycache__", "node_modules"}


@dataclass(frozen=True, slots=True)
class InputStream:
    """One file to read, unpacked; text is in UTF-8."""

    where: str
    """Its place, for messages."""
    head: bytes
    """The first bytes, up to HEAD. The stream begins with them too."""
    stream: BinaryIO
    name: str
    """What the papers from it have under `sources`."""
    converter: Utf8Converter
    """Has a notice of the encoding when the stream has been read."""


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
    if _is_folder(path):
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
    except OSError:  # opening it reports the reason
        yield folder
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _IGNORED:
            continue
        if _is_folder(entry) and not entry.is_symlink():
            yield from files_below(entry)
        elif _may_be_file(entry):
            yield entry


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a link into a folder that the user may not enter
        return False


def _may_be_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return True


def _open_file(path: Path, where: str, on_open: OnOpen | None) -> Iterator[Opened]:
    try:
        mode = path.stat().st_mode
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
            yield RejectedRecord(where, "a device, not a file")
            return
        stream = _open_pipe(path) if stat.S_ISFIFO(mode) else path.open("rb")
    except FileNotFoundError:
        yield RejectedRecord(where, "no such file or folder")
    except (OSError, ValueError) as error:
        yield RejectedRecord(where, f"cannot be read: {getattr(error, 'strerror', '') or error}")
    else:
        with stream:
            if on_open:
                on_open(where, stream)
            yield from unpack(where, stream, clean_line(path.name))


def _open_pipe(path: Path) -> BinaryIO:
    """Open a named pipe. Raises OSError if no program opens it for writing in PIPE_WAIT seconds."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    stream = os.fdopen(descriptor, "rb")
    deadline = time.monotonic() + PIPE_WAIT
    first = b""
    with suppress(BlockingIOError):  # a program has the pipe open and has written nothing yet
        while not (first := os.read(descriptor, 1)):
            if time.monotonic() > deadline:
                stream.close()
                raise OSError(0, "no program writes to this pipe")
            time.sleep(0.05)
    os.set_blocking(descriptor, True)
    pieces = chain([first], iter(lambda: stream.read1(HEAD), b""))
    return io.BufferedReader(PieceStream(pieces, stream), HEAD)


def unpack(
    where: str,
    raw: BinaryIO,
    source: str,
    depth: int = 0,
    allowance: archives.Allowance | None = None,
    charset: str = "",
) -> Iterator[Opened]:
    """Yield the stream itself, decompressed; of a zip, each file in it.

    `depth` is the number of archives around the stream, `allowance` what may come out of them,
    `charset` the encoding that came with a text.
    """
    try:
        head, stream = _read_head(raw)
        while depth < _MAX_DEPTH and (inside := decompress(head, stream)):
            depth += 1
            head, stream = _read_head(inside)
        if archives.is_zip(head):
            if depth >= _MAX_DEPTH:
                yield RejectedRecord(where, "packed in too many archives")
                return
            for name, inner, allowed in zip_members(stream, allowance):
                place = f"{where}: {name}"
                if isinstance(inner, str):
                    yield RejectedRecord(place, inner)
                else:
                    yield from unpack(place, inner, name.rpartition("/")[2], depth + 1, allowed)
            return
        converter = Utf8Converter(charset)
        if is_text(head) and b"%PDF-" not in head[:1024]:
            head, stream = _read_head(stream, converter)
    except (EOFError, zlib.error) as error:
        yield RejectedRecord(where, f"the compressed file is damaged: {error}")
    except OSError as error:
        yield RejectedRecord(where, f"cannot be read: {error.strerror or error}")
    else:
        yield InputStream(where, head, stream, source, converter)


def _read_head(raw: BinaryIO, converter: Utf8Converter | None = None) -> tuple[bytes, BinaryIO]:
    """Return the first bytes, and a stream that still begins with them, converted to UTF-8.

    A pipe may give them in many pieces.
    """
    head = b""
    while len(head) < HEAD and (piece := raw.read(HEAD - len(head))):
        head += piece
    pieces: Iterator[bytes] = iter(lambda: raw.read(HEAD), b"")
    if converter:
        head = converter.convert(head)
        pieces = converter.convert_all(pieces)
    return head[:HEAD], io.BufferedReader(PieceStream(chain([head], pieces), raw), HEAD)
