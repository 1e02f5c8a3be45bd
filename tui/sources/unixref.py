"""Crossref's own XML: what it answers with (unixref), and what publishers deposit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.engines.xml import records, root_element, text
from tui.sources.names import join_name
from tui.sources.record import read_record

_WORKS = ("journal_article", "conference_paper", "content_item", "posted_content", "dissertation",
          "report-paper", "book_metadata", "book_series_metadata", "dataset", "standard",
          "proceedings_metadata")  # fmt: skip
"""The parts of a deposit that are a work, the smallest first."""


_HOLDERS = ("journal_metadata", "proceedings_metadata")
_DEPOSITED = ("journal_article", "conference_paper", "posted_content", "dissertation", "book")


def sniff(head: bytes) -> bool:
    """The roots Crossref answers with."""
    return root_element(head)[0] in ("doi_records", "doi_record", "crossref_result", "doi_batch")


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """The work of each record; in a deposit, what holds works is told before them."""
    holder: Element | None = None
    for found in records(stream, where, ("doi_record", "query", *_HOLDERS, *_DEPOSITED)):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        if found.name in _HOLDERS:
            holder = found.element
            continue
        yield from read_record(found.place, _common, found.element, holder)


def _common(record: Element, holder: Element | None) -> dict[str, Any]:
    works = (e for name in _WORKS for e in record.iter(name) if text(e, "titles", "title"))
    work = next(works, record)
    dates = list(work.iter("publication_date")) or list(record.iter("publication_date"))
    dates += [*record.iter("posted_date"), *record.iter("approval_date")]
    data = work.find("doi_data")
    return {
        "title": text(work, "titles", "title") or text(work, "article_title"),
        "authors": _authors(work),
        "abstract": text(work, "abstract"),
        "published": max((_day(e) for e in dates), key=len, default=""),
        "venue": text(holder, "full_title") or text(holder, "proceedings_title")
        or text(record, "full_title") or text(record, "journal_title")
        or text(record, "proceedings_title")
        or text(record, "book_metadata", "titles", "title") or text(record, "publisher_name"),
        "doi": text(data if data is not None else work, "doi"),
        "url": text(data, "resource"),
    }  # fmt: skip


def _authors(work: Element) -> list[str]:
    """People and groups in their order, the editors only of what has no authors."""
    named = [e for e in work.iter() if e.tag in ("person_name", "organization", "contributor")]
    authors = [e for e in named if e.get("contributor_role", "author") == "author"]
    return [_name(e) for e in authors or named]


def _name(person: Element) -> str:
    if person.tag == "organization":
        return (person.text or "").strip()
    return join_name(text(person, "given_name"), text(person, "surname"), text(person, "suffix"))


def _day(element: Element) -> str:
    parts = [text(element, name) for name in ("year", "month", "day")]
    return "-".join(part.zfill(2) for part in parts if part)


FORMAT = Format("unixref", "Crossref XML", sniff, read)
