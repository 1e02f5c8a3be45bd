"""Columns: one number or one string for each paper.

| name                       | dtype, shape  | contents                                            |
|----------------------------|---------------|-----------------------------------------------------|
| row                        | int32 [N]     | the row of the paper in the catalog                 |
| published, listed          | int32 [N]     | `Paper.issued` and `Paper.listed` as yyyymmdd; 00   |
|                            |               | for an unknown month or day, 0 for no date          |
| added                      | int64 [N]     | seconds since 1970 UTC                              |
| rank                       | int16 [N]     | `Paper.place`                                       |
| votes                      | int32 [N]     | `Paper.votes`                                       |
| gained, gained_on          | int32 [N]     | `Paper.gained`: the votes, and the day as yyyymmdd  |
| comments, stars, citations | int32 [N]     | `Paper.counts`; 0 where it is unknown               |
| flags                      | uint8 [N]     | FLAGS: what the paper has                           |
| title_start                | S32 [N]       | the first bytes of the normalized title, to sort by |
| author_start               | S16 [N]       | of the first author, family name first              |
| titles.*                   | see `Strings` | the titles as they are shown                        |
| names.*                    | see `Strings` | the identifiers; see `facets.identifier_line`       |
"""

from __future__ import annotations

import re
from functools import lru_cache
from time import strptime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.catalog.catalog import StoredPaper
from tui.core.paper import COUNTS, Paper
from tui.core.text import normalize
from tui.index.facets import identifier_line
from tui.index.strings import string_arrays

FLAGS = {"pdf": 1, "code": 2, "abstract": 4}
"""The bit of each thing that a paper may have."""

_TITLE_START, _AUTHOR_START = 32, 16
_GREATEST = (1 << 31) - 1
"""The greatest int32: larger counts are stored as this."""
_DTYPES = {
    "row": "i4",
    "published": "i4",
    "listed": "i4",
    "added": "i8",
    "rank": "i2",
    "votes": "i4",
    "gained": "i4",
    "gained_on": "i4",
    **dict.fromkeys(COUNTS, "i4"),
    "flags": "u1",
    "title_start": f"S{_TITLE_START}",
    "author_start": f"S{_AUTHOR_START}",
}
COLUMNS = tuple(_DTYPES)
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class ColumnBuilder:
    """Collects the columns of papers, one paper after another."""

    def __init__(self) -> None:
        self._rows: list[tuple[object, ...]] = []
        """The values of each paper in the order of _DTYPES."""
        self._titles: list[bytes] = []
        self._identifiers: list[bytes] = []

    def add(self, stored: StoredPaper, normalized_title: str) -> None:
        """Add the values of one paper."""
        paper = stored.paper
        code = paper.code_link
        day, gained = paper.gained
        self._rows.append(
            (
                stored.row,
                number_of_iso_date(paper.issued),
                number_of_iso_date(paper.listed),
                _seconds(stored.added),
                paper.place,
                min(max(paper.votes, -_GREATEST), _GREATEST),
                min(gained, _GREATEST),
                number_of_iso_date(day),
                *[min(paper.counts.get(name, 0), _GREATEST) for name in COUNTS],
                _flags(paper, code),
                " ".join(normalized_title.split()).encode()[:_TITLE_START],
                _first_author(stored).encode()[:_AUTHOR_START],
            )
        )
        self._titles.append(paper.title.encode())
        self._identifiers.append(identifier_line(stored, code))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the columns, `titles.*` and `names.*`."""
        columns = list(zip(*self._rows, strict=True)) or [()] * len(_DTYPES)
        arrays: dict[str, NDArray[Any]] = {
            name: np.array(values, dtype)
            for (name, dtype), values in zip(_DTYPES.items(), columns, strict=True)
        }
        for name, strings in (("titles", self._titles), ("names", self._identifiers)):
            parts = string_arrays(strings)
            arrays |= {f"{name}.{part}": array for part, array in parts.items()}
        return arrays


@lru_cache(maxsize=20_000)
def number_of_iso_date(text: str) -> int:
    """Return `2024-02` as 20240200, for comparison with a DayRange; 0 if `text` is no date."""
    found = _ISO_DATE.match(text)
    return int(found[1]) * 10000 + int(found[2] or 0) * 100 + int(found[3] or 0) if found else 0


@lru_cache(maxsize=1000)
def _seconds(text: str) -> int:
    from calendar import timegm  # takes 20 ms, which only writing needs

    try:
        return timegm(strptime(text, "%Y-%m-%dT%H:%M:%SZ"))
    except ValueError:
        return 0


def _flags(paper: Paper, code: str) -> int:
    flags = FLAGS["abstract"] if paper.abstract else 0
    if "arxiv" in paper.ids or "pdf" in paper.links:
        flags |= FLAGS["pdf"]
    return flags | FLAGS["code"] if code else flags


def _first_author(stored: StoredPaper) -> str:
    """Return `Ludwig van Beethoven` as `van beethoven ludwig van beethoven`, to sort by."""
    authors = stored.paper.authors
    return f"{normalize(authors[0].last_name)} {normalize(str(authors[0]))}" if authors else ""
