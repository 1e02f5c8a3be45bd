"""OAI-PMH: arXiv, arXivRaw and Dublin Core, in a harvest or as single records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources import jats, kaggle
from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.decoding import decode_head
from tui.sources.engines.xml import every, records, root_element, text
from tui.sources.names import join_name, to_reading_order
from tui.sources.record import read_record


def sniff(head: bytes) -> bool:
    """The root of a harvest, or a record with an OAI identifier."""
    name, _ = root_element(head)
    if name in ("OAI-PMH", "ListRecords", "GetRecord"):
        return True
    return name in ("record", "records", "dc") and re.search(
        r"oai_dc|openarchives|<identifier>\s*oai:|arxiv\.org/OAI", decode_head(head)
    ) is not None  # fmt: skip


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each record; those the archive has deleted are nothing to miss."""
    for found in records(stream, where, ("record", "dc")):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        header = found.element.find("header")
        if header is not None and header.get("status") == "deleted":
            continue
        yield from read_record(found.place, _common, found.element)


def _common(record: Element) -> dict[str, Any]:
    for name in ("arXiv", "arXivRaw"):
        if (body := next(record.iter(name), None)) is not None:
            return _arxiv(body)
    if (body := next(record.iter("article"), None)) is not None and body.find("front") is not None:
        return jats.common(body)
    body = record.find("metadata")
    return _dublin_core(record if body is None else body, text(record, "header", "identifier"))


def _arxiv(body: Element) -> dict[str, Any]:
    authors = [
        join_name(text(a, "forenames"), text(a, "keyname"), text(a, "suffix"))
        for a in body.iter("author")
    ]
    versions = [{"created": text(v, "date")} for v in body.iter("version")]
    return {
        "id": text(body, "id"),
        "title": text(body, "title"),
        "authors": authors or text(body, "authors"),
        "abstract": text(body, "abstract"),
        "published": text(body, "created") or kaggle.first_day(versions),
        "venue": text(body, "journal-ref") or "arXiv",
        "categories": text(body, "categories"),
        "doi": text(body, "doi").split(" ")[0],
        "comment": text(body, "comments"),
    }


def _dublin_core(body: Element, identifier: str) -> dict[str, Any]:
    names = every(body, "identifier")
    urls = [name for name in names if name.startswith("http")]
    dois = [name for name in names if re.match(r"(?:doi:|https?://(?:dx\.)?doi\.org/|10\.)", name)]
    arxiv = re.match(r"oai:arxiv\.org:(.+)", identifier, re.IGNORECASE)
    return {
        "title": text(body, "title"),
        "authors": [
            to_reading_order(name)
            for name in every(body, "creatorName")
            or every(body, "creator")
            or every(body, "author")
        ],
        "abstract": max(every(body, "description") + every(body, "abstract"), key=len, default=""),
        "published": min(every(body, "date") + every(body, "created"), default="")
        or text(body, "publicationYear")
        or next(iter(every(body, "publicationYear")), ""),
        "venue": text(body, "source") or text(body, "publisher"),
        "categories": every(body, "subject") or text(body, "categories"),
        "doi": dois[0] if dois else text(body, "doi"),
        "arxiv": arxiv[1] if arxiv else "",
        "url": urls[0] if urls else "",
    }


FORMAT = Format("oai", "OAI-PMH (arXiv, arXivRaw, Dublin Core)", sniff, read)
