"""Org mode: a heading a paper, its fields as properties, the way org-bibtex and Ebib keep them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from tui.sources import people
from tui.sources.base import MAX_DOCUMENT, Record, RejectedRecord, Source
from tui.sources.fields import NotAPaper, paper
from tui.sources.latex import from_tex
from tui.sources.text import decode, opening

_DRAWER = re.compile(
    r"^\*+[ \t]+(?P<heading>[^\n]*)\n(?P<before>(?:[ \t]*(?:CLOSED|SCHEDULED|DEADLINE)[^\n]*\n)*)"
    r"[ \t]*:PROPERTIES:[ \t]*\n(?P<inside>(?:[ \t]*:[^\n]*\n)*?)[ \t]*:END:",
    re.MULTILINE | re.IGNORECASE,
)
_PROPERTY = re.compile(r"^[ \t]*:([\w+-]+):[ \t]*(.*)$", re.MULTILINE)
_STATE = re.compile(r"^(?:[A-Z]{3,12}[ \t]+)?(?:\[#\w\][ \t]*)?|[ \t]+:[\w@:]+:[ \t]*$")
_WORK = frozenset(("author", "doi", "year", "eprint", "btype", "arxivid", "arxiv"))


def sniff(head: bytes) -> bool:
    """A heading whose properties are those of a work."""
    return any(_fields(found).keys() & _WORK for found in _DRAWER.finditer(opening(head)))


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each heading that has properties of a work."""
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        yield RejectedRecord(where, f"larger than {MAX_DOCUMENT >> 20} MiB")
        return
    text = decode(data).replace("\r\n", "\n")
    for found in _DRAWER.finditer(text):
        fields = _fields(found)
        if not fields.keys() & _WORK:
            continue
        authors = people.parted(from_tex(fields.get("author", "")))
        common = fields | {
            "title": from_tex(fields.get("title", "")) or _STATE.sub("", found["heading"].strip()),
            "authors": [people.turned(name) for name in authors],
            "arxiv": fields.get("eprint") or fields.get("arxivid") or fields.get("arxiv", ""),
        }
        try:
            yield paper(common)
        except NotAPaper as error:
            yield RejectedRecord(f"{where}:{text.count(chr(10), 0, found.start()) + 1}", str(error))


def _fields(drawer: re.Match[str]) -> dict[str, str]:
    return {
        name.lower().removeprefix("bib_"): value.strip()
        for name, value in _PROPERTY.findall(drawer["inside"])
    }


SOURCE = Source("org", "Org mode with properties of papers", sniff, read)
