"""Compressed streams (gz, bz2, xz, zst) and zip archives, unpacked within bounds.

Nothing is extracted to the disk, so a name such as `../../file` can do no harm. A file that grows
beyond all measure is a bomb and is not read on.
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
from typing import TYPE_CHECKING, BinaryIO, cast

from tui.core.text import clean_line

if TYPE_CHECKING:
    from typing_extensions import Buffer

MAX_RATIO = 400
"""Bytes that one compressed byte may become; JSON and XML stay below 50."""
FREE_SIZE = 64 * 2**20
"""Bytes up to which the ratio does not matter."""
MAX_FILES = 20_000
_MEMORY_SIZE = 64 * 2**20
"""Bytes of a zip that are kept in memory; a larger one goes to a temporary file."""
_MAX_ZIP = 8 * 2**30
"""Bytes of a zip, which must be read whole because its table is at the end."""
_OFFICE_FILES = ("[Content_Types].xml", "mimetype", "META-INF/container.xml", "AndroidManifest.xml")


class PackedError(OSError):
    """The archive cannot be read; `strerror` says why."""

    def __init__(self, why: str) -> None:
        super().__init__(0, why)


def decompressed(head: bytes, stream: BinaryIO) -> BinaryIO | None:
    """Return the stream inside a compressed one, None if it is not compressed."""
    opener = next((open_ for magic, open_ in _OPENERS if head.startswith(magic)), None)
    if opener is None:
        return None
    counted = _Counted(stream)
    inside = opener(cast(BinaryIO, io.BufferedReader(counted)))
    return cast(BinaryIO, _Guarded(inside, counted))


def _gz(packed: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, gzip.GzipFile(fileobj=packed))


def _bz2(packed: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, bz2.BZ2File(packed))


def _xz(packed: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, lzma.LZMAFile(packed, format=lzma.FORMAT_XZ))


def _zst(packed: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Zstd(packed)))


_OPENERS: tuple[tuple[bytes, Callable[[BinaryIO], BinaryIO]], ...] = (
    (b"\x1f\x8b", _gz),
    (b"BZh91AY&SY", _bz2),
    (b"\xfd7zXZ\x00", _xz),
    (b"\x28\xb5\x2f\xfd", _zst),
)


def is_zip(head: bytes) -> bool:
    """Whether a file begins as a zip does: with its first file, or its end if it is empty."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def zip_members(stream: BinaryIO) -> Iterator[tuple[str, BinaryIO | str]]:
    """Yield the name and the stream of each file in a zip, or the reason why it is not read.

    A stream must be read before the next one is taken. Raises PackedError if the zip is damaged.
    """
    try:
        with tempfile.SpooledTemporaryFile(max_size=_MEMORY_SIZE) as file:
            while piece := stream.read(1 << 20):
                file.write(piece)
                if file.tell() > _MAX_ZIP:
                    raise PackedError("a zip of more than 8 GB")
            with zipfile.ZipFile(cast(BinaryIO, file)) as archive:
                yield from _files(archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise PackedError(f"the zip is damaged: {error}") from error


def _files(archive: zipfile.ZipFile) -> Iterator[tuple[str, BinaryIO | str]]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if any(info.filename in _OFFICE_FILES for info in infos):
        raise PackedError("an office document, book or program, not an archive of papers")
    for info in infos[:MAX_FILES]:
        name = clean_line(info.filename)
        parts = [part for part in re.split(r"[/\\]", name) if part not in ("", ".")]
        if any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts):
            continue
        shown = "/".join(parts)
        if ".." in parts or name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
            yield shown, "the name climbs out of the archive"
        elif stat.S_ISLNK(info.external_attr >> 16):
            yield shown, "a link, not a file"
        elif info.flag_bits & 1:
            yield shown, "encrypted"
        elif info.file_size > FREE_SIZE and info.file_size > MAX_RATIO * max(1, info.compress_size):
            yield shown, f"grows {info.file_size // max(1, info.compress_size):,} times, a bomb"
        else:
            with archive.open(info) as file:
                yield shown, cast(BinaryIO, file)
    if len(infos) > MAX_FILES:
        raise PackedError(f"more than {MAX_FILES:,} files; the first are in")


class _Counted(io.RawIOBase):
    """Counts the compressed bytes that are read."""

    def __init__(self, inside: BinaryIO) -> None:
        self._inside = inside
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        piece = self._inside.read(len(view))
        view[: len(piece)] = piece
        self.count += len(piece)
        return len(piece)

    def close(self) -> None:
        self._inside.close()
        super().close()


class _Zstd(io.RawIOBase):
    """Frames of Zstandard one after the other.

    Unlike the reader of the library, it raises EOFError for a frame that is cut off.
    """

    _STEP = 2048
    """Compressed bytes at a time. What they become is in memory at once: 64 MB at most."""

    def __init__(self, packed: BinaryIO) -> None:
        import zstandard

        self._packed = packed
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=2**27)
        self._frame = self._decompressor.decompressobj()
        self._within = False
        self._rest = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        while not self._ready:
            piece = self._rest or self._packed.read(self._STEP)
            if not piece:
                if self._within:
                    raise EOFError("it is cut off")
                return 0
            self._ready = memoryview(self._frame.decompress(piece))
            self._rest, self._within = self._frame.unused_data, not self._frame.eof
            if self._frame.eof:
                self._frame = self._decompressor.decompressobj()
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count


class _Guarded(io.RawIOBase):
    """Decompressed bytes. Raises PackedError once there are too many for what they came from."""

    def __init__(self, inside: BinaryIO, packed: _Counted) -> None:
        self._inside = inside
        self._packed = packed
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        try:
            piece = self._inside.read(len(view))
        except (lzma.LZMAError, ValueError) as error:
            raise PackedError(f"the compressed file is damaged: {error}") from error
        except Exception as error:
            if type(error).__name__ != "ZstdError":  # its module is imported only where needed
                raise
            raise PackedError(f"the compressed file is damaged: {error}") from error
        view[: len(piece)] = piece
        self._count += len(piece)
        if self._count > FREE_SIZE + MAX_RATIO * self._packed.count:
            raise PackedError(f"grows more than {MAX_RATIO} times when unpacked, a bomb")
        return len(piece)

    def close(self) -> None:
        self._inside.close()
        self._packed.close()
        super().close()
