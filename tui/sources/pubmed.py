"""PubMed's XML: articles and book chapters."""

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

_RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation", "DocumentSummary")


def sniff(head: bytes) -> bool:
    """The root element, or a record of PubMed in another root."""
    name, _ = root_element(head)
    return name.startswith(("Pubmed", "Medline")) or (
        bool(name) and any(f"<{each}" in decode_head(head) for each in _RECORDS[:3])
    )


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each article or chapter."""
    for found in records(stream, where, _RECORDS):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        place = f"{found.place}: PMID {text(found.element, 'PMID') or '?'}"
        yield from read_record(place, _common, found.element)


def _common(record: Element) -> dict[str, Any]:
    titles = (text(record, name) for name in ("ArticleTitle", "VernacularTitle", "BookTitle"))
    title = next((each for each in titles if each and not each.startswith("[Not Available]")), "")
    abstract = [
        f"{part.get('Label')}: {inside}" if part.get("Label") else inside
        for part in record.iter("AbstractText")
        if (inside := text_of(part))
    ]
    return {
        "title": title.removeprefix("[").removesuffix("].") if title.startswith("[") else title,
        "authors": [_author(each) for each in next(record.iter("AuthorList"), ())],
        "abstract": "\n\n".join(abstract),
        "published": _day(record),
        "venue": text(record, "Journal", "Title")
        or text(record, "MedlineTA")
        or text(record, "BookTitle"),
        "categories": every(record, "Keyword"),
        "doi": _number(record, "doi"),
        "pmid": text(record, "PMID"),
    }


def text_of(element: Element) -> str:
    """The text of this very element."""
    holder = Element("holder")
    holder.append(element)
    return text(holder, str(element.tag))


def _author(author: Element) -> str:
    family, given = text(author, "LastName"), text(author, "ForeName") or text(author, "Initials")
    if family:
        return join_name(given, family, text(author, "Suffix"))
    return text(author, "CollectiveName")


def _day(record: Element) -> str:
    """The day of the article itself, else of the issue it is in."""
    for name in ("ArticleDate", "PubDate", "ContributionDate"):
        element = next(record.iter(name), None)
        if element is not None and (year := text(element, "Year")):
            return f"{text(element, 'Day')} {_month(text(element, 'Month'))} {year}".strip()
    return text(record, "PubDate", "MedlineDate") or text(record, "PubDate")


def _month(name: str) -> str:
    months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    return months[int(name) - 1] if name.isdecimal() and 1 <= int(name) <= 12 else name


def _number(record: Element, kind: str) -> str:
    """The article's own identifier; those in its references belong to others."""
    own = record.find("PubmedData/ArticleIdList")
    for element in record.iter("ELocationID"):
        if element.get("EIdType") == kind:
            return text_of(element)
    for element in own if own is not None else ():
        if element.get("IdType") == kind:
            return text_of(element)
    return ""


FORMAT = Format("pubmed-xml", "PubMed XML", sniff, read)
