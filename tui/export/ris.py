"""RIS, written by rispy, one record after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tui.core import identifiers as ids
from tui.core.paper import Paper
from tui.export.author_names import split_name
from tui.export.item import ExportItem
from tui.export.publication import paper_url, publication_type, published_venue

_TYPES = {"article": "JOUR", "inproceedings": "CPAPER", "misc": "GEN"}


def format_ris(items: Iterable[ExportItem]) -> Iterator[str]:
    """Records with a blank line between them."""
    from rispy import RisWriter, dumps  # type: ignore[import-untyped]

    class Writer(RisWriter):  # type: ignore[misc]
        """Without the numbers rispy puts before each record."""

        def set_header(self, count: int) -> str:
            return ""

    before = ""
    for item in items:
        yield before + dumps([_record(item)], implementation=Writer)
        before = "\n"


def _record(item: ExportItem) -> dict[str, Any]:
    paper = item.stored.paper
    pmid = paper.ids.get("pmid", "")
    fields: dict[str, Any] = {
        "type_of_reference": _TYPES[publication_type(paper)],
        "title": _line(paper.title),
        "authors": [_author(name) for name in paper.authors],
        "year": paper.date[:4],
        "date": _date(paper.date),
        "secondary_title": _line(published_venue(paper)),
        "doi": paper.ids.get("doi"),
        "accession_number": pmid,
        "name_of_database": "PubMed" if pmid else "",
        "urls": _urls(paper),
        "file_attachments1": paper.all_links.get("pdf"),
        "keywords": list(dict.fromkeys((*paper.categories, *item.mark.tags))),
        "abstract": _line(paper.abstract),
        "notes": [_line(item.note)] if item.note else [],
    }
    return {name: value for name, value in fields.items() if value}


def _author(author: str) -> str:
    """`Family, Given, Jr`."""
    name = split_name(author)
    return _line(", ".join(part for part in (name.family, name.given, name.suffix) if part))


def _urls(paper: Paper) -> list[str]:
    """The page; before it that of arXiv, as RIS has no field for its identifiers."""
    urls = [paper_url(paper)] if paper_url(paper) else []
    arxiv = paper.ids.get("arxiv")
    told = any("arxiv" in ids.from_url(url) for url in urls)
    return [ids.page_url("arxiv", arxiv), *urls] if arxiv and not told else urls


def _date(date: str) -> str:
    """`2024/02/28/`: RIS wants its three slashes."""
    return "/".join((*date.split("-"), "", "", "")[:3]) + "/" if date else ""


def _line(text: str) -> str:
    """A value is one line: the next could be taken for a tag."""
    return " ".join(text.split())
