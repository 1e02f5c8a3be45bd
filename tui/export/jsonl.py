"""JSON lines: the object of `sheaf list --json` for each paper, marks and notes with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from tui.export.item import ExportItem
from tui.library.library import to_json


def format_jsonl(items: Iterable[ExportItem]) -> Iterator[str]:
    """One object a line."""
    for item in items:
        yield orjson.dumps(to_json(item.stored, item.mark)).decode() + "\n"
