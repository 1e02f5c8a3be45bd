"""A segment as one file: arrays one after another, then a table of contents.

    data      each array at a multiple of 64 bytes
    table     JSON: [[name, dtype, shape, offset], …]
    trailer   MAGIC, version, crc of the data, crc of the table, size of the table (TRAILER)

Files are memory-mapped: opening reads the table only. What is written under another name and
renamed is whole; what was cut or changed afterwards does not fit its checksums.
"""

from __future__ import annotations

import mmap
import os
import struct
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import orjson
from numpy.typing import NDArray

VERSION = 5
"""Changes with the arrays or what they mean: a file of another version is made anew."""

_MAGIC = b"sheafidx"
_TRAILER = struct.Struct("<8sIIIQ")
_ALIGN = 64
_READ = 4 << 20


class Damaged(Exception):
    """The file is not a whole segment of this version."""


class MappedArrays(dict[str, NDArray[Any]]):
    """The arrays of a segment's file, mapped."""

    def __init__(self, path: Path) -> None:
        """Map `path`. Damaged if it is no segment or was cut; the data itself is not read."""
        super().__init__()
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise Damaged(f"{path}: {error}") from error
        self.crc, table = _table(self._map)
        for name, dtype, shape, offset in table:
            size = int(np.prod(shape, dtype=np.int64))
            array = np.frombuffer(self._map, np.dtype(dtype), size, offset)
            self[name] = array.reshape(shape)

    @property
    def is_whole(self) -> bool:
        """Whether the data fits its checksum; reads all of it."""
        end = len(self._map) - _TRAILER.size - self._table_size
        return _crc_of_file(self.path, end) == self.crc

    @property
    def _table_size(self) -> int:
        return int(_TRAILER.unpack(self._map[-_TRAILER.size :])[4])

    def forget(self) -> None:
        """Let go of the memory that reading has taken; the arrays stay usable."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)


def _table(data: mmap.mmap) -> tuple[int, list[tuple[str, str, list[int], int]]]:
    """The crc of the data, and the table. Damaged if either cannot be."""
    if len(data) < _TRAILER.size:
        raise Damaged("too short")
    magic, version, crc, table_crc, size = _TRAILER.unpack(data[-_TRAILER.size :])
    start = len(data) - _TRAILER.size - size
    if magic != _MAGIC or version != VERSION or start < 0:
        raise Damaged("not a segment of this version")
    table = data[start : start + size]
    if zlib.crc32(table, crc) != table_crc:
        raise Damaged("its table does not fit its checksum")
    return crc, orjson.loads(table)


class Writer:
    """Writes a segment's file, array by array."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO = path.open("wb")
        self._table: list[tuple[str, str, tuple[int, ...], int]] = []
        self._crc = 0
        self._size = 0

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._file.close()
        if kind is not None:
            self._path.unlink(missing_ok=True)

    def put(self, name: str, array: NDArray[Any]) -> None:
        """One array."""
        self.stream(name, array.dtype, array.shape[1:], [array])

    def stream(
        self,
        name: str,
        dtype: np.dtype[Any],
        item: tuple[int, ...],
        parts: Iterable[NDArray[Any]],
    ) -> None:
        """One array from parts, end to end along the first axis; `item` is the shape after it."""
        self._write(b"\0" * (-self._size % _ALIGN))
        start, length = self._size, 0
        for part in parts:
            self._write(np.ascontiguousarray(part, dtype).reshape(-1).view(np.uint8).data)
            length += len(part)
        self._table.append((name, dtype.str, (length, *item), start))

    def finish(self) -> None:
        """Write the table, and see to it that all of it is on disk."""
        table = orjson.dumps(self._table)
        crc = zlib.crc32(table, self._crc)
        self._file.write(table + _TRAILER.pack(_MAGIC, VERSION, self._crc, crc, len(table)))
        self._file.flush()
        os.fsync(self._file.fileno())

    def _write(self, data: bytes | memoryview) -> None:
        self._crc = zlib.crc32(data, self._crc)
        self._size += len(data)
        self._file.write(data)


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write `arrays` as a segment's file."""
    with Writer(path) as writer:
        for name, array in arrays.items():
            writer.put(name, array)
        writer.finish()


def _crc_of_file(path: Path, end: int) -> int:
    crc = 0
    with path.open("rb") as file:
        while end > 0 and (data := file.read(min(_READ, end))):
            crc = zlib.crc32(data, crc)
            end -= len(data)
    return crc
