"""Actions that mark papers; with some of them the cursor goes to the next unread paper."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tui.library.triage import Decision
from tui.search.query import parse
from tui.state import Change, SaveRefused
from tui.ui.actions.moving import go_to_next_unread
from tui.ui.actions.selecting import target_rows
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.reader_protocol import Reader

ASK_ABOVE = 20
"""Papers that are marked read without a question."""
MANY_NEW = 1000
"""New papers that are marked one by one as seen; of more, the last one is remembered."""

READ = Decision("read", {"read": True}, opposite="unread")
READ_NEXT = Decision("read", {"read": True}, advance=True)
STAR = Decision("star", {"star": True}, opposite="unstar")
STAR_NEXT = Decision("star", {"star": True}, advance=True)
DISMISS = Decision("dismiss", {"read": True, "dismissed": True}, advance=True)
LATER = Decision("later", {"tags_add": ["later"]}, advance=True)


def decide(reader: Reader, decision: Decision) -> None:
    """Make a decision on the selected papers, else on the one under the cursor.

    Then go to the next unread paper if the decision says so.
    """
    rows = target_rows(reader)
    if not rows:
        reader.status.message("no paper is selected")
        return
    reader.status.message(reader.triage.apply(rows, decision))
    if reader.selection:
        reader.selection = frozenset()
    elif decision.advance:
        go_to_next_unread(reader)


def mark_read(reader: Reader) -> None:
    """Mark the papers read; if all of them are read, mark them unread."""
    decide(reader, READ)


def mark_read_and_advance(reader: Reader) -> None:
    """Mark read and go to the next unread paper; fold or unfold the group of a heading."""
    if reader.panes.papers.heading and not reader.selection:
        reader.panes.papers.fold_group()
        return
    decide(reader, READ_NEXT)


def star(reader: Reader) -> None:
    """Star the papers; if all of them have a star, remove it."""
    decide(reader, STAR)


def star_and_advance(reader: Reader) -> None:
    """Star and go to the next unread paper."""
    decide(reader, STAR_NEXT)


def dismiss(reader: Reader) -> None:
    """Mark read and rank similar papers lower."""
    decide(reader, DISMISS)


def tag_later(reader: Reader) -> None:
    """Tag `later` and go to the next unread paper."""
    decide(reader, LATER)


def rate(reader: Reader, rating: int) -> None:
    """Rate the papers 1 to 5; 0 removes the rating."""
    label = f"rating {rating}" if rating else "no rating"
    decide(reader, Decision(label, {"rating": rating}))


def repeat(reader: Reader) -> None:
    """Make the last decision again, on these papers."""
    if reader.triage.last is None:
        reader.status.message("nothing to repeat yet")
    else:
        decide(reader, reader.triage.last)


def undo(reader: Reader) -> None:
    """Undo the last change of marks, notes, views or feeds."""
    _step(reader, reader.triage.undo)


def redo(reader: Reader) -> None:
    """Redo the last change that was undone."""
    _step(reader, reader.triage.redo)


def _step(reader: Reader, step: Callable[[], str]) -> None:
    try:
        reader.status.message(step())
    except SaveRefused as refused:
        reader.status.warn(str(refused))


async def mark_all_read(reader: Reader) -> None:
    """Mark all papers shown read, as one step of undo; ask first if they are many."""
    triage = reader.triage
    keys = triage.keys_of(triage.unread_rows([int(row) for row in reader.panes.papers.rows]))
    if not keys:
        reader.status.message("all papers shown are read")
        return
    if len(keys) > ASK_ABOVE:
        undo_key = reader.key_of("undo")
        question = QuestionScreen(
            f"Mark {len(keys):,} papers read?",
            "read_all",
            "leave them",
            {"read_all_confirm": f"mark them read; {undo_key} undoes it"},
        )
        if not await reader.ask(question):
            return
    reader.selection = frozenset()
    triage.submit(Change.of("read", papers={key: {"read": True} for key in keys}))
    reader.status.message(f"read: {triage.describe(keys)}")


async def mark_all_seen(reader: Reader) -> None:
    """Make all papers shown no longer new.

    That is one step of undo; but if no other paper is new and they are more than MANY_NEW, this
    machine remembers the last row instead of a mark for each.
    """
    library, triage = reader.library, reader.triage
    new = set(library.rows.rows("new").tolist())
    rows = [row for row in map(int, reader.panes.papers.rows) if row in new]
    if not rows:
        reader.status.message("no paper shown is new")
    elif len(rows) > MANY_NEW and len(rows) == library.search.run(parse("is:new")).total:
        await asyncio.to_thread(library.visit, row=max(new))
        triage.refresh_counts()
        reader.request = reader.request  # paints the rows again
        reader.status.message(f"no longer new on this machine: {len(rows):,} papers")
    else:
        keys = await asyncio.to_thread(triage.keys_of, rows)
        triage.submit(Change.of("catch up", papers={key: {"seen": True} for key in keys}))
        reader.status.message(f"no longer new: {triage.describe(keys)}")
