"""Actions on groups of papers on one subject: show them, fold them, pass one over."""

from __future__ import annotations

from tui.state import Change
from tui.ui.reader_protocol import Reader


def group(reader: Reader) -> None:
    """Show the papers of the list in groups, or without them again."""
    if reader.grouping.is_on:
        reader.grouping.end()
    else:
        reader.grouping.start()


def fold(reader: Reader) -> None:
    """Fold the group under the cursor, or unfold it."""
    if _require_groups(reader):
        reader.panes.papers.fold_group()


def pass_group(reader: Reader) -> None:
    """Mark all papers of the group under the cursor read, fold it and go to the next group."""
    if not _require_groups(reader):
        return
    papers, triage = reader.panes.papers, reader.triage
    heading = papers.places.heading_above(papers.cursor)
    assert heading
    keys = triage.keys_of(triage.unread_rows(heading.rows))
    if keys:
        triage.submit(Change.of("read", papers={key: {"read": True} for key in keys}))
        undo = reader.key_of("undo")
        reader.status.message(f"read: {triage.describe(keys)} · {undo} undoes it")
    else:
        reader.status.message(f"all papers of “{heading.name}” are read")
    papers.fold_group(True)
    papers.go_to_group(heading.number + 1)


def _require_groups(reader: Reader) -> bool:
    """Return whether the list shows groups; if not, say how to show them."""
    if not reader.grouping.is_on:
        reader.status.message(f"{reader.key_of('group')} groups the papers first")
    return reader.grouping.is_on
