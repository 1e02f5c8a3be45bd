"""The dates on which arXiv announces submissions (info.arxiv.org/help/availability.html).

Submissions up to 14:00 Eastern time of a working day are announced that evening at 20:00, under the
date of the next working day; Friday's on Sunday evening. Holidays are not known here.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DEADLINE_HOUR = 14
_SATURDAY = 5


def _eastern_time() -> tzinfo:
    try:
        return ZoneInfo("America/New_York")
    except ZoneInfoNotFoundError:  # Windows has no database of time zones
        return timezone(timedelta(hours=-5))


_EASTERN = _eastern_time()


def announcement_date(submitted: datetime) -> date:
    """Return the date under which a submission (a time with a zone) is announced."""
    local = submitted.astimezone(_EASTERN)
    day = local.date() + timedelta(days=local.hour >= _DEADLINE_HOUR)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return _next_working_day(day)


def _next_working_day(day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day


def last_announcement_date(today: date) -> date:
    """Return the latest date up to today that can have had an announcement."""
    while today.weekday() >= _SATURDAY:
        today -= timedelta(days=1)
    return today


def missed_announcement(seen: date, latest: date) -> bool:
    """Return whether there was an announcement between the last one seen and the latest one."""
    return _next_working_day(seen) < latest
