"""BibTeX and BibLaTeX, written by bibtexparser; what differs between them is here, side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from tui.core.identifiers import page_url
from tui.core.paper import Paper
from tui.export import latex_text
from tui.export.author_names import AuthorName, split_name
from tui.export.item import ExportItem
from tui.export.publication import paper_url, publication_type, published_venue

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ARXIV_CLASS = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?")
_BLOCK = 200
"""Entries written at a time."""

Fields = dict[str, str]
"""Name to value, empty ones left out when they are written."""


def format_bibtex(items: Iterable[ExportItem]) -> Iterator[str]:
    """Entries for BibTeX and its styles."""
    return _pieces(items, _bibtex_fields)


def format_biblatex(items: Iterable[ExportItem]) -> Iterator[str]:
    """Entries for biber and BibLaTeX."""
    return _pieces(items, _biblatex_fields)


def _pieces(items: Iterable[ExportItem], fields: Callable[[ExportItem], Fields]) -> Iterator[str]:
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry, Field
    from bibtexparser.writer import BibtexFormat

    form = BibtexFormat()  # type: ignore[no-untyped-call]
    form.indent = "  "
    form.trailing_comma = True
    form.block_separator = "\n"
    waiting = iter(items)
    between = ""
    while block := list(islice(waiting, _BLOCK)):
        entries: list[Block] = [
            Entry(
                publication_type(item.stored.paper),
                item.key,
                [Field(name, value) for name, value in fields(item).items() if value],
            )
            for item in block
        ]
        yield between + write_string(Library(entries), unparse_stack=[], bibtex_format=form)
        between = "\n"


def _bibtex_fields(item: ExportItem) -> Fields:
    paper = item.stored.paper
    year, month, day = _date(paper)
    eprint = paper.ids.get("arxiv", "")
    return _before(paper) | {
        _venue_field(paper, "journal"): _braced(latex_text.escape_latex(published_venue(paper))),
        "year": _braced(year),
        "month": month and _MONTHS[int(month) - 1],
        "day": _braced(day.lstrip("0")),
        "eprint": _braced(eprint),
        "archivePrefix": _braced("arXiv" if eprint else ""),
        "primaryClass": _braced(_arxiv_class(paper)),
        "doi": _braced(_verbatim(paper.ids.get("doi", ""))),
        "pmid": _braced(paper.ids.get("pmid", "")),
        "url": _braced(_verbatim(_url(paper))),
        "abstract": _braced(latex_text.latex_abstract(paper)),
        "keywords": _braced(_keywords(item)),
        "comment": _braced(latex_text.escape_latex(paper.comment)),
        "annote": _braced(latex_text.escape_latex(item.note)),
    }


def _biblatex_fields(item: ExportItem) -> Fields:
    paper = item.stored.paper
    eprint = paper.ids.get("arxiv", "")
    pmid = paper.ids.get("pmid", "")
    return _before(paper) | {
        _venue_field(paper, "journaltitle"): _braced(
            latex_text.escape_latex(published_venue(paper))
        ),
        "date": _braced("-".join(part for part in _date(paper) if part)),
        "eprint": _braced(eprint or pmid),
        "eprinttype": _braced("arxiv" if eprint else "pubmed" if pmid else ""),
        "eprintclass": _braced(_arxiv_class(paper)),
        "pmid": _braced(pmid if eprint else ""),
        "doi": _braced(_verbatim(paper.ids.get("doi", ""))),
        "url": _braced(_verbatim(_url(paper))),
        "abstract": _braced(latex_text.latex_abstract(paper)),
        "keywords": _braced(_keywords(item)),
        "comment": _braced(latex_text.escape_latex(paper.comment)),
        "annotation": _braced(latex_text.escape_latex(item.note)),
    }


def _before(paper: Paper) -> Fields:
    return {
        "title": _braced(latex_text.latex_title(paper)),
        "author": _braced(" and ".join(format_author(split_name(name)) for name in paper.authors)),
    }


def _venue_field(paper: Paper, journal: str) -> str:
    return "booktitle" if publication_type(paper) == "inproceedings" else journal


def _braced(value: str) -> str:
    return f"{{{value}}}" if value else ""


def format_author(name: AuthorName) -> str:
    """`Family, Given` or `Family, Jr, Given`; braces where BibTeX would part it otherwise."""
    family = latex_text.escape_latex(name.family)
    if name.literal:
        return f"{{{family}}}"
    words = name.family.split()
    small = len(name.particle.split())
    if len(words) > 1 and any(word[:1].islower() for word in words[small:]):
        family = f"{{{family}}}"
    return ", ".join(
        part
        for part in (
            family,
            latex_text.escape_latex(name.suffix),
            latex_text.escape_latex(name.given),
        )
        if part
    )


def _date(paper: Paper) -> tuple[str, str, str]:
    year, month, day = (*paper.date.split("-"), "", "", "")[:3]
    return year, month, day


def _arxiv_class(paper: Paper) -> str:
    """The first category, where the paper is arXiv's and that is one of its."""
    first = paper.categories[0] if paper.categories else ""
    return first if "arxiv" in paper.ids and _ARXIV_CLASS.fullmatch(first) else ""


def _url(paper: Paper) -> str:
    url = paper_url(paper)
    return "" if url.lower() == page_url("doi", paper.ids.get("doi", "")) else url


def _verbatim(text: str) -> str:
    """A URL or identifier, which is not LaTeX; only what would break the entry is written in %."""
    return "".join(f"%{ord(char):02X}" if char in '{}\\" ' else char for char in text)


def _keywords(item: ExportItem) -> str:
    """Categories, then the user's tags; each once, commas between them."""
    paper = item.stored.paper
    words = dict.fromkeys((*paper.categories, *item.mark.tags))
    return ", ".join(latex_text.escape_latex(word.replace(",", " ")) for word in words)
