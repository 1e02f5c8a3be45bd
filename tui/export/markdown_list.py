"""Markdown: a list with one line for each paper, its title a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.core.markdown import LIST_MARK, escape_markdown, markdown_link
from tui.core.paper import Paper
from tui.export.item import ExportItem
from tui.export.publication import links_with_ids

_MAX_AUTHORS = 3
"""Authors that are named before `et al.`"""


def format_markdown(items: Iterable[ExportItem]) -> Iterator[str]:
    """Yield one line for each paper, with the user's note below if it is exported."""
    first_line = f"{LIST_MARK}\n"
    for item in items:
        yield f"{first_line}- {_paper_line(item.paper)}\n"
        first_line = ""
        if item.note:
            yield "".join(f"  > {line}".rstrip() + "\n" for line in item.note.split("\n"))


def _paper_line(paper: Paper) -> str:
    links = links_with_ids(paper)
    authors = ", ".join(paper.author_names[:_MAX_AUTHORS])
    authors += " et al." if paper.more_authors or len(paper.authors) > _MAX_AUTHORS else ""
    facts = [
        markdown_link(paper.title, links.get("abs", "")),
        escape_markdown(" ".join(authors.split())),
        f"*{escape_markdown(paper.venue)}*" if paper.venue else "",
        paper.date,
        " ".join(
            markdown_link(name, links[name])
            for name in ("doi", "pubmed", "pdf", "code")
            if name in links
        ),
    ]
    return " · ".join(fact.replace(" · ", " &middot; ") for fact in facts if fact)
