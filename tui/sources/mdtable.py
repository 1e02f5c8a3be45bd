"""A table in Markdown whose columns are named: title, authors, date, links."""

from __future__ import annotations

import re
from typing import Any

from tui.sources import people, table

_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*")
_CELL = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_HTML = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![\w*])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![\w*])|`|~~")
_MOST = 30
"""Columns of a table that somebody wrote for readers."""

Columns = dict[str, int]


def is_rule(line: str) -> bool:
    """Whether a line parts the names of columns from the rows."""
    return _RULE.fullmatch(line) is not None


def columns(header: str) -> Columns:
    """Field to column, if one of them is the title and another tells more; else none."""
    names = cells(header)
    if not 1 < len(names) <= _MOST:
        return {}
    found: Columns = {}
    for place, name in enumerate(names):
        field = table.field_of(_plain(name))
        if field and field not in found:
            found[field] = place
    return found if "title" in found else {}


def cells(line: str) -> list[str]:
    """What stands between the bars."""
    return [cell.replace("\\|", "|").strip() for cell in _CELL.split(line.strip().strip("|"))]


def fields(row: list[str], named: Columns) -> dict[str, Any]:
    """The fields that a row tells beside its links."""
    told = {field: _plain(row[place]) for field, place in named.items() if place < len(row)}
    told = {field: value for field, value in told.items() if value.strip(" -–—/") not in _NOTHING}
    wanted = ("title", "abstract", "published", "year", "venue", "categories", "comment")
    found: dict[str, Any] = {field: told[field] for field in wanted if field in told}
    if "authors" in told:
        found["authors"] = [people.turned(name) for name in people.parted(told["authors"])]
    return found


_NOTHING = ("", "null", "n/a", "none", "None", "N/A", "TBD")


def _plain(cell: str) -> str:
    """The text of a cell, without the marks of Markdown; of a link, its text."""
    if cell.count("](") > 1:  # the first of several links is the one that names
        found = next((text for text in _LINK.findall(cell) if len(text.split()) > 2), None)
        cell = found or cell
    return _EMPHASIS.sub("", _LINK.sub(r"\1", _HTML.sub(" ", cell))).strip()
