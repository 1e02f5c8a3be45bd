"""Marks that change place: to another key, out into one JSON object, in from one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui.state import line, reading
from tui.state.change import PAPERS
from tui.state.errors import StateError
from tui.state.line import Line
from tui.state.text import SCHEMA, Tables

if TYPE_CHECKING:
    from tui.state.engine import Engine


def rekey(engine: Engine, keys: Mapping[str, str]) -> None:
    """Point old keys at new ones; the marks are joined field by field, by time. SaveRefused."""
    core = engine.core
    with core.disk_lock:
        with core.lock:
            papers = core.memory.tables[PAPERS]
            moves = {
                old: {"moved": new}
                for old, new in keys.items()
                if old != new and old in papers and core.memory.resolve(old) != new
            }
            body: Line = {"t": core.clock.tick(), "silent": True, "label": "rekey"}
        if not moves:
            return
        engine.check_writable()
        body["set"] = {PAPERS: moves}
        engine.append(line.encode(body))
        core.merge_lines([body])


def export(tables: Tables) -> dict[str, Any]:
    """Return tables as one object that `load` takes: documents sorted by key, stamps and all."""
    return {
        "sheaf": "state",
        "schema": SCHEMA,
        "tables": {
            table: [rows[key] for key in sorted(rows)] for table, rows in sorted(tables.items())
        },
    }


def load(engine: Engine, exported: Mapping[str, Any]) -> int:
    """Merge an export durably; a value without a time counts as set now. SaveRefused, StateError.

    A `state.json` as it stands is taken, too.
    """
    tables = _tables_of(exported)
    core = engine.core
    engine.check_writable()
    with core.disk_lock:
        body: Line = {"t": core.clock.tick(), "docs": tables}
        engine.append(line.encode(body))
        return len(core.merge_lines([body]))


def _tables_of(exported: Mapping[str, Any]) -> Tables:
    tables = exported.get("tables") if exported.get("sheaf") == "state" else exported
    schema = exported.get("schema", SCHEMA) if "tables" in exported else SCHEMA
    if "meta" in exported:
        schema = reading.schema_of(exported)
    if not isinstance(tables, Mapping) or type(schema) is not int:
        raise StateError("This is not an export of Sheaf's marks.")
    if schema > SCHEMA:
        raise StateError("This export is from a newer Sheaf. Update Sheaf to import it.")
    result: Tables = {}
    for table, rows in tables.items():
        if table == "meta":
            continue
        listed = rows.values() if isinstance(rows, Mapping) else rows
        if not isinstance(listed, list | type({}.values())):
            raise StateError(f"The table {table!r} of this export is not a table.")
        result[table] = {}
        for row in listed:
            if not isinstance(row, Mapping) or not isinstance(row.get("key"), str):
                raise StateError(f"The table {table!r} of this export has an entry without a key.")
            key = row["key"]
            result[table][key] = reading.clean_document(key, row, papers=table == PAPERS)
    return result
