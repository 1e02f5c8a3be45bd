"""What each command of the reader does: a function for each, found by its id.

A plain function runs within the key that calls it. An `async` one may ask the user something, and
runs beside the reader. They use the reader through the protocol in `ui/reader_protocol.py` and know
no widget but the list.

adding.py       files, folders, ids, URLs and pasted text
clicks.py       what a click does
completing.py   what papers lack, from the services
copying.py      link, id, BibTeX, citation, abstract to the clipboard
custom.py       the commands of the user's config
days.py         from day to day
exporting.py    papers to a file or folder
fetching.py     feeds
filtering.py    the filter, similar papers, Escape
general.py      help, palette, quit
long_work.py    how actions start jobs and stop them
marking.py      read, star, dismiss, rate, undo
moving.py       the cursor
notes.py        notes, here or in the user's editor
ordering.py     the order of the list
reading.py      the paper over the whole screen, or in the browser
selecting.py    many at once
subscribing.py  the digest by mail
tagging.py      tags
viewing.py      views, and the widths of list and abstract
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from tui.core.commands import CUSTOM_PREFIX
from tui.ui.actions import (
    adding,
    completing,
    copying,
    custom,
    days,
    exporting,
    fetching,
    filtering,
    general,
    marking,
    moving,
    notes,
    ordering,
    reading,
    selecting,
    subscribing,
    tagging,
    viewing,
)  # fmt: skip
from tui.ui.reader_protocol import Reader

Action = Callable[[Reader], Awaitable[None] | None]

ACTIONS: Mapping[str, Action] = {
    "next": moving.next_paper,
    "previous": moving.previous_paper,
    "page_down": moving.page_down,
    "page_up": moving.page_up,
    "first": moving.first_paper,
    "last": moving.last_paper,
    "scroll_down": moving.scroll_down,
    "scroll_up": moving.scroll_up,
    "read_next": marking.read_next,
    "read": marking.read,
    "star": marking.star,
    "star_next": marking.star_next,
    "not_for_me": marking.dismiss,
    "later": marking.later,
    **{f"rate_{n}": partial(marking.rate, rating=n) for n in range(6)},
    "note": notes.note,
    "note_outside": notes.note_outside,
    "tag": tagging.tag,
    "repeat": marking.repeat,
    "undo": marking.undo,
    "redo": marking.redo,
    "read_all": marking.read_all,
    "select": selecting.select,
    "select_range": selecting.select_range,
    "select_all": selecting.select_all,
    "filter": filtering.edit_filter,
    "to_list": filtering.to_list,
    "clear": filtering.clear,
    "similar": filtering.similar,
    "next_view": viewing.next_view,
    "previous_view": viewing.previous_view,
    **{f"view_{n}": partial(viewing.view_by_number, number=n) for n in range(1, 9)},
    "keep_view": viewing.keep_view,
    "narrower": viewing.narrower,
    "wider": viewing.wider,
    "day_before": days.day_before,
    "day_after": days.day_after,
    "days": days.days,
    "sort": ordering.sort,
    "open": reading.open_paper,
    "browse": reading.browse,
    "copy": copying.copy,
    "complete_paper": completing.complete_paper,
    "add": adding.add,
    "export": exporting.export,
    "fetch": fetching.fetch,
    "fetch_day": fetching.fetch_day,
    "feeds": fetching.feeds,
    "subscribe": subscribing.subscribe,
    "help": general.show_help,
    "palette": general.show_palette,
    "quit": general.leave,
}
"""Command id to what it does."""


def find_action(command_id: str) -> Action:
    """Return the action of a command of the table or of the user's config. Raises KeyError."""
    if command_id.startswith(CUSTOM_PREFIX):
        return partial(custom.run_custom, name=command_id.removeprefix(CUSTOM_PREFIX))
    return ACTIONS[command_id]
