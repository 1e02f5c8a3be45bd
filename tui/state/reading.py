"""Reading `state.json`: what it is, and what in it can be trusted."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from tui.state import pieces
from tui.state.change import PAPERS
from tui.state.documents import RESERVED, Document
from tui.state.stamp import is_stamp
from tui.state.text import SCHEMA, Tables

_NOTHING = b" \t\r\n\0"


class Condition(Enum):
    """What a snapshot turned out to be."""

    MISSING = "missing"
    EMPTY = "empty"
    WHOLE = "whole"
    NEWER = "written by a newer Sheaf"
    DAMAGED = "damaged"
    FOREIGN = "not a Sheaf file"


class Signature(NamedTuple):
    """What tells one file from another without reading it."""

    inode: int
    size: int
    modified: int
    changed: int


def signature(path: Path) -> Signature | None:
    """Return the signature of a file, None if it is not there. OSError if that cannot be told."""
    try:
        status = os.stat(path)  # noqa: PTH116
    except FileNotFoundError:
        return None
    return Signature(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


@dataclass(slots=True)
class Reading:
    """A snapshot as read."""

    condition: Condition
    tables: Tables = field(default_factory=dict)
    schema: int = SCHEMA
    digest: str = ""
    """SHA-256 of the file's bytes, "" if there is none."""
    signature: Signature | None = None
    raw: bytes = b""
    """The file's bytes, where they are needed: to set it aside, or to back it up."""
    why: str = ""
    dropped: int = 0
    """Fields or documents that make no sense and were left out."""


def read(path: Path, trusted: str = "") -> Reading:
    """Read a snapshot. One whose digest is `trusted` is known to be what this machine wrote.

    Never raises for what is in the file; OSError if the system refuses to read it.
    """
    mark = signature(path)
    if mark is None:
        return Reading(Condition.MISSING)
    raw = path.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    result = parse(raw, trusted=digest == trusted)
    result.digest, result.signature = digest, mark
    if result.condition is not Condition.WHOLE or result.schema < SCHEMA:
        result.raw = raw
    return result


def parse(raw: bytes, *, trusted: bool = False) -> Reading:
    """Make documents of the bytes of a snapshot."""
    if not raw[:4096].strip(_NOTHING) and not raw.strip(_NOTHING):
        return Reading(Condition.EMPTY, why="it is empty")
    try:
        content = pieces.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        return Reading(Condition.DAMAGED, why=f"line {error.lineno}: {error.msg}")
    if content == {}:
        return Reading(Condition.EMPTY, why="it holds nothing")
    if not isinstance(content, dict) or not ("meta" in content or PAPERS in content):
        return Reading(Condition.FOREIGN, why="it has neither papers nor a version")
    if not all(isinstance(rows, dict) for rows in content.values()):
        return Reading(Condition.FOREIGN, why="its tables are not tables")
    schema = schema_of(content)
    if schema is None:
        return Reading(Condition.DAMAGED, why="its version is unreadable")
    result = Reading(Condition.NEWER if schema > SCHEMA else Condition.WHOLE, schema=schema)
    if schema > SCHEMA:
        result.why = f"its version is {schema}, this Sheaf knows {SCHEMA}"
    for table, rows in content.items():
        if table != "meta":
            result.tables[table] = (
                {document["key"]: document for document in rows.values()}
                if trusted
                else _clean_rows(rows, result, papers=table == PAPERS)
            )
    return result


def schema_of(content: Mapping[str, Any]) -> int | None:
    """Return the version of a file's meaning; 0 if it states none, None if it makes no sense."""
    if "meta" not in content:
        return 0
    for row in content["meta"].values():
        if isinstance(row, dict) and row.get("key") == "schema":
            version = row.get("version")
            return version if type(version) is int and version >= 0 else None
    return None


def _clean_rows(rows: Mapping[str, Any], result: Reading, *, papers: bool) -> dict[str, Document]:
    clean: dict[str, Document] = {}
    for identity, row in rows.items():
        if not isinstance(row, dict):
            result.dropped += 1
            continue
        # In the oldest form the document id was the key; a bare number is not one.
        key = row.get("key", None if identity.lstrip("-").isdigit() else identity)
        if not isinstance(key, str) or not key or key in clean:
            result.dropped += 1
            continue
        document = clean_document(key, row, papers=papers)
        result.dropped += len(row.keys() - document.keys() - {"when"})
        clean[key] = document
    return clean


def clean_document(key: str, row: Mapping[str, Any], *, papers: bool) -> Document:
    """Return the sensible part of a document that others may have written."""
    when = row.get("when")
    when = when if isinstance(when, dict) else {}
    document: Document = {
        name: value
        for name, value in row.items()
        if value is not None and (not papers or _fits(name, value))
    }
    document["key"] = key
    document["when"] = {name: stamp for name, stamp in when.items() if is_stamp(stamp)}
    if "tags" in document:
        document["tags"] = sorted({tag for tag in document["tags"] if tag})
    return document


def _fits(name: str, value: Any) -> bool:
    """Tell whether a value is what the field of a paper holds; unknown fields hold anything."""
    if name in ("read", "star", "dismissed"):
        return isinstance(value, bool)
    if name == "rating":
        return type(value) is int and 0 <= value <= 5
    if name in ("note", "moved"):
        return isinstance(value, str)
    if name in ("tags", "note_past"):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if name == "note_heads":
        return isinstance(value, dict) and all(
            is_stamp(stamp) and isinstance(text, str) for stamp, text in value.items()
        )
    return name not in RESERVED or name in ("key", "when")
