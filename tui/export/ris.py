"""RIS: records of lines that begin with a tag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.core.author import Author
from tui.core.identifiers import from_url
from tui.core.paper import Paper
from tui.core.schemes import page_url
from tui.export.item import ExportItem
from tui.export.publication import paper_url, publication_type, published_venue

_TYPES = {"article": "JOUR", "inproceedings": "CPAPER", "misc": "GEN"}


def format_ris(items: Iterable[ExportItem]) -> Iterator[str]:
    """Yield records with a blank line between them."""
    separator = ""
    for item in items:
        lines = (f"{tag}  - {_one_line(value)}\n" for tag, value in _fields(item) if value)
        yield separator + "".join(lines) + "ER  - \n"
        separator = "\n"


def _fields(item: ExportItem) -> Iterator[tuple[str, str]]:
    """Yield tags with their values; a list has its tag once for each value."""
    paper = item.paper
    pmid = paper.ids.get("pmid", "")
    yield "TY", _TYPES[publication_type(paper)]
    yield "TI", paper.title
    yield from (("AU", _author(name)) for name in paper.authors)
    yield "AU", "et al." if paper.authors and paper.more_authors else ""
    yield "PY", paper.date[:4]
    yield "DA", _date(paper.date)
    yield "T2", published_venue(paper)
    yield "DO", paper.ids.get("doi", "")
    yield "AN", pmid
    yield "DB", "PubMed" if pmid else ""
    yield from (("UR", url) for url in _urls(paper))
    yield "L1", paper.all_links.get("pdf", "")
    yield "LK", paper.links.get("code", "")
    yield from (("KW", word) for word in item.keywords)
    yield "AB", paper.abstract
    yield "N1", item.note or paper.comment


def _author(author: Author) -> str:
    """Return `Family, Given, Jr`.

    In EndNote the first comma in the name of an institution is doubled. A literal name without a
    comma has one at its end, if it could be read as that of a person.
    """
    if author.is_literal:
        if "," in author.family:
            return author.family.replace(",", ",,", 1)
        return author.family if author.stored == author.family else f"{author.family},"
    return author.family_first()


def _urls(paper: Paper) -> list[str]:
    """Return the URL of the paper, after that of arXiv: RIS has no field for arXiv ids."""
    url = paper_url(paper)
    arxiv = paper.ids.get("arxiv")
    arxiv_url = page_url("arxiv", arxiv) if arxiv and "arxiv" not in from_url(url) else ""
    return [each for each in (arxiv_url, url) if each]


def _date(date: str) -> str:
    """Return `2024/02/28/`: a RIS date has three slashes, also where a part is unknown."""
    return "/".join((*date.split("-"), "", "", "")[:3]) + "/" if date else ""


def _one_line(text: str) -> str:
    """Return `text` on one line: a second line could be read as another field."""
    return " ".join(text.split())
