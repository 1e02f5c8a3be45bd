"""Dates as people write them to ISO 8601, no more exact than they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?=$|[T\s/?~%]|-[uX])")
"""BibLaTeX marks what is not sure: `2004-06?`, `2004-06-uu`."""
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
"""The day comes first where dates are written with dots."""
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.](\d{4})")
"""`02/2024`. Of `2/3/2024` only the year is sure: some countries write the month first."""
_NAMED = re.compile(
    rf"(?:(?<!\d)(?P<before>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?\s+)?"
    rf"\b{_MONTH}(?![a-z])"
    r"(?:\s+(?P<after>\d{1,2})(?:st|nd|rd|th)?\b)?",
    re.IGNORECASE,
)
"""A month by its name with the day before or after it: `5-8 July`, `May 7th`; not `Mayer`."""
_CLOCK = re.compile(r"\s\d{1,2}:\d\d(?::\d\d)?(?:\s.*)?$")
"""The time in the date of a mail or feed; the `-` of its zone is not a range of days."""
_YEAR = re.compile(r"(?<!\d)(1[6-9]\d\d|20\d\d)(?!\d)")
"""A year in which a paper may have appeared; journals began in 1665."""
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+"
_PAGE_DAY = re.compile(
    rf"(?:{_WEEKDAY})?"
    rf"(?:{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<day2>\d{{1,2}})\s+{_MONTH.replace('month', 'month2', 1)})"
    r"(?:,?\s+(?P<year>\d{4}))?",
    re.IGNORECASE,
)


_FOREIGN_MONTHS = {
    "jän": "jan", "mär": "mar", "mars": "mar", "mai": "may", "mei": "may", "okt": "oct",
    "dez": "dec",
    "fév": "feb", "fev": "feb", "avr": "apr", "juin": "june", "juil": "july", "aoû": "aug",
    "déc": "dec", "ene": "jan", "abr": "apr", "ago": "aug", "dic": "dec", "gen": "jan",
    "mag": "may", "giu": "june", "lug": "july", "set": "sep", "ott": "oct", "out": "oct",
}  # fmt: skip
_FOREIGN_MONTH = re.compile(
    rf"(?:(?<=\d)\.\s*)?\b({'|'.join(_FOREIGN_MONTHS)})[^\W\d_]*\.?", re.IGNORECASE
)
"""Months in German, French, Spanish, Italian and Portuguese where English begins otherwise."""


def _english_month(found: re.Match[str]) -> str:
    return f" {_FOREIGN_MONTHS[found[1].lower()]}"


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=4096)  # a file has the same dates many times
def to_iso_date(text: str) -> str:
    """Return the date in a text as `2024-02-28`, `2024-02` or `2024`; empty if there is none.

    It reads `2024-02-28T10:00`, `2024/2/28`, `20240228`, `28.2.2024`, `02/2024`,
    `28 February 2024`, `Feb 28th, 2024`, `Mon, 28 Feb 2024 10:00 GMT` and `2024`. Of a range of
    days (`2019 5-8 July`) only the month is sure.
    """
    text = text.strip()
    if found := _ISO.match(text):
        year, month, day = (int(part) if part else 0 for part in found.groups())
        if not year:
            return ""
        if day and _valid(year, month, day):
            return f"{year:04}-{month:02}-{day:02}"
        rest = text[found.end() :]
        if not month and not _NAMED.search(rest):
            return f"{year:04}"
        if 1 <= month <= 12:
            return f"{year:04}-{month:02}"
    for pattern, order in ((_COMPACT, (1, 2, 3)), (_DOTTED, (3, 2, 1))):
        if (found := pattern.fullmatch(text)) and (
            day_found := _valid(*(int(found[part]) for part in order))
        ):
            return day_found.isoformat()
    if (found := _MONTH_FIRST.fullmatch(text)) and 1 <= int(found[1]) <= 12:
        return f"{found[2]}-{int(found[1]):02}"
    years = _YEAR.search(text)
    if not years:
        return ""
    text = _CLOCK.sub("", text)
    named = _NAMED.search(text) or _NAMED.search(_FOREIGN_MONTH.sub(_english_month, text))
    if not named:
        return years[1]
    month = _month(named["month"])
    day = int(named["before"] or named["after"] or 0)
    if day and _valid(int(years[1]), month, day) and "-" not in text and "–" not in text:
        return f"{years[1]}-{month:02}-{day:02}"
    return f"{years[1]}-{month:02}"


def join_date(year: str, month: str = "", day: str = "") -> str:
    """Return `2024-02-28` as far as the parts are given, `28 Feb 2024` for a month by its name."""
    if month and not month.isdecimal():
        return f"{day} {month} {year}".strip()
    return "-".join(part.zfill(2) for part in (year, month, month and day) if part)


def most_exact_date(days: Iterable[str]) -> str:
    """Return the first date, or another one of its year that is more exact."""
    dates = list(filter(None, map(to_iso_date, days)))
    year = dates[0][:4] if dates else ""
    return max((each for each in dates if each[:4] == year), key=len, default="")


def parse_page_date(text: str, today: date) -> date | None:
    """Return the day that a line of a page names, None if the line is not a date.

    It reads `May 7`, `Thu, May 7, 2026`, `7 May` and `2026-05-07`. Without a year it is the latest
    such day that is not after `today`.
    """
    text = text.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return _valid(int(text[:4]), int(text[5:7]), int(text[8:]))
    found = _PAGE_DAY.fullmatch(text)
    if not found:
        return None
    month = _month(found["month"] or found["month2"])
    day = int(found["day"] or found["day2"])
    if found["year"]:
        return _valid(int(found["year"]), month, day)
    for year in range(today.year, today.year - 9, -1):  # 29 February comes within eight years
        candidate = _valid(year, month, day)
        if candidate and candidate <= today:
            return candidate
    return None
