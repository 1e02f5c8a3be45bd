"""The health of the store, for `sheaf doctor`. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tui.state.backups import list_daily_backups
from tui.state.errors import Notice, explain
from tui.state.journal import list_journals
from tui.state.journal_lines import read_journal
from tui.state.locations import Locations
from tui.state.storage import read_snapshot
from tui.state.store import Store


@dataclass(frozen=True, slots=True)
class Health:
    """The findings of `health`."""

    papers: int
    """Papers with any mark."""
    journals: int
    """Journals not yet in the snapshot, this machine's and others'."""
    backups: tuple[Path, ...]
    """Daily backups, oldest first."""
    damaged: tuple[Path, ...]
    """Copies of damaged files, kept until you delete them."""
    drafts: tuple[str, ...]
    """Papers with an unfinished note."""
    orphans: tuple[str, ...]
    """Marked papers that are not in the library."""
    problems: tuple[Notice, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong with the files."""
        return not self.problems


def health(folder: Path, library: Iterable[str] | None = None) -> Health:
    """Examine the store in `folder`. Raises nothing for what is wrong with its files.

    `library`, the keys of all papers, determines which marks are orphans.
    """
    locations = Locations(folder)
    journals = 0
    with suppress(OSError):
        journals = len(list_journals(locations.aside))
    with Store.open(folder, readonly=True) as store:
        keys = [key for key, _ in store.marks()]
        known = set(keys) if library is None else set(library)
        return Health(
            papers=len(keys),
            journals=journals,
            backups=tuple(list_daily_backups(locations)),
            damaged=tuple(sorted(locations.damaged.glob("*"))),
            drafts=tuple(sorted(store.drafts())),
            orphans=tuple(sorted(key for key in keys if key not in known)),
            problems=(*store.notices, *_damaged_copies(locations)),
        )


def _damaged_copies(locations: Locations) -> list[Notice]:
    """Return what is wrong with the backups and the archived journals."""
    problems = []
    for path in list_daily_backups(locations):
        try:
            why = read_snapshot(path).why
        except OSError as error:
            why = explain(error)
        if why:
            problems.append(Notice(f"The backup {path} cannot be used: {why}."))
    try:
        for entry in list_journals(locations.archive):
            if damaged := read_journal(Path(entry.path)).damaged:
                lines = "1 line" if damaged == 1 else f"{damaged} lines"
                what = f"{lines} of the archived journal {entry.path} cannot be used."
                problems.append(Notice(what))
    except OSError as error:
        problems.append(Notice(f"{locations.archive} cannot be examined: {explain(error)}."))
    return problems
