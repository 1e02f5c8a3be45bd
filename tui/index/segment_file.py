"""The file of a segment: its arrays one after another, then a table of contents.

    data      each array at a multiple of 64 bytes
    table     JSON: [[name, dtype, shape, offset], ...]
    trailer   magic bytes, version, CRC of the data, CRC of data and table, size of the table

Files are memory-mapped: to open one reads the table only. The trailer is written last, so that a
file that was cut short or changed does not match its checksums.
"""

from __future__ import annotations

import mmap
import struct
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import orjson
from numpy.typing import NDArray

from tui.core.files import atomic_file

VERSION = 8
"""To be raised when an array, or its meaning, changes: files of another version are not used."""

_MAGIC = b"sheafidx"
_TRAILER = struct.Struct("<8sIIIQ")
_ALIGNMENT = 64
_BYTES_AT_A_TIME = 4 << 20


class DamagedFile(Exception):
    """The file is not a whole segment of this version."""


class MappedArrays(dict[str, NDArray[Any]]):
    """The arrays of a segment file by name, memory-mapped."""

    def __init__(self, path: Path) -> None:
        """Map `path`.

        Raises DamagedFile if it is no segment or is cut short; the data is not read.
        """
        super().__init__()
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise DamagedFile(f"{path}: {error}") from error
        self.crc, self._data_size, table = _read_table(self._map)
        for name, dtype, shape, offset in table:
            size = int(np.prod(shape, dtype=np.int64))
            array = np.frombuffer(self._map, np.dtype(dtype), size, offset)
            self[name] = array.reshape(shape)

    def matches_checksum(self) -> bool:
        """Return whether the data is what was written; reads all of it."""
        crc, left = 0, self._data_size
        # Read and not mapped, so that the memory of the process does not grow by the file.
        with self.path.open("rb") as file:
            while left > 0 and (data := file.read(min(_BYTES_AT_A_TIME, left))):
                crc = zlib.crc32(data, crc)
                left -= len(data)
        return crc == self.crc

    def release_memory(self) -> None:
        """Give back the memory that reading has taken; the arrays stay usable."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)


def _read_table(data: mmap.mmap) -> tuple[int, int, list[tuple[str, str, list[int], int]]]:
    """Return the CRC of the data, its size in bytes, and the table; may raise DamagedFile."""
    if len(data) < _TRAILER.size:
        raise DamagedFile("too short")
    magic, version, crc, table_crc, size = _TRAILER.unpack(data[-_TRAILER.size :])
    start = len(data) - _TRAILER.size - size
    if magic != _MAGIC or version != VERSION or start < 0:
        raise DamagedFile("not a segment of this version")
    table = data[start : start + size]
    if zlib.crc32(table, crc) != table_crc:
        raise DamagedFile("the table does not match its checksum")
    return crc, start, orjson.loads(table)


class SegmentWriter:
    """Writes the content of a segment file, array by array."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._table: list[tuple[str, str, tuple[int, ...], int]] = []
        self._crc = 0
        self._size = 0

    def write(self, name: str, array: NDArray[Any]) -> None:
        """Write one array."""
        self.write_parts(name, array.dtype, array.shape[1:], [array])

    def write_parts(
        self,
        name: str,
        dtype: np.dtype[Any],
        item_shape: tuple[int, ...],
        parts: Iterable[NDArray[Any]],
    ) -> None:
        """Write one array whose parts are joined along the first axis."""
        self._write_bytes(b"\0" * (-self._size % _ALIGNMENT))
        start, length = self._size, 0
        for part in parts:
            self._write_bytes(np.ascontiguousarray(part, dtype).reshape(-1).view(np.uint8).data)
            length += len(part)
        self._table.append((name, dtype.str, (length, *item_shape), start))

    def finish(self) -> None:
        """Write the table and the trailer."""
        table = orjson.dumps(self._table)
        crc = zlib.crc32(table, self._crc)
        self._file.write(table + _TRAILER.pack(_MAGIC, VERSION, self._crc, crc, len(table)))

    def _write_bytes(self, data: bytes | memoryview) -> None:
        self._crc = zlib.crc32(data, self._crc)
        self._size += len(data)
        self._file.write(data)


def write_segment(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write `arrays` as a segment file."""
    with atomic_file(path) as file:
        writer = SegmentWriter(file)
        for name, array in arrays.items():
            writer.write(name, array)
        writer.finish()
