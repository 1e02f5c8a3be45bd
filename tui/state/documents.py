"""One document: fields, each with the stamp of its last change, and how two versions become one.

A document is a plain dict as it stands in `state.json`:

    {"key": "arxiv:2402.18668", "note": "...", "star": true, "tags": ["rag"],
     "when": {"note": STAMP, "star": STAMP, "tag:rag": STAMP}}

A field with nothing in it is absent; its stamp stays, so that an older value cannot come back.
Each tag is a field of its own, `tag:NAME`. Documents are never changed in place: `thaw` one, change
the copy, put the copy in its stead.

A note is kept as the set of its versions that no later edit was based on. Usually that is one. When
two places edited it apart, both are in `note_heads` and `note` shows both; the next edit supersedes
them. `note_past` remembers superseded versions, so that a stale file cannot bring one back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from tui.state.stamp import NEVER, after

Document = dict[str, Any]

TAG = "tag:"
RESERVED = frozenset({"key", "when", "tags", "note_heads", "note_past"})
"""Names in a document that are not fields."""


def new(key: str) -> Document:
    """Return a document that says nothing."""
    return {"key": key, "when": {}}


def thaw(document: Mapping[str, Any]) -> Document:
    """Copy a document so that the copy can be changed."""
    copy = dict(document)
    copy["when"] = dict(copy["when"])
    return copy


def value_of(document: Mapping[str, Any], field: str) -> Any:
    """Return what a field holds, None for nothing."""
    if field.startswith(TAG):
        return True if field[len(TAG) :] in document.get("tags", ()) else None
    return document.get(field)


def stamp_of(document: Mapping[str, Any], field: str) -> str:
    """Return when a field last changed, NEVER if it never did."""
    stamp: str = document["when"].get(field, NEVER)
    return stamp


def state_of(document: Mapping[str, Any], field: str) -> str:
    """Return what names the state of a field: its stamp; of a note edited apart all of them."""
    if field == "note" and (heads := document.get("note_heads")):
        return "+".join(sorted(heads))
    return stamp_of(document, field)


def fields_of(document: Mapping[str, Any]) -> Iterator[str]:
    """Give every field that has a value or a stamp."""
    when = document["when"]
    yield from when
    for field in document:
        if field not in RESERVED and field not in when:
            yield field
    for tag in document.get("tags", ()):
        if TAG + tag not in when:
            yield TAG + tag


def put(draft: Document, field: str, value: Any, stamp: str) -> None:
    """Set a field of a thawed document, whatever was there."""
    draft["when"][field] = stamp
    if field.startswith(TAG):
        tags = set(draft.get("tags", ()))
        (tags.add if value else tags.discard)(field[len(TAG) :])
        field, value = "tags", sorted(tags)
    if value is None or (field in ("tags", "note") and not value):
        draft.pop(field, None)
    else:
        draft[field] = value


def merge(draft: Document, field: str, value: Any, stamp: str, past: Iterable[str] = ()) -> bool:
    """Let a field of a thawed document take a value if the value is later; tell whether it did.

    Commutative, associative and idempotent. Of two values with one stamp the larger text wins.
    `past` are the versions of the note that this value supersedes.
    """
    if field == "note":
        return merge_note(draft, {stamp: value or ""}, past)
    current = stamp_of(draft, field)
    if stamp < current or not stamp:
        return False
    if stamp == current:
        held = value_of(draft, field)
        if held == value or _rank(value) <= _rank(held):
            return False
    put(draft, field, value, stamp)
    return True


def heads_of(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the versions of the note that stand, by stamp."""
    heads = document.get("note_heads")
    if heads:
        return dict(heads)
    stamp = document["when"].get("note")
    return {stamp: document.get("note", "")} if stamp else {}


def merge_note(draft: Document, heads: Mapping[str, str], past: Iterable[str]) -> bool:
    """Join versions of a note into a thawed document; tell whether anything changed."""
    known = heads_of(draft)
    superseded = set(draft.get("note_past", ()))
    gone = superseded.union(past)
    both = dict(known)
    for stamp, text in heads.items():
        if stamp:
            _add_version(both, stamp, text)
    live = {stamp: both[stamp] for stamp in sorted(both) if stamp not in gone}
    if not live or (live == known and gone == superseded):
        return False
    put_heads(draft, live, gone)
    return True


def _add_version(heads: dict[str, str], stamp: str, text: str) -> None:
    """Add a version of the note. Two texts with one stamp, from a change of two papers that have
    become one, or a copy edited by hand, are both kept: the smaller just after the larger."""
    while (held := heads.get(stamp, text)) != text:
        heads[stamp], text = max(held, text), min(held, text)
        if not text:
            return
        stamp = after(stamp)
    heads[stamp] = text


def put_heads(draft: Document, heads: Mapping[str, str], past: Iterable[str]) -> None:
    """Set the note of a thawed document to exactly these versions."""
    for name, value in (
        ("note_past", sorted(past)),
        ("note_heads", dict(heads) if len(heads) > 1 else {}),
    ):
        if value:
            draft[name] = value
        else:
            draft.pop(name, None)
    if heads:
        put(draft, "note", joined(heads), max(heads))
    else:
        draft.pop("note", None)
        draft["when"].pop("note", None)


def joined(heads: Mapping[str, str]) -> str:
    """Show every version, the earliest first, each further one below a line that says when."""
    shown: list[tuple[str, str]] = []
    for stamp in sorted(heads):
        text = heads[stamp]
        if text and not any(text == other for _, other in shown):
            shown.append((stamp, text))
    parts = [text for _, text in shown[:1]]
    for stamp, text in shown[1:]:
        parts.append(f"--- also edited {stamp[:10]} {stamp[11:16]} UTC ---\n{text}")
    return "\n\n".join(parts)


def restore(draft: Document, field: str, before: Mapping[str, Any]) -> None:
    """Put one field of a thawed document back to what it was in `before`; not for the note."""
    stamp = stamp_of(before, field)
    put(draft, field, value_of(before, field), stamp)
    if not stamp:
        del draft["when"][field]


def withdraw_note(draft: Document, stamp: str, before: Mapping[str, Any]) -> None:
    """Take one version out of the note of a thawed document; what it superseded stands again."""
    live = heads_of(draft)
    if live.pop(stamp, None) is None:
        return
    stood = heads_of(before)
    past = set(draft.get("note_past", ())) - stood.keys()
    put_heads(draft, {**stood, **live}, past)


def _rank(value: Any) -> bytes:
    return b"" if value is None else orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def merge_document(draft: Document, other: Mapping[str, Any], default: str) -> bool:
    """Join a whole document into a thawed one; values without a stamp count as set at `default`."""
    changed = False
    when = other["when"]
    for field in fields_of(other):
        if field == "note":
            heads = heads_of(other) or {default: other.get("note", "")}
            changed |= merge_note(draft, heads, other.get("note_past", ()))
        else:
            changed |= merge(draft, field, value_of(other, field), when.get(field, default))
    return changed
