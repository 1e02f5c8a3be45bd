"""arXiv's calendar: when what was submitted is announced (info.arxiv.org/help/availability.html).

What comes in by 14:00 Eastern time of a working day is announced that evening at 20:00, under the
date of the next working day; Friday's on Sunday evening. Holidays are not known here.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_CLOSING = 14
"""The hour."""
_SATURDAY = 5


def _eastern() -> tzinfo:
    try:
        return ZoneInfo("America/New_York")
    except ZoneInfoNotFoundError:  # a system without the table of time zones
        return timezone(timedelta(hours=-5))


_EASTERN = _eastern()


def announcement_date(submitted: datetime) -> date:
    """The date under which a submission (a time with a zone) is announced."""
    local = submitted.astimezone(_EASTERN)
    day = local.date() + timedelta(days=local.hour >= _CLOSING)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return _next(day)


def _next(day: date) -> date:
    """The working day after this one."""
    day += timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day


def last_announcement_date(today: date) -> date:
    """The latest date up to today that can have had an announcement."""
    while today.weekday() >= _SATURDAY:
        today -= timedelta(days=1)
    return today


def missed_announcement(seen: date, latest: date) -> bool:
    """Whether there was an announcement between the last one seen and the latest one."""
    return _next(seen) < latest
