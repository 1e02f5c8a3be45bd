"""Actions that move the cursor and scroll the abstract."""

from __future__ import annotations

from tui.library.views import NEW
from tui.ui.reader_protocol import Reader


def go_to_next_paper(reader: Reader) -> None:
    """Go to the next paper."""
    reader.panes.papers.move_to(reader.panes.papers.cursor + 1)


def go_to_previous_paper(reader: Reader) -> None:
    """Go to the previous paper."""
    reader.panes.papers.move_to(reader.panes.papers.cursor - 1)


def page_down(reader: Reader) -> None:
    """Go a screenful of papers down."""
    reader.panes.papers.move_to(reader.panes.papers.cursor + reader.panes.papers.page)


def page_up(reader: Reader) -> None:
    """Go a screenful of papers up."""
    reader.panes.papers.move_to(reader.panes.papers.cursor - reader.panes.papers.page)


def go_to_first_paper(reader: Reader) -> None:
    """Go to the first paper; if new papers are announced, show these."""
    if reader.status.end_announcement():
        reader.request = reader.request._replace(view=NEW, similar_to=None)
    reader.panes.papers.move_to(0)


def go_to_last_paper(reader: Reader) -> None:
    """Go to the last paper."""
    reader.panes.papers.move_to(len(reader.panes.papers.places) - 1)


def scroll_down(reader: Reader) -> None:
    """Scroll the abstract half a screen down."""
    reader.panes.detail.scroll_screens(0.5)


def scroll_up(reader: Reader) -> None:
    """Scroll the abstract half a screen up."""
    reader.panes.detail.scroll_screens(-0.5)


def go_to_next_unread(reader: Reader) -> None:
    """Go to the next unread paper or folded group with one; else say which keys go on."""
    papers = reader.panes.papers
    following = _next_unread(reader, papers.cursor + 1)
    if following is not None:
        papers.move_to(following)
        return
    next_view = reader.key_of("next_view")
    if _next_unread(reader, 0) is None:
        reader.status.message(f"all papers shown are read · {next_view} goes to the next view")
    else:
        first = reader.key_of("first")
        reader.status.message(
            f"end of the list · {first} goes to the first, {next_view} to the next view"
        )


def _next_unread(reader: Reader, start: int) -> int | None:
    """Return the first place from `start` on with an unread paper or a folded group with one."""
    places, triage = reader.panes.papers.places, reader.triage
    if not places.is_grouped:
        return triage.next_unread(places.rows, start)
    unread = set(triage.unread_rows(places.rows))
    every = range(start, len(places))
    return next((place for place in every if not unread.isdisjoint(places.rows_at(place))), None)
