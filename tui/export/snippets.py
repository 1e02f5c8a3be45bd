"""One paper in a line or two, to be copied: its link, id, BibTeX, citation, Markdown, abstract."""

from __future__ import annotations

from typing import Literal, get_args

from tui.catalog.catalog import Stored
from tui.core.identifiers import page_url
from tui.core.paper import Paper
from tui.export import bibtex, markdown_list
from tui.export.author_names import split_name
from tui.export.citation_keys import CitationKeys
from tui.export.item import ExportItem
from tui.export.publication import published_venue
from tui.state import Mark

SnippetKind = Literal["link", "id", "bibtex", "citation", "markdown", "abstract"]
SNIPPET_KINDS: tuple[SnippetKind, ...] = get_args(SnippetKind)


def format_snippet(kind: SnippetKind, stored: Stored, mark: Mark, keys: CitationKeys) -> str:
    """The text to copy; empty where the paper has no such thing (a link, an abstract).

    `bibtex` gives the paper its citation key for good. SaveRefused, if that cannot be kept.
    """
    paper = stored.paper
    match kind:
        case "link":
            return paper.all_links.get("abs", "")
        case "id":
            return _id(paper) or stored.key
        case "bibtex":
            item = ExportItem(stored, mark, keys.of(stored))
            keys.save()
            return "".join(bibtex.format_bibtex([item]))
        case "citation":
            return format_citation(paper)
        case "markdown":
            return markdown_list.markdown_link(paper.title, paper.all_links.get("abs", ""))
        case "abstract":
            return paper.abstract


def format_citation(paper: Paper) -> str:
    """`Vaswani, A., et al. (2017). Attention Is All You Need. arXiv:1706.03762`."""
    when = f"({paper.date[:4] or 'n.d.'})"
    title = paper.title if paper.title[-1] in ".?!…" else f"{paper.title}."
    doi = paper.ids.get("doi")
    where = page_url("doi", doi) if doi else _id(paper) or paper.all_links.get("abs", "")
    venue = published_venue(paper)
    authors = _authors(paper.authors)
    facts = [authors, f"{when}.", title, f"{venue}." if venue else "", where]
    return " ".join(fact for fact in facts if fact)


def _id(paper: Paper) -> str:
    """The identifier as people write it."""
    ids = paper.ids
    if "arxiv" in ids:
        return f"arXiv:{ids['arxiv']}"
    if "doi" in ids:
        return ids["doi"]
    return f"PMID:{ids['pmid']}" if "pmid" in ids else ""


def _authors(authors: tuple[str, ...]) -> str:
    named = [_inverted(author) for author in authors[:2]]
    if len(authors) > 2:
        return f"{named[0]}, et al."
    return ", & ".join(named)


def _inverted(author: str) -> str:
    name = split_name(author)
    return ", ".join(part for part in (name.family, name.initials, name.suffix) if part)
