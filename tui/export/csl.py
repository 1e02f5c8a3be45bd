"""CSL-JSON, the list of works that citation processors and Zotero read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tui.core.text import dump_json
from tui.export.item import ExportItem
from tui.export.publication import paper_url, publication_type, published_venue

_TYPES = {"article": "article-journal", "inproceedings": "paper-conference", "misc": "article"}


def format_csl(items: Iterable[ExportItem]) -> Iterator[str]:
    """Yield a JSON list with one object on each line."""
    separator = "[\n"
    for item in items:
        yield separator + dump_json(_work(item))
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def _work(item: ExportItem) -> dict[str, Any]:
    paper = item.paper
    arxiv = paper.ids.get("arxiv", "")
    venue = published_venue(paper)
    date = [int(part) for part in paper.date.split("-") if part]
    fields: dict[str, Any] = {
        "id": item.key,
        "type": _TYPES[publication_type(paper)],
        "title": paper.title,
        "citation-key": item.key,
        "author": [author.to_csl() for author in paper.authors]
        + ([{"literal": "others"}] if paper.authors and paper.more_authors else []),
        "issued": {"date-parts": [date]} if date else None,
        "container-title": venue,
        "publisher": "arXiv" if arxiv and not venue else "",
        "archive": "arXiv" if arxiv else "",
        "number": f"arXiv:{arxiv}" if arxiv else "",
        "DOI": paper.ids.get("doi"),
        "PMID": paper.ids.get("pmid"),
        "URL": paper_url(paper),
        "abstract": paper.abstract,
        "keyword": ("; " if "," in "".join(item.keywords) else ", ").join(item.keywords),
        "note": item.note or paper.comment,
        # The schema has no field for them, but one for what programs add.
        "custom": {name: paper.links[name] for name in ("pdf", "code") if name in paper.links},
    }
    return {name: value for name, value in fields.items() if value}
