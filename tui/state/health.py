"""The health of the store, for `sheaf doctor`. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tui.state.backups import list_daily_backups
from tui.state.errors import Notice, explain
from tui.state.journal import list_journals
from tui.state.journal_lines import read_journal
from tui.state.locations import Locations
from tui.state.storage import Condition, read_snapshot
from tui.state.store import Store


@dataclass(frozen=True, slots=True)
class Health:
    """The findings of `health`."""

    size: int
    """Bytes of the snapshot, 0 if there is none."""
    schema: int
    papers: int
    """Papers with any mark."""
    journals: int
    """Journals not yet in the snapshot, this machine's and others'."""
    archived: int
    backups: tuple[Path, ...]
    """Daily backups, oldest first."""
    damaged: tuple[Path, ...]
    """Copies of damaged files, kept until you delete them."""
    drafts: tuple[str, ...]
    """Papers with an unfinished note."""
    orphans: tuple[str, ...] = ()
    """Marked papers that are not in the library."""
    problems: tuple[Notice, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong with the files."""
        return not self.problems


def health(folder: Path, library: Iterable[str] | None = None) -> Health:
    """Examine the store in `folder`. Raises nothing for what is wrong with its files.

    `library`, the keys of all papers, determines which marks are orphans.
    """
    locations = Locations(folder)
    store = Store.open(folder, readonly=True)
    try:
        keys = [key for key, _ in store.marks()]
        known = set(keys) if library is None else set(library)
        problems = list(store.notices)
        try:
            size = locations.target.stat().st_size
        except FileNotFoundError:
            size = 0
        except OSError as error:
            size = 0
            problems.append(Notice(f"{locations.snapshot} cannot be examined: {explain(error)}."))
        problems += _damaged_copies(locations)
        return Health(
            size=size,
            schema=store.schema,
            papers=len(keys),
            journals=_count(locations.aside),
            archived=_count(locations.archive),
            backups=tuple(list_daily_backups(locations)),
            damaged=tuple(sorted(locations.damaged.glob("*"))),
            drafts=tuple(sorted(store.drafts())),
            orphans=tuple(sorted(key for key in keys if key not in known)),
            problems=tuple(problems),
        )
    finally:
        store.close()


def _damaged_copies(locations: Locations) -> list[Notice]:
    """Return what is wrong with the backups and the archived journals."""
    problems = []
    for path in list_daily_backups(locations):
        try:
            found = read_snapshot(path)
            why = found.why if found.condition is not Condition.WHOLE else ""
        except OSError as error:
            why = explain(error)
        if why:
            problems.append(Notice(f"The backup {path} cannot be used: {why}."))
    try:
        for entry in list_journals(locations.archive):
            if damaged := read_journal(Path(entry.path)).damaged:
                what = f"{damaged} lines of the archived journal {entry.path} cannot be used."
                problems.append(Notice(what))
    except OSError as error:
        problems.append(Notice(f"{locations.archive} cannot be examined: {explain(error)}."))
    return problems


def _count(folder: Path) -> int:
    try:
        return len(list_journals(folder))
    except OSError:
        return 0
