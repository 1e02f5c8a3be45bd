"""The JSON of daily lists from arXiv: topic to arXiv id to the row of a Markdown table."""

from __future__ import annotations

import re
from typing import Any

from tui.core import identifiers as ids
from tui.sources.engines import markdown

_COLUMNS = {"published": 0, "title": 1, "authors": 2, "code": 4}
_URL = re.compile(r"\((https?://[^()\s]+)\)")


def rows(value: Any) -> list[dict[str, Any]] | None:
    """The papers of all topics; None if it is something else."""
    if not isinstance(value, dict) or not value:
        return None
    topics = list(value.values())
    if not all(isinstance(topic, dict) for topic in topics):
        return None
    papers = [(name, row) for topic in topics for name, row in topic.items()]
    if not papers or not all(isinstance(row, str) and row.count("|") > 3 for _, row in papers):
        return None
    return [_paper(name, row) for name, row in papers]


def _paper(name: str, row: str) -> dict[str, Any]:
    cells = markdown.table_cells(row)
    code = _URL.search(cells[4]) if len(cells) > 4 else None
    return markdown.row_fields(cells, _COLUMNS) | {
        "ids": ids.from_text(name),
        "code": code[1] if code else "",
    }
