"""Timestamps that never run backwards.

A stamp is UTC text, `2026-11-23T03:35:38.123456789Z`. It sorts as text and needs no parsing when
files are loaded. Six digits are microseconds; the last three identify the instance, so that two
instances hardly ever give the same stamp. A new stamp is later than every stamp the instance has
seen (a hybrid clock), so a system clock that jumps back cannot lose a change.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

NEVER = ""
"""The stamp of a field that was never set; earlier than all others."""
FIRST = "1970-01-01T00:00:00.000000000Z"
"""The stamp of values whose time is unknown; any recorded stamp is later."""
LAST = "8999-12-31T23:59:59.999999999Z"
"""The latest stamp that is accepted from a file and given by a clock."""

_EPOCH = datetime(1970, 1, 1)
_SHAPE = re.compile(r"[1-8]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z", re.ASCII)
_LAST_MICROSECOND = (datetime(8999, 1, 1) - _EPOCH) // timedelta(microseconds=1)
_LEAP = 1000
"""Largest random step, in microseconds, beyond the latest stamp when the system clock is behind it.
It is random so that two instances that saw the same stamp do not give the same next one."""


def stamp_at(nanoseconds: int, instance: int = 0) -> str:
    """Return the stamp of a Unix time in nanoseconds, clamped to the years 1970 to 8999."""
    micros = min(max(nanoseconds // 1000, 0), _LAST_MICROSECOND)
    return stamp_after(FIRST, micros, instance)


def is_stamp(value: object) -> bool:
    """Whether a value read from a file is a stamp: a real date of the years 1000 to 8999."""
    try:
        return isinstance(value, str) and bool(_SHAPE.fullmatch(value) and _moment(value))
    except ValueError:
        return False


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp[:26])  # up to the microseconds


def stamp_after(stamp: str, micros: int = 1, instance: int = 0) -> str:
    """Return the stamp `micros` microseconds after `stamp`."""
    moment = _moment(stamp) + timedelta(microseconds=micros)
    return f"{moment.isoformat(timespec='microseconds')}{instance:03}Z"


def seconds(stamp: str) -> float:
    """Return the Unix time of a stamp in seconds."""
    return _moment(stamp).replace(tzinfo=UTC).timestamp()


class StampClock:
    """A source of stamps, each later than those it gave before and those it observed."""

    def __init__(self, now: Callable[[], int] = time.time_ns) -> None:
        self._now = now
        self._instance = random.randrange(1000)
        self.latest = NEVER

    def observe(self, stamp: str) -> None:
        """Take note of a stamp found in a file, so that the next one given is later."""
        self.latest = max(self.latest, stamp)

    def tick(self) -> str:
        """Return a new stamp."""
        stamp = stamp_at(self._now(), self._instance)
        if stamp <= self.latest:
            stamp = stamp_after(self.latest, random.randint(1, _LEAP), self._instance)
        self.latest = min(stamp, LAST)
        return self.latest
