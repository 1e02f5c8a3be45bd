"""JSON lines: for each paper the object that `sheaf list --json` prints, with mark and note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.core.text import dump_json
from tui.export.item import ExportItem
from tui.library.library import to_json


def format_jsonl(items: Iterable[ExportItem]) -> Iterator[str]:
    """Yield one object on each line."""
    for item in items:
        yield dump_json(to_json(item.stored, item.mark)) + "\n"
