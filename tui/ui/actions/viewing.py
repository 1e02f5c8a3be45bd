"""Actions for the views, and for the widths of list and abstract."""

from __future__ import annotations

from tui.library.views import ALL, TABLE, View, list_views, remove_view_change, save_view_change
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.reader_protocol import Reader

STEP = 4
"""Per cent of the width by which the list grows or shrinks."""


def go_to_view(reader: Reader, view: View) -> None:
    """Show another view; the cursor stays on its paper if the view has it."""
    reader.selection = frozenset()
    reader.request = reader.request._replace(view=view, similar_to=None)


def go_to_named_view(reader: Reader, name: str) -> None:
    """Go to the view of a name."""
    go_to_view(reader, next(view for view in _views(reader) if view.name == name))


def go_to_next_view(reader: Reader) -> None:
    """Go to the next view."""
    _step(reader, 1)


def go_to_previous_view(reader: Reader) -> None:
    """Go to the previous view."""
    _step(reader, -1)


def _step(reader: Reader, step: int) -> None:
    every = _views(reader)
    place = every.index(reader.request.view) if reader.request.view in every else 0
    go_to_view(reader, every[(place + step) % len(every)])


def go_to_numbered_view(reader: Reader, number: int) -> None:
    """Go to the view of a number, from 1."""
    every = _views(reader)
    if number <= len(every):
        go_to_view(reader, every[number - 1])
    else:
        key = reader.key_of("keep_view")
        reader.status.message(f"there is no view {number}; {key} saves the filter as one")


def _views(reader: Reader) -> tuple[View, ...]:
    return list_views(reader.library.store.documents(TABLE))


async def save_view(reader: Reader) -> None:
    """Save the filter as a view; if the current view is the user's own, change or remove it."""
    request = reader.request
    custom = request.view if request.view.custom else None
    query = " ".join(part for part in (request.view.query, request.text) if part.strip())
    if request.order and "sort:" not in query:
        query = f"{query} sort:{request.order}".strip()
    if not query:
        key = reader.key_of("keep_view")
        reader.status.message(f"type a filter first; {key} then saves it as a view")
        return
    accept = reader.key_of("prompt_accept")
    name = await _ask_text(
        reader,
        f"name of the view “{custom.name}”" if custom else "name of the new view",
        custom.name if custom else "",
        f"{accept} saves it; {'empty removes it' if custom else f'it shows {query}'}",
    )
    if name is None or not (name or custom):
        return
    if custom and not name:
        reader.triage.submit(remove_view_change(custom))
        view, text = ALL, request.text
    else:
        if custom:
            label = f"papers that “{name}” shows"
            query = await _ask_text(reader, label, query, "a filter") or query
        query = query.removeprefix("/").strip()
        reader.triage.submit(save_view_change(name, query, custom))
        view, text = View(name, query, custom=True), ""
    reader.request = reader.request._replace(view=view, text=text, similar_to=None)


async def _ask_text(reader: Reader, label: str, text: str, hint: str) -> str | None:
    answer = await reader.ask(PromptScreen(label, text, hint=hint))
    return None if answer is None else answer.strip()


def narrow_list(reader: Reader) -> None:
    """Make the list narrower."""
    reader.panes.list_share -= STEP


def widen_list(reader: Reader) -> None:
    """Make the list wider."""
    reader.panes.list_share += STEP
