"""Actions for the filter and the similar papers."""

from __future__ import annotations

from tui.ui.reader_protocol import Reader


def edit_filter(reader: Reader) -> None:
    """Go to the field of the filter."""
    reader.panes.go_to("filter")


def go_to_list(reader: Reader) -> None:
    """Keep the filter and go to the list, to the paper under the cursor."""
    reader.panes.go_to("list")


def go_back(reader: Reader) -> None:
    """Do what Esc does in the reader: the first of these steps that applies.

    Hide the notice; leave the abstract; drop the selection; end the groups; leave the similar
    papers; clear the filter. In the filter, the last ones also move to the list.
    """
    request, place = reader.request, reader.panes.place
    if reader.status.hide_notice():
        return
    if place != "filter":
        reader.panes.go_to("list")
    if place == "reading":
        return
    if reader.selection:
        reader.selection = frozenset()
    elif reader.grouping.is_on:
        reader.grouping.end()
    elif request.similar_to is not None:
        reader.request = request._replace(similar_to=None)
    else:
        if request.text:
            reader.request = request.with_text("")
        reader.panes.go_to("list")


def show_similar(reader: Reader) -> None:
    """Show the papers most similar to the one under the cursor."""
    if reader.panes.place == "reading":
        reader.panes.go_to("list")
    if reader.current is None:
        reader.status.message("no paper is selected")
    else:
        reader.request = reader.request._replace(similar_to=reader.current.row)
