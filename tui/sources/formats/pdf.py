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
from tui.sources.engines.whole_text import read_whole
from tui.sources.interface import FunctionFormat, Record
from tui.sources.record import NotAPaper, build_paper, describe_error, read_record

_MAX_PDF = 200 * 2**20
_ARXIV = re.compile(
    r"arXiv:\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\s*\[([\w.-]+)\])?"
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^`]{2,100}")
_ABSTRACT = re.compile(r"\bAbstract\b[\s.:—–-]*(.{200,4000}?)(?=\n\s*(?:1\.?\s+)?(?:I\.\s+)?"
                       r"(?:Introduction|INTRODUCTION|Keywords|Index Terms|CCS Concepts)\b)",
                       re.DOTALL | re.IGNORECASE)  # fmt: skip
_NOT_A_TITLE = re.compile(
    r"(?:microsoft word|untitled|title|document\d*|paper|main|manuscript|slide|layout)\b.{0,60}"
    r"|.*\.(?:dvi|tex|docx?|pdf|indd|qxd|ps|eps|rtf|fm)|[\w./-]+|arxiv:.*|doi:.*|pii:.*",
    re.IGNORECASE,
)
"""What word processors and TeX put into the metadata where the title goes."""
_NOT_IN_TITLE = re.compile(
    r"arxiv:|\bdoi\b|https?:|©|copyright|\bvol(?:ume)?\.|published as|preprint", re.IGNORECASE
)
"""What stamps, headers and footers have, whose letters may be larger than the title's."""
_SHORTEST_TITLE, _LONGEST_TITLE = 10, 300


def sniff(head: bytes) -> bool:
    """The signature; some servers and mailers leave bytes of their own before it."""
    return b"%PDF-" in head[:1024]


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Yield the one paper, if its title can be found."""
    yield from read_record(where, _build, read_whole(stream, _MAX_PDF, ", too large for a PDF"))


def _build(data: bytes) -> Paper:
    """Return the paper. Raises NotAPaper if the PDF cannot be read or has no title."""
    try:
        fields = _pdf_fields(data)
    except Exception as error:  # a parser of hostile files raises whatever it meets
        raise NotAPaper(f"a PDF that cannot be read: {describe_error(error)}") from error
    try:
        return build_paper(fields)
    except NotAPaper as error:
        known = fields.get("arxiv") or fields.get("doi")
        hint = f"; it is {known}" if known else ""
        why = f"a PDF whose title cannot be found{hint}"
        raise NotAPaper(why, error.ids) from error


def _pdf_fields(data: bytes) -> dict[str, Any]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data))
    metadata = {str(key).lower(): str(value) for key, value in (reader.metadata or {}).items()}
    text, pieces = _first_page(reader)
    title = clean_line(metadata.get("/title", ""))
    if len(title) < 8 or _NOT_A_TITLE.fullmatch(title):
        title = _largest_text(pieces)
    arxiv = _ARXIV.search(text) or _ARXIV.search(" ".join(metadata.values()))
    doi = _DOI.search(f"{metadata.get('/doi', '')} {metadata.get('/wps-articledoi', '')}")
    doi = doi or _DOI.search(metadata.get("/subject", "")) or _DOI.search(text[:6000])
    abstract = _ABSTRACT.search(text)
    year = re.match(r"D:((?:19|20)\d\d)(\d\d)(\d\d)", metadata.get("/creationdate", ""))
    return {
        "title": title, "authors": metadata.get("/author", ""),
        "abstract": re.sub(r"(\w)-\n(\w)", r"\1\2", abstract[1]) if abstract else "",
        "published": "-".join(year.groups()) if year else "", "arxiv": arxiv[1] if arxiv else "",
        "doi": ids.doi(doi[0]) if doi else "", "categories": arxiv[2] if arxiv and arxiv[2] else "",
    }  # fmt: skip


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


def _largest_text(pieces: list[tuple[float, float, str]]) -> str:
    """The text in the largest letters that is long enough to be a title."""
    sizes = sorted({size for size, _, _ in pieces}, reverse=True)
    for size in sizes[:4]:
        text = clean_line(" ".join(text for s, _, text in pieces if s == size))
        if (
            _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE
            and " " in text
            and not _NOT_IN_TITLE.search(text)
        ):
            return text
    return ""


FORMAT = FunctionFormat("pdf", "PDF", sniff, read)
