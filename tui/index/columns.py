"""One number, or one string, a paper.

| name              | dtype, shape  | what                                                         |
|-------------------|---------------|--------------------------------------------------------------|
| row               | int32 [N]     | the paper's row in the catalog                               |
| published, listed | int32 [N]     | yyyymmdd, 00 for an unknown month or day, 0 for no date;     |
|                   |               | published is `Paper.issued`                                  |
| added             | int64 [N]     | seconds since 1970 UTC                                       |
| votes             | int32 [N]     |                                                              |
| comments, stars, citations | int32 [N] | `Paper.counts`; 0 where nobody has told             |
| flags             | uint8 [N]     | PDF, CODE, ABSTRACT                                          |
| title_start       | S32 [N]       | the first bytes of the folded title, to sort by              |
| author_start      | S16 [N]       | those of the first author, family name first                 |
| titles.*          | see `Strings` | the titles as they are shown                                 |
| names.*           | see `Strings` | the identifiers; see `names.py`                              |
"""

from __future__ import annotations

import re
from calendar import timegm
from functools import lru_cache
from time import strptime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.catalog.catalog import Stored
from tui.core.paper import COUNTS, last_name
from tui.core.text import normalize
from tui.index.names import names_of
from tui.index.strings import string_arrays

PDF, CODE, ABSTRACT = 1, 2, 4
FLAGS = {"pdf": PDF, "code": CODE, "abstract": ABSTRACT}
TITLE_START = 32
AUTHOR_START = 16
_MOST = (1 << 31) - 1

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_DTYPES: dict[str, str] = {
    "row": "i4",
    "published": "i4",
    "listed": "i4",
    "added": "i8",
    "votes": "i4",
    **dict.fromkeys(COUNTS, "i4"),
    "flags": "u1",
    "title_start": f"S{TITLE_START}",
    "author_start": f"S{AUTHOR_START}",
}
COLUMNS = tuple(_DTYPES)


@lru_cache(maxsize=20_000)
def day_number(text: str) -> int:
    """`2024-02` as 20240200; 0 if there is no date to read."""
    found = _ISO.match(text)
    return int(found[1]) * 10000 + int(found[2] or 0) * 100 + int(found[3] or 0) if found else 0


def _seconds(text: str) -> int:
    try:
        return timegm(strptime(text, "%Y-%m-%dT%H:%M:%SZ"))
    except ValueError:
        return 0


def _flags(stored: Stored) -> int:
    paper = stored.paper
    flags = ABSTRACT if paper.abstract else 0
    if "arxiv" in paper.ids or "pdf" in paper.links:
        flags |= PDF
    return flags | CODE if "code" in paper.links else flags


def _first_author(stored: Stored) -> str:
    """`Ludwig van Beethoven` as `van beethoven ludwig van beethoven`: good to sort by."""
    authors = stored.paper.authors
    return f"{normalize(last_name(authors[0]))} {normalize(authors[0])}" if authors else ""


class Columns:
    """The columns of the papers put in, one by one."""

    def __init__(self) -> None:
        self._values: dict[str, list[object]] = {name: [] for name in _DTYPES}
        self._titles: list[bytes] = []
        self._names: list[bytes] = []
        self._added: dict[str, int] = {}

    def add(self, stored: Stored, folded_title: str) -> None:
        paper = stored.paper
        added = self._added.get(stored.added)
        if added is None:
            added = self._added[stored.added] = _seconds(stored.added)
        values = self._values
        values["row"].append(stored.row)
        values["published"].append(day_number(paper.issued))
        values["listed"].append(day_number(paper.listed))
        values["added"].append(added)
        values["votes"].append(min(max(paper.votes, -_MOST), _MOST))
        for name in COUNTS:
            values[name].append(min(paper.counts.get(name, 0), _MOST))
        values["flags"].append(_flags(stored))
        values["title_start"].append(" ".join(folded_title.split()).encode()[:TITLE_START])
        values["author_start"].append(_first_author(stored).encode()[:AUTHOR_START])
        self._titles.append(paper.title.encode())
        self._names.append(names_of(stored))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The columns, and `titles.*` and `names.*`."""
        arrays: dict[str, NDArray[Any]] = {
            name: np.array(values, _DTYPES[name]) for name, values in self._values.items()
        }
        for name, strings in (("titles", self._titles), ("names", self._names)):
            parts = string_arrays(strings)
            arrays |= {f"{name}.{part}": array for part, array in parts.items()}
        return arrays
