"""RIS, each record parsed by rispy on its own, so that a broken one costs itself only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, BinaryIO

from tui.sources.base import MAX_LINE, Format, Record
from tui.sources.decoding import decode_head, split_stream
from tui.sources.names import split_if_several, to_reading_order
from tui.sources.record import NotAPaper, read_record

_START = re.compile(r"^[ \t\ufeff]*TY {1,3}-", re.MULTILINE)
_TAG = re.compile(r"^[ \t\ufeff]*([A-Z][A-Z0-9]) {1,3}-[ \t]?", re.MULTILINE)
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?10\.\d{4}", re.IGNORECASE)
_PMID = re.compile(r"\bPMID:?\s*(\d+)|\bPUBMED (\d+)|(\d+)\[pmid\]")
_MEDLINE = re.compile(r"pubmed|medline", re.IGNORECASE)


def sniff(head: bytes) -> bool:
    """The first tag of a record."""
    return _START.search(decode_head(head)) is not None


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each record, from its `TY` to the next."""
    for line, text in split_stream(stream, _START):
        starts = [found.start() for found in _START.finditer(text)]
        counted = 0
        for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
            line += text.count("\n", counted, start)
            counted = start
            yield from read_record(f"{where}:{line}", _fields, text[start:end])
        line += text.count("\n", counted)


def _fields(text: str) -> dict[str, Any]:
    import rispy  # type: ignore[import-untyped]

    if len(text) >= MAX_LINE:
        raise NotAPaper(f"a record of more than {MAX_LINE >> 20} MiB")
    text = _TAG.sub(r"\1  - ", text)
    if not re.search(r"^ER  -", text, re.MULTILINE):
        text += "\nER  - \n"
    try:
        records = rispy.loads(text)
    except (ValueError, KeyError, IndexError, TypeError, OSError) as error:
        raise NotAPaper(f"a broken record: {str(error).splitlines()[0]}") from error
    if not records:
        raise NotAPaper("an empty record")
    return _common(records[0])


def _common(tags: dict[str, Any]) -> dict[str, Any]:
    tags = tags.get("unknown_tag", {}) | tags

    def told(*names: str) -> str:
        for name in names:
            value = tags.get(name)
            value = value[0] if isinstance(value, list) and value else value
            if isinstance(value, str) and value.strip():
                return value.strip()
        return ""

    authors: list[str] = next(
        (tags[n] for n in ("authors", "first_authors", "secondary_authors", "ED") if tags.get(n)),
        [],
    )
    abstract = told("abstract", "notes_abstract")
    lines = tags.get("urls") or []
    urls = [url for line in lines for url in line.replace(";http", " http").split()]
    return {
        "title": told("title", "primary_title", "CT", "BT", "translated_title", "short_title")
        or told("secondary_title", "tertiary_title"),
        "authors": [to_reading_order(one) for name in authors for one in split_if_several(name)],
        "abstract": abstract,
        "published": told("date", "year", "publication_year").strip("/"),
        "year": told("year", "publication_year"),
        "venue": told("journal_name", "secondary_title", "alternate_title3", "alternate_title1",
                      "alternate_title2", "BT", "J1", "publisher"),
        "categories": _words(tags.get("keywords") or []),
        "doi": told("doi") or next(filter(_doi, (told("type_of_work"), told("id"), *urls)), ""),
        "pmid": _pmid(told),
        "arxiv": told("volume").removeprefix("abs/"),
        "url": next((u for u in urls if u.startswith("http")), ""),
    }  # fmt: skip


def _words(lines: list[str]) -> list[str]:
    """One keyword a line, or all in one with `;`; a star is MEDLINE's for what it is most about."""
    words = (word.strip().removeprefix("*") for line in lines for word in line.split(";"))
    return [word for word in words if word]


def _doi(text: str) -> str:
    """The DOI where Reference Manager and Ovid had to put it, in a field of something else."""
    return text if _DOI.match(text) else ""


def _pmid(told: Callable[..., str]) -> str:
    """PubMed's number, in the field where each database has it."""
    number, database = told("accession_number"), told("name_of_database", "database_provider")
    if found := _PMID.search(f"{number} {told('custom3')} {told('U1')} {told('PM')}"):
        return found[1] or found[2] or found[3]
    if _MEDLINE.search(database):
        return number or (told("id") if len(told("id")) > 6 else "")  # EndNote counts there
    return told("custom5") if database == "Embase" else ""


FORMAT = Format("ris", "RIS", sniff, read)
