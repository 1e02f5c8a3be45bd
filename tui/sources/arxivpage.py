"""The text of an arXiv listing, as copied from the browser: `[1] arXiv:2501.01234 [pdf, other]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from tui.sources.base import MAX_DOCUMENT, Record, RejectedRecord, Source
from tui.sources.dates import iso
from tui.sources.fields import NotAPaper, paper
from tui.sources.text import decode, opening

_ENTRY = re.compile(r"^[ \t]*\[\d+\][ \t]+arXiv:(?P<id>\S+)[^\n]*$", re.MULTILINE)
_FIELD = re.compile(
    r"[ \t]*(Title|Authors?|Comments|Subjects|Journal-ref|Related DOI|DOI|MSC-class|ACM-class"
    r"|Report-no)\s*:\s*(.*)"
)
_DAY = re.compile(
    r"^[^\n\[]*?((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,? \d{1,2} \w+ \d{4})", re.MULTILINE
)
_SUBJECT = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")


def sniff(head: bytes) -> bool:
    """An entry as the listing numbers it, with its title below."""
    text = opening(head)
    return _ENTRY.search(text) is not None and re.search(r"^\s*Title:", text, re.M) is not None


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each entry; the day above it is the day it was listed."""
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        yield RejectedRecord(
            where, f"larger than {MAX_DOCUMENT >> 20} MiB, too large for a listing"
        )
        return
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    entries = list(_ENTRY.finditer(text))
    day, at, line = "", 0, 1
    for entry, following in zip(entries, [*entries[1:], None], strict=False):
        for found in _DAY.finditer(text, at, entry.start()):
            day = iso(found[1])
        line += text.count("\n", at, entry.start())
        at = entry.start()
        body = text[entry.end() : following.start() if following else len(text)]
        try:
            yield paper({"id": entry["id"], "listed": day} | _common(body))
        except NotAPaper as error:
            yield RejectedRecord(f"{where}:{line}", f"arXiv:{entry['id']}: {error}")


def _common(body: str) -> dict[str, Any]:
    """The fields of an entry: named ones, the authors without a name, then the abstract."""
    fields: dict[str, str] = {}
    rest: list[str] = []
    for line in body.split("\n"):
        if found := _FIELD.match(line):
            fields[found[1]] = found[2].strip()
        elif line.strip() and "Title" in fields and "Authors" not in fields:
            fields["Authors"] = line.strip()
        elif "Authors" in fields and not _DAY.match(line):
            rest.append(line)
    abstract = "\n".join(rest).strip()
    return {
        "title": fields.get("Title", ""),
        "authors": fields.get("Authors", ""),
        "abstract": abstract if len(abstract) > 100 else "",
        "venue": fields.get("Journal-ref", "") or "arXiv",
        "categories": " ".join(_SUBJECT.findall(fields.get("Subjects", ""))),
        "comment": fields.get("Comments", ""),
        "doi": fields.get("Related DOI", "") or fields.get("DOI", ""),
    }


SOURCE = Source("arxiv-page", "the text of an arXiv listing", sniff, read)
