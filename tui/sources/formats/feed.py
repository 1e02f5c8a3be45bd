"""RSS and Atom by feedparser: arXiv's API and feeds, journals' feeds, any feed of papers.

An item is a paper if it links to one: by an identifier, or to a page of a known publisher.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from tui.core import identifiers as ids
from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.decoding import decode_head
from tui.sources.engines.xml import root_element
from tui.sources.formats import feed_summaries, publishers
from tui.sources.markup import markup_to_text
from tui.sources.names import split_authors
from tui.sources.record import NotAPaper, read_record

_LARGEST = 64 * 2**20
"""Bytes; feedparser takes a document whole and makes ten times of it."""
EMPTY = "a feed without items"
"""Why a feed is refused that is whole and has none; what is broken is told behind it."""
_OLD_TITLE = re.compile(
    r"\s*\(arXiv:(\S+?)(?:v\d+)?\s*(?:\[[^\]]*\])?\s*(?:UPDATED|CROSS LISTED)?\)\s*$"
)
_OAI = re.compile(r"(?:oai:)?arxiv(?:\.org)?:(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.I)
_ANNOUNCED = re.compile(r"Announce Type:", re.IGNORECASE)


def sniff(head: bytes) -> bool:
    """The roots of RSS and Atom; RDF is RSS 1.0 only with its names."""
    name = root_element(head)
    if name.lower() in ("rss", "feed", "channel"):
        return True
    text = decode_head(head)
    return name == "RDF" and ("purl.org/rss/1.0/" in text.replace("rss/1.0/modules", "")
                              or "my.netscape.com/rdf" in text or "<channel" in text)  # fmt: skip


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each item."""
    import feedparser  # type: ignore[import-untyped]

    data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        yield RejectedRecord(where, f"larger than {_LARGEST >> 20} MiB, too large for a feed")
        return
    data = data.replace(b"\0", b"")  # feedparser stumbles over one in the name of the encoding
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    venue = str(feed.feed.get("prism_publicationname") or "")
    if not feed.entries:
        why = EMPTY
        if feed.bozo and feed.get("bozo_exception"):
            why += f" ({str(feed.bozo_exception)[:100]})"
        yield RejectedRecord(where, why)
    for number, entry in enumerate(feed.entries, 1):
        place = f"{where}: item {number}"
        title = str(entry.get("title", ""))[:60]
        yield from read_record(f"{place} “{title}”" if title else place, _common, entry, venue)


def _common(entry: Mapping[str, Any], venue: str) -> dict[str, Any]:
    title = str(entry.get("title") or "")
    summary = str(entry.get("summary") or "")
    if old := _OLD_TITLE.search(title):
        title = title[: old.start()].removesuffix(".")  # which arXiv put there
    content = entry.get("content")
    longest = max((str(c.get("value") or "") for c in content or ()), key=len, default="")
    abstract, told = feed_summaries.abstract(summary)
    if not abstract and longest:
        abstract, _ = feed_summaries.abstract(longest)
    links = [str(link.get("href") or "") for link in entry.get("links") or ()]
    links = [str(entry.get("link") or ""), str(entry.get("id") or ""), *links]
    found = _identifiers(entry, links, old[1] if old else "", summary)
    page = next((link for link in links if publishers.is_paper(link)), "")
    if not found and not page:
        raise NotAPaper("links to no paper")
    pdf = next((x.get("href") for x in entry.get("links") or () if "pdf" in str(x.get("type"))), "")
    day = str(entry.get("published") or entry.get("updated") or entry.get("prism_coverdate") or "")
    arxiv = "arxiv" in found
    return {
        "title": feed_summaries.title(title),
        "authors": _authors(entry) or split_authors(told.get("authors", "")),
        "abstract": abstract,
        "published": day or told.get("published", ""),
        "listed": day if arxiv and _ANNOUNCED.search(summary) else "",
        "venue": entry.get("arxiv_journal_ref") or entry.get("prism_publicationname")
        or entry.get("dc_source") or venue or told.get("venue") or ("arXiv" if arxiv else ""),
        "categories": [str(tag.get("term") or "") for tag in entry.get("tags") or ()],
        "ids": found,
        "url": next((link for link in links if link.startswith("http")), ""),
        "pdf_url": pdf,
        "comment": entry.get("arxiv_comment") or "",
    }  # fmt: skip


def _identifiers(
    entry: Mapping[str, Any], links: list[str], old: str, summary: str
) -> dict[str, str]:
    """What the links, the guid and the publisher's own fields tell, the surest last."""
    found: dict[str, str] = {}
    for link in reversed(links):
        found |= ids.from_url(link)
    for guid in (str(entry.get("id") or ""), summary[:40]):
        if told := _OAI.match(guid):
            found |= ids.from_bare(told[1])
        elif guid.startswith(("10.", "doi:")) and " " not in guid.strip():
            found |= ids.from_doi(guid)
    if old:
        found |= ids.from_bare(old)
    for name in ("prism_doi", "dc_identifier", "arxiv_doi"):
        if (value := str(entry.get(name) or "")) and ids.doi(value):
            found |= ids.from_doi(value)
    return found


def _authors(entry: Mapping[str, Any]) -> list[str]:
    """Feeds put all authors in one field, or each in one, or all in each of several."""
    given = entry.get("authors") or ()
    if isinstance(given, str):  # of the IEEE, whose element has the name of feedparser's list
        return split_authors(markup_to_text(given))
    told = [str(a.get("name") or "") for a in given]
    names: list[str] = []
    for each in told or [str(entry.get("author") or "")]:
        names += split_authors(markup_to_text(each)) if each.strip() else []
    return names


FORMAT = Format("feed", "an RSS or Atom feed whose items link to papers", sniff, read)
