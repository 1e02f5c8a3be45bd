"""sheaf list and sheaf show: papers as lines, as text, as JSON."""

from __future__ import annotations

import shutil
import sys
import textwrap
from pathlib import Path

from rich.cells import cell_len, set_cell_size

from tui.catalog.catalog import Stored
from tui.core.errors import SheafError
from tui.core.paper import SAMPLE, short_authors
from tui.library.library import Library, to_json
from tui.shell import output
from tui.state import Mark

BLOCK = 500
"""Papers fetched and printed at a time."""


def list_papers(home: Path, query: str, limit: int | None, sort: str, as_json: bool) -> int:
    """Print one line (or one JSON object) a paper, best or newest first."""
    with Library(home) as library:
        rows = matching(library, query, sort)
        rows = rows if limit is None else rows[:limit]
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
        if not rows:
            output.say("no paper matches" if query.strip() else "no papers yet; sheaf add FILE")
        for start in range(0, len(rows), BLOCK):
            for stored, mark in library.with_marks(rows[start : start + BLOCK]):
                if as_json:
                    output.json(to_json(stored, mark))
                else:
                    output.data(_line(stored, mark, width))
    return 0


def matching(library: Library, query: str, sort: str) -> list[int]:
    """The rows a query finds, best or newest first; all of them without one."""
    if not query.strip() and not sort:
        return library.catalog.newest()
    from tui.search.query import parse

    parsed = parse(f"{query} sort:{sort}" if sort else query)
    for problem in parsed.problems:
        output.say(f"sheaf: {problem}")
    return [int(row) for row in library.updated_search().run(parsed).rows]


def _line(stored: Stored, mark: Mark, width: int) -> str:
    """Tabs between fields for scripts; columns of a terminal's width for people."""
    paper = stored.paper
    marks = f"{' ' if mark.read else '●'}{'★' if mark.star else ' '}{'✎' if mark.note else ' '}"
    authors = short_authors(paper.authors)
    if not width:
        return "\t".join((stored.key, paper.date, marks, paper.title, authors))
    room = max(20, width - 3 - 1 - 2 - 14 - 1 - 10)
    title = paper.title
    if cell_len(title) > room:
        title = set_cell_size(title, room - 1).rstrip() + "…"
    return f"{marks} {set_cell_size(title, room)}  {set_cell_size(authors, 14)} {paper.date:>10}"


def show(home: Path, key: str, as_json: bool) -> int:
    """Print one paper. SheafError, if there is none of that key."""
    with Library(home) as library:
        stored = library.find(key)
        if stored is None:
            raise SheafError(f"no paper {key}; `sheaf list` prints the keys")
        mark = library.store.mark(stored.key)
        if as_json:
            output.json(to_json(stored, mark))
        else:
            width = min(80, shutil.get_terminal_size().columns)
            for line in _text(stored, mark, width):
                output.data(line)
    return 0


def _text(stored: Stored, mark: Mark, width: int) -> list[str]:
    paper = stored.paper
    facts = [paper.published, paper.venue, " ".join(paper.categories), stored.key]
    lines = textwrap.wrap(paper.title, width)
    lines += textwrap.wrap(", ".join(paper.authors), width)
    lines.append(" · ".join(fact for fact in facts if fact))
    lines += [f"{name} {url}" for name, url in paper.all_links.items()]
    for paragraph in paper.abstract.split("\n\n"):
        lines += ["", *textwrap.wrap(paragraph, width)]
    if paper.abstract_source == SAMPLE:
        lines += ["", "(summary written for the sample library)"]
    if mark:
        states = ["read"] if mark.read else []
        states += ["starred"] if mark.star else []
        states += [f"rated {mark.rating}"] if mark.rating else []
        states += [f"#{tag}" for tag in mark.tags]
        lines += ["", " · ".join(states)] if states else []
        lines += ["", *mark.note.splitlines()] if mark.note else []
    return lines
