"""sheaf mark: change marks from scripts; the changes are durable when the command ends."""

from __future__ import annotations

import argparse
from typing import Any

from tui.catalog.catalog import FULL_DISK
from tui.core.errors import UsageError
from tui.core.text import clean_typed_text, count_items, split_tags
from tui.library.library import Library
from tui.shell import output
from tui.shell.command_line import CommandLine
from tui.shell.input import read_file
from tui.sources.encodings import decode


def run(line: CommandLine) -> int:
    """Mark papers in one change; return 1 if a key names no paper. Raises UsageError."""
    fields = _fields(line.options)
    status = 0
    with Library(line.home) as library:
        if library.catalog.disk_is_full:
            output.say(f"sheaf: {FULL_DISK}", quiet=line.quiet)
        changes: dict[str, dict[str, Any]] = {}
        for key in line.options.key:
            stored = library.find(key)
            if stored is None:
                output.say(f"sheaf: no paper {key}; `sheaf list` prints the keys")
                status = 1
            else:
                changes[stored.key] = dict(fields)
        if changes:
            library.change_marks("mark", changes)
            output.say(f"marked {count_items(len(changes), 'papers')}", quiet=line.quiet)
    return status


def _fields(options: argparse.Namespace) -> dict[str, Any]:
    """Return the fields of a mark that the options change. Raises UsageError if there are none."""
    note = decode(read_file("-")) if options.note == "-" else options.note
    fields = {
        "read": options.read,
        "star": options.star,
        "rating": options.rate,
        "tags_add": split_tags(" ".join(options.tag)) or None,
        "tags_remove": split_tags(" ".join(options.untag)) or None,
        "note": None if note is None else clean_typed_text(note).strip("\n"),
    }
    fields = {name: value for name, value in fields.items() if value is not None}
    if not fields:
        raise UsageError("nothing to mark; give --read, --star, --tag T, --rate N or --note TEXT")
    return fields
