"""Timestamps that never run backwards.

A stamp is UTC text with microseconds, `2026-11-23T03:35:38.123456Z`: it sorts as text, diffs read
well, and needs no parsing when files are loaded. A clock that jumps back cannot lose a change,
because a new stamp is always later than every stamp this instance has seen (a hybrid clock).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

NEVER = ""
"""The stamp of a field nobody has set: earlier than all others."""

FIRST = "1970-01-01T00:00:00.000000Z"
"""For values whose time nobody wrote down and which must lose against any that has one."""

_EPOCH = datetime(1970, 1, 1)
_SHAPE = re.compile(r"[1-8]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_MICROSECOND = timedelta(microseconds=1)


def of_nanoseconds(nanoseconds: int) -> str:
    """Return the stamp of a Unix time in nanoseconds, clamped to the years 1970 to 8999."""
    micros = min(max(nanoseconds // 1000, 0), 221_845_392_000_000_000)
    return (_EPOCH + timedelta(microseconds=micros)).isoformat(timespec="microseconds") + "Z"


def is_stamp(value: object) -> bool:
    """Tell whether a value read from a file is a stamp (year 1000 to 8999, a real date)."""
    if not isinstance(value, str) or not _SHAPE.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def after(stamp: str) -> str:
    """Return the next later stamp."""
    if not stamp:
        return FIRST
    moment = datetime.fromisoformat(stamp[:-1]) + _MICROSECOND
    return moment.isoformat(timespec="microseconds") + "Z"


def seconds(stamp: str) -> float:
    """Return the Unix time of a stamp in seconds; 0.0 for NEVER."""
    return datetime.fromisoformat(stamp[:-1]).replace(tzinfo=UTC).timestamp() if stamp else 0.0


class Clock:
    """Gives stamps; each is later than the last one given and than any witnessed."""

    def __init__(self, now: Callable[[], int] = time.time_ns) -> None:
        self._now = now
        self.latest = NEVER

    def witness(self, stamp: str) -> None:
        """Note a stamp met in a file, so that the next one given is later."""
        if stamp > self.latest:
            self.latest = stamp

    def tick(self) -> str:
        """Return a new stamp."""
        stamp = of_nanoseconds(self._now())
        self.latest = stamp if stamp > self.latest else after(self.latest)
        return self.latest
