"""A page of the web: the paper its citation tags describe, else the papers it links to.

Publishers, arXiv, OpenReview and the Anthology put `<meta name="citation_title" …>` and the like
into the head of a paper's page, for Google Scholar. Links are read as those of a Markdown list.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import BinaryIO
from urllib.parse import urljoin

from tui.core import identifiers as ids
from tui.core.paper import Paper
from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.decoding import decode
from tui.sources.engines.xml import root_element
from tui.sources.formats import listing
from tui.sources.names import split_authors, to_reading_order
from tui.sources.record import read_record

LARGEST = 16 << 20
"""Bytes; what is larger was not written for readers."""
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("citation_title", "dc.title", "prism.title"),
    "authors": ("citation_author", "citation_authors", "dc.creator"),
    "abstract": ("citation_abstract", "dcterms.abstract", "dc.description"),
    "published": ("citation_publication_date", "citation_date", "citation_online_date",
                  "prism.publicationdate", "dc.date", "citation_year"),
    "venue": ("citation_journal_title", "citation_conference_title", "citation_conference",
              "citation_inbook_title", "prism.publicationname"),
    "doi": ("citation_doi", "prism.doi", "dc.identifier.doi", "dc.identifier"),
    "arxiv": ("citation_arxiv_id",),
    "pmid": ("citation_pmid",),
    "pdf_url": ("citation_pdf_url",),
    "url": ("citation_abstract_html_url", "citation_public_url"),
    "categories": ("citation_keywords",),
}  # fmt: skip
"""Field to the tags that tell it, best first."""
_SIGNS = ("citation_title", "citation_doi", "prism.doi", "dc.identifier.doi")
"""Tags that only the page of a paper has."""
_ATTRIBUTE = re.compile(r"([\w:.-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_STOP = re.compile("[\"'>]")
_BLOCKS = re.compile(
    r"/?(?:p|div|li|ul|ol|dl|dt|dd|tr|table|h[1-6]|br|hr|section|article|header|footer|nav|main)"
)


def sniff(head: bytes) -> bool:
    """The root of HTML, or the doctype before it; the bookmarks of a browser have one of theirs."""
    doctype = head.lstrip()[:27].lower()
    return root_element(head).lower() == "html" or doctype.startswith(
        (b"<!doctype html", b"<!doctype netscape-bookmark")
    )


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """The one paper of the page, or those it links to, each once."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        yield RejectedRecord(where, f"larger than {LARGEST >> 20} MiB, too large for a web page")
        return
    address = where if where.startswith(("http://", "https://")) else ""
    page = _Page(decode(data), address)
    if any(page.told.get(sign) for sign in _SIGNS):
        yield from read_record(where, page.fields, address)
        return
    yield from _linked(page.text, where, today)


def _linked(text: str, where: str, today: date) -> Iterator[Record]:
    """A paper may be linked to several times, and named by one of the links only."""
    named: set[tuple[str, str]] = set()
    nameless: dict[str, RejectedRecord] = {}
    for record in listing.papers_in(text.split("\n"), where, references=False):
        if isinstance(record, Paper):
            named.update(record.ids.items())
            yield record
        else:
            nameless[record.why] = record
    for record in nameless.values():
        if named.isdisjoint(record.ids.items()):
            yield RejectedRecord(where, record.why, record.ids)


class _Page:
    """What the tags of a page tell, and its text with links as in Markdown."""

    def __init__(self, source: str, address: str) -> None:
        self.told: dict[str, list[str]] = {}
        """Name of a meta tag, lower case, to its contents."""
        self._base = address
        self._out: list[str] = []
        self._link = ""
        self._has_paper = False
        """Whether the line has a link to a paper: a list reads one a line."""
        self._read(source)
        self.text = "".join(self._out)

    def fields(self, address: str) -> dict[str, object]:
        """The record under the names of `tui.sources.record`."""
        fields: dict[str, object] = {}
        for field, names in _FIELDS.items():
            told = next((found for name in names if (found := self.told.get(name))), [])
            if field == "authors":
                each = split_authors(told[0]) if len(told) == 1 else told
                fields[field] = [to_reading_order(name) for name in each]
            elif told:
                fields[field] = told[0]
        fields.setdefault("url", address)
        return fields

    def _read(self, source: str) -> None:
        """One walk from tag to tag; a quote that is never closed is passed over once."""
        closed = {'"': True, "'": True}
        at = 0
        while (start := source.find("<", at)) >= 0:
            self._text(source[at:start])
            if source.startswith("<!--", start):
                end = source.find("-->", start + 4)
                at = end + 3 if end >= 0 else len(source)
                continue
            end = start + 1
            while (stop := _STOP.search(source, end)) and stop[0] != ">":
                end = stop.end()
                if closed[stop[0]] and source[end - 2] == "=":
                    after = source.find(stop[0], end)
                    closed[stop[0]] = after >= 0
                    end = after + 1 if after >= 0 else end
            at = stop.end() if stop else len(source)
            name = source[start + 1 : start + 12].split(">")[0].split(" ")[0].split("\n")[0].lower()
            if name in ("script", "style", "noscript"):
                end = source.find(f"</{name}", at)
                at = end if end >= 0 else len(source)
            else:
                self._tag(name, source[start:at])
        self._text(source[at:])

    def _text(self, text: str) -> None:
        text = html.unescape(text)
        self._out.append(re.sub(r"\s+", " ", text).replace("[", "(").replace("]", ")"))

    def _tag(self, name: str, tag: str) -> None:
        if name == "meta":
            given = _attributes(tag)
            key = (given.get("name") or given.get("property") or "").strip().lower()
            if key and given.get("content", "").strip():
                self.told.setdefault(key, []).append(given["content"])
        elif name == "base":
            self._base = _joined(self._base, _attributes(tag).get("href", ""))
        elif name == "a":
            self._end_link()
            link = _joined(self._base, _attributes(tag).get("href", ""))
            if link.startswith(("http://", "https://")) and not re.search(r"[\s()]", link):
                self._link = link
                if ids.from_url(link):
                    self._out.append("\n" if self._has_paper else "")
                    self._has_paper = True
                self._out.append("[")
        elif name == "/a":
            self._end_link()
        elif _BLOCKS.fullmatch(name.rstrip("/")) and not self._link:
            self._out.append("\n")
            self._has_paper = False

    def _end_link(self) -> None:
        if self._link:
            self._out.append(f"]({self._link})")
            self._link = ""


def _attributes(tag: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), html.unescape(double or single or bare))
    return found


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:  # a host in brackets that is none
        return ""


FORMAT = Format("html", "a web page of a paper, or with links to papers", sniff, read)
