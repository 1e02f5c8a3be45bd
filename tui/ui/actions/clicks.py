"""What a click does on a part of a paper: a star, a tag, a link, a title, a view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tui.library.views import TABLE, list_views
from tui.ui.actions.marking import STAR
from tui.ui.actions.reading import open_link, open_paper
from tui.ui.actions.tagging import filter_by_tag
from tui.ui.actions.viewing import go_to_view
from tui.ui.reader_protocol import Reader


def star_row(reader: Reader, value: int) -> None:
    """Star the paper of a catalog row, or take the star away."""
    reader.status.message(reader.triage.apply([value], STAR))


def open_row(reader: Reader, value: int) -> None:
    """Read the paper under the cursor, which was clicked twice."""
    open_paper(reader)


def tag(reader: Reader, value: str) -> None:
    """Show the papers of a tag."""
    filter_by_tag(reader, value)


async def link(reader: Reader, value: str) -> None:
    """Open a link of the paper by its name."""
    await open_link(reader, value)


def similar_row(reader: Reader, value: int) -> None:
    """Go to a paper of the third pane, in the list or in that of the similar papers."""
    if places := reader.papers.places_of(value):
        reader.papers.move_to(places[0])
    elif reader.current:
        reader.show(reader.request._replace(similar_to=reader.current.row))
        reader.papers.followed = value


def view(reader: Reader, value: str) -> None:
    """Go to a view by its name."""
    every = list_views(reader.library.store.documents(TABLE))
    go_to_view(reader, next(each for each in every if each.name == value))


CLICKS: Mapping[str, Callable[..., Any]] = {
    "star": star_row, "open": open_row, "tag": tag, "link": link, "similar": similar_row,
    "view": view,
}  # fmt: skip
"""What was clicked, as texts and messages name it."""
