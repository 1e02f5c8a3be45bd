"""sheaf mark: marks from scripts, durable when the command has ended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tui.library.library import Library
from tui.shell import output


def run(home: Path, keys: list[str], fields: dict[str, Any], quiet: bool) -> int:
    """Set `fields` on each paper, in one change; exit status 1 if a key names no paper."""
    status = 0
    with Library(home) as library:
        changes: dict[str, dict[str, Any]] = {}
        for key in keys:
            stored = library.find(key)
            if stored is None:
                output.say(f"sheaf: no paper {key}; `sheaf list` prints the keys")
                status = 1
            else:
                changes[stored.key] = dict(fields)
        if changes:
            library.mark("mark", changes)
            papers = "1 paper" if len(changes) == 1 else f"{len(changes)} papers"
            output.say(f"marked {papers}", quiet=quiet)
    return status
