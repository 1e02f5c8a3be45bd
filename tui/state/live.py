"""LiveStorage: the whole TinyDB interface over a running store, for scripts and extensions.

    database = store.database()
    database.table("papers").search(where("rating") >= 4)
    database.table("papers").update({"star": True}, where("key") == "arxiv:2402.18668")

Every write becomes a Change: journalled, synced, undone like any other. Reading or writing costs
time in proportion to all marks, as TinyDB does; the screens use the store itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tinydb.storages import Storage

from tui.state import text
from tui.state.change import PAPERS, Change
from tui.state.documents import RESERVED
from tui.state.errors import StateError

if TYPE_CHECKING:
    from tui.state.store import Store

_PAPER_DEFAULTS: dict[str, Any] = {
    "read": False,
    "star": False,
    "dismissed": False,
    "rating": 0,
    "note": "",
}


class LiveStorage(Storage):
    """Shows a store to TinyDB."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self) -> text.Shape:
        """Return a copy of all documents, arranged as in `state.json`."""
        tables = self._store.export()["tables"]
        return text.shape(
            {table: {row["key"]: _copy(row) for row in rows} for table, rows in tables.items()}
        )

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Turn what TinyDB changed into one durable Change. SaveRefused, StateError."""
        before, papers, tables = self.read(), {}, {}
        for table in (before.keys() | data.keys()) - {"meta"}:
            changes = _difference(before.get(table, {}), data.get(table, {}))
            if table == PAPERS:
                papers = {key: _paper(old, new) for key, (old, new) in changes.items()}
            elif changes:
                tables[table] = {key: _free(old, new) for key, (old, new) in changes.items()}
        if papers or tables:
            self._store.apply(Change.of("edit", papers, tables))


def _copy(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, list) else value for name, value in row.items()}


_Rows = Mapping[str, Mapping[str, Any]]
_Pair = tuple[Mapping[str, Any], Mapping[str, Any]]


def _difference(before: _Rows, now: _Rows) -> dict[str, _Pair]:
    """Return what each document was and is, by key, where that differs."""
    old = {row["key"]: row for row in before.values()}
    new: dict[str, Mapping[str, Any]] = {}
    for row in now.values():
        if not isinstance(row.get("key"), str):
            raise StateError("A document needs a `key`, the paper or the thing it is about.")
        new[row["key"]] = row
    nothing: Mapping[str, Any] = {}
    return {
        key: (old.get(key, nothing), new.get(key, nothing))
        for key in old.keys() | new.keys()
        if old.get(key) != new.get(key)
    }


def _paper(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    fields = {
        name: new.get(name, default)
        for name, default in _PAPER_DEFAULTS.items()
        if new.get(name, default) != old.get(name, default)
    }
    before, now = set(old.get("tags", ())), set(new.get("tags", ()))
    fields["tags_add"], fields["tags_remove"] = sorted(now - before), sorted(before - now)
    known = {*_PAPER_DEFAULTS, *RESERVED, "moved"}
    return fields | {name: value for name, value in new.items() if name not in known}


def _free(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: new.get(name)
        for name in (old.keys() | new.keys()) - RESERVED
        if old.get(name) != new.get(name)
    }
