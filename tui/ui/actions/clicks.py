"""What a click does on a part of a paper: a mark, a tag, a link, a title; and on a view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tui.ui.actions.marking import STAR
from tui.ui.actions.reading import open_link, open_paper
from tui.ui.actions.selecting import toggle_row
from tui.ui.actions.tagging import filter_by_tag
from tui.ui.actions.viewing import go_to_named_view
from tui.ui.reader_protocol import Reader


def star_row(reader: Reader, row: int) -> None:
    """Star the paper of a catalog row, or remove the star."""
    reader.status.message(reader.triage.apply([row], STAR))


def open_row(reader: Reader, row: int) -> None:
    """Read the paper under the cursor, which was clicked twice."""
    open_paper(reader)


def go_to_similar_row(reader: Reader, row: int) -> None:
    """Go to a paper of the third pane, in the list or else in the list of the similar papers."""
    papers = reader.panes.papers
    if places := papers.places.places_of(row):
        papers.move_to(places[0])
        if papers.heading:
            papers.fold_group(folded=False)
            papers.move_to(papers.places.places_of(row)[0])
    elif reader.current:
        reader.request = reader.request._replace(similar_to=reader.current.row)
        papers.followed = row


CLICKS: Mapping[str, Callable[..., Any]] = {
    "select": toggle_row,
    "star": star_row,
    "open": open_row,
    "tag": filter_by_tag,
    "link": open_link,
    "similar": go_to_similar_row,
    "view": go_to_named_view,
}
"""What was clicked, as texts and messages name it, to what is done with its row or name."""
