"""sheaf add: papers from files, folders or standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tui.catalog import Added
from tui.errors import UsageError
from tui.library import Library
from tui.paper import Paper
from tui.shell import output
from tui.sources.base import Refused
from tui.sources.reader import SOURCES, read

SHOWN_REFUSALS = 50
"""Lines of refusals for a person; `--json` has them all."""


def run(home: Path, what: list[str], format_name: str, as_json: bool, quiet: bool) -> int:
    """Add everything that can be read; exit status 1 if anything was refused.

    UsageError for a format there is not.
    """
    names = [source.name for source in SOURCES]
    if format_name and format_name not in names:
        raise UsageError(f"there is no format {format_name}; there are {', '.join(sorted(names))}")
    refused: list[Refused] = []
    papers = _papers(what, format_name, refused)
    outcome = Added()
    with Library(home, create=True) as library:
        try:
            outcome = library.add(papers, _progress if sys.stderr.isatty() and not quiet else None)
        finally:
            if sys.stderr.isatty() and not quiet:
                sys.stderr.write("\r\x1b[K")
    _report(outcome, refused, as_json, quiet)
    return 1 if refused else 0


def _papers(what: list[str], format_name: str, refused: list[Refused]) -> Iterator[Paper]:
    for name in what:
        for record in read(name, date.today(), format_name):
            if isinstance(record, Refused):
                refused.append(record)
            else:
                yield record


def _progress(so_far: Added) -> None:
    sys.stderr.write(f"\r\x1b[K{so_far.read:,} read, {so_far.added:,} added")
    sys.stderr.flush()


def _report(outcome: Added, refused: list[Refused], as_json: bool, quiet: bool) -> None:
    if as_json:
        output.json(
            {
                "read": outcome.read + len(refused),
                "added": outcome.added,
                "updated": outcome.updated,
                "unchanged": outcome.unchanged,
                "refused": [{"where": each.where, "why": each.why} for each in refused],
            }
        )
    for each in refused[:SHOWN_REFUSALS]:
        output.say(f"sheaf: {each}")
    if len(refused) > SHOWN_REFUSALS:
        output.say(f"sheaf: and {len(refused) - SHOWN_REFUSALS} more refused; --json lists them")
    if not as_json:
        parts = [f"{outcome.added} added"]
        parts += [f"{outcome.updated} updated"] if outcome.updated else []
        parts += [f"{outcome.unchanged} already here"] if outcome.unchanged else []
        parts += [f"{len(refused)} refused"] if refused else []
        output.say(", ".join(parts), quiet=quiet)
