"""One document: fields, each with the stamp of its last change, and how two versions are merged.

A document is a plain dict, as it stands in `state.json`:

    {"key": "arxiv:2402.18668", "note": "...", "star": true, "tags": ["rag"],
     "when": {"note": STAMP, "star": STAMP, "tag:rag": STAMP}}

An empty field is absent; its stamp stays, so that an older value cannot come back. Each tag is a
field of its own, `tag:NAME`. Documents are never changed in place: `copy` one, change the copy and
put it in the place of the original.

When two instances edit a note concurrently, both versions are in `note_heads` and `note` shows
both; the next edit supersedes them. Merging joins the sets of versions, not their texts: another
instance would join the joined text again with the two versions that it has. `note_past` lists
superseded versions; without it, a stale file would look like an edit at the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from tui.state.clock import FIRST, NEVER, is_stamp, stamp_after

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]
"""Table, then key, then document."""
Line = dict[str, Any]
"""A line of a journal, as `journal` describes it."""

PAPERS = "papers"
META = "meta"
"""The table of `state.json` that holds the version of its schema."""
TAG = "tag:"
RESERVED = frozenset({"key", "when", "tags", "note_heads", "note_past"})
"""Names in a document that are not fields."""

Shape = Any
"""A type, a function that checks a value, or [Shape] or {Shape: Shape} for all items."""
MARKS: dict[str, Shape] = {
    **dict.fromkeys(("read", "star", "dismissed"), bool),
    "rating": lambda value: type(value) is int and 0 <= value <= 5,
    "note": str,
    "seen": bool,
}
"""What the user sets of a paper, beside tags, and whether a new paper was on the screen."""
_ANY_TABLE = {"note": str, "tags": [str], "note_past": [str], "note_heads": {is_stamp: str}}
_PAPERS_TABLE = {**_ANY_TABLE, **MARKS, "moved": str}


def matches(value: Any, shape: Shape) -> bool:
    """Whether a value read from JSON has a shape."""
    if isinstance(shape, list):
        return isinstance(value, list) and all(matches(item, shape[0]) for item in value)
    if isinstance(shape, dict):
        ((name, inner),) = shape.items()
        return isinstance(value, dict) and all(
            matches(key, name) and matches(item, inner) for key, item in value.items()
        )
    return type(value) is shape if isinstance(shape, type) else bool(shape(value))


def _is_json(value: Any) -> bool:
    try:
        # The encoder refuses deeper nesting than the parser; a line and a file add a few levels.
        return not isinstance(value, dict | list) or bool(orjson.dumps([[[[[[[[value]]]]]]]]))
    except TypeError:
        return False


def fits(table: str, name: str, value: Any) -> bool:
    """Whether a value in a document is what this name holds; an unknown name holds any JSON."""
    shapes = _PAPERS_TABLE if table == PAPERS else _ANY_TABLE
    return matches(value, shapes.get(name, _is_json)) and not name.startswith(TAG)


def all_fit(table: str, fields: Mapping[str, Any]) -> bool:
    """Whether fields of a change are of the schema; None empties a field."""
    return all(
        value in (True, None) and len(name) > len(TAG)
        if name.startswith(TAG)
        else name not in RESERVED and (value is None or fits(table, name, value))
        for name, value in fields.items()
    )


def clean_document(key: str, row: Mapping[str, Any], table: str) -> tuple[Document, int]:
    """Return the part of a document that is of the schema, and how many parts are not."""
    stamps = when if isinstance(when := row.get("when", {}), dict) else {}
    others = row.keys() - {"key", "when"}
    document: Document = {
        name: row[name] for name in others if row[name] is not None and fits(table, name, row[name])
    }
    invalid = len(others) - len(document) + len(stamps) + (stamps is not when)
    if "tags" in document:
        document["tags"] = sorted({tag for tag in document["tags"] if tag})
    document["key"] = key
    document["when"] = {
        name: stamp
        for name, stamp in stamps.items()
        if name not in RESERVED and name != TAG and is_stamp(stamp)
    }
    return document, invalid - len(document["when"])


def clean_tables(content: Mapping[str, Any]) -> tuple[Tables, int]:
    """Return the tables of a file by key, and how many parts are not of the schema.

    Each table is a dict by document id or a list of documents; those with the same key are merged.
    """
    tables: Tables = {}
    invalid = 0
    for table, rows in content.items():
        if table == META:
            continue
        if not table or not isinstance(rows, dict | list):
            invalid += 1
            continue
        clean = tables[table] = {}
        for row in rows.values() if isinstance(rows, dict) else rows:
            key = row.get("key") if isinstance(row, dict) else None
            if not key or not isinstance(key, str):
                invalid += 1
                continue
            document, count = clean_document(key, row, table)
            invalid += count
            if (other := clean.get(key)) is not None:
                merge_document(document, other, FIRST)
                if moved := other.get("moved"):
                    set_field(document, "moved", moved, other["when"].get("moved", FIRST))
            clean[key] = document
    return tables, invalid


def empty_document(key: str) -> Document:
    """Return a document without fields."""
    return {"key": key, "when": {}}


def copy(document: Mapping[str, Any]) -> Document:
    """Return a copy whose fields and stamps can be changed."""
    duplicate = dict(document)
    duplicate["when"] = dict(duplicate["when"])
    return duplicate


def value_of(document: Mapping[str, Any], field: str) -> Any:
    """Return the value of a field, None if it is empty."""
    if field.startswith(TAG):
        return True if field[len(TAG) :] in document.get("tags", ()) else None
    return document.get(field)


def version_of(document: Mapping[str, Any], field: str) -> str:
    """Return what identifies the state of a field: its stamp, or all stamps of a split note."""
    if field == "note" and (heads := document.get("note_heads")):
        return "+".join(sorted(heads))
    return str(document["when"].get(field, NEVER))


def fields_of(document: Mapping[str, Any]) -> Iterable[str]:
    """Return every field that has a value or a stamp."""
    named = (field for field in document if field not in RESERVED)
    tags = (TAG + tag for tag in document.get("tags", ()))
    return dict.fromkeys((*document["when"], *named, *tags))


def set_field(document: Document, field: str, value: Any, stamp: str) -> None:
    """Set a field of a copied document, whatever its stamp was."""
    document["when"][field] = stamp
    if field.startswith(TAG):
        tags = set(document.get("tags", ()))
        (tags.add if value else tags.discard)(field[len(TAG) :])
        _put(document, "tags", sorted(tags) or None)
    else:
        _put(document, field, None if field == "note" and not value else value)


def _put(document: Document, name: str, value: Any) -> None:
    if value is None:
        document.pop(name, None)
    else:
        document[name] = value


def merge_fields(
    document: Document, fields: Mapping[str, Any], stamp: str, past: Iterable[str] = ()
) -> bool:
    """Set the fields of a copied document that are older than `stamp`; return whether any was.

    Commutative, associative and idempotent: of two values with one stamp, the larger JSON text
    wins. `past` lists the versions of the note that the new one supersedes. What links a paper to
    another key, `moved`, is merged by `MergedTables`.
    """
    changed = False
    for field, value in fields.items():
        if field == "moved":
            continue
        if field == "note":
            changed |= merge_note(document, {stamp: value or ""}, past)
            continue
        current, present = document["when"].get(field, NEVER), value_of(document, field)
        if stamp > current or (stamp == current != NEVER and _rank(value) > _rank(present)):
            set_field(document, field, value, stamp)
            changed = True
    return changed


def _rank(value: Any) -> bytes:
    return b"" if value is None else orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def merge_document(document: Document, other: Mapping[str, Any], default: str) -> bool:
    """Merge `other` into a copied document; return whether anything changed.

    A value without a stamp counts as set at `default`.
    """
    changed = False
    for field in fields_of(other):
        if field == "note":
            versions = note_versions(other) or {default: other.get("note", "")}
            changed |= merge_note(document, versions, other.get("note_past", ()))
        else:
            stamp = other["when"].get(field, default)
            changed |= merge_fields(document, {field: value_of(other, field)}, stamp)
    return changed


def note_versions(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the current versions of the note, by stamp."""
    stamp = document["when"].get("note")
    alone = {stamp: document.get("note", "")} if stamp else {}
    return dict(document.get("note_heads") or alone)


def merge_note(document: Document, versions: Mapping[str, str], past: Iterable[str]) -> bool:
    """Merge versions of the note into a copied document; return whether anything changed."""
    known = note_versions(document)
    superseded = set(document.get("note_past", ()))
    gone = superseded.union(past)
    merged = dict(known)
    for stamp, text in versions.items():
        if stamp:
            _add_version(merged, stamp, text)
    current = {stamp: merged[stamp] for stamp in sorted(merged) if stamp not in gone}
    if not current or (current == known and gone == superseded):
        return False
    _put(document, "note_past", sorted(gone) or None)
    _put(document, "note_heads", current if len(current) > 1 else None)
    set_field(document, "note", combine_versions(current), max(current))
    return True


def _add_version(versions: dict[str, str], stamp: str, text: str) -> None:
    """Add a version of the note.

    Two texts can have one stamp: a change of two papers that have become one. Both are kept; the
    smaller gets the stamp just after that of the larger.
    """
    while (present := versions.get(stamp, text)) != text:
        versions[stamp], text = max(present, text), min(present, text)
        if not text:
            return
        stamp = stamp_after(stamp)
    versions[stamp] = text


def combine_versions(versions: Mapping[str, str]) -> str:
    """Return the text of all versions, the earliest first, each further one below a date line."""
    shown: dict[str, str] = {}
    for stamp, text in sorted(versions.items()):
        if text:
            shown.setdefault(text, f"--- also edited {stamp[:10]} {stamp[11:16]} UTC ---")
    first, *others = shown or [""]
    return "\n\n".join([first, *(f"{shown[text]}\n{text}" for text in others)])


def is_edited(ours: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether `other` has other values than `ours` although it has the same stamps.

    Sheaf never writes such a document.
    """
    if ours["when"] != other["when"] or note_versions(ours).keys() != note_versions(other).keys():
        return False
    return any(value_of(ours, field) != value_of(other, field) for field in ours["when"])
