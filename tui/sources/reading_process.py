"""Large files are read by a process of their own, while this one puts in what has been read.

    python -m tui.sources.reading_process FORMAT FILE...    frames of records to standard output

A frame is its length (8 bytes, big-endian) and, by `marshal`, the file, the bytes read so far and
the records, each packed by itself. Only a process of the same Python ever reads it.
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
from typing import Any, BinaryIO, cast

from tui.core.paper import Paper
from tui.sources.base import Record, RejectedRecord
from tui.sources.meter import Meter
from tui.sources.reader import read

LARGE = 16 << 20
"""Bytes from which on another process is worth starting: two seconds' reading or more."""
_FRAME = 256 << 10
"""Bytes of records in a frame, unless PAUSE comes first."""
_PAUSE = 0.2
"""Seconds after which a frame is sent as it is."""
_AHEAD = 100
"""Frames that wait here while a batch is written."""


def read_all(files: Sequence[str], format_name: str, meter: Meter) -> Iterator[Record]:
    """The records of `files`, as `tui.sources.reader.read` gives them; `meter` is kept up."""
    if meter.total < LARGE or "-" in files or os.cpu_count() == 1:
        return _here(files, format_name, meter)
    return _apart(files, format_name, meter)


def _here(files: Iterable[str], format_name: str, meter: Meter) -> Iterator[Record]:
    for name in files:
        yield from read(name, date.today(), format_name, meter.opened)


def _apart(files: Sequence[str], format_name: str, meter: Meter) -> Iterator[Record]:
    process = _started(format_name, files)
    if process is None:
        yield from _here(files, format_name, meter)
        return
    frames: queue.Queue[bytes] = queue.Queue(_AHEAD)
    taking = threading.Thread(target=_take, args=(process.stdout, frames), daemon=True)
    taking.start()
    heard = False
    try:
        while frame := frames.get():
            heard = True
            name, done, packed = marshal.loads(frame)
            meter.heard(name, done)
            for each in packed:
                yield _unpacked(marshal.loads(each))
        if failed := process.wait():
            if heard:
                why = f"the process that read it ended with status {failed}"
                yield RejectedRecord(meter.name, f"read only in part: {why}; add it again")
            else:
                yield from _here(files, format_name, meter)
    finally:
        process.kill()
        process.wait()
        while taking.is_alive():
            with suppress(queue.Empty):
                frames.get(timeout=0.01)


def _started(format_name: str, files: Sequence[str]) -> subprocess.Popen[bytes] | None:
    with suppress(OSError):
        return subprocess.Popen(
            [sys.executable, "-m", __name__, format_name, *files],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C is for the one who adds
        )
    return None


def _take(stream: BinaryIO, frames: queue.Queue[bytes]) -> None:
    """Frames as they come, while another thread is busy; an empty one at the end."""
    with stream:
        while size := int.from_bytes(stream.read(8), "big"):
            frame = stream.read(size)
            if len(frame) < size:
                break
            frames.put(frame)
    frames.put(b"")


def _packed(record: Record) -> bytes:
    if isinstance(record, RejectedRecord):
        return marshal.dumps((record.where, record.why, dict(record.ids)))
    return marshal.dumps(record.values())


def _unpacked(values: tuple[Any, ...]) -> Record:
    return RejectedRecord(*values) if len(values) == 3 else Paper(*values)


def main() -> None:
    """Read the files and write the frames; when nobody takes them any more, end."""
    _, format_name, *files = sys.argv
    out = cast(BinaryIO, sys.stdout.buffer)
    meter = Meter(())
    packed: list[bytes] = []
    size, sent = 0, time.monotonic()

    def send() -> None:
        nonlocal size, sent
        frame = marshal.dumps((meter.name, meter.done, packed))
        out.write(len(frame).to_bytes(8, "big") + frame)
        out.flush()
        packed.clear()
        size, sent = 0, time.monotonic()

    with suppress(BrokenPipeError):
        for record in _here(files, format_name, meter):
            packed.append(_packed(record))
            size += len(packed[-1])
            if size >= _FRAME or time.monotonic() - sent > _PAUSE:
                send()
        send()
        return
    os._exit(1)  # nothing to say, and nobody to say it to


if __name__ == "__main__":
    main()
