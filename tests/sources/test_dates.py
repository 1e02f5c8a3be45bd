"""Dates as people and pages write them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.sources.reading import TODAY
from tui.sources.dates import parse_page_date, to_iso_date


@pytest.mark.parametrize(
    ("line", "today", "expected"),
    [
        ("May 7", TODAY, date(2026, 5, 7)),
        ("Nov 23", TODAY, TODAY),
        ("Nov 24", TODAY, date(2025, 11, 24)),
        ("December 31", date(2026, 1, 1), date(2025, 12, 31)),
        ("Feb 29", date(2027, 3, 1), date(2024, 2, 29)),
        ("Thursday, May 7", TODAY, date(2026, 5, 7)),
        ("7 May 2024", TODAY, date(2024, 5, 7)),
        ("May 7th, 2025", TODAY, date(2025, 5, 7)),
        ("2026-05-07", TODAY, date(2026, 5, 7)),
        ("May 77", TODAY, None),
        ("May We Have Your Attention", TODAY, None),
        ("March of the Models", TODAY, None),
    ],
)
def test_the_date_line_of_a_page_is_read(line: str, today: date, expected: date | None) -> None:
    assert parse_page_date(line, today) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-02-28T10:00:00Z", "2024-02-28"),
        ("2024-02-28", "2024-02-28"),
        ("2024/2/8", "2024-02-08"),
        ("2024-02", "2024-02"),
        ("5. März 2024", "2024-03-05"),
        ("décembre 2024", "2024-12"),
        ("2024", "2024"),
        ("2024-02-31", "2024-02"),
        ("2019 5-8 July", "2019-07"),
        ("1957 12-13 April", "1957-04"),
        ("2024 August", "2024-08"),
        ("28 February 2024", "2024-02-28"),
        ("Sept. 3, 2021", "2021-09-03"),
        ("Thu, 07 May 2026 00:00:00 -0400", "2026-05-07"),
        ("7 May 2026 10:00 GMT", "2026-05-07"),
        ("May2019", "2019-05"),
        ("c2001", "2001"),
        ("05/2015", "2015-05"),
        ("20190501", "2019-05-01"),
        ("01.05.2019", "2019-05-01"),
        ("2019.05.01", "2019-05-01"),
        ("1999/12/31/", "1999-12-31"),
        ("2017-06-12/2017-06-15", "2017-06-12"),
        ("1998/1999", "1998"),
        ("1508457600", ""),
        ("to appear", ""),
        ("", ""),
    ],
)
def test_a_date_becomes_iso_8601(text: str, expected: str) -> None:
    assert to_iso_date(text) == expected
