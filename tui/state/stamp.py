"""Timestamps that never run backwards.

A stamp is UTC text, `2026-11-23T03:35:38.123456789Z`: it sorts as text, diffs read well, and needs
no parsing when files are loaded. Six digits are microseconds, the last three are the instance's
own, so that two instances hardly ever give the same stamp. A clock that jumps back cannot lose a
change: a new stamp is always later than every stamp this instance has seen (a hybrid clock).
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

NEVER = ""
"""The stamp of a field nobody has set: earlier than all others."""

FIRST = "1970-01-01T00:00:00.000000000Z"
"""For values whose time nobody wrote down and which must lose against any that has one."""

_EPOCH = datetime(1970, 1, 1)
_SHAPE = re.compile(r"[1-8]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z", re.ASCII)
_MICROSECONDS = 26
"""Characters of a stamp up to its microseconds."""
_LAST_MICROSECOND = (datetime(8999, 1, 1) - _EPOCH) // timedelta(microseconds=1)
_LEAP = 1000
"""Microseconds, at most, by which a stamp passes the latest seen when the clock is behind it. They
are drawn by lot: two instances that saw the same stamp shall not both take the next one."""


def of_nanoseconds(nanoseconds: int, own: int = 0) -> str:
    """Return the stamp of a Unix time in nanoseconds, clamped to the years 1970 to 8999."""
    micros = min(max(nanoseconds // 1000, 0), _LAST_MICROSECOND)
    return _text(_EPOCH + timedelta(microseconds=micros), own)


def _text(moment: datetime, own: int) -> str:
    return f"{moment.isoformat(timespec='microseconds')}{own:03}Z"


def is_stamp(value: object) -> bool:
    """Tell whether a value read from a file is a stamp (year 1000 to 8999, a real date)."""
    if not isinstance(value, str) or not _SHAPE.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value[:_MICROSECONDS])
    except ValueError:
        return False
    return True


def after(stamp: str, micros: int = 1, own: int = 0) -> str:
    """Return a stamp so many microseconds later."""
    if not stamp:
        return FIRST
    moment = datetime.fromisoformat(stamp[:_MICROSECONDS])
    return _text(moment + timedelta(microseconds=micros), own)


def seconds(stamp: str) -> float:
    """Return the Unix time of a stamp in seconds; 0.0 for NEVER."""
    if not stamp:
        return 0.0
    return datetime.fromisoformat(stamp[:_MICROSECONDS]).replace(tzinfo=UTC).timestamp()


class Clock:
    """Gives stamps; each is later than the last one given and than any witnessed."""

    def __init__(self, now: Callable[[], int] = time.time_ns) -> None:
        self._now = now
        self._own = random.randrange(1000)
        self.latest = NEVER

    def witness(self, stamp: str) -> None:
        """Note a stamp met in a file, so that the next one given is later."""
        if stamp > self.latest:
            self.latest = stamp

    def tick(self) -> str:
        """Return a new stamp."""
        stamp = of_nanoseconds(self._now(), self._own)
        if stamp <= self.latest:
            stamp = after(self.latest, random.randint(1, _LEAP), self._own)
        self.latest = stamp
        return stamp
