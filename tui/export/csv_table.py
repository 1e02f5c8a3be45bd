"""CSV: one row a paper under names of columns that spreadsheets, Zotero and Sheaf understand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from tui.export.item import ExportItem
from tui.export.publication import paper_url

COLUMNS = (
    "key", "title", "authors", "abstract", "published", "listed", "venue", "categories", "doi",
    "arxiv", "pmid", "url", "pdf", "code", "votes", "comment", "read", "starred", "rating",
    "my tags", "my note",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@")


def format_csv(items: Iterable[ExportItem]) -> Iterator[str]:
    """The names of the columns, then a row for each paper; lists are parted by semicolons."""
    yield _row(COLUMNS)
    for item in items:
        yield _row(_cells(item))


def _row(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([_harmless(cell) for cell in cells])
    return text.getvalue()


def _harmless(cell: str) -> str:
    """A spreadsheet would run a text that begins as a formula does; a space keeps it text."""
    return f" {cell}" if cell.startswith(_FORMULA) else cell


def _cells(item: ExportItem) -> tuple[str, ...]:
    paper, mark = item.stored.paper, item.mark
    links = paper.all_links
    return (
        item.stored.key,
        paper.title,
        _authors(paper.authors),
        paper.abstract,
        paper.published,
        paper.listed,
        paper.venue,
        "; ".join(paper.categories),
        paper.ids.get("doi", ""),
        paper.ids.get("arxiv", ""),
        paper.ids.get("pmid", ""),
        paper_url(paper),
        links.get("pdf", ""),
        links.get("code", ""),
        str(paper.votes or ""),
        paper.comment,
        "yes" if mark.read else "",
        "yes" if mark.star else "",
        str(mark.rating or ""),
        "; ".join(mark.tags),
        item.note,
    )


def _authors(authors: tuple[str, ...]) -> str:
    """A semicolon after the only author where a comma in the name would seem to part two."""
    alone = len(authors) == 1 and "," in authors[0]
    return f"{authors[0]};" if alone else "; ".join(authors)
