"""What is seldom done: export and import, repair, forget, and the report of `sheaf doctor`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from tui.core import files
from tui.core.text import count_items
from tui.state.checkpoint import checkpoint, keep_daily_backup
from tui.state.document import PAPERS, clean_tables
from tui.state.journal import list_journals, read_lines
from tui.state.marks import Change, SaveRefused, StateError, explain, save_refused
from tui.state.storage import SCHEMA, Locations, name_of_todays_backup, read_snapshot, schema_of
from tui.state.store import Store


class Health(NamedTuple):
    """What `examine` found."""

    papers: int
    """Papers with any mark."""
    journals: int
    """Journals not yet in the snapshot."""
    backups: list[Path]
    """Newest first."""
    damaged: list[Path]
    """Copies of damaged files."""
    drafts: list[str]
    orphans: list[str]
    """Marked papers that are not in the library."""
    problems: list[str]


def examine(folder: Path, library: Iterable[str] | None = None) -> Health:
    """Examine the store in `folder`. Raises nothing for what is wrong with its files.

    `library`, the keys of all papers, determines which marks are orphans. Nothing is changed.
    """
    locations = Locations(folder)
    journals: list[Path] = []
    with suppress(OSError):
        journals = list_journals(locations.folder)
    with Store.open(folder, readonly=True) as store:
        keys = {key for key, _ in store.marks()}
        return Health(
            papers=len(keys),
            journals=len(journals),
            backups=locations.list_backups(),
            damaged=sorted(locations.damaged.glob("*")),
            drafts=sorted(store.drafts()),
            orphans=sorted(keys.difference(keys if library is None else library)),
            problems=[*store.notices, *_find_damaged_copies(locations)],
        )


def _find_damaged_copies(locations: Locations) -> list[str]:
    """Return what is wrong with the backups and the archived journals."""
    problems = []
    for path in locations.list_backups():
        try:
            found = read_snapshot(path)
            why = found.why or ("" if found.content else "it is empty")
        except OSError as error:
            why = explain(error)
        if why:
            problems.append(f"The backup {path} cannot be used: {why}.")
    try:
        for path in list_journals(locations.archive):
            if damaged := read_lines(path, path.read_bytes()).damaged:
                lines = count_items(damaged, "lines")
                problems.append(f"{lines} of the archived journal {path} cannot be used.")
    except OSError as error:
        problems.append(f"{locations.archive} cannot be examined: {explain(error)}.")
    return problems


def export_tables(store: Store) -> dict[str, Any]:
    """Return all that is durable as one JSON object: sorted by key, with all stamps."""
    with store.replica.lock:
        tables = sorted(store.replica.merged.tables.items())
        rows = {name: [rows[key] for key in sorted(rows)] for name, rows in tables}
    return {"sheaf": "state", "schema": SCHEMA, "tables": rows}


def import_tables(store: Store, exported: Mapping[str, Any]) -> int:
    """Merge an export or a `state.json` durably; return how many documents changed.

    A value without a stamp counts as set now. Raises SaveRefused and StateError.
    """
    if exported.get("sheaf") == "state":
        tables, schema = exported.get("tables"), exported.get("schema")
    else:
        tables, schema = exported, schema_of(exported)
    if not isinstance(tables, Mapping) or type(schema) is not int:
        raise StateError("This is not an export of Sheaf's marks.")
    if schema > SCHEMA:
        raise StateError("This export is from a newer Sheaf. Update Sheaf to import it.")
    clean, invalid = clean_tables(tables)
    if invalid:
        parts = count_items(invalid, "parts")
        raise StateError(f"{parts} of this export cannot be understood; nothing was imported.")
    store.flush()
    store.committer.check_writable()
    with store.replica.disk_lock:
        stamp = store.replica.clock.tick()
        return len(store.committer.append({"t": stamp, "docs": clean}))


def repair(store: Store) -> Path | None:
    """Move an unusable snapshot to `damaged/` and write one from what could be recovered.

    Return where the damaged file is now, None if nothing was wrong. Raises SaveRefused.
    """
    store.flush()
    store.committer.check_writable()
    replica = store.replica
    replica.poll()
    if replica.damaged is None:
        return None
    target = replica.locations.target
    name = f"state-moved-{replica.damaged.digest[:12] or 'unread'}.json"
    goal = replica.locations.damaged / name
    try:
        files.make_folder(goal.parent)
        files.move(target, goal)
    except OSError as error:
        raise save_refused(error, target) from error
    replica.damaged = None
    replica.dirty = True
    checkpoint(replica)
    return goal


def forget(store: Store, key: str) -> list[Path]:
    """Remove a paper's marks everywhere, with all other files that hold them.

    These are backups, archived journals and copies of damaged files. It cannot be undone. Only the
    key with the stamps of its fields stays, so that a stale copy cannot bring the marks back. All
    other marks are in the snapshot and in a new backup. Return the files that still hold marks of
    the paper because another instance or machine uses them. Raises SaveRefused.
    """
    replica, resolve = store.replica, store.replica.merged.resolve
    store.apply(Change("forget", {PAPERS: {key: None}}, silent=True))
    with replica.lock:
        home = resolve(PAPERS, key)
        keys = {old for old in replica.merged.tables[PAPERS] if resolve(PAPERS, old) == home}
    keys |= {key, home}
    for drafted in keys & store.drafts().keys():
        store.drop_draft(drafted)
    locations = replica.locations
    if not checkpoint(replica):
        # What the snapshot lacks may be only in the files that are to be removed.
        raise SaveRefused(f"Not forgotten: {locations.snapshot} cannot be written now.")
    names = [orjson.dumps(each) for each in keys]

    def files_with_marks(folder: Path) -> list[Path]:
        paths = [path for path in sorted(folder.glob("[!.]*")) if path.is_file()]
        return [path for path in paths if any(name in path.read_bytes() for name in names)]

    try:
        for folder in (locations.archive, locations.backups, locations.damaged):
            for path in files_with_marks(folder):
                files.remove(path)
        # Today's backup may be older than what the removed journals recorded of other papers.
        files.remove(locations.backups / name_of_todays_backup())
        keep_daily_backup(locations)
        return files_with_marks(locations.folder)
    except OSError as error:
        raise save_refused(error, locations.folder) from error
