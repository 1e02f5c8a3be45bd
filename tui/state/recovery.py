"""When the snapshot is not what it should be: look again, set it aside, and put together the rest.

A snapshot that cannot be read is copied to `damaged/` and left where it is; nothing here replaces
it. What stands in for it: the newest backup that can be read, the archived and live journals, and
every document that is still whole in the damaged file.
"""

from __future__ import annotations

import hashlib
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from tui.core import files
from tui.state import documents, reading
from tui.state.backups import ahead
from tui.state.documents import Document
from tui.state.errors import Notice, explain
from tui.state.memory import Touched
from tui.state.places import Places
from tui.state.reading import Condition, Reading
from tui.state.stamp import FIRST
from tui.state.text import Tables

if TYPE_CHECKING:
    from tui.state.core import Core

UNUSABLE = frozenset({Condition.DAMAGED, Condition.FOREIGN})
PATIENCE = 0.3
"""Seconds to wait for another program that may be half way through writing the snapshot."""
_RECENT = 5.0
"""A file unchanged for so many seconds is not being written."""
_DOCUMENT = re.compile(rb'^ *"-?\d+": (\{.*?^    \})', re.MULTILINE | re.DOTALL)
_CONFLICT = re.compile(rb"^<{7}[^\n]*\n(.*?)^={7}\r?\n(.*?)^>{7}[^\n]*\n", re.MULTILINE | re.DOTALL)


def examine(core: Core) -> Reading:
    """Read the snapshot; one that cannot be read is tried again for a moment."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            found = core.storage.examine(core.seen().digest)
        except OSError as error:
            found = Reading(Condition.DAMAGED, why=explain(error))
            core.storage.last = found
        if found.condition is Condition.EMPTY and has_history(core.places):
            found.condition = Condition.DAMAGED
        if found.condition not in UNUSABLE or time.monotonic() >= deadline or _is_old(found):
            return found
        time.sleep(0.05)


def _is_old(found: Reading) -> bool:
    changed = found.signature.modified / 1e9 if found.signature else 0.0
    return abs(time.time() - changed) > _RECENT


def has_history(places: Places) -> bool:
    """Tell whether there ever was a snapshot here."""
    return places.seen.exists() or bool(backups(places)) or places.archive.exists()


def backups(places: Places) -> list[Path]:
    """Return the backups, newest first."""
    try:
        found = [path for path in places.backups.iterdir() if path.suffix == ".json"]
    except OSError:
        return []
    return sorted(found, key=lambda path: path.name, reverse=True)


def set_aside(core: Core, path: Path, raw: bytes | None = None) -> Path | None:
    """Copy a damaged file to `damaged/`, once; None if the disk, or the store, does not let us."""
    places = core.places
    if not core.writes:
        return None
    try:
        data = path.read_bytes() if raw is None else raw
        digest = hashlib.sha256(data).hexdigest()[:12]
        goal = places.damaged / f"{path.stem}-{digest}{path.suffix}"
        if not goal.exists():
            files.make_folder(places.damaged)
            files.write_atomically(goal, [data], mode=files.PRIVATE)
    except OSError:
        return None
    return goal


def refuse(core: Core, found: Reading) -> Path | None:
    """Note that the snapshot cannot be used; it will not be replaced until it can be read."""
    core.unusable = found
    return set_aside(core, core.places.snapshot, found.raw) if found.raw else None


def restore(core: Core, found: Reading) -> None:
    """Put the marks together without the snapshot, and tell the user."""
    gone = found.condition is Condition.MISSING
    copy = None if gone else refuse(core, found)
    take_history(core)
    salvaged = salvage(found.raw)
    core.merge_tables(salvaged)
    for batch in core.tails.fresh(core.own.names):
        core.merge_lines(batch.lines)
    core.tails.rewind()
    core.unfolded = True
    newest = next(iter(backups(core.places)), None)
    what = "is gone" if gone else f"cannot be used: {found.why}"
    core.notices.append(
        Notice(
            f"{core.places.snapshot} {what}.",
            f"{len(core.memory.tables['papers'])} papers' marks were put together from "
            + (f"the backup {newest.name}, " if newest else "")
            + f"the journals and {sum(map(len, salvaged.values()))} entries still whole in it.",
            "" if gone else _todo(copy),
        )
    )


def _todo(copy: Path | None) -> str:
    kept = f"A copy is in {copy}. " if copy else ""
    return f"{kept}Run `sheaf state repair` to write it anew."


def lost_sight(core: Core, found: Reading) -> None:
    """The snapshot became unusable while the store was open: memory still has everything."""
    copy = refuse(core, found)
    core.merge_tables(salvage(found.raw))
    core.unfolded = True
    core.notices.append(
        Notice(
            f"{core.places.snapshot} can no longer be used: {found.why}.",
            "Your marks are all here, and go on being saved beside it.",
            _todo(copy),
        )
    )


def take_history(core: Core) -> Touched:
    """Merge the newest backup that can be read, and the archived journals.

    A backup of a day that has not come says nothing of its age: it is merged beside the newest.
    """
    touched: Touched = set()
    undated = ahead(core.places)
    for path in backups(core.places):
        try:
            found = reading.read(path)
        except OSError:
            continue
        if found.condition is Condition.WHOLE:
            touched |= core.merge_tables(found.tables)
            if path not in undated:
                break
    return touched | take_archive(core)


def take_archive(core: Core) -> Touched:
    """Merge the archived journals that memory does not hold yet."""
    touched: Touched = set()
    try:
        for batch in core.archive.fresh():
            touched |= core.merge_lines(batch.lines)
    except OSError as error:
        core.tell_once(
            Notice(f"The archive {core.places.archive} cannot be read in full: {explain(error)}.")
        )
    return touched


def salvage(raw: bytes) -> Tables:
    """Return every whole document in a damaged snapshot; both sides of a conflict of git's."""
    sides = [raw]
    if _CONFLICT.search(raw):
        sides = [_CONFLICT.sub(rb"\1", raw), _CONFLICT.sub(rb"\2", raw)]
    tables: Tables = {}
    for side in sides:
        found = reading.parse(side)
        if found.condition is Condition.WHOLE:
            for table, rows in found.tables.items():
                _join(tables, table, rows)
            continue
        table = "papers"
        for chunk in re.split(rb'^(?=  "[^"\n]+": \{)', side, flags=re.MULTILINE):
            named = re.match(rb'  "([^"\n]+)": \{', chunk)
            table = named[1].decode("utf-8", "replace") if named else table
            if table != "meta":
                _join(tables, table, _whole_documents(chunk, papers=table == "papers"))
    return tables


def _whole_documents(chunk: bytes, *, papers: bool) -> dict[str, Document]:
    rows = {}
    for match in _DOCUMENT.finditer(chunk):
        try:
            row = orjson.loads(match[1])
        except orjson.JSONDecodeError:
            continue
        key = row.get("key")
        if isinstance(key, str) and key:
            rows[key] = reading.clean_document(key, row, papers=papers)
    return rows


def _join(tables: Tables, table: str, rows: dict[str, Document]) -> None:
    held = tables.setdefault(table, {})
    for key, row in rows.items():
        draft = documents.thaw(held.get(key) or documents.new(key))
        documents.merge_document(draft, row, FIRST)
        held[key] = draft


def say_older(core: Core, found: Reading) -> None:
    """Tell that the snapshot is of an older version, and will be rewritten after a backup."""
    core.notices.append(
        Notice(
            f"{core.places.snapshot} has the older form {found.schema}.",
            "A backup is made before it is rewritten in today's form.",
        )
    )


def say_edited(core: Core, by_hand: int, put_back: int, dropped: int) -> None:
    """Tell what another program did to the snapshot, if it matters."""
    if by_hand:
        core.notices.append(
            Notice(
                f"Another program changed {by_hand} field(s) in {core.places.snapshot}.",
                "They were taken over; what was there before is in the backups and the archive.",
            )
        )
    if put_back:
        core.notices.append(
            Notice(
                f"{core.places.snapshot} lacked {put_back} paper(s).",
                "Their marks were put back from the backups and the archive.",
                "Run `sheaf state forget KEY` to remove marks for good.",
            )
        )
    if dropped:
        core.notices.append(
            Notice(
                f"{dropped} part(s) of {core.places.snapshot} make no sense and were not read.",
                "The fields concerned keep what the journals and backups say.",
            )
        )
