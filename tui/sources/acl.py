"""The XML of the ACL Anthology: papers inside volumes inside a collection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.decoding import decode_head
from tui.sources.engines.xml import records, root_element, text
from tui.sources.names import join_name
from tui.sources.record import read_record

_BASE = "https://aclanthology.org/"


def sniff(head: bytes) -> bool:
    """A collection (in old files a volume) that holds volumes of papers."""
    name, attributes = root_element(head)
    return name in ("collection", "volume") and "id=" in attributes and (
        re.search(r"<(?:volume|paper|meta|frontmatter|event)[\s>]", decode_head(head)) is not None
    )  # fmt: skip


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each paper; the front matter of a volume is none."""
    collection = volume = ""
    meta: Element | None = None
    for found in records(stream, where, ("meta", "frontmatter", "paper"), ("collection", "volume")):
        if isinstance(found, RejectedRecord):
            yield found
        elif found.name == "collection":
            collection, volume, meta = found.element.get("id", ""), "", None
        elif found.name == "volume":
            volume, meta = found.element.get("id", ""), None
        elif found.name == "meta":
            meta = found.element
        elif found.name == "paper":
            name = _id(found.element, collection, volume)
            yield from read_record(f"{found.place}: {name}", _common, found.element, meta, name)


def _id(element: Element, collection: str, volume: str) -> str:
    """The Anthology's id: told by the URL, else made of the three numbers as its site does."""
    url = text(element, "url").removeprefix(_BASE).rstrip("/").removesuffix(".pdf")
    if re.fullmatch(r"[A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+", url):
        return url
    number = element.get("id", "")
    if not collection:  # an old file: the volume is the collection, the paper has all four digits
        return f"{volume}-{number.zfill(4)}"
    if "." in collection:
        return f"{collection}-{volume}.{number}"
    if not volume.isdecimal() or not number.isdecimal():
        return ""
    # Workshops have two digits of volume and two of paper.
    width = 2 if collection[0] == "W" or (collection in ("C69", "D19") and int(volume) > 4) else 1
    return f"{collection}-{volume.zfill(width)}{number.zfill(4 - width)}"


def _common(element: Element, meta: Element | None, name: str) -> dict[str, Any]:
    authors = [
        join_name(text(a, "first"), text(a, "last")) or (a.text or "").strip()
        for a in [*element.findall("author"), *element.findall("editor")]
    ]
    year = text(element, "year") or text(meta, "year")
    month = text(element, "month") or text(meta, "month")
    return {
        "title": text(element, "title") or text(element, "booktitle"),
        "authors": authors,
        "abstract": text(element, "abstract"),
        "published": f"{year} {month}".strip(),
        "venue": text(element, "booktitle") or text(meta, "booktitle"),
        "doi": text(element, "doi"),
        "ids": {"acl": name},
        "url": _BASE + name if name else "",
        "comment": "Retracted" if element.find("retracted") is not None else "",
    }


FORMAT = Format("acl", "ACL Anthology XML", sniff, read)
