"""The health of the store, for `sheaf doctor`: looks, changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tui.state.backups import daily
from tui.state.errors import Notice, explain
from tui.state.places import Places
from tui.state.store import Store
from tui.state.tails import listing


@dataclass(frozen=True, slots=True)
class Health:
    """What `health` found."""

    path: Path
    """The snapshot."""
    target: Path
    """The file behind it, if it is a symlink; else the same."""
    size: int
    """Bytes of the snapshot, 0 if there is none."""
    schema: int
    papers: int
    """Papers with any mark."""
    journals: int
    """Journals not yet folded, this machine's and others'."""
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
        """Nothing is wrong with the files."""
        return not self.problems


def health(folder: Path, library: Iterable[str] | None = None) -> Health:
    """Examine the store in `folder`; `library`, the keys of all papers, tells which marks are
    orphans. Raises nothing for what is wrong with the files."""
    places = Places.under(folder)
    store = Store.open(folder, readonly=True)
    try:
        keys = [key for key, _ in store.marks()]
        known = set(keys) if library is None else set(library)
        problems = list(store.notices)
        try:
            size = places.target.stat().st_size
        except FileNotFoundError:
            size = 0
        except OSError as error:
            size = 0
            problems.append(Notice(f"{places.snapshot} cannot be examined: {explain(error)}."))
        return Health(
            path=places.snapshot,
            target=places.target,
            size=size,
            schema=store.schema,
            papers=len(keys),
            journals=_count(places.aside),
            archived=_count(places.archive),
            backups=tuple(daily(places)),
            damaged=tuple(sorted(places.damaged.iterdir())) if places.damaged.is_dir() else (),
            drafts=tuple(sorted(store.drafts())),
            orphans=tuple(sorted(key for key in keys if key not in known)),
            problems=tuple(problems),
        )
    finally:
        store.close()


def _count(folder: Path) -> int:
    try:
        return len(listing(folder))
    except OSError:
        return 0
