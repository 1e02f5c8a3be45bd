"""One document: fields, each with the stamp of its last change, and how two versions are merged.

A document is a plain dict, as it stands in `state.json`:

    {"key": "arxiv:2402.18668", "note": "...", "star": true, "tags": ["rag"],
     "when": {"note": STAMP, "star": STAMP, "tag:rag": STAMP}}

An empty field is absent; its stamp stays, so that an older value cannot come back. Each tag is a
field of its own, `tag:NAME`. Documents are never changed in place: `copy` one, change the copy and
put it in the place of the original.

A note is stored as the versions that no later edit replaced; usually that is one. When two
instances edit a note concurrently, both versions are in `note_heads` and `note` shows both; the
next edit supersedes them. `note_past` lists superseded versions, so that a stale file cannot bring
one back.

Why are the versions not joined when they are merged? Another instance would join the joined text
again with the two versions that it has, and the result would depend on the order. So the set is
merged, and joined when it is read. Why `note_past`? Without it, a stale file looks like an edit at
the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from tui.state.clock import NEVER, is_stamp, stamp_after

Document = dict[str, Any]

Tables = dict[str, dict[str, Document]]
"""Table, then key, then document."""

Line = dict[str, Any]
"""A line of a journal, as `journal_lines` describes it."""

PAPERS = "papers"
META = "meta"
"""The table of `state.json` that holds the version of its schema."""
TAG = "tag:"
RESERVED = frozenset({"key", "when", "tags", "note_heads", "note_past"})
"""Names in a document that are not fields."""

FLAGS = frozenset({"read", "star", "dismissed"})


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


def stamp_of(document: Mapping[str, Any], field: str) -> str:
    """Return when a field last changed, NEVER if it never did."""
    stamp: str = document["when"].get(field, NEVER)
    return stamp


def version_of(document: Mapping[str, Any], field: str) -> str:
    """Return what identifies the state of a field: its stamp, or all stamps of a split note."""
    if field == "note" and (heads := document.get("note_heads")):
        return "+".join(sorted(heads))
    return stamp_of(document, field)


def fields_of(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield every field that has a value or a stamp."""
    when = document["when"]
    yield from when
    for field in document:
        if field not in RESERVED and field not in when:
            yield field
    for tag in document.get("tags", ()):
        if TAG + tag not in when:
            yield TAG + tag


def set_field(document: Document, field: str, value: Any, stamp: str) -> None:
    """Set a field of a copied document, whatever its stamp was."""
    document["when"][field] = stamp
    if field.startswith(TAG):
        tags = set(document.get("tags", ()))
        (tags.add if value else tags.discard)(field[len(TAG) :])
        field, value = "tags", sorted(tags)
    if value is None or (field in ("tags", "note") and not value):
        document.pop(field, None)
    else:
        document[field] = value


def merge_fields(
    document: Document, fields: Mapping[str, Any], stamp: str, past: Iterable[str] = ()
) -> bool:
    """Set the fields of a copied document that are older than `stamp`; return whether any was.

    Commutative, associative and idempotent: of two values with one stamp, the larger JSON text
    wins. `past` lists the versions of the note that the new one supersedes.
    """
    changed = False
    for field, value in fields.items():
        if field == "note":
            changed |= merge_note(document, {stamp: value or ""}, past)
            continue
        current, present = stamp_of(document, field), value_of(document, field)
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
    heads = document.get("note_heads")
    if heads:
        return dict(heads)
    stamp = document["when"].get("note")
    return {stamp: document.get("note", "")} if stamp else {}


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
    heads = current if len(current) > 1 else None
    for name, value in (("note_past", sorted(gone)), ("note_heads", heads)):
        if value:
            document[name] = value
        else:
            document.pop(name, None)
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
    for stamp in sorted(versions):
        if versions[stamp]:
            shown.setdefault(
                versions[stamp], f"--- also edited {stamp[:10]} {stamp[11:16]} UTC ---"
            )
    first, *others = shown or [""]
    return "\n\n".join([first, *(f"{shown[text]}\n{text}" for text in others)])


def is_edited(ours: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether `other` has other values than `ours` although it has the same stamps.

    Sheaf never writes such a document.
    """
    if ours["when"] != other["when"] or note_versions(ours).keys() != note_versions(other).keys():
        return False
    return any(value_of(ours, field) != value_of(other, field) for field in ours["when"])


def clean_document(key: str, row: Mapping[str, Any], table: str) -> Document:
    """Return the part of a document from a file that matches the schema."""
    when = row.get("when")
    document: Document = {
        name: value
        for name, value in row.items()
        if value is not None and name not in ("key", "when") and fits(table, name, value)
    }
    document["key"] = key
    document["when"] = {
        name: stamp
        for name, stamp in (when.items() if isinstance(when, dict) else ())
        if name not in RESERVED and name != TAG and is_stamp(stamp)
    }
    if "tags" in document:
        document["tags"] = sorted({tag for tag in document["tags"] if tag})
    return document


def clean_tables(content: Mapping[str, Any]) -> tuple[Tables, int]:
    """Return the tables of a file's content by key, and how many parts do not match the schema.

    Each table is a dict of document ids or a list of documents. In the oldest form of the file a
    document's id was its key; an id that is a number never is.
    """
    tables: Tables = {}
    dropped = 0
    for table, rows in content.items():
        if table == META:
            continue
        if not table or not isinstance(rows, dict | list):
            dropped += 1
            continue
        pairs = rows.items() if isinstance(rows, dict) else (("0", row) for row in rows)
        clean: dict[str, Document] = {}
        for identity, row in pairs:
            key = None
            if isinstance(row, dict):
                key = row.get("key", None if identity.lstrip("-").isdigit() else identity)
            if not isinstance(key, str) or not key or key in clean:
                dropped += 1
                continue
            clean[key] = clean_document(key, row, table)
            given = row.get("when")
            stamps = given if isinstance(given, dict) else {}
            dropped += len(row.keys() - clean[key].keys()) + ("when" in row and given != stamps)
            dropped += len(stamps.keys() - clean[key]["when"].keys())
        tables[table] = clean
    return tables, dropped


def fits(table: str, name: str, value: Any) -> bool:
    """Whether a value is what this field holds. Unknown fields hold any JSON that can be saved."""
    if name.startswith(TAG):
        return False
    if table == PAPERS and name in FLAGS:
        return isinstance(value, bool)
    if table == PAPERS and name == "rating":
        return type(value) is int and 0 <= value <= 5
    if name == "note" or (table == PAPERS and name == "moved"):
        return isinstance(value, str)
    if name in ("tags", "note_past"):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if name == "note_heads":
        return isinstance(value, dict) and all(
            is_stamp(stamp) and isinstance(text, str) for stamp, text in value.items()
        )
    try:
        # The encoder refuses deeper nesting than the parser; a line and a file add a few levels.
        return bool(not isinstance(value, dict | list) or orjson.dumps([[[[[[[[value]]]]]]]]))
    except TypeError:
        return False
