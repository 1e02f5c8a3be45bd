"""Dates as people type them, to ranges of days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

LAST = 99991231
"""A day after all others, as yyyymmdd."""

_AGO = re.compile(r"(\d{1,4})([dwmy])")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days as yyyymmdd, both ends in it.

    `low` ends in 00 where the month or day is left open, `high` in 99.
    """

    low: int
    high: int


def days(text: str, today: date) -> Days | None:
    """`2024`, `2024-02`, `2024-02-28`, `A..B`, `A..`, `..B`, `>=A`, `<B`, `7d`, `today`; or None.

    `7d` is the last seven days and today; so also w, m (30 days) and y (365).
    """
    if ".." in text:
        start, _, end = text.partition("..")
        low = _one(start, today) if start else Days(1, LAST)
        high = _one(end, today) if end else Days(0, LAST)
        if low is None or high is None or not (start or end):
            return None
        if start and end and low.low > high.high:
            low, high = high, low
        return Days(low.low, high.high)
    for sign in (">=", "<=", ">", "<"):
        if text.startswith(sign):
            one = _one(text.removeprefix(sign), today)
            if one is None:
                return None
            return {
                ">=": Days(one.low, LAST),
                "<=": Days(1, one.high),
                ">": Days(one.high + 1, LAST),
                "<": Days(1, one.low - 1),
            }[sign]
    return _one(text, today)


def _one(text: str, today: date) -> Days | None:
    if text == "today":
        return Days(number(today), number(today))
    if text == "yesterday":
        day = number(today - timedelta(1))
        return Days(day, day)
    if ago := _AGO.fullmatch(text):
        back = timedelta(int(ago[1]) * _DAYS[ago[2]])
        start = today - back if back < today - date.min else date.min
        return Days(number(start), number(today))
    found = _DAY.fullmatch(text)
    if not found:
        return None
    year = int(found[1])
    month = int(found[2]) if found[2] else None
    of_month = int(found[3]) if found[3] else None
    if year == 0 or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return Days(year * 10000, year * 10000 + 9999)
    if of_month is None:
        return Days(year * 10000 + month * 100, year * 10000 + month * 100 + 99)
    if not 1 <= of_month <= 31:
        return None
    exact = year * 10000 + month * 100 + of_month
    return Days(exact, exact)


def number(day: date) -> int:
    """2024-02-28 as 20240228."""
    return day.year * 10000 + day.month * 100 + day.day


def seconds(range_: Days) -> tuple[int, int]:
    """The seconds since 1970 of a range of days in local time, both ends in it."""
    return _midnight(range_.low), _midnight(range_.high, after=True) - 1


def _midnight(day: int, *, after: bool = False) -> int:
    """When the first day that `day` (yyyymmdd, parts may be 00 or 99) stands for begins.

    With `after`, when its last day is over.
    """
    year, month, of_month = day // 10000, day // 100 % 100, day % 100
    if after:
        if not 1 <= month <= 12:
            year, month, of_month = year + 1, 1, 1
        elif of_month > 31:
            year, month, of_month = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
    if not 1971 <= year <= 9998:
        return 0 if year < 1971 else 1 << 52
    start = _day(year, month, of_month)
    if after and day % 100 <= 31 and 1 <= day // 100 % 100 <= 12:
        start += timedelta(1)
    return int(datetime.combine(start, time()).timestamp())


def _day(year: int, month: int, of_month: int) -> date:
    """The day, or the nearest one there is: 2023-02-30 is the last of February."""
    first = date(year, min(max(month, 1), 12), 1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return first.replace(day=min(max(of_month, 1), last.day))
