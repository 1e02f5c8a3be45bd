"""DBLP's XML: the whole dump, a person's page or one record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.engines.xml import every, records, root_element, text
from tui.sources.names import strip_homonym_number
from tui.sources.record import read_record

_WORKS = ("article", "inproceedings", "incollection", "phdthesis", "mastersthesis", "book",
          "proceedings", "data")  # fmt: skip


def sniff(head: bytes) -> bool:
    """The root of the dump, or of a person's page."""
    return root_element(head)[0] in ("dblp", "dblpperson")


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each work; home pages of persons are none."""
    for found in records(stream, where, _WORKS):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        yield from read_record(found.place, _common, found.element)


def _common(work: Element) -> dict[str, Any]:
    places = every(work, "ee")
    names = every(work, "author") or every(work, "editor")
    return {
        "title": text(work, "title").removesuffix("."),
        "authors": [strip_homonym_number(name) for name in names],
        "published": text(work, "year"),
        "venue": text(work, "journal") or text(work, "booktitle") or text(work, "school"),
        "doi": next((place for place in places if "doi.org/" in place), ""),
        "url": next(iter(places), ""),
    }


FORMAT = Format("dblp", "DBLP XML", sniff, read)
