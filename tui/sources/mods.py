"""MODS of libraries and MARCXML of catalogues: two ways to write what a title page says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.core import identifiers as ids
from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.decoding import decode_head
from tui.sources.engines.xml import every, records, root_element, text
from tui.sources.names import join_name, to_reading_order
from tui.sources.record import read_record

_WRITERS = frozenset(("aut", "author", "cre", "creator"))


def _sniff_mods(head: bytes) -> bool:
    name, _ = root_element(head)
    return name in ("mods", "modsCollection") or (
        bool(name) and "loc.gov/mods" in decode_head(head) and "titleInfo>" in decode_head(head)
    )


def _sniff_marc(head: bytes) -> bool:
    name, _ = root_element(head)
    return (
        name in ("record", "collection", "searchRetrieveResponse")
        and re.search(r"<(?:\w+:)?datafield\s", decode_head(head)) is not None
    )


def _reader(
    name: str, common: Callable[[Element], dict[str, Any]]
) -> Callable[[BinaryIO, str, date], Iterator[Record]]:
    def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
        for found in records(stream, where, (name,)):
            if isinstance(found, RejectedRecord):
                yield found
                continue
            yield from read_record(found.place, common, found.element)

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
        return join_name(parts.get("given", ""), parts["family"])
    return to_reading_order(parts.get(None, "") or text(element, "displayForm"))


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
            to_reading_order(name.rstrip(" .,")) for name in fields("100", "700", "720", "110")
        ],
        "abstract": "\n\n".join(fields("520")),
        "published": next(iter(fields("260", "264", codes="c")), "").strip("[]©c. "),
        "arxiv": next((each for each in fields("037", "024") if ids.arxiv_id(each)), ""),
        "venue": next(iter(fields("773", codes="tp") + fields("260", "264", codes="b")), ""),
        "categories": fields("650", "653"),
        "doi": next((each for each in fields("024") if each.startswith("10.")), ""),
        "url": next((url for url in fields("856", codes="u") if url.startswith("http")), ""),
    }


MODS = Format("mods", "MODS", _sniff_mods, _reader("mods", _mods))
MARC = Format("marcxml", "MARCXML", _sniff_marc, _reader("record", _marc))
