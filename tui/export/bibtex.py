"""BibTeX and BibLaTeX.

`_bibtex_fields` and `_biblatex_fields` hold what differs between the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from tui.core.author import Author
from tui.core.paper import Paper
from tui.core.schemes import page_url
from tui.export.item import ExportItem
from tui.export.latex_text import escape_latex, latex_abstract, latex_title
from tui.export.publication import paper_url, publication_type, published_venue

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ARXIV_CLASS = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?")
_SEPARATES_NAMES = re.compile(r",|\b(?:and|others)\b", re.IGNORECASE)

Fields = dict[str, str]
"""Name to value; a field with an empty value is not written."""


def format_bibtex(items: Iterable[ExportItem]) -> Iterator[str]:
    """Yield entries for BibTeX and its styles."""
    return _entries(items, _bibtex_fields)


def format_biblatex(items: Iterable[ExportItem]) -> Iterator[str]:
    """Yield entries for biber and BibLaTeX."""
    return _entries(items, _biblatex_fields)


def _entries(items: Iterable[ExportItem], fields: Callable[[ExportItem], Fields]) -> Iterator[str]:
    separator = ""
    for item in items:
        lines = [f"  {name} = {value},\n" for name, value in fields(item).items() if value]
        entry_type = publication_type(item.paper)
        yield f"{separator}@{entry_type}{{{item.key},\n{''.join(lines)}}}\n"
        separator = "\n"


def _bibtex_fields(item: ExportItem) -> Fields:
    paper = item.paper
    year, month, day = _date(paper)
    eprint = paper.ids.get("arxiv", "")
    return {
        **_title_and_authors(paper),
        _venue_field(paper, "journal"): _in_braces(escape_latex(published_venue(paper))),
        "year": _in_braces(year),
        "month": month and _MONTHS[int(month) - 1],
        "day": _in_braces(day.lstrip("0")),
        "eprint": _in_braces(eprint),
        "archivePrefix": _in_braces("arXiv" if eprint else ""),
        "primaryClass": _in_braces(_arxiv_class(paper)),
        "doi": _in_braces(_verbatim(paper.ids.get("doi", ""))),
        "pmid": _in_braces(paper.ids.get("pmid", "")),
        **_text_fields(item),
        "annote": _in_braces(escape_latex(item.note)),
    }


def _biblatex_fields(item: ExportItem) -> Fields:
    paper = item.paper
    eprint = paper.ids.get("arxiv", "")
    pmid = paper.ids.get("pmid", "")
    return {
        **_title_and_authors(paper),
        _venue_field(paper, "journaltitle"): _in_braces(escape_latex(published_venue(paper))),
        "date": _in_braces("-".join(part for part in _date(paper) if part)),
        "eprint": _in_braces(eprint or pmid),
        "eprinttype": _in_braces("arxiv" if eprint else "pubmed" if pmid else ""),
        "eprintclass": _in_braces(_arxiv_class(paper)),
        "pmid": _in_braces(pmid if eprint else ""),
        "doi": _in_braces(_verbatim(paper.ids.get("doi", ""))),
        **_text_fields(item),
        "annotation": _in_braces(escape_latex(item.note)),
    }


def _title_and_authors(paper: Paper) -> Fields:
    authors = list(map(format_author, paper.authors))
    if authors and paper.more_authors:
        authors.append("others")
    return {"title": _in_braces(latex_title(paper)), "author": _in_braces(" and ".join(authors))}


def _text_fields(item: ExportItem) -> Fields:
    keywords = ", ".join(escape_latex(word.replace(",", " ")) for word in item.keywords)
    return {
        "url": _in_braces(_verbatim(_url(item.paper))),
        "pdf": _in_braces(_verbatim(item.paper.links.get("pdf", ""))),
        "code": _in_braces(_verbatim(item.paper.links.get("code", ""))),
        "abstract": _in_braces(latex_abstract(item.paper)),
        "keywords": _in_braces(keywords),
        "comment": _in_braces(escape_latex(item.paper.comment)),
    }


def _venue_field(paper: Paper, journal: str) -> str:
    return "booktitle" if publication_type(paper) == "inproceedings" else journal


def _in_braces(value: str) -> str:
    return f"{{{value}}}" if value else ""


def format_author(author: Author) -> str:
    """Return `von Last, First` or `von Last, Jr, First`.

    A family name is put in braces where BibTeX would take its words for something else: it takes
    a word in small letters for the particle (`von`), wherever it stands.
    """
    if author.is_literal:
        return f"{{{escape_latex(author.family)}}}"
    words = author.family.split()
    has_small = len(words) > 1 and any(word[:1].islower() for word in words)
    family = _name_part(author.family, in_braces=has_small)
    if author.particle:
        family = f"{_name_part(author.particle)} {family}"
    parts = (family, _name_part(author.suffix), _name_part(author.given))
    return ", ".join(filter(None, parts))


def _name_part(text: str, *, in_braces: bool = False) -> str:
    escaped = escape_latex(text)
    return f"{{{escaped}}}" if in_braces or _SEPARATES_NAMES.search(text) else escaped


def _date(paper: Paper) -> tuple[str, str, str]:
    year, month, day = (*paper.date.split("-"), "", "", "")[:3]
    return year, month, day


def _arxiv_class(paper: Paper) -> str:
    """Return the first category of a paper of arXiv if it is a category of arXiv."""
    first = paper.categories[0] if paper.categories else ""
    return first if "arxiv" in paper.ids and _ARXIV_CLASS.fullmatch(first) else ""


def _url(paper: Paper) -> str:
    """Return the URL of the paper unless it only repeats the DOI, which styles print as a link."""
    url = paper_url(paper)
    return "" if url.lower() == page_url("doi", paper.ids.get("doi", "")) else url


def _verbatim(text: str) -> str:
    """Percent-encode the characters of a URL or identifier that would break the entry."""
    return "".join(f"%{ord(char):02X}" if char in '{}\\" ' else char for char in text)
