"""RSS and Atom by feedparser: arXiv's API and feeds, journals' feeds, any feed of papers.

An item is a paper if it links to one: by an identifier, or to a page of a known publisher. In place
of an abstract, or before it, publishers write the journal, the day, the authors, the DOI: they
become fields, the rest is the abstract.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from tui.core import identifiers as ids
from tui.sources.decoding import decode_head
from tui.sources.engines.whole_text import UnreadableDocument, read_whole
from tui.sources.engines.xml import root_element
from tui.sources.formats import webpage
from tui.sources.formats.publishers import is_paper_page
from tui.sources.interface import FunctionFormat, Record, RejectedRecord
from tui.sources.markup import markup_to_text
from tui.sources.names import split_authors
from tui.sources.record import NotAPaper, describe_error, read_record

_MAX_FEED = 64 * 2**20
"""Bytes; feedparser takes a document whole and makes ten times of it."""
EMPTY = "a feed without items"
"""Why a feed without items is rejected; if it is broken, that follows in brackets."""
_ID_BEHIND_TITLE = re.compile(
    r"(?:(?<!\s)\s+)?\(arXiv:(\S{1,40}?)(?:v\d+)?"
    r"\s*(?:\[[^\]]*\])?\s*(?:UPDATED|CROSS LISTED)?\)\s*$"
)
"""What arXiv's feeds had behind the title until 2024: `(arXiv:2301.00001v1 [cs.CL])`."""
_OAI = re.compile(r"(?:oai:)?arxiv(?:\.org)?:(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.I)
_AMPERSAND = re.compile(rb"(<!\[CDATA\[.*?\]\]>)|&(?!#?\w{1,31};)", re.DOTALL)
"""An ampersand that does not begin an entity: feedparser would read `AT&T` as `AT&T;`."""
_ANNOUNCED = re.compile(r"Announce Type:", re.IGNORECASE)
"""Only arXiv's daily feeds have it, and only their dates are days of a listing."""

_IN_UTF_8 = {"content-type": "application/xml; charset=utf-8"}
"""Takes precedence over the encoding that the feed declared before it was converted."""

_SOURCE = re.compile(r"<b>Source:</b>\s*(?P<venue>[^<,]{2,200})")
"""Elsevier has no abstracts in its feeds; its summaries are lines with these labels."""
_AUTHORS = re.compile(
    r"\bAuthor(?:\(s\)|s):?\s*(?:</b>)?\s*(?P<names>[^<]{2,5000}?)\s*</p>", re.DOTALL
)
_DATE = re.compile(r"Publication date:(?:\s*</b>)?\s*(?P<day>[^<]{4,60}?)\s*</p>")
_ISSUE = re.compile(
    r"\s*(?:<p>\s*)?(?P<venue>[^<>.]{2,150}?),\s+(?:Volume|Vol\.)\s+[^<>]{1,150}?\b(?:19|20)\d\d\.?"
    r"\s*(?:<br\s*/?>)?\s*(?:</p>)?\s*$"
)
"""A citation without an abstract: `Science, Volume 384, Issue 6695, Page 1-2, May 2024.`"""
_NATURE = re.compile(
    r"^\s*<p>[^<>]{2,80}, Published online: [^<>]{4,60};?\s*"
    r"(?:<a\b[^<>]*>)?\s*doi:\S+?(?:</a>)?</p>\s*"
)
_PLOS = re.compile(r"^\s*<p>\s*by [^<>]{2,5000}</p>\s*")
_MDPI = re.compile(
    r"^\s*<p><b>[^<>]*</b></p>\s*<p>[^<>]*<a\b[^<>]*>\s*doi:[^<>]*</a></p>\s*"
    r"<p>\s*Authors:[^<>]*</p>\s*",
    re.DOTALL,
)
_ACS = re.compile(r"^.*?<cite>[^<>]*</cite></div><div>DOI: \S+</div>\s*$", re.DOTALL)
_RESIDUES = (_NATURE, _MDPI, _PLOS, _ACS)
"""What each of these publishers puts around or before the abstract."""
_VOLUME_BEFORE_TITLE = re.compile(r"^\s*[^:<>]{2,100}, Vol\. \d+, Pages? [^:<>]{1,20}: ")
"""MDPI's titles: `Sensors, Vol. 24, Pages 2944: A Work`."""
_KIND_BEFORE_TITLE = re.compile(r"^\s*\[(?:ASAP|Article|Perspective|Review|Letter)\]\s+")

_Item = Mapping[str, Any]


def sniff(head: bytes) -> bool:
    """The roots of RSS and Atom; RDF counts only with the RSS 1.0 namespace."""
    name = root_element(head)
    if name.lower() in ("rss", "feed", "channel"):
        return True
    text = decode_head(head)
    return name == "RDF" and ("purl.org/rss/1.0/" in text.replace("rss/1.0/modules", "")
                              or "my.netscape.com/rdf" in text or "<channel" in text)  # fmt: skip


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Yield each item."""
    import feedparser  # type: ignore[import-untyped]

    data = read_whole(stream, _MAX_FEED, ", too large for a feed")
    data = data.replace(b"\0", b"")  # feedparser stumbles over one in the name of the encoding
    data = _AMPERSAND.sub(lambda found: found[1] or b"&amp;", data)
    try:
        feed = feedparser.parse(
            io.BytesIO(data),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers=_IN_UTF_8,
        )
    except Exception as failure:  # its expressions fail at entities such as `C:\\Users`
        raise UnreadableDocument(
            f"not a feed that can be read: {describe_error(failure)}"
        ) from failure
    venue = _text(feed.feed, "prism_publicationname")
    if not feed.entries:
        error = feed.get("bozo_exception") if feed.bozo else None
        yield RejectedRecord(where, f"{EMPTY} ({str(error)[:100]})" if error else EMPTY)
    for number, item in enumerate(feed.entries, 1):
        title = _text(item, "title")[:60]
        place = f"{where}: item {number}" + (f" “{title}”" if title else "")
        contents = [_text(item, "summary")]
        contents += [_text(content, "value") for content in item.get("content") or ()]
        if alert := next(filter(webpage.is_scholar_alert, contents), ""):
            yield from webpage.read_page(alert, place)
        else:
            yield from read_record(place, _item_fields, item, venue)


def _item_fields(item: _Item, feed_venue: str) -> dict[str, Any]:
    title, summary = _text(item, "title"), _text(item, "summary")
    arxiv_id = ""
    if found := _ID_BEHIND_TITLE.search(title):
        title, arxiv_id = title[: found.start()].removesuffix("."), found[1]
    abstract, extra = split_summary(summary)
    if not abstract:
        contents = (_text(content, "value") for content in item.get("content") or ())
        abstract, _ = split_summary(max(contents, key=len, default=""))
    given_links = item.get("links") or ()
    links = [_text(item, "link"), _text(item, "id"), *(_text(link, "href") for link in given_links)]
    identifiers = _identifiers(item, links, arxiv_id, summary)
    if not identifiers and not any(map(is_paper_page, links)):
        raise NotAPaper("has no link to a paper")
    pdfs = (link.get("href") for link in given_links if "pdf" in _text(link, "type"))
    day = _text(item, "published", "updated", "prism_coverdate")
    is_arxiv = "arxiv" in identifiers
    return {
        "title": clean_item_title(title), "authors": _authors(item) or extra.get("authors", ""),
        "abstract": abstract, "published": day or extra.get("published", ""),
        "listed": day if is_arxiv and _ANNOUNCED.search(summary) else "",
        "venue": _text(item, "arxiv_journal_ref", "prism_publicationname", "dc_source")
        or feed_venue
        or extra.get("venue", "")
        or ("arXiv" if is_arxiv else ""),
        "categories": [_text(tag, "term") for tag in item.get("tags") or ()], "ids": identifiers,
        "url": next((link for link in links if link.startswith("http")), ""),
        "pdf_url": next(pdfs, ""), "comment": _text(item, "arxiv_comment"),
    }  # fmt: skip


def _text(item: _Item, *names: str) -> str:
    """Return the first of these values that is not empty, as a text."""
    return next((str(value) for name in names if (value := item.get(name))), "")


def _identifiers(item: _Item, links: list[str], arxiv_id: str, summary: str) -> dict[str, str]:
    """Return the ids in links, guid and the publisher's fields; the most reliable wins."""
    found: dict[str, str] = {}
    for link in reversed(links):
        found |= ids.from_url(link)
    for guid in (_text(item, "id"), summary[:40]):
        if oai := _OAI.match(guid):
            found |= ids.from_text(oai[1])
        elif guid.startswith(("10.", "doi:")) and " " not in guid.strip():
            found |= ids.from_doi(guid)
    if arxiv_id:
        found |= ids.from_text(arxiv_id)
    for name in ("prism_doi", "dc_identifier", "arxiv_doi"):
        if ids.doi(value := _text(item, name)):
            found |= ids.from_doi(value)
    return found


def _authors(item: _Item) -> list[str]:
    """Return the names: feeds put all in one field, or each in one, or all in each of several."""
    given = item.get("authors") or ()
    if isinstance(given, str):  # the IEEE has an element with the name of feedparser's list
        return split_authors(markup_to_text(given))
    texts = [_text(author, "name") for author in given] or [_text(item, "author")]
    return [name for text in texts if text.strip() for name in split_authors(markup_to_text(text))]


def clean_item_title(text: str) -> str:
    """Return the title without the volume or the kind that stands before it."""
    return _KIND_BEFORE_TITLE.sub("", _VOLUME_BEFORE_TITLE.sub("", text, count=1), count=1)


def split_summary(text: str) -> tuple[str, dict[str, str]]:
    """Return the abstract in a summary, and the fields that it gives beside or instead of one."""
    if "<b>Source:</b>" in text and (source := _SOURCE.search(text)):
        names, day = _AUTHORS.search(text), _DATE.search(text)
        return "", {
            "venue": source["venue"].strip(),
            "authors": names["names"] if names else "",
            "published": day["day"] if day else "",
        }
    if issue := _ISSUE.fullmatch(text):
        return "", {"venue": issue["venue"].strip()}
    if "<" in text:
        for residue in _RESIDUES:
            text = residue.sub("", text, count=1)
    return text, {}


FORMAT = FunctionFormat("feed", "an RSS or Atom feed whose items link to papers", sniff, read)
