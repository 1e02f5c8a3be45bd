"""sheaf add: papers from files, folders or standard input, and by their ids and URLs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tui.catalog.catalog import Added
from tui.core.errors import UsageError
from tui.core.paper import Paper
from tui.library.library import Library
from tui.shell import output
from tui.shell.indexing import Indexing
from tui.shell.lookup import LookUp
from tui.shell.progress import Bar, bar
from tui.sources.apart import read_all
from tui.sources.base import Record, RejectedRecord
from tui.sources.meter import Meter
from tui.sources.reader import SOURCES

SHOWN_REFUSALS = 50
"""Lines of refusals for a person; `--json` has them all."""
_STEP = 50
"""Records between two looks at how far it is."""


def run(
    home: Path,
    what: list[str],
    format_name: str,
    as_json: bool,
    quiet: bool,
    config: Path | None = None,
) -> int:
    """Add everything that can be read; exit status 1 if anything was refused, 130 if interrupted.

    `config` is the file that tells of the network, for look-ups; None: nothing is looked up.
    UsageError for a format there is not.
    """
    names = [source.name for source in SOURCES]
    if format_name and format_name not in names:
        raise UsageError(f"there is no format {format_name}; there are {', '.join(sorted(names))}")
    refused: list[RejectedRecord] = []
    looking = LookUp(config)
    parts: list[Added] = []
    with Library(home, create=True) as library, Indexing(home) as indexing:

        def keep(outcome: Added) -> None:
            parts[-1] = outcome
            indexing.papers(sum(each.added + each.updated for each in parts))

        try:
            with bar(not quiet) as shown:
                files = _files(what, format_name, looking, shown)
                # What files hold is in before anybody waits for the network.
                for records in (files, looking.records(library.catalog, shown)):
                    parts.append(Added())
                    library.add(_taken(records, refused), keep)
        except KeyboardInterrupt:
            so_far = _sum(parts)
            library.follow(so_far.renamed)
            _report(so_far, refused, as_json, quiet)
            output.say(f"sheaf: {_stopped(so_far, what)}")
            return 130
        so_far = _sum(parts)
        _report(so_far, refused, as_json, quiet)
        try:
            if indexing.large:
                with bar(not quiet) as shown:
                    indexing.finish(library, shown)
        except KeyboardInterrupt:
            output.say("sheaf: stopped while indexing; all papers are in, the reader goes on")
            return 130
        if looking.stopped:
            return 130
    return 1 if refused else 0


def _sum(parts: list[Added]) -> Added:
    total = Added()
    for each in parts:
        total.take(each)
    return total


def _files(what: list[str], format_name: str, looking: LookUp, shown: Bar) -> Iterator[Record]:
    """What the files hold, but for what is to be looked up."""
    files = [name for name in what if not looking.takes(name)]
    meter = Meter(files)
    shown.begin()
    for count, record in enumerate(read_all(files, format_name, meter), 1):
        if count % _STEP == 0:
            file = Path(meter.name).name or "standard input"
            shown.show(file, count, meter.done, meter.total)
        if isinstance(record, Paper) or not looking.keeps(record):
            yield record


def _taken(records: Iterator[Record], refused: list[RejectedRecord]) -> Iterator[Paper]:
    """The papers among records; the others go to `refused`."""
    for record in records:
        if isinstance(record, RejectedRecord):
            refused.append(record)
        else:
            yield record


def _stopped(so_far: Added, what: list[str]) -> str:
    """Where it stopped, and how to go on."""
    of = what[0] if len(what) == 1 else f"{len(what)} files"
    return (
        f"stopped after {so_far.read:,} records of {of}; they are in. "
        f"Run the same command again: what is in is skipped quickly"
    )


def _report(outcome: Added, refused: list[RejectedRecord], as_json: bool, quiet: bool) -> None:
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
