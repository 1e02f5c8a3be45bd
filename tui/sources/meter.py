"""How much of the files named has been read: bytes as they lie on the disk, packed or not."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from tui.sources.streams import files_below


class Meter:
    """Told of each file as it is opened; asked for the bytes read so far."""

    def __init__(self, names: Iterable[str]) -> None:
        self.total = sum(_size(Path(name).expanduser()) for name in names)
        """Bytes of all files; 0 where nobody knows, as of a pipe."""
        self.name = ""
        """The file being read."""
        self._before = 0
        self._stream: BinaryIO | None = None

    def opened(self, where: str, stream: BinaryIO) -> None:
        """From now on `stream` is read; what was read before is read whole."""
        self._before = self.done
        self.name, self._stream = where, stream

    def heard(self, where: str, done: int) -> None:
        """Another process reads `where`, and has read `done` bytes of all."""
        self.name, self._before, self._stream = where, done, None

    @property
    def done(self) -> int:
        """Bytes read of all files."""
        if self._stream is None:
            return self._before
        if self._stream.closed:
            self._before, self._stream = self._before + _size(Path(self.name).expanduser()), None
            return self._before
        return self._before + (self._stream.tell() if self._stream.seekable() else 0)


def _size(path: Path) -> int:
    try:
        if path.is_dir():
            return sum(_size(file) for file in files_below(path))
        return path.stat().st_size if path.is_file() else 0
    except (OSError, ValueError):
        return 0
