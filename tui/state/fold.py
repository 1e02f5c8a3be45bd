"""The fold: what the journals say goes into the snapshot, and they into the archive.

Under the fold's lock: take over the journals of dead instances, read all that is new, capture what
is durable, replace the snapshot, and only then move the journals it holds. Stopped at any point,
everything acknowledged is in the old snapshot and the journals, or in the new one.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, SoftFileLock

from tui.core import files
from tui.state import backups, text
from tui.state.archive import Seen, write_seen
from tui.state.errors import StateError
from tui.state.journal import Journal, drop_alive, host_of, take_over
from tui.state.storage import Moved
from tui.state.tails import listing

if TYPE_CHECKING:
    from tui.state.engine import Engine

_TRIES = 5
"""Times the snapshot may be replaced under us before we leave the fold to the next occasion."""
_ABANDONED = 90 * 86_400.0
"""Seconds without a word after which another machine's journal is taken for left behind."""


@dataclass(slots=True)
class Lock:
    """The fold's lock; `honest` if it really keeps others out."""

    honest: bool


@contextmanager
def fold_lock(engine: Engine, wait: float) -> Iterator[Lock]:
    """Hold the lock of the fold. Timeout if another holds it for `wait` seconds; OSError."""
    places = engine.core.places
    files.make_folder(places.aside)
    with ExitStack() as stack:
        stack.enter_context(FileLock(places.lock, timeout=wait, mode=files.PRIVATE))
        honest = files.excludes(places.lock)
        if not honest:
            # Where locks pretend, a lock by existence is still better than none.
            soft = places.lock.with_suffix(".soft")
            stack.enter_context(SoftFileLock(soft, timeout=wait, mode=files.PRIVATE))
        yield Lock(honest)


def fold(engine: Engine, wait: float = 5.0) -> bool:
    """Write the snapshot; tell whether it now holds everything durable. Never loses by failing.

    `engine.fold_error` says why it could not.
    """
    core = engine.core
    if core.newer or core.unusable:
        return False
    dead: dict[Path, int] = {}
    engine.fold_error = None
    try:
        with fold_lock(engine, wait) as lock:
            for _ in range(_TRIES):
                if lock.honest:
                    _take_over_dead(engine, dead)
                core.poll()
                if core.newer or core.unusable:
                    return False
                with suppress(Moved):
                    retired = _replace(engine, dead)
                    if lock.honest:
                        _archive(engine, retired, dead)
                    return True
                core.rewind()
    except (OSError, StateError) as error:
        engine.fold_error = error
    finally:
        for descriptor in dead.values():
            files.close(descriptor)
    return False


def _take_over_dead(engine: Engine, dead: dict[Path, int]) -> None:
    """Lock the journals of this machine that nobody holds; other machines archive their own.

    One of a machine that has been silent for long is taken, too. Should it still be there after
    all, it finds its journal gone at its next change, and writes what it held once more.
    """
    places = engine.core.places
    for entry in listing(places.aside):
        path = Path(entry.path)
        if path in dead or entry.name in engine.core.own.names:
            continue
        mine = host_of(entry.name) == places.host or _is_abandoned(entry)
        if mine and (descriptor := take_over(path)) is not None:
            dead[path] = descriptor


def _is_abandoned(entry: os.DirEntry[str]) -> bool:
    try:
        return time.time() - entry.stat().st_mtime > _ABANDONED
    except OSError:
        return False


def _replace(engine: Engine, dead: Iterable[Path]) -> list[Journal]:
    """Replace the snapshot by what is durable; return our journals that it now holds."""
    core = engine.core
    backups.before_migration(core)
    with core.disk_lock, core.lock:
        retired = core.own.retire()
        tables = engine.durable()
        held = core.archive.held()
        core.unfolded = False
    try:
        core.storage.write(text.shape(tables))
    except BaseException:
        core.unfolded = True
        raise
    read = (path.name for path in dead if path.name not in core.tails.unread)
    held = held.union(read, (journal.path.name for journal in retired))
    write_seen(core.places.seen, Seen(core.storage.last.digest, held))
    core.archive.know(held)
    return retired


def _archive(engine: Engine, retired: list[Journal], dead: dict[Path, int]) -> None:
    core = engine.core
    backups.keep_daily(core.places)
    files.make_folder(core.places.archive)
    for journal in retired:
        if files.WINDOWS:
            # An open file cannot be renamed there. Nobody else folds: we hold the lock.
            core.own.forget(journal)
        _move(journal.path, core.places.archive)
        core.own.forget(journal)
    for path, descriptor in dead.items():
        if path.name not in core.tails.unread:
            _move(path, core.places.archive)
            if files.WINDOWS:
                files.close(descriptor)
                drop_alive(path)
    core.copies.archive()
    files.sync_folder(core.places.archive)
    files.sync_folder(core.places.aside)
    joined = backups.join(core.places, core.archive.held())
    backups.trim(core.places)
    if joined is not None:
        core.archive.know([joined.name])
        write_seen(core.places.seen, Seen(core.storage.last.digest, core.archive.held()))


def _move(path: Path, folder: Path) -> None:
    """Move a folded journal; one that cannot be moved is folded once more next time, harmlessly."""
    with suppress(OSError):
        files.rename(path, folder / path.name)
