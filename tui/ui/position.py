"""Position: the view, order, filter, paper and width with which the reader is opened again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.library.orders import find_order
from tui.library.views import ALL, View
from tui.state import Change, Store
from tui.ui.list_request import ListRequest
from tui.ui.pane_layout import LIST_SHARE, clamp_share

TABLE = "session"
"""The table of the state store that has the position."""
DOCUMENT = "main"


class Position(NamedTuple):
    """What is saved when the reader ends."""

    request: ListRequest
    paper: str | None = None
    """The key of the paper under the cursor."""
    list_share: int = LIST_SHARE


def load_position(store: Store, views: Sequence[View], request: ListRequest) -> Position:
    """Return the position the reader was left in; a filter of `request` replaces the saved one.

    What is missing or no longer valid is taken from `request`.
    """
    saved = store.document(TABLE, DOCUMENT)
    view = next((view for view in views if view.name == saved.get("view")), ALL)
    request = request._replace(view=view)
    if find_order(str(saved.get("order"))):
        request = request._replace(order=str(saved["order"]), reverse=bool(saved.get("reverse")))
    if not request.text and isinstance(saved.get("filter"), str):
        request = request._replace(text=saved["filter"])
    paper = saved.get("paper")
    share = saved.get("split")
    return Position(
        request,
        paper if isinstance(paper, str) else None,
        clamp_share(share) if isinstance(share, int) else LIST_SHARE,
    )


def save_position(position: Position) -> Change:
    """Return the change that saves `position`; undo passes over it."""
    request = position.request
    fields = {
        "view": request.view.name,
        "order": request.order,
        "reverse": request.reverse,
        "filter": request.text,
        "paper": position.paper,
        "split": position.list_share,
    }
    return Change.of("session", tables={TABLE: {DOCUMENT: fields}}, silent=True)
