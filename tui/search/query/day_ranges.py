"""Dates as people type them, to ranges of days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

LAST_DAY = 99991231
"""The last day there is, as yyyymmdd: the end of a range without one."""

_AGO = re.compile(r"(\d{1,4})([dwmy])")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DAYS_OF_UNIT = {"d": 1, "w": 7, "m": 30, "y": 365}
_FAR_FUTURE = 1 << 52
"""Seconds since 1970 that no date reaches."""


@dataclass(frozen=True, slots=True)
class DayRange:
    """The days `low <= day <= high` as yyyymmdd.

    An unknown month or day of a date is 00. So `low` ends in 00, and `high` in 99, if the user
    typed no month or day: dates without one are in the range.
    """

    low: int
    high: int


def parse_days(text: str, today: date) -> DayRange | None:
    """Return the range that `text` means; None if it is no date.

    `2024`, `2024-02`, `2024-02-28`, `A..B`, `A..`, `..B`, `>=A`, `<B`, `today`, `yesterday`, and
    `7d`: the last seven days and today. The units are d, w, m (30 days) and y (365 days).
    """
    if ".." in text:
        start, _, end = text.partition("..")
        low = _parse_date(start, today) if start else DayRange(1, LAST_DAY)
        high = _parse_date(end, today) if end else DayRange(0, LAST_DAY)
        if low is None or high is None or not (start or end):
            return None
        if start and end and low.low > high.high:
            low, high = high, low
        return DayRange(low.low, high.high)
    for sign in (">=", "<=", ">", "<"):
        if text.startswith(sign):
            one = _parse_date(text.removeprefix(sign), today)
            if one is None:
                return None
            return {
                ">=": DayRange(one.low, LAST_DAY),
                "<=": DayRange(1, one.high),
                ">": DayRange(one.high + 1, LAST_DAY),
                "<": DayRange(1, one.low - 1),
            }[sign]
    return _parse_date(text, today)


def _parse_date(text: str, today: date) -> DayRange | None:
    if text == "today":
        return DayRange(day_number(today), day_number(today))
    if text == "yesterday":
        day = day_number(today - timedelta(1))
        return DayRange(day, day)
    if ago := _AGO.fullmatch(text):
        back = timedelta(int(ago[1]) * _DAYS_OF_UNIT[ago[2]])
        start = today - back if back < today - date.min else date.min
        return DayRange(day_number(start), day_number(today))
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year = int(found[1])
    month = int(found[2]) if found[2] else None
    day_of_month = int(found[3]) if found[3] else None
    if year == 0 or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return DayRange(year * 10000, year * 10000 + 9999)
    if day_of_month is None:
        return DayRange(year * 10000 + month * 100, year * 10000 + month * 100 + 99)
    if not 1 <= day_of_month <= 31:
        return None
    exact = year * 10000 + month * 100 + day_of_month
    return DayRange(exact, exact)


def day_number(day: date) -> int:
    """Return 2024-02-28 as 20240228."""
    return day.year * 10000 + day.month * 100 + day.day


def to_seconds(days: DayRange) -> tuple[int, int]:
    """Return the first and last second of a range of days in local time, since 1970 UTC."""
    return _midnight(days.low), _midnight(days.high, after=True) - 1


def _midnight(day: int, *, after: bool = False) -> int:
    """Return when `day` begins, or with `after` when it is over, in seconds since 1970 UTC.

    If month or day of yyyymmdd are 00 or 99, it stands for all days of the year or month.
    """
    year, month, day_of_month = day // 10000, day // 100 % 100, day % 100
    if after:
        if not 1 <= month <= 12:
            year, month, day_of_month = year + 1, 1, 1
        elif day_of_month > 31:
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
            day_of_month = 1
    # `datetime.timestamp` fails near both ends of what a date can be.
    if not 1971 <= year <= 9998:
        return 0 if year < 1971 else _FAR_FUTURE
    start = _nearest_date(year, month, day_of_month)
    if after and day % 100 <= 31 and 1 <= day // 100 % 100 <= 12:
        start += timedelta(1)
    return int(datetime.combine(start, time()).timestamp())


def _nearest_date(year: int, month: int, day_of_month: int) -> date:
    """Return the date, or the nearest one that exists: for 2023-02-30 the last of February."""
    first = date(year, min(max(month, 1), 12), 1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return first.replace(day=min(max(day_of_month, 1), last.day))
