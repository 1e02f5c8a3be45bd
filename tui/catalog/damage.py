"""What is damaged in papers.db, and its repair.

The repair copies what can be read into a new file, which takes the place of the damaged one; that
one stays beside it under another name. Row numbers stay, and so do the keys that marks are kept
under. A record that cannot be read stays as a damaged one, so that the paper can be added again.
An index made from the damaged file does not fit the new one.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tui.catalog.batch import lookup_title
from tui.catalog.catalog import ERRORS, Catalog, DamagedCatalog, Transaction
from tui.catalog.record import DAMAGED, columns_of
from tui.core.errors import SheafError
from tui.core.files import move, sync_file
from tui.core.text import shorten

_PAGE = 4096
"""Bytes in a page of the files that Sheaf makes: the default of SQLite."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What became of a damaged catalog."""

    papers: int
    """Papers in the new file."""
    damaged: int
    """How many of them are damaged records, to be added again."""
    set_aside: Path
    """Where the damaged file is now."""


def describe_damage(catalog: Catalog) -> str:
    """Return what SQLite finds wrong with the file, which `repair` repairs; empty if nothing."""
    found, complete = catalog.fetch("PRAGMA integrity_check(1)")
    if complete and found == [("ok",)]:
        return ""
    return shorten(" ".join(str(found[0][0]).split()), 200) if found else "it cannot be read"


def damaged_keys(catalog: Catalog) -> list[str]:
    """Return the keys of the damaged records, which are whole again when their papers are added."""
    return [stored.key for stored in catalog.iterate() if stored.damaged]


def repair(path: Path) -> Repair:
    """Set a damaged catalog aside and put what can be read of it in its place.

    Raises SheafError if another process uses the file or the new one cannot be written.
    """
    path = path.resolve()
    if _is_in_use(path):
        raise SheafError(f"{path}: in use; leave the reader, then repair again")
    try:
        with TemporaryDirectory(prefix=".repair-", dir=path.parent) as name:
            new = Path(name) / "new.db"
            with closing(_open_damaged(path, Path(name))) as source:
                papers, damaged = _copy(source, new)
            return Repair(papers, damaged, _replace(path, new))
    except (OSError, *ERRORS) as error:
        raise SheafError(f"{path}: not repaired: {error}") from error


def _is_in_use(path: Path) -> bool:
    """Return whether another process has the file open.

    Where none has, closing it copies the write-ahead log into the file.
    """
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as db:
        try:
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            db.execute("BEGIN EXCLUSIVE")
            db.execute("ROLLBACK")
        except ERRORS as error:
            return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
    return False


def _open_damaged(path: Path, folder: Path) -> Catalog:
    """Open a catalog; if that fails, a copy in `folder` with the first page of a new one.

    The first page holds the header of the file and the schema. It is the same in every catalog but
    for the number of pages, in the bytes from 28 on.
    """
    try:
        return Catalog(path)
    except DamagedCatalog:
        pass
    empty, copy = folder / "empty.db", folder / "copy.db"
    Catalog(empty, create=True).close()
    page = bytearray(empty.read_bytes()[:_PAGE])
    page[28:32] = (path.stat().st_size // _PAGE).to_bytes(4, "big")
    shutil.copyfile(path, copy)
    with copy.open("r+b") as stream:
        stream.write(page)
    wal = _sibling(path, "-wal")
    if wal.exists():
        shutil.copyfile(wal, _sibling(copy, "-wal"))
    return Catalog(copy)


def _copy(source: Catalog, path: Path) -> tuple[int, int]:
    """Copy what can be read into a new file; return the papers and how many of them are damaged."""
    changed = source.last_change + 1
    rows: set[int] = set()
    titles: dict[int, str] = {}
    """Row to title of damaged records."""
    with closing(Catalog(path, create=True)) as target:
        db = target.connection
        with Transaction(db):
            for stored in source.iterate():
                if stored.row in rows or stored.key == f"damaged:{stored.row}":
                    continue  # without key and title it cannot be added again
                rows.add(stored.row)
                *columns, title, record = columns_of(stored, changed)
                if stored.damaged:
                    titles[stored.row] = title = stored.paper.title.removeprefix(DAMAGED)
                    record = b""  # damaged in the new file, too
                else:
                    folded = lookup_title(stored.paper)
                    db.execute("INSERT INTO titles VALUES (?, ?)", (folded, stored.row))
                db.execute(
                    "INSERT INTO papers (key, sorted, listed, added, changed, title, record, row)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (*columns, title, record, stored.row),
                )
                db.executemany(
                    "REPLACE INTO names VALUES (?, ?)",
                    [(name, stored.row) for name in (stored.key, *stored.paper.id_keys)],
                )
            for order in ("name", "name DESC", "row"):
                names_of_rows = source.names(f"ORDER BY {order}")
                db.executemany(
                    "INSERT OR IGNORE INTO names VALUES (?, ?)",
                    (pair for pair in names_of_rows if pair[1] in rows),
                )
            for folded, row in source.fetch("SELECT fold, row FROM titles")[0]:
                if type(folded) is not str or folded.startswith("~"):
                    continue
                is_conflict = folded.startswith("=")
                if row in titles or (row in rows and is_conflict):
                    db.execute("INSERT OR IGNORE INTO titles VALUES (?, ?)", (folded, row))
                if row in titles and not is_conflict:
                    db.execute(
                        "UPDATE papers SET title = ? WHERE row = ? AND title = key", (folded, row)
                    )
            gone = [row for row in source.removed_rows() if row not in rows]
            db.executemany("REPLACE INTO gone VALUES (?, ?)", [(row, changed) for row in gone])
            db.execute("UPDATE sqlite_sequence SET seq = max(seq, ?)", (max(gone, default=0),))
            numbers = {"changed": changed, "visited": source.last_visited_row}
            db.executemany("REPLACE INTO meta VALUES (?, ?)", numbers.items())
            places = ", ".join("?" * 11)
            db.executemany(f"INSERT OR IGNORE INTO feeds VALUES ({places})", source.feeds())
    return len(rows), len(titles)


def _replace(path: Path, new: Path) -> Path:
    """Put `new` in the place of `path`; return where that is now."""
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    new.chmod(path.stat().st_mode & 0o777)
    with new.open("r+b") as stream:
        sync_file(stream.fileno())
    # First the log: a new file must never be opened with the log of the old one.
    for suffix in ("-wal", "-shm"):
        if _sibling(path, suffix).exists():
            move(_sibling(path, suffix), _sibling(aside, suffix))
    try:
        aside.hardlink_to(path)  # so that a crash leaves no home without a catalog
    except OSError:  # a file system without links
        move(path, aside)
    move(new, path)
    return aside


def _sibling(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
