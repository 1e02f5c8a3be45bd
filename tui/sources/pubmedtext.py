"""PubMed's plain text ("Abstract" format): numbered articles in paragraphs, ids at their ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from tui.sources import people
from tui.sources.base import MAX_DOCUMENT, Record, RejectedRecord, Source
from tui.sources.fields import NotAPaper, paper
from tui.sources.text import decode, opening

_START = re.compile(r"(?:\A\s*|\n[ \t]*\n)(?=\d{1,6}\. [A-Z][^\n]*\. (?:1[89]|20)\d\d\b)")
_PMID = re.compile(r"^PMID: (\d{1,8})", re.MULTILINE)
_DOI = re.compile(r"^DOI: (10\.\S+)", re.MULTILINE)
_DATE = re.compile(r"\. ((?:1[89]|20)\d\d(?: [A-Z][a-z]{2}(?: \d{1,2})?)?)")
_NOTES = re.compile(r"(?:\([\d#*]+\))+")
_NOT_ABSTRACT = re.compile(
    r"Author information:|©|Copyright|DOI:|PMC?ID:|Conflict of interest|Comment (?:in|on)|Erratum"
    r"|Update (?:in|of)|Publisher:"
)


def sniff(head: bytes) -> bool:
    """A numbered article first, and a PMID at the start of a line."""
    text = opening(head)
    return _START.match(text) is not None and _PMID.search(text) is not None


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each article."""
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        yield RejectedRecord(
            where, f"larger than {MAX_DOCUMENT >> 20} MiB; save it in PubMed format"
        )
        return
    text = decode(data).replace("\r\n", "\n")
    starts = [found.end() for found in _START.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        try:
            yield paper(_common(text[start:end]))
        except NotAPaper as error:
            yield RejectedRecord(f"{where}:{text.count(chr(10), 0, start) + 1}", str(error))


def _common(article: str) -> dict[str, Any]:
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", article) if part.strip()]
    journal = re.sub(r"^\d+\. ", "", parts[0])
    names = _NOTES.sub("", parts[2] if len(parts) > 2 else "").rstrip(".")
    texts = [part for part in parts[3:] if not _NOT_ABSTRACT.match(part)]
    day = _DATE.search(journal)
    doi, pmid = _DOI.search(article), _PMID.search(article)
    return {
        "title": parts[1].removesuffix(".") if len(parts) > 1 else "",
        "authors": [people.family_first(name) for name in names.split(",")],
        "abstract": max(texts, key=len, default=""),
        "published": day[1] if day else "",
        "venue": journal.partition(". ")[0],
        "doi": doi[1] if doi else "",
        "pmid": pmid[1] if pmid else "",
    }


SOURCE = Source("pubmed-text", "PubMed's plain text", sniff, read)
