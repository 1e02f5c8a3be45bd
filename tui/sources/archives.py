"""Compressed streams (gz, bz2, xz, zst) and zip archives, unpacked within bounds.

Nothing is extracted to the disk, so a name such as `../../file` can do no harm. A file that expands
to more than MAX_RATIO times its size may be an attack (a "zip bomb") and is not read to its end.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from tui.core.text import clean_line

if TYPE_CHECKING:
    from typing_extensions import Buffer

MAX_RATIO = 400
"""Bytes that one compressed byte may become; JSON and XML stay below 50."""
_EXPANDS = f"expands to more than {MAX_RATIO} times its size; not read"
FREE_SIZE = 64 * 2**20
"""Bytes up to which the ratio does not matter."""
MAX_FILES = 20_000
_PIECE = 64 * 2**10
"""Bytes that are decompressed at a time."""
_ZSTD_STEP = 2048
"""Compressed bytes of Zstandard at a time. What they become is in memory at once, 64 MB at most."""
_MEMORY_SIZE = 64 * 2**20
"""Bytes of a zip that are kept in memory; a larger one goes to a temporary file."""
_MAX_ZIP = 8 * 2**30
"""Bytes of a zip, which must be read whole because its table is at the end."""
_PACKAGE = re.compile(r"\.dist-info/METADATA$|^META-INF/MANIFEST\.MF$")
_OFFICE_FILES = ("[Content_Types].xml", "mimetype", "META-INF/container.xml", "AndroidManifest.xml")


class PackedError(OSError):
    """The archive cannot be read; `strerror` says why."""

    def __init__(self, why: str) -> None:
        super().__init__(0, why)


class PieceStream(io.RawIOBase):
    """A stream of the bytes that an iterator yields; it closes the stream they come from."""

    def __init__(self, pieces: Iterator[bytes], origin: BinaryIO) -> None:
        self._pieces = pieces
        self._origin = origin
        self._piece = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._piece = memoryview(piece)
        count = min(len(view), len(self._piece))
        view[:count] = self._piece[:count]
        self._piece = self._piece[count:]
        return count

    def close(self) -> None:
        self._origin.close()
        super().close()


def decompress(head: bytes, stream: BinaryIO) -> BinaryIO | None:
    """Return the stream inside a compressed one, None if it is not compressed.

    Reading it raises PackedError if the data are damaged or grow beyond bounds, and EOFError if
    they are cut off.
    """
    opener = next((each for magic, each in _OPENERS.items() if head.startswith(magic)), None)
    if opener is None:
        return None
    compressed_size = 0

    def read_compressed() -> Iterator[bytes]:
        nonlocal compressed_size
        while piece := stream.read(_PIECE):
            compressed_size += len(piece)
            yield piece

    inside = opener(io.BufferedReader(PieceStream(read_compressed(), stream)))

    def pieces() -> Iterator[bytes]:
        size = 0
        while piece := _read_piece(inside):
            size += len(piece)
            if size > FREE_SIZE + MAX_RATIO * compressed_size:
                raise PackedError(_EXPANDS)
            yield piece

    return cast(BinaryIO, PieceStream(pieces(), stream))


def _read_piece(inside: Any) -> bytes:
    try:
        return cast(bytes, inside.read(_PIECE))
    except Exception as error:
        # ZstdError is known by its name, because its module is imported only where it is needed.
        is_damaged = isinstance(error, lzma.LZMAError | ValueError)
        if not is_damaged and type(error).__name__ != "ZstdError":
            raise
        raise PackedError(f"the compressed file is damaged: {error}") from error


def _open_zstd(packed: io.BufferedReader) -> io.BufferedReader:
    return io.BufferedReader(PieceStream(_zstd_pieces(packed), cast(BinaryIO, packed)))


def _zstd_pieces(packed: io.BufferedReader) -> Iterator[bytes]:
    """Yield the content of the frames of Zstandard.

    Unlike the reader of the library, it raises EOFError for a frame that is cut off.
    """
    import zstandard

    decompressor = zstandard.ZstdDecompressor(max_window_size=2**27)
    frame = decompressor.decompressobj()
    is_inside = False
    rest = b""
    while piece := rest or packed.read(_ZSTD_STEP):
        yield frame.decompress(piece)
        rest, is_inside = frame.unused_data, not frame.eof
        if frame.eof:
            frame = decompressor.decompressobj()
    if is_inside:
        raise EOFError("it is cut off")


_OPENERS: dict[bytes, Callable[[io.BufferedReader], Any]] = {
    b"\x1f\x8b": lambda packed: gzip.GzipFile(fileobj=packed),
    b"BZh91AY&SY": bz2.BZ2File,
    b"\xfd7zXZ\x00": partial(lzma.LZMAFile, format=lzma.FORMAT_XZ),
    b"\x28\xb5\x2f\xfd": _open_zstd,
}


def is_zip(head: bytes) -> bool:
    """Whether a file begins as a zip does: with its first file, or its end if it is empty."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class Allowance:
    """How many bytes may still come out of a zip and of the archives inside it."""

    def __init__(self, zip_size: int) -> None:
        self._left = FREE_SIZE + MAX_RATIO * zip_size

    def take(self, stream: BinaryIO) -> BinaryIO:
        """Return the stream; reading it raises PackedError when nothing is left."""

        def pieces() -> Iterator[bytes]:
            while piece := stream.read(_PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise PackedError(_EXPANDS)
                yield piece

        return cast(BinaryIO, PieceStream(pieces(), stream))


def zip_members(
    stream: BinaryIO, allowance: Allowance | None = None
) -> Iterator[tuple[str, BinaryIO | str, Allowance]]:
    """Yield the name and the stream of each file in a zip, or the reason why it is not read.

    `allowance` is that of the outer zip. Each file is yielded with the allowance for archives in
    it. A stream must be read before the next one is taken. Raises PackedError if the zip is
    damaged.
    """
    try:
        with tempfile.SpooledTemporaryFile(max_size=_MEMORY_SIZE) as file:
            while piece := stream.read(1 << 20):
                file.write(piece)
                if file.tell() > _MAX_ZIP:
                    raise PackedError("a zip of more than 8 GB")
            allowance = allowance or Allowance(file.tell())
            with zipfile.ZipFile(cast(BinaryIO, file)) as archive:
                for name, inner in _files(archive):
                    taken = inner if isinstance(inner, str) else allowance.take(inner)
                    yield name, taken, allowance
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise PackedError(f"the zip is damaged: {error}") from error


def _files(archive: zipfile.ZipFile) -> Iterator[tuple[str, BinaryIO | str]]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if any(info.filename in _OFFICE_FILES or _PACKAGE.search(info.filename) for info in infos):
        raise PackedError("an office document, book or program, not an archive of papers")
    for info in infos[:MAX_FILES]:
        name = clean_line(info.filename)
        parts = [part for part in re.split(r"[/\\]", name) if part not in ("", ".")]
        if any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts):
            continue
        shown = "/".join(parts)
        if ".." in parts or name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
            yield shown, "the name leads outside the archive"
        elif stat.S_ISLNK(info.external_attr >> 16):
            yield shown, "a link, not a file"
        elif info.flag_bits & 1:
            yield shown, "encrypted"
        elif info.file_size > FREE_SIZE and info.file_size > MAX_RATIO * max(1, info.compress_size):
            yield shown, _EXPANDS
        else:
            with archive.open(info) as file:
                yield shown, cast(BinaryIO, file)
    if len(infos) > MAX_FILES:
        raise PackedError(f"more than {MAX_FILES:,} files; the first are in")
