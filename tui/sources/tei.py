"""TEI: the head of a paper that GROBID has read, or the list HAL exports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.engines.xml import every, records, root_element, text
from tui.sources.names import join_name
from tui.sources.record import read_record


def sniff(head: bytes) -> bool:
    """The root elements of TEI."""
    return root_element(head)[0] in ("TEI", "teiCorpus")


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each paper of a list, else the one that the document is."""
    for found in records(stream, where, ("biblFull", "teiHeader")):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        if found.name == "teiHeader" and found.element.find(".//biblStruct") is None:
            continue  # the head of a list
        yield from read_record(found.place, _common, found.element)


def _common(head: Element) -> dict[str, Any]:
    given = {str(each.get("type")).lower(): each.text or "" for each in head.iter("idno")}
    days = [each.get("when") or each.text or "" for each in head.iter("date")]
    source = next(head.iter("biblStruct"), head)
    return {
        "title": text(head, "titleStmt", "title"),
        "authors": [_name(each) for each in source.iter("author")],
        "abstract": text(head, "abstract"),
        "published": max(days, key=len, default=""),
        "venue": text(source, "monogr", "title"),
        "categories": every(head, "term"),
        "doi": given.get("doi", ""),
        "id": given.get("arxiv", "").partition("[")[0],
        "pmid": given.get("pubmed", "") or given.get("pmid", ""),
    }


def _name(author: Element) -> str:
    given = " ".join(every(author, "forename"))
    return join_name(given, text(author, "surname")) or text(author, "persName")


FORMAT = Format("tei", "TEI XML", sniff, read)
