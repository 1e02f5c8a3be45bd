"""Actions for the filter and the similar papers."""

from __future__ import annotations

from tui.ui.reader_protocol import Reader


def edit_filter(reader: Reader) -> None:
    """Go to the field of the filter."""
    reader.go_to_place("filter")


def to_list(reader: Reader) -> None:
    """Keep the filter and go to the list, to the paper under the cursor."""
    reader.go_to_place("list")


def clear(reader: Reader) -> None:
    """Hide the notice, else leave the paper, the selection, the similar papers or the filter."""
    request, place = reader.request, reader.place
    if reader.status.hide_notice():
        return
    if place != "filter":
        reader.go_to_place("list")
    if place == "reading":
        return
    if reader.papers.selection:
        reader.papers.selection = frozenset()
    elif request.similar_to is not None:
        reader.show(request._replace(similar_to=None))
    else:
        if request.text:
            reader.show(request.with_text(""))
        reader.go_to_place("list")


def similar(reader: Reader) -> None:
    """Show the papers most similar to the one under the cursor."""
    if reader.place == "reading":
        reader.go_to_place("list")
    if reader.current is None:
        reader.status.message("no paper is selected")
    else:
        reader.show(reader.request._replace(similar_to=reader.current.row))
