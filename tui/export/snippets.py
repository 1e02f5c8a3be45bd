"""Texts about one paper to copy: its link, id, BibTeX entry, citation, Markdown link, abstract."""

from __future__ import annotations

from typing import Literal

from tui.catalog.catalog import StoredPaper
from tui.core.markdown import markdown_link
from tui.core.paper import Paper
from tui.core.schemes import SCHEMES, page_url
from tui.export.bibtex import format_bibtex
from tui.export.citation_keys import CitationKeys
from tui.export.item import ExportItem
from tui.export.publication import published_venue
from tui.state import Mark

SnippetKind = Literal["link", "id", "bibtex", "citation", "markdown", "abstract"]


def format_snippet(kind: SnippetKind, stored: StoredPaper, mark: Mark, keys: CitationKeys) -> str:
    """Return the text to copy; empty if the paper has no link or no abstract.

    `bibtex` saves the citation key that it gives the paper. Raises SaveRefused if that fails.
    """
    paper = stored.paper
    match kind:
        case "link":
            return paper.all_links.get("abs", "")
        case "id":
            return _best_id(paper) or stored.key
        case "bibtex":
            item = ExportItem(stored, mark, keys.key_for(stored))
            keys.save()
            return "".join(format_bibtex([item]))
        case "citation":
            return format_citation(paper)
        case "markdown":
            return markdown_link(paper.title, paper.all_links.get("abs", ""))
        case "abstract":
            return paper.abstract


def format_citation(paper: Paper) -> str:
    """Return `Vaswani, A., et al. (2017). Attention Is All You Need. arXiv:1706.03762`."""
    title = paper.title if paper.title[-1] in ".?!…" else f"{paper.title}."
    doi = paper.ids.get("doi")
    venue = published_venue(paper)
    parts = [
        _format_authors(paper),
        f"({paper.date[:4] or 'n.d.'}).",
        title,
        f"{venue}." if venue else "",
        page_url("doi", doi) if doi else _best_id(paper) or paper.all_links.get("abs", ""),
    ]
    return " ".join(part for part in parts if part)


def _best_id(paper: Paper) -> str:
    """Return the identifier as people write it, or an empty string."""
    for scheme in ("arxiv", "doi", "pmid"):
        if identifier := paper.ids.get(scheme):
            return identifier if scheme == "doi" else f"{SCHEMES[scheme].label}:{identifier}"
    return ""


def _format_authors(paper: Paper) -> str:
    inverted = [
        ", ".join(filter(None, (author.last_name, author.initials, author.suffix)))
        for author in paper.authors[:2]
    ]
    if paper.authors and (paper.more_authors or len(paper.authors) > 2):
        return f"{inverted[0]}, et al."
    return ", & ".join(inverted)
