"""New keys for papers, export and import, and what the user asks for: repair and forget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

from tui.core import files
from tui.state import document as doc
from tui.state.checkpoint import checkpoint
from tui.state.commit import Committer
from tui.state.document import META, PAPERS, Tables, clean_tables
from tui.state.errors import StateError, save_refused
from tui.state.journal_lines import Line, decode, encode
from tui.state.recovery import tables_of
from tui.state.storage import SCHEMA, Condition, arrange, parse_snapshot, schema_of, serialize


def rekey(committer: Committer, keys: Mapping[str, str]) -> None:
    """Point old keys at new ones; the marks are merged field by field. Raises SaveRefused."""
    replica = committer.replica
    with replica.disk_lock:
        with replica.lock:
            moves = {
                old: {"moved": new}
                for old, new in keys.items()
                if old != new
                and old in replica.merged.papers
                and replica.merged.resolve(old) != new
            }
            body: Line = {"t": replica.clock.tick(), "silent": True, "label": "rekey"}
        if not moves:
            return
        committer.check_writable()
        body["set"] = {PAPERS: moves}
        committer.append_line(body)
        replica.merge_lines([body])


def export_tables(tables: Tables) -> dict[str, Any]:
    """Return tables as one object that `import_tables` takes: sorted by key, with all stamps."""
    return {
        "sheaf": "state",
        "schema": SCHEMA,
        "tables": {
            table: [rows[key] for key in sorted(rows)] for table, rows in sorted(tables.items())
        },
    }


def import_tables(committer: Committer, exported: Mapping[str, Any]) -> int:
    """Merge an export or a `state.json` durably; return how many documents changed.

    A value without a stamp counts as set now. Raises SaveRefused and StateError.
    """
    tables = _tables_of_export(exported)
    committer.check_writable()
    with committer.replica.disk_lock:
        body: Line = {"t": committer.replica.clock.tick(), "docs": tables}
        committer.append_line(body)
        return len(committer.replica.merge_lines([body]))


def _tables_of_export(exported: Mapping[str, Any]) -> Tables:
    tables = exported.get("tables") if exported.get("sheaf") == "state" else exported
    schema = exported.get("schema", SCHEMA) if "tables" in exported else SCHEMA
    if META in exported:
        schema = schema_of(exported)
    if not isinstance(tables, Mapping) or type(schema) is not int:
        raise StateError("This is not an export of Sheaf's marks.")
    if schema > SCHEMA:
        raise StateError("This export is from a newer Sheaf. Update Sheaf to import it.")
    for table, rows in tables.items():
        if table == META:
            continue
        if not isinstance(rows, dict | list):
            raise StateError(f"The table {table!r} of this export is not a table.")
        for row in rows.values() if isinstance(rows, dict) else rows:
            if not isinstance(row, dict) or not isinstance(row.get("key"), str) or not row["key"]:
                raise StateError(f"The table {table!r} of this export has an entry without a key.")
    return clean_tables(tables)[0]


def repair(committer: Committer) -> Path | None:
    """Move an unusable snapshot to `damaged/` and write one from what could be recovered.

    Return where the damaged file is now, None if nothing was wrong. Raises SaveRefused.
    """
    replica = committer.replica
    committer.check_writable()
    replica.poll()
    if replica.unusable is None:
        return None
    target = replica.locations.target
    name = f"state-moved-{replica.unusable.digest[:12] or 'unread'}.json"
    goal = replica.locations.damaged / name
    try:
        files.make_folder(goal.parent)
        files.move(target, goal)
    except OSError as error:
        raise save_refused(error, target) from error
    replica.unusable = None
    replica.rewind()
    replica.dirty = True
    checkpoint(committer)
    return goal


def forget(committer: Committer, key: str) -> list[Path]:
    """Remove a paper's marks everywhere: snapshot, journals, archive, backups, damaged files.

    Only the key with the stamps of its fields stays, so that a stale copy cannot bring the marks
    back. Return the files that still hold them because another instance or machine uses them.
    Raises SaveRefused.
    """
    replica = committer.replica
    committer.check_writable()
    with replica.disk_lock:
        with replica.lock:
            home = replica.merged.resolve(key)
            keys = {old for old in replica.merged.papers if replica.merged.resolve(old) == home} | {
                key,
                home,
            }
            document = replica.merged.get(PAPERS, home) or doc.empty_document(home)
            emptied = dict.fromkeys(doc.fields_of(document))
            body: Line = {"t": replica.clock.tick(), "label": "forget", "silent": True}
            body["set"] = {PAPERS: {home: emptied}}
            body["base"] = {PAPERS: {home: list(doc.note_versions(document))}}
        if emptied:
            committer.append_line(body)
            replica.merge_lines([body])
    with replica.lock:
        for step in (*committer.history.undo, *committer.history.redo):
            _remove_keys({"set": step.sets, "was": step.was}, keys)
    checkpoint(committer)
    locations = replica.locations
    try:
        for folder in (locations.archive, locations.backups, locations.damaged):
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                _purge(path, keys)
    except OSError as error:
        raise save_refused(error, locations.aside) from error
    return [
        path
        for path in sorted(locations.aside.glob("*.jsonl"))
        if _contains(path.read_bytes(), keys)
    ]


def _contains(raw: bytes, keys: Iterable[str]) -> bool:
    return any(orjson.dumps(key) in raw for key in keys)


def _purge(path: Path, keys: Iterable[str]) -> None:
    """Remove papers from an archived journal or a backup; remove a damaged file altogether."""
    raw = path.read_bytes()
    if not _contains(raw, keys):
        return
    if path.suffix == ".jsonl" and path.parent.name == "archive":
        lines = []
        for part in raw.split(b"\n"):
            if (body := decode(part)) is not None:
                _remove_keys(body, keys)
                lines.append(encode(body))
        files.write_atomically(path, lines, mode=files.PRIVATE)
        return
    found = parse_snapshot(raw)
    if found.condition is not Condition.WHOLE or path.parent.name == "damaged":
        files.remove(path)
        return
    tables = tables_of(found.content)
    for key in keys:
        tables.get(PAPERS, {}).pop(key, None)
    files.write_atomically(path, serialize(arrange(tables)), mode=files.PRIVATE)


def _remove_keys(body: dict[str, Any], keys: Iterable[str]) -> None:
    for part in ("set", "was", "base", "docs"):
        tables = body.get(part)
        rows = tables.get(PAPERS) if isinstance(tables, dict) else None
        if isinstance(rows, dict):
            for key in keys:
                rows.pop(key, None)
