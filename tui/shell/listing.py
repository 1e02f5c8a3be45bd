"""sheaf list and sheaf show: papers as lines, as text or as JSON."""

from __future__ import annotations

import shutil
import sys
import textwrap

from rich.cells import cell_len, set_cell_size

from tui.catalog.catalog import FULL_DISK, StoredPaper
from tui.core.author import short_authors
from tui.core.errors import SheafError
from tui.core.paper_text import describe_paper
from tui.library.library import Library, to_json
from tui.shell import output
from tui.shell.command_line import CommandLine
from tui.state import Mark

BLOCK = 500
"""Papers fetched and printed at a time."""


def list_papers(line: CommandLine) -> int:
    """Print one line, or one JSON object, for each paper, best or newest first."""
    with Library(line.home) as library:
        if library.catalog.disk_is_full:
            output.say(f"sheaf: {FULL_DISK}", quiet=line.quiet)
        rows = find_rows(library, line.query, line.options.sort)[: line.options.limit]
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
        if not rows:
            output.say(explain_no_rows(line.query))
        for start in range(0, len(rows), BLOCK):
            for stored, mark in library.papers_with_marks(rows[start : start + BLOCK]):
                if line.options.json:
                    output.json(to_json(stored, mark))
                else:
                    output.data(_format_line(stored, mark, width))
    return 0


def find_rows(library: Library, query: str, sort: str) -> list[int]:
    """Return the rows a query finds, best or newest first; all rows for an empty query."""
    if not query.strip() and not sort:
        return library.catalog.newest()
    from tui.search.query import parse

    parsed = parse(f"{query} sort:{sort}" if sort else query, complete=True)
    for problem in parsed.problems:
        output.say(f"sheaf: {problem}")
    return [int(row) for row in library.up_to_date_search().run(parsed).rows]


def explain_no_rows(query: str) -> str:
    """Return the message for a query that finds nothing."""
    return "no paper matches" if query.strip() else "no papers yet; sheaf add FILE"


def _format_line(stored: StoredPaper, mark: Mark, width: int) -> str:
    """Return fields separated by tabs, or columns of `width` cells for a terminal."""
    paper = stored.paper
    marks = f"{' ' if mark.read else '●'}{'★' if mark.star else ' '}{'✎' if mark.note else ' '}"
    authors = short_authors(paper.authors)
    if not width:
        return "\t".join((stored.key, paper.date, marks, paper.title, authors))
    room = max(20, width - 3 - 1 - 2 - 14 - 1 - 10)  # marks, authors, date and the gaps
    title = paper.title
    if cell_len(title) > room:
        title = set_cell_size(title, room - 1).rstrip() + "…"
    return f"{marks} {set_cell_size(title, room)}  {set_cell_size(authors, 14)} {paper.date:>10}"


def show_paper(line: CommandLine) -> int:
    """Print one paper. Raises SheafError if no paper has the key."""
    key = line.options.key
    with Library(line.home) as library:
        stored = library.find(key)
        if stored is None:
            raise SheafError(f"no paper {key}; `sheaf list` prints the keys")
        mark = library.store.mark(stored.key)
        if line.options.json:
            output.json(to_json(stored, mark))
        else:
            width = min(80, shutil.get_terminal_size().columns)
            for text in _format_paper(stored, mark, width):
                output.data(text)
    return 0


def _format_paper(stored: StoredPaper, mark: Mark, width: int) -> list[str]:
    text = describe_paper(stored.paper)
    lines = textwrap.wrap(text.title, width)
    lines += textwrap.wrap(text.authors, width)
    lines.append(" · ".join([*text.facts, stored.key]))
    lines += [f"{name} {url}" for name, url in text.links.items()]
    for paragraph in text.paragraphs:
        lines += ["", *textwrap.wrap(paragraph, width)]
    if text.notice:
        lines += ["", f"({text.notice})"]
    if mark:
        states = ["read"] if mark.read else []
        states += ["starred"] if mark.star else []
        states += [f"rated {mark.rating}"] if mark.rating else []
        states += [f"#{tag}" for tag in mark.tags]
        lines += ["", " · ".join(states)] if states else []
        lines += ["", *mark.note.splitlines()] if mark.note else []
    return lines
