"""MODS of libraries and MARCXML of catalogues: two ways to write what a title page says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.core import identifiers as ids
from tui.sources import people
from tui.sources.base import Record, RejectedRecord, Source
from tui.sources.fields import NotAPaper, paper
from tui.sources.text import opening
from tui.sources.xmlrecords import every, records, root, text

_WRITERS = frozenset(("aut", "author", "cre", "creator"))


def _sniff_mods(head: bytes) -> bool:
    name, _ = root(head)
    return name in ("mods", "modsCollection") or (
        bool(name) and "loc.gov/mods" in opening(head) and "titleInfo>" in opening(head)
    )


def _sniff_marc(head: bytes) -> bool:
    name, _ = root(head)
    return (
        name in ("record", "collection", "searchRetrieveResponse")
        and re.search(r"<(?:\w+:)?datafield\s", opening(head)) is not None
    )


def _reader(
    name: str, common: Callable[[Element], dict[str, Any]]
) -> Callable[[BinaryIO, str, date], Iterator[Record]]:
    def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
        for found in records(stream, where, (name,)):
            if isinstance(found, RejectedRecord):
                yield found
                continue
            try:
                yield paper(common(found.element))
            except NotAPaper as error:
                yield RejectedRecord(found.place, str(error))

    return read


def _mods(record: Element) -> dict[str, Any]:
    title, subtitle = _title(record), ""
    if (info := record.find("titleInfo")) is not None:
        subtitle = text(info, "subTitle")
    host = record.find("relatedItem[@type='host']")
    identifiers = {e.get("type"): (e.text or "").strip() for e in record.findall("identifier")}
    dates = [day for e in (record, host) if e is not None for n in ("dateIssued", "copyrightDate",
             "dateCreated", "date") for day in every(e, n)]  # fmt: skip
    return {
        "title": f"{title}: {subtitle}" if title and subtitle else title,
        "authors": [_name(e) for e in _writers(record)],
        "abstract": "\n\n".join((e.text or "") for e in record.findall("abstract")),
        "published": dates[0] if dates else "",
        "venue": (_title(host) if host is not None else "") or text(record, "publisher"),
        "categories": every(record, "topic"),
        "doi": identifiers.get("doi", ""),
        "url": text(record, "location", "url"),
    }


def _title(element: Element) -> str:
    info = element.find("titleInfo")
    return " ".join(filter(None, (text(info, "nonSort"), text(info, "title"))))


def _writers(record: Element) -> list[Element]:
    """Those who wrote it; everybody named, where nobody is said to have."""
    named = record.findall("name")
    roles = [{role.strip().lower() for role in every(e, "roleTerm")} for e in named]
    writers = [e for e, role in zip(named, roles, strict=True) if not role or role & _WRITERS]
    return writers or named


def _name(element: Element) -> str:
    parts = {part.get("type"): (part.text or "").strip() for part in element.findall("namePart")}
    if parts.get("family"):
        return people.name(parts.get("given", ""), parts["family"])
    return people.turned(parts.get(None, "") or text(element, "displayForm"))


def _marc(record: Element) -> dict[str, Any]:
    def fields(*tags: str, codes: str = "a") -> list[str]:
        return [
            " ".join(
                (part.text or "").strip()
                for part in field.findall("subfield")
                if (part.get("code") or "") in codes
            ).rstrip(" /:;,")
            for tag in tags
            for field in record.findall(f"datafield[@tag='{tag}']")
        ]

    return {
        "title": next(iter(fields("245", codes="ab")), ""),
        "authors": [
            people.turned(name.rstrip(" .,")) for name in fields("100", "700", "720", "110")
        ],
        "abstract": "\n\n".join(fields("520")),
        "published": next(iter(fields("260", "264", codes="c")), "").strip("[]©c. "),
        "arxiv": next((each for each in fields("037", "024") if ids.arxiv_id(each)), ""),
        "venue": next(iter(fields("773", codes="tp") + fields("260", "264", codes="b")), ""),
        "categories": fields("650", "653"),
        "doi": next((each for each in fields("024") if each.startswith("10.")), ""),
        "url": next((url for url in fields("856", codes="u") if url.startswith("http")), ""),
    }


MODS = Source("mods", "MODS", _sniff_mods, _reader("mods", _mods))
MARC = Source("marcxml", "MARCXML", _sniff_marc, _reader("record", _marc))
