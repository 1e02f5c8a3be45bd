"""One paper in a line or two, to be copied: its link, id, BibTeX, citation, Markdown, abstract."""

from __future__ import annotations

from typing import Literal, get_args

from tui.catalog.catalog import Stored
from tui.core.identifiers import page_url
from tui.core.paper import Paper
from tui.export import bibtex, markdown
from tui.export.base import Item
from tui.export.keys import Keys
from tui.export.kinds import appeared
from tui.export.people import parts
from tui.state import Mark

Kind = Literal["link", "id", "bibtex", "citation", "markdown", "abstract"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def snippet(kind: Kind, stored: Stored, mark: Mark, keys: Keys) -> str:
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
            item = Item(stored, mark, keys.of(stored))
            keys.save()
            return "".join(bibtex.bibtex([item]))
        case "citation":
            return citation(paper)
        case "markdown":
            return markdown.link(paper.title, paper.all_links.get("abs", ""))
        case "abstract":
            return paper.abstract


def citation(paper: Paper) -> str:
    """`Vaswani, A., et al. (2017). Attention Is All You Need. arXiv:1706.03762`."""
    when = f"({paper.date[:4] or 'n.d.'})"
    title = paper.title if paper.title[-1] in ".?!…" else f"{paper.title}."
    doi = paper.ids.get("doi")
    where = page_url("doi", doi) if doi else _id(paper) or paper.all_links.get("abs", "")
    venue = appeared(paper)
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
    name = parts(author)
    return ", ".join(part for part in (name.family, name.initials, name.suffix) if part)
