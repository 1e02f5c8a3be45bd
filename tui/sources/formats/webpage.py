"""A page of the web: the paper its citation tags describe, else the papers it links to.

Publishers, arXiv, OpenReview and the Anthology put `<meta name="citation_title" …>` and the like
into the head of a paper's page, for Google Scholar. Links are read as those of a Markdown list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import BinaryIO
from urllib.parse import urljoin

from tui.core import identifiers as ids
from tui.core.paper import Paper
from tui.sources.engines.html import parse_attributes, parse_html
from tui.sources.engines.whole_text import read_text
from tui.sources.engines.xml import root_element
from tui.sources.formats.linked_papers import papers_in
from tui.sources.interface import FunctionFormat, Record, RejectedRecord
from tui.sources.record import read_record

MAX_PAGE = 16 << 20
"""Bytes; what is larger was not written for readers."""
_TAGS: Mapping[str, tuple[str, ...]] = {
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
"""The meta tags that give each field, best first."""
_PAPER_TAGS = ("citation_title", "citation_doi", "prism.doi", "dc.identifier.doi")
"""Tags that only the page of a paper has."""
_SCIENCE_DIRECT_NAME = re.compile(
    r'"#name":"given-name"[^{}]{0,200}?"_":"([^"]{1,80})"[^{}]{0,200}\}\s*,\s*'
    r'\{[^{}]{0,200}?"#name":"surname"[^{}]{0,200}?"_":"([^"]{1,80})"'
)
"""An author in the JSON of a page of ScienceDirect, whose tags lack authors and abstract."""
_BLOCK = re.compile(
    r"/?(?:p|div|li|ul|ol|dl|dt|dd|tr|table|h[1-6]|br|hr|section|article|header|footer|nav|main)"
)
"""Elements that begin a line."""


def sniff(head: bytes) -> bool:
    """The root of HTML, or the doctype before it; the bookmarks of a browser have one of theirs."""
    doctype = head.lstrip()[:27].lower()
    return root_element(head).lower() == "html" or doctype.startswith(
        (b"<!doctype html", b"<!doctype netscape-bookmark")
    )


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Yield the paper that the page describes, or each paper it links to once."""
    address = where if where.startswith(("http://", "https://")) else ""
    source = read_text(stream, MAX_PAGE)
    page = _Page(source, address)
    if any(page.meta.get(tag) for tag in _PAPER_TAGS):
        if names := _SCIENCE_DIRECT_NAME.findall(source):
            page.meta.setdefault("citation_author", [f"{last}, {first}" for first, last in names])
            page.meta.setdefault("citation_abstract", page.meta.get("og:description", []))
        yield from read_record(where, _meta_fields, page.meta, address)
    else:
        yield from _linked_papers(page.lines, where)


def _meta_fields(meta: Mapping[str, list[str]], address: str) -> dict[str, object]:
    fields: dict[str, object] = {}
    for field, tags in _TAGS.items():
        contents = next((found for tag in tags if (found := meta.get(tag))), [])
        if contents:
            is_list = field == "authors" and len(contents) > 1
            fields[field] = contents if is_list else contents[0]
    fields.setdefault("url", address)
    return fields


def _linked_papers(lines: list[str], where: str) -> Iterator[Record]:
    """Yield the papers first: one may be linked to several times, and named by one link only."""
    named: set[tuple[str, str]] = set()
    rejected: dict[str, RejectedRecord] = {}
    for record in papers_in(lines, where, references=False):
        if isinstance(record, Paper):
            named.update(record.ids.items())
            yield record
        else:
            rejected[record.why] = record
    for each in rejected.values():
        if named.isdisjoint(each.ids.items()):
            yield RejectedRecord(where, each.why, each.ids)


class _Page:
    """What the meta tags of a page say, and its text with links as in Markdown."""

    def __init__(self, source: str, address: str) -> None:
        self.meta: dict[str, list[str]] = {}
        """The contents of the meta tags, by their lower-case names."""
        self._base = address
        self._out: list[str] = []
        self._link = ""
        """The address of the link whose text is being read."""
        self._line_has_paper = False
        """Whether the line has a link to a paper: a list has one on each."""
        for name, content in parse_html(source):
            if name:
                self._add_tag(name, content)
            else:
                text = re.sub(r"\s+", " ", content)
                self._out.append(text.replace("[", "(").replace("]", ")"))
        self.lines = "".join(self._out).split("\n")

    def _add_tag(self, name: str, attributes: str) -> None:
        if name == "meta":
            meta = parse_attributes(attributes)
            key = (meta.get("name") or meta.get("property") or "").strip().lower()
            if key and meta.get("content", "").strip():
                self.meta.setdefault(key, []).append(meta["content"])
        elif name == "base":
            self._base = self._absolute(parse_attributes(attributes).get("href", ""))
        elif name == "a":
            self._end_link()
            self._begin_link(self._absolute(parse_attributes(attributes).get("href", "")))
        elif name == "/a":
            self._end_link()
        elif _BLOCK.fullmatch(name) and not self._link:
            self._out.append("\n")
            self._line_has_paper = False

    def _begin_link(self, url: str) -> None:
        if not url.startswith(("http://", "https://")) or re.search(r"[\s()]", url):
            return
        self._link = url
        if ids.from_url(url):
            self._out.append("\n" if self._line_has_paper else "")
            self._line_has_paper = True
        self._out.append("[")

    def _end_link(self) -> None:
        if self._link:
            self._out.append(f"]({self._link})")
            self._link = ""

    def _absolute(self, link: str) -> str:
        try:
            return urljoin(self._base, link.strip())
        except ValueError:  # the host is in brackets but not an IPv6 address
            return ""


FORMAT = FunctionFormat("html", "a web page of a paper, or with links to papers", sniff, read)
