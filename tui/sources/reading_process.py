"""Large files are read in another process, while this one stores the papers that were read.

    python -m tui.sources.reading_process FORMAT FILE...    writes frames of records to stdout

A frame is its length (8 bytes, big-endian), then, by `marshal`, the name of the file, the bytes
read so far and the records, each marshalled separately. Only the same Python can read it.
"""

from __future__ import annotations

import marshal
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, cast

from tui.core.garbage import collect_garbage_rarely
from tui.core.paper import Paper
from tui.sources.interface import Notice, Record, RejectedRecord
from tui.sources.reader import read
from tui.sources.streams import files_below

MIN_SIZE = 16 << 20
"""Bytes from which another process is worth its start: about two seconds of reading."""
_FRAME_SIZE = 256 << 10
"""Bytes of records after which a frame is sent."""
_MAX_DELAY = 0.2
"""Seconds after which a frame is sent even if it is small."""
_MAX_FRAMES = 100
"""Frames that wait in memory while a batch of papers is stored."""


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


def read_all(
    files: Sequence[str], format_name: str, progress: ReadingProgress
) -> Iterator[Record | Notice]:
    """Yield the records of `files` as `reader.read` does, and keep `progress` current."""
    if progress.total < MIN_SIZE or "-" in files or os.cpu_count() == 1:
        return _read_here(files, format_name, progress)
    return _read_in_process(files, format_name, progress)


def _read_here(
    files: Iterable[str], format_name: str, progress: ReadingProgress
) -> Iterator[Record | Notice]:
    for name in files:
        yield from read(name, date.today(), format_name, progress.on_open)


def _read_in_process(
    files: Sequence[str], format_name: str, progress: ReadingProgress
) -> Iterator[Record | Notice]:
    process = _start_process(format_name, files)
    if process is None:
        yield from _read_here(files, format_name, progress)
        return
    frames: queue.Queue[bytes] = queue.Queue(_MAX_FRAMES)
    receiver = threading.Thread(target=_receive_frames, args=(process.stdout, frames), daemon=True)
    receiver.start()
    has_records = False
    try:
        while frame := frames.get():
            has_records = True
            name, done, records = marshal.loads(frame)
            progress.set_done(name, done)
            for each in records:
                yield _unmarshal(marshal.loads(each))
        if status := process.wait():
            if has_records:
                why = f"the process that read it ended with status {status}"
                yield RejectedRecord(progress.name, f"read only in part: {why}; add it again")
            else:
                yield from _read_here(files, format_name, progress)
    finally:
        process.kill()
        process.wait()
        while receiver.is_alive():  # it may wait for room in the queue
            with suppress(queue.Empty):
                frames.get(timeout=0.01)


def _start_process(format_name: str, files: Sequence[str]) -> subprocess.Popen[bytes] | None:
    with suppress(OSError):
        return subprocess.Popen(
            [sys.executable, "-m", __name__, format_name, *files],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C is for this process, which then ends the other
        )
    return None


def _receive_frames(stream: BinaryIO, frames: queue.Queue[bytes]) -> None:
    """Put each frame into the queue, and an empty one at the end."""
    with stream:
        while size := int.from_bytes(stream.read(8), "big"):
            frame = stream.read(size)
            if len(frame) < size:
                break
            frames.put(frame)
    frames.put(b"")


def _marshal(record: Record | Notice) -> bytes:
    if isinstance(record, Notice):
        return marshal.dumps((record.where, record.text))
    if isinstance(record, RejectedRecord):
        return marshal.dumps((record.where, record.why, dict(record.ids)))
    return marshal.dumps(record.values())


def _unmarshal(values: tuple[Any, ...]) -> Record | Notice:
    if len(values) == 2:
        return Notice(*values)
    return RejectedRecord(*values) if len(values) == 3 else Paper.from_values(*values)


def main() -> None:
    """Read the files named by the arguments and write frames until nobody reads them."""
    collect_garbage_rarely()
    _, format_name, *files = sys.argv
    out = cast(BinaryIO, sys.stdout.buffer)
    progress = ReadingProgress(())
    records: list[bytes] = []
    size, sent = 0, time.monotonic()

    def send() -> None:
        nonlocal size, sent
        frame = marshal.dumps((progress.name, progress.done, records))
        out.write(len(frame).to_bytes(8, "big") + frame)
        out.flush()
        records.clear()
        size, sent = 0, time.monotonic()

    with suppress(BrokenPipeError):
        for record in _read_here(files, format_name, progress):
            records.append(_marshal(record))
            size += len(records[-1])
            if size >= _FRAME_SIZE or time.monotonic() - sent > _MAX_DELAY:
                send()
        send()
        return
    os._exit(1)  # at a normal exit Python would flush the broken pipe and print an error


if __name__ == "__main__":
    main()
