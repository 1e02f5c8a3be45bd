"""The intact documents in the bytes of a damaged snapshot. No file is read or written here."""

from __future__ import annotations

import re

import orjson

from tui.state.clock import FIRST
from tui.state.document import (
    META,
    PAPERS,
    Document,
    Tables,
    clean_document,
    copy,
    empty_document,
    merge_document,
)
from tui.state.storage import Condition, parse_snapshot, tables_of

_DOCUMENT = re.compile(rb'^ *"-?\d+": (\{.*?^    \})', re.MULTILINE | re.DOTALL)
"""A document as `storage.serialize` lays it out: its closing brace is indented by four spaces."""
_TABLE = re.compile(rb'^(?=  "[^"\n]+": \{)', re.MULTILINE)
_TABLE_NAME = re.compile(rb'  "([^"\n]+)": \{')
_GIT_CONFLICT = re.compile(
    rb"^<{7}[^\n]*\n(.*?)^={7}\r?\n(.*?)^>{7}[^\n]*\n", re.MULTILINE | re.DOTALL
)


def salvage(raw: bytes) -> Tables:
    """Return every whole document in a damaged snapshot, and in both sides of a git conflict."""
    sides = [raw]
    if _GIT_CONFLICT.search(raw):
        sides = [_GIT_CONFLICT.sub(rb"\1", raw), _GIT_CONFLICT.sub(rb"\2", raw)]
    tables: Tables = {}
    for side in sides:
        for table, rows in _tables_in(side).items():
            present = tables.setdefault(table, {})
            for key, row in rows.items():
                document = copy(present.get(key) or empty_document(key))
                merge_document(document, row, FIRST)
                present[key] = document
    return tables


def _tables_in(raw: bytes) -> Tables:
    found = parse_snapshot(raw)
    if found.condition is Condition.WHOLE:
        return tables_of(found.content)
    tables: Tables = {}
    table = PAPERS
    for part in _TABLE.split(raw):
        if name := _TABLE_NAME.match(part):
            table = name[1].decode("utf-8", "replace")
        if table != META:
            tables.setdefault(table, {}).update(_whole_documents(part, table))
    return tables


def _whole_documents(part: bytes, table: str) -> dict[str, Document]:
    rows = {}
    for match in _DOCUMENT.finditer(part):
        try:
            row = orjson.loads(match[1])
        except orjson.JSONDecodeError:
            continue
        key = row.get("key")
        if isinstance(key, str) and key:
            rows[key] = clean_document(key, row, table)
    return rows
