"""The table of commands: bindings, footer, help, palette, `sheaf keys` and the manual come from it.

Nothing here imports Textual.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

CUSTOM_PREFIX = "commands."
"""What the ids of the user's own commands start with."""
READER = ("list", "reading")
"""The places of the reader in which a paper is under the cursor."""
QUESTIONS = (
    "order", "follow", "copy", "export", "format", "overwrite", "pasted", "job", "note_changed",
    "read_all", "mail",
)  # fmt: skip
"""The places that are questions and menus: a key for each answer."""
_PLACES = {"filter": "in the filter", "note": "in the note editor"}
"""Words for the places that the group of a command does not name."""


class Command(NamedTuple):
    """One thing that a key does."""

    id: str
    """Its name in `[keys]` of the config."""
    keys: tuple[str, ...]
    """In Textual's names (`space`, `ctrl+p`, `question_mark`)."""
    label: str
    """A few words for the footer, or for a menu in which this is an answer."""
    help: str
    """One sentence without a full stop for help, palette and manual."""
    group: str
    where: tuple[str, ...] = READER
    """The places it is valid in.

    `list`; `reading`, a paper over the whole screen; `filter`; `paper`, when the pane of the paper
    has the focus; the dialogs `note`, `prompt`, `help`, `manual`, `days`, `feeds`, `output`;
    QUESTIONS.
    """
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

    @property
    def shown_place(self) -> str:
        """`in the filter`; empty if it is valid in the list or the group names the place."""
        places = [_PLACES[place] for place in self.where if place in _PLACES]
        return "" if "list" in self.where else " and ".join(places)


_SHOWN = {
    "question_mark": "?",
    "slash": "/",
    "space": "space",
    "enter": "Enter",
    "escape": "Esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
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
PANE, TEXT, QUESTION = "In the pane of the paper", "In a line of text", "In a question or menu"
NOTE, HELP, MANUAL = "In the note editor", "In the help", "In the manual"
DAYS = "In the calendar"
FEEDS, OUTPUT = "In the feeds", "In the output of a command"
ORDER, COPY, EXPORT, FORMAT = "Order by", "Copy", "Export", "Export as"
FOLLOW = "Follow"


_FOOTER = frozenset({
    "read_next", "star", "note", "not_for_me", "later", "tag", "undo", "filter", "to_list",
    "next_view", "open", "browse", "fetch", "help", "save_note", "leave_note", "feeds_add",
    "feeds_pause", "feeds_remove", "feeds_fetch", "feeds_fetch_all", "feeds_papers", "feeds_leave",
})  # fmt: skip
"""Ids of the commands that the footer names where they are valid."""


def _rows(
    group: str, where: tuple[str, ...], *rows: tuple[str, str, str, str]
) -> Iterator[Command]:
    """Commands of one group that are valid in the same places: id, keys, label, help."""
    for name, keys, label, text in rows:
        yield Command(name, tuple(keys.split()), label, text, group, where, name in _FOOTER)


COMMANDS: tuple[Command, ...] = (
    *_rows(
        MOVE, READER,
        ("next", "j down", "next", "Go to the next paper"),
        ("previous", "k up", "previous", "Go to the previous paper"),
        ("page_down", "pagedown ctrl+f", "page down", "Go down by a screen"),
        ("page_up", "pageup ctrl+b", "page up", "Go up by a screen"),
        ("first", "g home", "first", "Go to the first paper"),
        ("last", "L end", "last", "Go to the last paper"),
        ("scroll_down", "J", "scroll", "Scroll the abstract down"),
        ("scroll_up", "K", "scroll up", "Scroll the abstract up"),
    ),
    *_rows(
        DECIDE, READER,
        ("read_next", "space", "read, next", "Mark read and go to the next unread paper"),
        ("read", "r", "read", "Mark read, or unread again"),
        ("star", "s", "star", "Star, or remove the star"),
        ("note", "n", "note", "Write a note"),
        ("star_next", "S", "star, next", "Star and go to the next unread paper"),
        ("not_for_me", "d", "dismiss", "Dismiss: mark read and rank similar papers lower"),
        ("later", "l", "later", "Tag as later and go to the next unread paper"),
        *((f"rate_{n}", f"{n}", "rate", f"Rate {n} of 5") for n in range(1, 6)),
        ("rate_0", "0", "no rating", "Remove the rating"),
        ("tag", "t", "tag", "Add tags; -tag removes one"),
        ("note_outside", "N", "note in editor", "Write the note in $VISUAL or $EDITOR"),
        ("repeat", "full_stop", "repeat", "Repeat the last action on this paper"),
        ("undo", "u", "undo", "Undo the last mark or note"),
        ("redo", "ctrl+r", "redo", "Redo the last change that was undone"),
    ),
    *_rows(
        MANY, READER,
        ("select", "v", "select", "Select this paper, or deselect it"),
        ("select_range", "V", "select range",
         "Select all papers from the last selected one to this one"),
        ("select_all", "asterisk", "select all", "Select all papers shown, or none"),
        ("seen_all", "C", "catch up", "Make the papers shown no longer new"),
        ("read_all", "A", "all read", "Mark all papers shown as read"),
    ),
    *_rows(
        FIND, READER,
        ("filter", "slash", "filter", "Filter the list as you type"),
    ),
    *_rows(
        FIND, ("filter",),
        ("to_list", "enter down", "to the list", "Keep the filter and go to the list"),
    ),
    *_rows(
        FIND, ("list", "reading", "filter"),
        ("clear", "escape", "clear", "Go back to the list, or clear the filter"),
    ),
    *_rows(
        VIEWS, READER,
        ("next_view", "tab", "next view", "Go to the next view"),
        ("previous_view", "shift+tab", "previous view", "Go to the previous view"),
        *((f"view_{n}", f"f{n}", f"view {n}", f"Go to view {n}") for n in range(1, 9)),
        ("keep_view", "w", "save view", "Save the filter as a view, or change this view"),
        ("day_before", "left_square_bracket", "previous day", "Go to the previous day"),
        ("day_after", "right_square_bracket", "next day", "Go to the next day"),
        ("days", "backslash", "days", "Choose a day from a calendar of the papers a day"),
        ("sort", "comma", "order", "Choose the order; the same order again is reversed"),
        ("group", "G", "groups", "Group the papers shown by subject, or end the groups"),
        ("fold", "h", "fold", "Fold the group under the cursor, or unfold it"),
        ("pass_group", "P", "pass group",
         "Mark all papers of the group under the cursor as read, and go to the next"),
        ("narrower", "less_than_sign", "narrower", "Make the list narrower"),
        ("wider", "greater_than_sign", "wider", "Make the list wider"),
    ),
    *_rows(
        PAPER, ("list",),
        ("open", "enter", "read", "Read the paper on the whole screen"),
    ),
    *_rows(
        PAPER, READER,
        ("browse", "o", "open", "Open the page of the paper in the browser"),
        ("similar", "z", "similar", "Show similar papers"),
        ("copy", "y", "copy", "Copy the link, id, BibTeX, citation or abstract"),
        ("complete_paper", "R", "complete",
         "Look up what is missing: abstract, DOI, venue, citations, code"),
    ),
    *_rows(
        INOUT, READER,
        ("fetch", "f", "fetch", "Fetch new papers from the feeds"),
        ("feeds", "F", "feeds", "Show the feeds: follow, pause, remove, fetch one"),
        ("follow", "W", "follow", "Follow an author, venue or category of the paper, or a search"),
        ("fetch_day", "D", "fetch a day", "Fetch the daily papers of a past day"),
        ("add", "a", "add", "Add papers from a file, a folder, an id or a URL"),
        ("export", "e", "export", "Export this paper, the selected papers or all papers shown"),
        ("subscribe", "M", "by mail", "Set up the digest by mail"),
    ),
    *_rows(
        SHEAF, READER,
        ("help", "question_mark", "all keys", "Show all keys"),
    ),
    *_rows(
        SHEAF, ("list", "reading", "filter"),
        ("palette", "ctrl+p", "commands", "Find a command by its name"),
    ),
    *_rows(
        SHEAF, READER,
        ("quit", "q", "quit", "Quit; everything is already saved"),
    ),
    *_rows(
        PANE, ("paper",),
        ("paper_down", "down", "down", "Scroll down by a line"),
        ("paper_up", "up", "up", "Scroll up by a line"),
        ("paper_page_down", "pagedown", "page down", "Scroll down by a screen"),
        ("paper_page_up", "pageup", "page up", "Scroll up by a screen"),
        ("paper_top", "home", "top", "Scroll to the top"),
        ("paper_bottom", "end", "bottom", "Scroll to the bottom"),
    ),
    *_rows(
        NOTE, ("note",),
        ("save_note", "f2 ctrl+s", "save", "Save the note"),
        ("leave_note", "escape", "leave", "Leave the note; asks if it has changed"),
    ),
    *_rows(
        TEXT, ("prompt",),
        ("prompt_accept", "enter", "accept", "Accept the text"),
        ("prompt_complete", "tab", "complete", "Complete the text with the first suggestion"),
        ("prompt_leave", "escape", "leave", "Leave without doing anything"),
    ),
    *_rows(
        QUESTION, QUESTIONS,
        ("question_next", "down", "next", "Go to the next answer"),
        ("question_previous", "up", "previous", "Go to the previous answer"),
        ("question_choose", "enter", "choose", "Choose the answer under the cursor"),
        ("question_leave", "escape", "leave", "Leave without doing anything"),
    ),
    *_rows(
        HELP, ("help",),
        ("help_down", "down", "down", "Scroll down by a line"),
        ("help_up", "up", "up", "Scroll up by a line"),
        ("help_page_down", "pagedown", "page down", "Scroll down by a screen"),
        ("help_page_up", "pageup", "page up", "Scroll up by a screen"),
        ("help_manual", "f1", "manual", "Show the manual"),
        ("help_leave", "escape", "back", "Go back to the reader"),
    ),
    *_rows(
        MANUAL, ("manual",),
        ("manual_next", "tab right", "next topic", "Go to the next topic"),
        ("manual_previous", "shift+tab left", "previous topic", "Go to the previous topic"),
        ("manual_down", "j down", "down", "Scroll down by a line"),
        ("manual_up", "k up", "up", "Scroll up by a line"),
        ("manual_page_down", "space pagedown", "page down", "Scroll down by a screen"),
        ("manual_page_up", "b pageup", "page up", "Scroll up by a screen"),
        ("manual_leave", "escape q", "back", "Go back to the help"),
    ),
    *_rows(
        DAYS, ("days",),
        ("days_previous", "left h left_square_bracket", "previous", "Go to the previous day"),
        ("days_next", "right l right_square_bracket", "next", "Go to the next day"),
        ("days_first", "home g", "first", "Go to the first day"),
        ("days_last", "end G", "last", "Go to the last day"),
        ("days_choose", "enter space", "show", "Show the papers of the day"),
        ("days_leave", "escape backslash q", "leave", "Leave the calendar"),
    ),
    *_rows(
        FEEDS, ("feeds",),
        ("feeds_next", "down j", "next", "Go to the next feed"),
        ("feeds_previous", "up k", "previous", "Go to the previous feed"),
        ("feeds_add", "a", "add", "Follow a feed, or those of an OPML file"),
        ("feeds_pause", "p", "pause", "Pause the feed, or fetch it again"),
        ("feeds_remove", "x d delete", "remove", "Unfollow the feed; its papers stay"),
        ("feeds_fetch", "f", "fetch this", "Fetch this feed"),
        ("feeds_fetch_all", "F", "fetch all", "Fetch all feeds"),
        ("feeds_papers", "enter", "papers", "Show the papers of the feed"),
        ("feeds_leave", "escape q", "leave", "Leave the feeds"),
    ),
    *_rows(
        OUTPUT, ("output",),
        ("output_down", "j down", "down", "Scroll down by a line"),
        ("output_up", "k up", "up", "Scroll up by a line"),
        ("output_page_down", "pagedown", "page down", "Scroll down by a screen"),
        ("output_page_up", "pageup", "page up", "Scroll up by a screen"),
        ("output_top", "home", "top", "Scroll to the top"),
        ("output_bottom", "end", "bottom", "Scroll to the bottom"),
        ("output_copy", "y", "copy", "Copy the output"),
        ("output_leave", "escape q", "leave", "Stop the command, or leave its output"),
    ),
    *_rows(
        ORDER, ("order",),
        ("order_date", "d", "date, newest first", "Order by date, newest first"),
        ("order_added", "a", "added, last first", "Order by when a paper was added, last first"),
        ("order_title", "t", "title", "Order by title"),
        ("order_author", "f", "first author", "Order by first author"),
        ("order_rank", "l", "as its page lists it", "Order as pages and feeds list the papers"),
        ("order_rising", "u", "votes gained lately", "Order by votes gained in the last days"),
        ("order_votes", "v", "votes", "Order by votes"),
        ("order_comments", "c", "comments", "Order by comments"),
        ("order_stars", "g", "stars of its code", "Order by the stars of the code"),
        ("order_citations", "i", "citations", "Order by citations"),
        ("order_rating", "r", "your rating", "Order by your rating"),
        ("order_relevance", "m", "best match", "Order by how well the filter matches"),
        ("order_foryou", "y", "for you: like what you starred", "Order by likeness to your stars"),
    ),
    *_rows(
        FOLLOW, ("follow",),
        ("follow_first_author", "f", "first author", "Follow the first author"),
        ("follow_last_author", "l", "last author", "Follow the last author"),
        ("follow_venue", "v", "venue", "Follow the venue"),
        ("follow_category", "c", "category", "Follow the category at arXiv"),
        ("follow_search", "s", "these words", "Follow the words of the filter as a search"),
    ),
    *_rows(
        COPY, ("copy",),
        ("copy_link", "l", "link", "Copy the link"),
        ("copy_id", "i", "id", "Copy the id"),
        ("copy_bibtex", "b", "BibTeX", "Copy the BibTeX entry"),
        ("copy_citation", "c", "citation in one line", "Copy a citation in one line"),
        ("copy_markdown", "m", "Markdown link", "Copy a Markdown link"),
        ("copy_abstract", "a", "abstract", "Copy the abstract"),
    ),
    *_rows(
        EXPORT, ("export",),
        ("export_this", "p", "this paper", "Export this paper"),
        ("export_all", "a", "all shown", "Export all papers shown"),
    ),
    *_rows(
        FORMAT, ("format",),
        ("format_bibtex", "b", "BibTeX", "Export as BibTeX"),
        ("format_biblatex", "l", "BibLaTeX", "Export as BibLaTeX"),
        ("format_ris", "r", "RIS", "Export as RIS"),
        ("format_csl", "c", "CSL-JSON", "Export as CSL-JSON"),
        ("format_csv", "v", "CSV", "Export as CSV"),
        ("format_jsonl", "j", "JSON lines", "Export as JSON lines"),
        ("format_markdown", "m", "Markdown list", "Export as a Markdown list"),
        ("format_notes", "n", "Markdown notes", "Export as a folder of Markdown notes"),
        ("format_html", "h", "HTML page", "Export as an HTML page"),
    ),
    *_rows(
        QUESTION, ("overwrite",),
        ("overwrite", "w", "write over it", "Overwrite the file"),
    ),
    *_rows(
        QUESTION, ("pasted",),
        ("pasted_add", "a", "add it", "Add what was pasted"),
    ),
    *_rows(
        QUESTION, ("job",),
        ("job_stop", "s", "stop it and keep what is saved", "Stop the job that is running"),
    ),
    *_rows(
        QUESTION, ("note_changed",),
        ("note_changed_save", "s", "save it", "Save the changed note"),
        ("note_changed_discard", "d", "discard the change", "Discard the change of the note"),
    ),
    *_rows(
        QUESTION, ("read_all",),
        ("read_all_confirm", "y", "mark them read", "Mark all papers shown as read"),
    ),
    *_rows(
        QUESTION, ("mail",),
        ("mail_save", "a", "add it and send a test", "Save the mail settings and send a test"),
    ),
)  # fmt: skip


def valid_in(place: str, commands: Sequence[Command] = COMMANDS) -> Iterator[Command]:
    """The commands of a place, in the table's order."""
    return (command for command in commands if place in command.where)


def answers(place: str, commands: Sequence[Command] = COMMANDS) -> list[Command]:
    """The commands that are the answers of one question, in the table's order."""
    return [command for command in commands if command.where == (place,)]


def groups(commands: Sequence[Command] = COMMANDS) -> dict[str, list[Command]]:
    """The commands by their group; the groups of the dialogs come last."""
    grouped: dict[str, list[Command]] = {}
    for command in sorted(commands, key=lambda each: not {*READER, "filter"} & set(each.where)):
        grouped.setdefault(command.group, []).append(command)
    return grouped


def key_of(command_id: str, commands: Sequence[Command] = COMMANDS) -> str:
    """The first key of a command, as people write it; its id in quotes if it has no key.

    Messages that tell what to press take the key from here.
    """
    keys = next(command.keys for command in commands if command.id == command_id)
    return show_key(keys[0]) if keys else f"“{command_id}”"
