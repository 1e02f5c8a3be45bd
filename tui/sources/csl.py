"""CSL-JSON, as citation tools exchange it, and Crossref's works, which are nearly that."""

from __future__ import annotations

from typing import Any

from tui.sources.record import NotAPaper
from tui.sources.shapes import Object, Shape, inner, signs, text

_DATES = ("issued", "published", "published-print", "published-online", "original-date", "created")


def common(record: Object) -> Object:
    """The fields of one work; texts may come as lists of one."""
    title = _one(record, "title") or _one(record, "title-short")
    subtitle = _one(record, "subtitle")
    if subtitle and subtitle.lower() not in title.lower():
        title = f"{title}: {subtitle}"
    authors = record.get("author") or record.get("editor") or record.get("chair")
    return {
        "title": title,
        "authors": authors,
        "abstract": _one(record, "abstract"),
        "published": next((day for name in _DATES if (day := _day(record.get(name)))), ""),
        "venue": _one(record, "container-title") or _one(record, "event-title")
        or text(record, "event", "name") or _one(record, "publisher"),
        "categories": record.get("categories") or record.get("subject") or record.get("keyword"),
        "doi": _one(record, "DOI"),
        "pmid": _one(record, "PMID"),
        "url": _one(record, "URL"),
        "arxiv": _one(record, "number") if _one(record, "archive").lower() == "arxiv" else "",
        "pdf_url": _pdf(record),
        "citations_count": record.get("is-referenced-by-count"),
        "comment": _one(record, "note")[:500],
    }  # fmt: skip


def _one(record: Object, key: str) -> str:
    value = record.get(key)
    return text(value, 0) if isinstance(value, list) else text(value)


def _day(value: Any) -> str:
    """`{"date-parts": [[2024, 2, 28]]}`, `{"raw": "…"}` or a text."""
    if isinstance(value, str | int):
        return str(value)
    if not isinstance(value, dict):
        return ""
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first, list):
        numbers = [str(part) for part in first[:3] if str(part).isdigit()]
        if numbers and len(numbers[0]) == 4:
            return "-".join([numbers[0], *(part.zfill(2) for part in numbers[1:])])
    return text(value, "raw") or text(value, "literal") or text(value, "year")


def _pdf(record: Object) -> str:
    links = record.get("link")
    for link in links if isinstance(links, list) else ():
        if text(link, "content-type") == "application/pdf":
            return text(link, "URL")
    return ""


def _crossref(record: Object) -> Object:
    """A work, or the message around one."""
    message = inner(record, "message")
    if (message or record).keys() & {"counts", "breakdowns", "last-status-check-time"}:
        raise NotAPaper("a journal or publisher, not a paper")
    return common(message or record)


CROSSREF = Shape(
    "crossref",
    "Crossref JSON",
    signs(
        "message message-type",
        "counts breakdowns title",
        "DOI prefix member",
        "DOI deposited indexed",
        "DOI is-referenced-by-count",
    ),
    _crossref,
)
CSL = Shape(
    "csl",
    "CSL-JSON",
    signs(
        "id type issued",
        "id type container-title",
        "type title author issued",
        "id type title citation-key",
        "DOI type issued",
        "id type title URL author",
        "container-title issued title",
    ),
    common,
)
