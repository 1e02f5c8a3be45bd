"""THE table of commands: bindings, footer, help, palette, `sheaf keys` and the manual come from it.

Nothing here imports Textual. `action` is the name of the screen's method `action_NAME`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CUSTOM_PREFIX = "commands."
"""What the ids of the user's own commands start with."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the reader can do."""

    id: str
    keys: tuple[str, ...]
    """In Textual's names (`space`, `ctrl+p`, `question_mark`)."""
    label: str
    """One to three words for the footer."""
    help: str
    """One sentence without a full stop for help, palette and manual."""
    group: str
    where: tuple[str, ...] = ("list", "reading")
    """The places it is valid in: `list`, `reading`, `filter`, `note`."""
    footer: bool = False
    """Whether the footer names it."""

    @property
    def action(self) -> str:
        """What Textual calls for it: `run('star')`."""
        return f"run('{self.id}')"

    @property
    def shown_keys(self) -> str:
        """The keys as people write them: `j, ↓`."""
        return ", ".join(show_key(key) for key in self.keys)


_SHOWN = {
    "question_mark": "?",
    "slash": "/",
    "space": "space",
    "enter": "Enter",
    "escape": "Esc",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "minus": "-",
    "plus": "+",
    "at": "@",
    "underscore": "_",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "backslash": "\\",
}


def show_key(key: str) -> str:
    """A key as people write it: `ctrl+p` is `Ctrl+P`, `slash` is `/`."""
    if key in _SHOWN:
        return _SHOWN[key]
    modifier, plus, rest = key.partition("+")
    if plus:
        shown = show_key(rest)
        return f"{modifier.capitalize()}+{shown.upper() if len(shown) == 1 else shown}"
    if key[0] == "f" and key[1:].isdigit():
        return key.upper()
    try:
        character = unicodedata.lookup(key.replace("_", " "))
    except KeyError:
        return key.capitalize() if len(key) > 1 else key
    return character if character.isprintable() else key.capitalize()


MOVE, DECIDE, MANY = "Move", "Decide", "Many at once"
FIND, VIEWS, PAPER, SHEAF = "Find", "Views, days, order", "This paper", "Sheaf"
INOUT = "Papers in and out"

COMMANDS: tuple[Command, ...] = (
    Command("next", ("j", "down"), "next", "Go to the next paper", MOVE),
    Command("previous", ("k", "up"), "previous", "Go to the paper before", MOVE),
    Command("page_down", ("pagedown", "ctrl+f"), "page down", "Go a screenful down", MOVE),
    Command("page_up", ("pageup", "ctrl+b"), "page up", "Go a screenful up", MOVE),
    Command("first", ("g", "home"), "first", "Go to the first paper", MOVE),
    Command("last", ("G", "end"), "last", "Go to the last paper", MOVE),
    Command("scroll_down", ("J",), "scroll", "Scroll the abstract down", MOVE),
    Command("scroll_up", ("K",), "scroll up", "Scroll the abstract up", MOVE),
    Command(
        "read_next",
        ("space",),
        "read, next",
        "Mark read and go to the next unread",
        DECIDE,
        footer=True,
    ),
    Command("read", ("r",), "read", "Mark read, or unread again", DECIDE),
    Command("star", ("s",), "star", "Star, or take the star away", DECIDE, footer=True),
    Command("note", ("n",), "note", "Write a note", DECIDE, footer=True),
    Command("star_next", ("S",), "star, next", "Star and go to the next unread", DECIDE),
    Command(
        "not_for_me",
        ("d",),
        "not for me",
        "Not for me: read, and papers like it rank lower",
        DECIDE,
        footer=True,
    ),
    Command(
        "later", ("l",), "later", "Tag it later and go to the next unread", DECIDE, footer=True
    ),
    Command("rate_1", ("1",), "rate", "Rate it 1 of 5", DECIDE),
    Command("rate_2", ("2",), "rate", "Rate it 2 of 5", DECIDE),
    Command("rate_3", ("3",), "rate", "Rate it 3 of 5", DECIDE),
    Command("rate_4", ("4",), "rate", "Rate it 4 of 5", DECIDE),
    Command("rate_5", ("5",), "rate", "Rate it 5 of 5", DECIDE),
    Command("rate_0", ("0",), "no rating", "Take the rating away", DECIDE),
    Command("tag", ("t",), "tag", "Tag it; -tag takes one away", DECIDE, footer=True),
    Command(
        "note_outside", ("N",), "note in editor", "Write the note in $VISUAL or $EDITOR", DECIDE
    ),
    Command("repeat", ("full_stop",), "repeat", "Do the last decision again, here", DECIDE),
    Command("undo", ("u",), "undo", "Undo the last mark or note", DECIDE, footer=True),
    Command("redo", ("ctrl+r",), "redo", "Redo what was undone", DECIDE),
    Command("select", ("v",), "select", "Select it for many at once", MANY),
    Command(
        "select_range", ("V",), "select to here", "Select all from the last selected to here", MANY
    ),
    Command("select_all", ("asterisk",), "select all", "Select all shown, or none", MANY),
    Command("read_all", ("A",), "all read", "Mark all shown read", MANY),
    Command("filter", ("slash",), "filter", "Filter the list while you type", FIND, footer=True),
    Command(
        "to_list",
        ("enter", "down"),
        "to the list",
        "Keep the filter and go to the list",
        FIND,
        where=("filter",),
        footer=True,
    ),
    Command(
        "clear",
        ("escape",),
        "clear",
        "Leave the paper, or clear the filter",
        FIND,
        where=("list", "reading", "filter"),
    ),
    Command("next_view", ("tab",), "next view", "Go to the next view", VIEWS, footer=True),
    Command("previous_view", ("shift+tab",), "view before", "Go to the view before", VIEWS),
    *(Command(f"view_{n}", (f"f{n}",), f"view {n}", f"Go to view {n}", VIEWS) for n in range(1, 9)),
    Command(
        "keep_view", ("w",), "keep view", "Keep the filter as a view, or change this view", VIEWS
    ),
    Command("day_before", ("left_square_bracket",), "day before", "Go a day back", VIEWS),
    Command("day_after", ("right_square_bracket",), "day after", "Go a day on", VIEWS),
    Command("days", ("backslash",), "days", "Choose a day from a strip of papers a day", VIEWS),
    Command("sort", ("comma",), "order", "Choose the order; the same again reverses it", VIEWS),
    Command("narrower", ("less_than_sign",), "narrower", "Make the list narrower", VIEWS),
    Command("wider", ("greater_than_sign",), "wider", "Make the list wider", VIEWS),
    Command(
        "open",
        ("enter",),
        "read",
        "Read the paper over the whole screen",
        PAPER,
        where=("list",),
        footer=True,
    ),
    Command("browse", ("o",), "open", "Open its page in the browser", PAPER, footer=True),
    Command("similar", ("z",), "similar", "Show the papers similar to it", PAPER),
    Command("copy", ("y",), "copy", "Copy its link, id, BibTeX, citation or abstract", PAPER),
    Command(
        "complete_paper",
        ("R",),
        "complete",
        "Ask the services for what it lacks: abstract, DOI, venue, citations, code",
        PAPER,
    ),
    Command(
        "save_note", ("f2", "ctrl+s"), "save", "Save the note", PAPER, where=("note",), footer=True
    ),
    Command(
        "leave_note",
        ("escape",),
        "leave",
        "Leave the note; asks if it has changed",
        PAPER,
        where=("note",),
        footer=True,
    ),
    Command("fetch", ("f",), "fetch", "Fetch what is new in the feeds", INOUT, footer=True),
    Command("feeds", ("F",), "feeds", "Show the feeds: follow, pause, remove, fetch one", INOUT),
    Command("fetch_day", ("D",), "fetch a day", "Fetch the daily papers of a past day", INOUT),
    Command("add", ("a",), "add", "Add a file, a folder, an id or a URL", INOUT),
    Command("export", ("e",), "export", "Write this paper, the selected or all shown", INOUT),
    Command("subscribe", ("M",), "by mail", "Have the digest in your inbox", INOUT),
    Command("help", ("question_mark",), "all keys", "Show all keys", SHEAF, footer=True),
    Command(
        "palette",
        ("ctrl+p",),
        "commands",
        "Find a command by its name",
        SHEAF,
        where=("list", "reading", "filter"),
    ),
    Command("quit", ("q",), "quit", "Leave Sheaf; everything is saved already", SHEAF),
)


def valid_in(place: str, commands: Sequence[Command] = COMMANDS) -> Iterator[Command]:
    """The commands of a place, in the table's order."""
    return (command for command in commands if place in command.where)


def groups(commands: Sequence[Command] = COMMANDS) -> dict[str, list[Command]]:
    """The table by what one wants to do."""
    grouped: dict[str, list[Command]] = {}
    for command in commands:
        grouped.setdefault(command.group, []).append(command)
    return grouped
