"""CSL-JSON: a list of works, as citation processors and Zotero take it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from tui.export.author_names import split_name
from tui.export.item import ExportItem
from tui.export.publication import paper_url, publication_type, published_venue

_TYPES = {"article": "article-journal", "inproceedings": "paper-conference", "misc": "article"}


def format_csl(items: Iterable[ExportItem]) -> Iterator[str]:
    """One object a line inside the list."""
    before = "[\n"
    for item in items:
        yield before + orjson.dumps(_work(item)).decode()
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _work(item: ExportItem) -> dict[str, Any]:
    paper = item.stored.paper
    arxiv = paper.ids.get("arxiv", "")
    date = [int(part) for part in paper.date.split("-") if part]
    fields: dict[str, Any] = {
        "id": item.key,
        "type": _TYPES[publication_type(paper)],
        "title": paper.title,
        "citation-key": item.key,
        "author": [_author(name) for name in paper.authors],
        "issued": {"date-parts": [date]} if date else None,
        "container-title": published_venue(paper),
        "publisher": "arXiv" if arxiv and not published_venue(paper) else "",
        "archive": "arXiv" if arxiv else "",
        "number": f"arXiv:{arxiv}" if arxiv else "",
        "DOI": paper.ids.get("doi"),
        "PMID": paper.ids.get("pmid"),
        "URL": paper_url(paper),
        "abstract": paper.abstract,
        "keyword": ", ".join(dict.fromkeys((*paper.categories, *item.mark.tags))),
        "note": item.note,
    }
    return {name: value for name, value in fields.items() if value}


def _author(author: str) -> dict[str, str]:
    name = split_name(author)
    if name.literal:
        return {"literal": name.family}
    particle = name.particle
    fields = {
        "family": name.family.removeprefix(particle).strip(),
        "given": name.given,
        "non-dropping-particle": particle,
        "suffix": name.suffix,
    }
    return {key: value for key, value in fields.items() if value}
