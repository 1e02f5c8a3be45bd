"""Texts about a list: how many papers it has, how its filter was understood, why it is empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.library.views import ALL
from tui.ui.list_request import ListRequest

if TYPE_CHECKING:
    from tui.search.session import SearchResult

EMPTY_VIEWS = {
    "Unread": ("Everything here is read.", "{fetch} fetches what is new."),
    "Today": (
        "No paper was listed on {day}.",
        "{day_before} goes to the previous day, {days} opens the calendar,",
        "{fetch} fetches what is new, {fetch_day} a past day.",
    ),
    "Starred": ("Nothing is starred yet.", "{star} stars a paper."),
    "Later": ("Nothing is kept for later.", "{later} keeps a paper for later."),
    "New": (
        "There is no paper that you have not seen.",
        "{fetch} fetches, {feeds} shows the feeds.",
    ),
}
"""Name of a view to what is shown when it is empty: why, and what to press."""
CORRECTIONS_SHOWN = 2
"""Corrected words that are shown beside the filter."""


class Keys(dict[str, str]):
    """Maps a command id to its key for `str.format_map`, which looks up only those in a text."""

    def __init__(self, key_of: Callable[[str], str]) -> None:
        super().__init__()
        self._key_of = key_of

    def __missing__(self, command: str) -> str:
        return self._key_of(command)


def describe_result(
    request: ListRequest, result: SearchResult, total: int, similar_title: str, so_far: bool
) -> str:
    """Return how many papers a list has and how its filter was understood.

    `total` papers are in the library; `similar_title` is the title of the paper that the others
    are similar to; `so_far`: the first index is not complete yet.
    """
    hits, query = result.hits, result.query
    end = " so far" if so_far else ""
    if request.similar_to is not None:
        return f"{hits.total} similar to “{similar_title}”" if similar_title else ""
    if not request.is_filtered:
        return f"{hits.total:,} papers{end}"
    parts = [f"{hits.total:,} of {total:,}{end}", *query.problems[:1]]
    parts += [f"{typed} → {found}" for typed, found in hits.corrections[:CORRECTIONS_SHOWN]]
    if not hits.corrections and query.understood:
        parts.append(query.understood)
    return " · ".join(parts)


def explain_empty_list(
    request: ListRequest,
    problems: tuple[str, ...],
    has_papers: bool,
    key_of: Callable[[str], str],
) -> tuple[str, ...]:
    """Return the lines that say why a list is empty, and what to press.

    `problems` of the query come with a filter that finds nothing. `has_papers`: the library has
    any. `key_of` gives the key of a command.
    """
    if request.similar_to is not None:
        lines: tuple[str, ...] = ("No paper is similar to this one.", "{clear} returns.")
    elif request.is_filtered:
        everything = f" in this view; {key_of('view_5')} goes to all papers."
        lines = (
            f"No paper matches{everything if request.view_query else '.'}",
            *(problem.replace("{", "{{").replace("}", "}}") for problem in problems),
            "{clear} clears the filter.",
        )
    elif request.view is ALL or not has_papers:
        lines = (
            "No papers yet.",
            "{add} adds a file, an id or a URL; {feeds} follows feeds.",
        )
    else:
        name = request.view.name.replace("{", "{{").replace("}", "}}")
        lines = EMPTY_VIEWS.get(request.view.name, (f"No paper is in “{name}”.",))
        lines = (*lines, "{next_view} goes to the next view.")
    keys = Keys(key_of)
    keys["day"] = request.day
    return tuple(line.format_map(keys) for line in lines)


def first_hint(key_of: Callable[[str], str]) -> str:
    """Return two lines of help for a user who opens the reader for the first time."""
    text = (
        "{next} {previous} move · {read_next} read and go on · {star} star · "
        "{not_for_me} dismiss · {filter} filter\n"
        "{help} all keys · {palette} commands · {quit} quits, all is saved · {clear} hides this"
    )
    return text.format_map(Keys(key_of))
