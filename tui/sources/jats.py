"""JATS: full articles as PubMed Central and publishers hand them out. Only the front is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.decoding import decode_head
from tui.sources.engines.xml import every, records, root_element, text
from tui.sources.names import join_name
from tui.sources.record import read_record


def sniff(head: bytes) -> bool:
    """An article, or a set of them, with the part that JATS tells about it in."""
    name, attributes = root_element(head)
    if name not in ("article", "pmc-articleset", "articles"):
        return False
    return "article-type=" in attributes or "<article-meta" in decode_head(head)


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each article."""
    for found in records(stream, where, ("article",)):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        yield from read_record(found.place, common, found.element)


def common(article: Element) -> dict[str, Any]:
    """The fields of an article."""
    meta = next(article.iter("article-meta"), article)
    given = {each.get("pub-id-type"): each.text or "" for each in meta.iter("article-id")}
    return {
        "title": text(meta, "title-group", "article-title"),
        "authors": [_name(each) for each in meta.iter("contrib") if _is_author(each)],
        "abstract": text(meta, "abstract"),
        "published": max((_day(each) for each in meta.iter("pub-date")), key=len, default=""),
        "venue": text(article, "journal-title") or text(article, "journal-id"),
        "categories": every(meta, "kwd"),
        "doi": given.get("doi", ""),
        "pmid": given.get("pmid", ""),
    }


def _is_author(contributor: Element) -> bool:
    return contributor.get("contrib-type") in (None, "author")


def _name(contributor: Element) -> str:
    family = text(contributor, "name", "surname")
    if family:
        given = text(contributor, "name", "given-names")
        return join_name(given, family, text(contributor, "name", "suffix"))
    return text(contributor, "collab")


def _day(element: Element) -> str:
    parts = [text(element, name) for name in ("year", "month", "day")]
    return "-".join(part.zfill(2) for part in parts if part)


FORMAT = Format("jats", "JATS XML of full articles", sniff, read)
