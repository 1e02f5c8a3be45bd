"""CSV: one row for each paper, with column names that spreadsheets, Zotero and Sheaf know."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from tui.core.author import Author
from tui.core.paper import Paper
from tui.export.item import ExportItem
from tui.export.publication import paper_url

COLUMNS = (
    "key", "title", "authors", "abstract", "published", "listed", "venue", "categories", "doi",
    "arxiv", "pmid", "url", "pdf", "code", "votes", "comment", "read", "starred", "rating",
    "my tags", "my note",
)  # fmt: skip
_SPLITS_NAMES = re.compile(r"\band\b|[;&|()]")
_FORMULA_STARTS = ("=", "+", "-", "@")


def format_csv(items: Iterable[ExportItem]) -> Iterator[str]:
    """Yield the column names, then a row for each paper; lists are separated by semicolons."""
    yield _row(COLUMNS)
    for item in items:
        yield _row(_cells(item))


def _row(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([_without_formula(cell) for cell in cells])
    return text.getvalue()


def _without_formula(cell: str) -> str:
    """Put a space before what a spreadsheet would run as a formula."""
    return f" {cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _cells(item: ExportItem) -> tuple[str, ...]:
    paper, mark = item.paper, item.mark
    links = paper.all_links
    return (
        item.stored.key,
        paper.title,
        _join_authors(paper),
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


def _join_authors(paper: Paper) -> str:
    """Join authors by semicolons, with `et al.` at the end if there are more.

    A single author with a comma gets a semicolon too, or it would be read as two authors.
    """
    names = list(map(_author, paper.authors))
    if names and paper.more_authors:
        names.append("et al.")
    has_comma = len(names) == 1 and "," in names[0]
    return f"{names[0]};" if has_comma else "; ".join(names)


def _author(author: Author) -> str:
    """Return a name as it is shown, if its parts can be found in that.

    Else an institution is in braces, as in BibTeX, and the family name of a person before a comma.
    """
    is_clear = author.stored == str(author)
    if author.is_literal:
        return f"{{{author}}}" if not is_clear or _SPLITS_NAMES.search(str(author)) else str(author)
    if is_clear:
        return str(author)
    return author.family_first()
