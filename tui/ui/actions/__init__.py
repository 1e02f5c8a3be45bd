"""The actions: a function for each command of the reader, found by the id of the command.

A plain function runs within the key that calls it. An `async` one may ask the user something, and
runs beside the reader. They use the reader through the protocol in `ui/reader_protocol.py`.

adding.py       files, folders, ids, URLs and pasted text
clicks.py       what a click on a part of a paper does
completing.py   missing fields of papers, from the services
copying.py      link, id, BibTeX, citation, abstract to the clipboard
custom.py       the commands of the user's config
days.py         the day that the list shows
exporting.py    papers to a file or folder
fetching.py     feeds
filtering.py    the filter, similar papers, Escape
following.py    a feed that the paper suggests
general.py      help, palette, quit
grouping.py     groups of papers on one subject
long_work.py    starts jobs, and asks whether to stop them
marking.py      read, star, dismiss, rate, undo
moving.py       the cursor
notes.py        notes, in the editor of the reader or in the user's own
ordering.py     the order of the list
reading.py      the paper over the whole screen, or in the browser
selecting.py    the selection, and the papers that actions are for
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
    following,
    general,
    grouping,
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
    "next": moving.go_to_next_paper,
    "previous": moving.go_to_previous_paper,
    "page_down": moving.page_down,
    "page_up": moving.page_up,
    "first": moving.go_to_first_paper,
    "last": moving.go_to_last_paper,
    "scroll_down": moving.scroll_down,
    "scroll_up": moving.scroll_up,
    "read_next": marking.mark_read_and_advance,
    "read": marking.mark_read,
    "star": marking.star,
    "star_next": marking.star_and_advance,
    "not_for_me": marking.dismiss,
    "later": marking.tag_later,
    **{f"rate_{n}": partial(marking.rate, rating=n) for n in range(6)},
    "note": notes.edit_note,
    "note_outside": notes.edit_note_outside,
    "tag": tagging.edit_tags,
    "repeat": marking.repeat,
    "undo": marking.undo,
    "redo": marking.redo,
    "read_all": marking.mark_all_read,
    "seen_all": marking.mark_all_seen,
    "select": selecting.select,
    "select_range": selecting.select_range,
    "select_all": selecting.select_all,
    "filter": filtering.edit_filter,
    "to_list": filtering.go_to_list,
    "clear": filtering.go_back,
    "similar": filtering.show_similar,
    "next_view": viewing.go_to_next_view,
    "previous_view": viewing.go_to_previous_view,
    **{f"view_{n}": partial(viewing.go_to_numbered_view, number=n) for n in range(1, 9)},
    "keep_view": viewing.save_view,
    "group": grouping.group,
    "fold": grouping.fold,
    "pass_group": grouping.pass_group,
    "narrower": viewing.narrow_list,
    "wider": viewing.widen_list,
    "day_before": days.go_to_day_before,
    "day_after": days.go_to_day_after,
    "days": days.choose_day,
    "sort": ordering.choose_order,
    "open": reading.open_paper,
    "browse": reading.open_page,
    "copy": copying.copy,
    "complete_paper": completing.complete_paper,
    "add": adding.add,
    "export": exporting.export,
    "fetch": fetching.fetch,
    "fetch_day": fetching.fetch_day,
    "feeds": fetching.show_feeds,
    "follow": following.follow,
    "subscribe": subscribing.subscribe,
    "help": general.show_help,
    "palette": general.show_palette,
    "quit": general.leave,
}
"""Id of a command to its action."""


def find_action(command_id: str) -> Action:
    """Return the action of a command of the table or of the user's config. Raises KeyError."""
    if command_id.startswith(CUSTOM_PREFIX):
        return partial(custom.run_custom, name=command_id.removeprefix(CUSTOM_PREFIX))
    return ACTIONS[command_id]
