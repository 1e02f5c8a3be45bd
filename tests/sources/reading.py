"""Reading a text that a test wrote, as `sheaf add` would."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tui.core.paper import Paper
from tui.sources.interface import RejectedRecord
from tui.sources.reader import read

TODAY = date(2026, 11, 23)


def read_file(path: Path) -> tuple[list[Paper], list[str]]:
    """The papers, and the rejections as a person sees them, with the file's name for its path."""
    records = list(read(str(path), TODAY))
    rejected = [str(record) for record in records if isinstance(record, RejectedRecord)]
    return (
        [record for record in records if isinstance(record, Paper)],
        [line.replace(str(path), path.name) for line in rejected],
    )


def read_text(
    folder: Path, content: str | bytes, name: str = "file"
) -> tuple[list[Paper], list[str]]:
    """The papers and rejections of a file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_file(path)
