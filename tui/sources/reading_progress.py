"""How much of the files to read has been read, in bytes on the disk, compressed or not."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from tui.sources.streams import files_below


class ReadingProgress:
    """Counts the bytes that have been read of several files, one after the other."""

    def __init__(self, names: Iterable[str]) -> None:
        self.total = sum(_size(Path(name).expanduser()) for name in names)
        """Bytes of all files; 0 where that is not known, as of a pipe."""
        self.name = ""
        """The file that is being read."""
        self._before = 0
        self._stream: BinaryIO | None = None

    def on_open(self, where: str, stream: BinaryIO) -> None:
        """Count the bytes read of `stream` from now on; the file before it was read whole."""
        self._before = self.done
        self.name, self._stream = where, stream

    def set_done(self, where: str, done: int) -> None:
        """Take over the count of another process, which reads `where` now."""
        self.name, self._before, self._stream = where, done, None

    @property
    def done(self) -> int:
        """Bytes that have been read of all files."""
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
