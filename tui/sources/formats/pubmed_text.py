"""PubMed's plain text ("Abstract" format): numbered articles in paragraphs, ids at their ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tui.sources.engines.whole_text import TextFormat, split_before
from tui.sources.names import reverse_initials

_START = re.compile(r"(?:\A\s*|\n[ \t]*\n)(?=\d{1,6}\. [A-Z][^\n]*\. (?:1[89]|20)\d\d\b)")
"""An article begins with its number, its journal and a year: `1. Nature. 2021 Aug;596(7873)…`"""
_PMID = re.compile(r"^PMID: (\d{1,8})", re.MULTILINE)
_DOI = re.compile(r"^DOI: (10\.\S+)", re.MULTILINE)
_DATE = re.compile(r"\. ((?:1[89]|20)\d\d(?: [A-Z][a-z]{2}(?: \d{1,2})?)?)")
_AFFILIATION_MARKS = re.compile(r"(?:\([\d#*]+\))+")
_NOT_ABSTRACT = re.compile(
    r"Author information:|©|Copyright|DOI:|PMC?ID:|Conflict of interest|Comment (?:in|on)|Erratum"
    r"|Update (?:in|of)|Publisher:"
)


def _matches(text: str) -> bool:
    return _START.match(text) is not None and _PMID.search(text) is not None


def _split(text: str) -> Iterator[tuple[int, str]]:
    for found, article in split_before(_START, text):
        yield found.end(), article


def _fields(article: str) -> dict[str, Any]:
    """The fields by the order of the paragraphs; the longest after the authors is the abstract."""
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", article) if part.strip()]
    journal = re.sub(r"^\d+\. ", "", parts[0])
    names = _AFFILIATION_MARKS.sub("", parts[2] if len(parts) > 2 else "").rstrip(".")
    texts = [part for part in parts[3:] if not _NOT_ABSTRACT.match(part)]
    day, doi, pmid = _DATE.search(journal), _DOI.search(article), _PMID.search(article)
    return {
        "title": parts[1].removesuffix(".") if len(parts) > 1 else "",
        "authors": [reverse_initials(name) for name in names.split(",")],
        "abstract": max(texts, key=len, default=""),
        "published": day[1] if day else "",
        "venue": journal.partition(". ")[0],
        "doi": doi[1] if doi else "",
        "pmid": pmid[1] if pmid else "",
    }


FORMAT = TextFormat("pubmed-text", "PubMed's plain text", _matches, _split, _fields).format()
