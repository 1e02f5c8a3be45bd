"""RIS, written by rispy one record at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tui.core.identifiers import from_url, page_url
from tui.core.paper import Paper
from tui.export.author_names import split_name
from tui.export.item import ExportItem
from tui.export.publication import paper_url, publication_type, published_venue

_TYPES = {"article": "JOUR", "inproceedings": "CPAPER", "misc": "GEN"}


def format_ris(items: Iterable[ExportItem]) -> Iterator[str]:
    """Yield records with a blank line between them."""
    from rispy import RisWriter, dumps  # type: ignore[import-untyped]

    class Writer(RisWriter):  # type: ignore[misc]
        """A writer that does not number the records."""

        def set_header(self, count: int) -> str:
            return ""

    separator = ""
    for item in items:
        yield separator + dumps([_record(item)], implementation=Writer)
        separator = "\n"


def _record(item: ExportItem) -> dict[str, Any]:
    paper = item.paper
    pmid = paper.ids.get("pmid", "")
    fields: dict[str, Any] = {
        "type_of_reference": _TYPES[publication_type(paper)],
        "title": _one_line(paper.title),
        "authors": [_author(name) for name in paper.authors],
        "year": paper.date[:4],
        "date": _date(paper.date),
        "secondary_title": _one_line(published_venue(paper)),
        "doi": paper.ids.get("doi"),
        "accession_number": pmid,
        "name_of_database": "PubMed" if pmid else "",
        "urls": _urls(paper),
        "file_attachments1": paper.all_links.get("pdf"),
        "keywords": item.keywords,
        "abstract": _one_line(paper.abstract),
        "notes": [_one_line(item.note)] if item.note else [],
    }
    return {name: value for name, value in fields.items() if value}


def _author(author: str) -> str:
    """Return `Family, Given, Jr`."""
    name = split_name(author)
    return _one_line(", ".join(part for part in (name.family, name.given, name.suffix) if part))


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
