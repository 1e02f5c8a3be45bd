"""Taking in a snapshot that somebody else wrote: a script, an editor, a sync tool, git.

A value with a later stamp is later, as always. A value that differs under the *same* stamp, or has
none, was set by hand: it is adopted with a new stamp, the time of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.state import documents
from tui.state.documents import Document
from tui.state.stamp import after


def merge_edited(draft: Document, other: Mapping[str, Any], file_stamp: str) -> tuple[bool, int]:
    """Join a document of an edited file into a thawed one.

    Returns whether anything changed, and how many fields were set by hand over a value we had.
    """
    by_hand = {}
    for field in documents.fields_of(other):
        if _is_by_hand(draft, other, field):
            by_hand[field] = documents.value_of(other, field)
    changed = documents.merge_document(draft, _without(other, by_hand), file_stamp)
    for field, value in by_hand.items():
        ours = documents.stamp_of(draft, field)
        stamp = max(file_stamp, after(ours))
        changed |= documents.merge(draft, field, value, stamp, documents.heads_of(draft))
    return changed, len(by_hand)


def _is_by_hand(draft: Document, other: Mapping[str, Any], field: str) -> bool:
    ours, theirs = documents.stamp_of(draft, field), documents.stamp_of(other, field)
    if field == "note" and theirs:
        if "note_heads" in other:
            return bool(other.get("note", "") != documents.joined(other["note_heads"]))
        known = documents.heads_of(draft)
        return theirs in known and known[theirs] != other.get("note", "")
    differs = documents.value_of(other, field) != documents.value_of(draft, field)
    return bool(ours) and theirs in ("", ours) and differs


def _without(other: Mapping[str, Any], fields: Mapping[str, Any]) -> Document:
    rest = documents.thaw(other)
    for field in fields:
        rest["when"].pop(field, None)
        if field.startswith(documents.TAG):
            tags = rest.get("tags", [])
            rest["tags"] = [tag for tag in tags if documents.TAG + tag != field]
        else:
            rest.pop(field, None)
            if field == "note":
                rest.pop("note_heads", None)
    return rest
