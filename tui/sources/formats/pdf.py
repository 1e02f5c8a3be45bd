"""A PDF: title and authors from its metadata or the largest letters of its first page.

The arXiv id and the DOI are read from the first page; they are what makes it one with the
paper that a feed or a search brings later.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from tui.core import identifiers as ids
from tui.core.paper import Paper
from tui.core.text import clean_line
from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.names import split_authors
from tui.sources.record import NotAPaper, build_paper, read_record

_LARGEST = 200 * 2**20
_ARXIV = re.compile(
    r"arXiv:\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\s*\[([\w.-]+)\])?"
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^`]{2,100}")
_ABSTRACT = re.compile(r"\bAbstract\b[\s.:—–-]*(.{200,4000}?)(?=\n\s*(?:1\.?\s+)?(?:I\.\s+)?"
                       r"(?:Introduction|INTRODUCTION|Keywords|Index Terms|CCS Concepts)\b)",
                       re.DOTALL | re.IGNORECASE)  # fmt: skip
_NO_TITLE = re.compile(
    r"(?:microsoft word|untitled|title|document\d*|paper|main|manuscript|slide|layout)\b.{0,60}"
    r"|.*\.(?:dvi|tex|docx?|pdf|indd|qxd|ps|eps|rtf|fm)|[\w./-]+|arxiv:.*|doi:.*|pii:.*",
    re.IGNORECASE,
)
_FURNITURE = re.compile(r"arxiv:|\bdoi\b|https?:|©|copyright|\bvol(?:ume)?\.|published as|preprint",
                        re.IGNORECASE)  # fmt: skip


def sniff(head: bytes) -> bool:
    """The signature, which may stand after some rubbish."""
    return b"%PDF-" in head[:1024]


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """The one paper, if its title can be told."""
    data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        yield RejectedRecord(where, f"a PDF of more than {_LARGEST >> 20} MiB")
        return
    yield from read_record(where, _build, data)


def _build(data: bytes) -> Paper:
    """Return the paper. Raises NotAPaper if the PDF cannot be read or has no title."""
    try:
        common = _common(data)
    except Exception as error:  # a parser of hostile files raises whatever it meets
        why = f"a PDF that cannot be read: {str(error)[:120] or type(error).__name__}"
        raise NotAPaper(why) from error
    try:
        return build_paper(common)
    except NotAPaper as error:
        known = common.get("arxiv") or common.get("doi")
        hint = f"; it is {known}" if known else ""
        why = f"a PDF without a title that can be told{hint}"
        raise NotAPaper(why, error.ids) from error


def _common(data: bytes) -> dict[str, Any]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data))
    told = {str(key).lower(): str(value) for key, value in (reader.metadata or {}).items()}
    text, lines = _first_page(reader)
    title = clean_line(told.get("/title", ""))
    if len(title) < 8 or _NO_TITLE.fullmatch(title):
        title = _largest(lines)
    arxiv = _ARXIV.search(text) or _ARXIV.search(" ".join(told.values()))
    doi = _DOI.search(f"{told.get('/doi', '')} {told.get('/wps-articledoi', '')}")
    doi = doi or _DOI.search(told.get("/subject", "")) or _DOI.search(text[:6000])
    abstract = _ABSTRACT.search(text)
    year = re.match(r"D:((?:19|20)\d\d)(\d\d)(\d\d)", told.get("/creationdate", ""))
    return {
        "title": title,
        "authors": split_authors(told.get("/author", "")),
        "abstract": re.sub(r"(\w)-\n(\w)", r"\1\2", abstract[1]) if abstract else "",
        "published": "-".join(year.groups()) if year else "",
        "arxiv": arxiv[1] if arxiv else "",
        "doi": ids.doi(doi[0]) if doi else "",
        "categories": arxiv[2] if arxiv and arxiv[2] else "",
    }


def _first_page(reader: Any) -> tuple[str, list[tuple[float, float, str]]]:
    """The text of the first page, and its pieces as (size, height on the page, text)."""
    pieces: list[tuple[float, float, str]] = []

    def visit(text: str, user: Any, matrix: Any, font: Any, size: float) -> None:
        if text.strip() and len(pieces) < 5000:
            scale = abs(matrix[3]) or abs(matrix[1]) or 1.0
            pieces.append((round(abs(size) * scale, 1), float(matrix[5] or user[5]), text))

    if not reader.pages:
        return "", []
    return str(reader.pages[0].extract_text(visitor_text=visit) or "")[:50_000], pieces


def _largest(pieces: list[tuple[float, float, str]]) -> str:
    """The text in the largest letters that is long enough to be a title."""
    sizes = sorted({size for size, _, _ in pieces}, reverse=True)
    for size in sizes[:4]:
        text = clean_line(" ".join(text for s, _, text in pieces if s == size))
        if 10 <= len(text) <= 300 and " " in text and not _FURNITURE.search(text):
            return text
    return ""


FORMAT = Format("pdf", "PDF", sniff, read)
