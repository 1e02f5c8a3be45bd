"""DBLP's XML: the whole dump, a person's page or one record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources import people
from tui.sources.base import Record, RejectedRecord, Source
from tui.sources.fields import NotAPaper, paper
from tui.sources.xmlrecords import every, records, root, text

_WORKS = ("article", "inproceedings", "incollection", "phdthesis", "mastersthesis", "book",
          "proceedings", "data")  # fmt: skip


def sniff(head: bytes) -> bool:
    """The root of the dump, or of a person's page."""
    return root(head)[0] in ("dblp", "dblpperson")


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each work; home pages of persons are none."""
    for found in records(stream, where, _WORKS):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        try:
            yield paper(_common(found.element))
        except NotAPaper as error:
            yield RejectedRecord(found.place, str(error))


def _common(work: Element) -> dict[str, Any]:
    places = every(work, "ee")
    names = every(work, "author") or every(work, "editor")
    return {
        "title": text(work, "title").removesuffix("."),
        "authors": [people.numberless(name) for name in names],
        "published": text(work, "year"),
        "venue": text(work, "journal") or text(work, "booktitle") or text(work, "school"),
        "doi": next((place for place in places if "doi.org/" in place), ""),
        "url": next(iter(places), ""),
    }


SOURCE = Source("dblp", "DBLP XML", sniff, read)
