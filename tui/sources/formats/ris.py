"""RIS: rispy parses each record alone, so an invalid record does not affect the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from tui.sources.decoding import decode_head, split_stream
from tui.sources.engines.whole_text import split_before
from tui.sources.interface import MAX_LINE, Format, Record
from tui.sources.record import NotAPaper, read_record

_START = re.compile(r"^[ \t\ufeff]*TY {1,3}-", re.MULTILINE)
_TAG = re.compile(r"^[ \t\ufeff]*([A-Z][A-Z0-9]) {1,3}-[ \t]?", re.MULTILINE)
"""A tag as programs write it; rispy wants two spaces before the hyphen and one behind it."""
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?10\.\d{4}", re.IGNORECASE)
_PMID = re.compile(r"\bPMID:?\s*(\d+)|\bPUBMED (\d+)|(\d+)\[pmid\]")
_MEDLINE = re.compile(r"pubmed|medline", re.IGNORECASE)
_AUTHORS = ("authors", "first_authors", "secondary_authors", "ED")
_TITLES = (
    "title", "primary_title", "CT", "BT", "translated_title", "short_title", "secondary_title",
    "tertiary_title",
)  # fmt: skip
_VENUES = (
    "journal_name", "secondary_title", "alternate_title3", "alternate_title1", "alternate_title2",
    "BT", "J1", "publisher",
)  # fmt: skip
_SHORTEST_PMID = 7
"""Digits: EndNote writes the number of a record in its library where others have the PMID."""

_Tags = Mapping[str, Any]


def sniff(head: bytes) -> bool:
    """The first tag of a record."""
    return _START.search(decode_head(head)) is not None


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Yield each record, from its `TY` to the next."""
    for line, text in split_stream(stream, _START):
        counted = 0
        for start, record in split_before(_START, text):
            line += text.count("\n", counted, start.start())
            counted = start.start()
            yield from read_record(f"{where}:{line}", _parse, start[0] + record)


def _parse(text: str) -> dict[str, Any]:
    """Return the fields of a record. Raises NotAPaper if rispy finds no record in it."""
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
    return _fields(records[0].get("unknown_tag", {}) | records[0])


def _fields(tags: _Tags) -> dict[str, Any]:
    lines = tags.get("urls") or []
    urls = [url for line in lines for url in line.replace(";http", " http").split()]
    # Reference Manager and Ovid have no tag for the DOI and put it into another one.
    dois = filter(_DOI.match, (_text(tags, "type_of_work"), _text(tags, "id"), *urls))
    keywords = (word.strip() for line in tags.get("keywords") or [] for word in line.split(";"))
    return {
        "title": _text(tags, *_TITLES),
        "authors": next((tags[name] for name in _AUTHORS if tags.get(name)), []),
        "abstract": _text(tags, "abstract", "notes_abstract"),
        "published": _text(tags, "date", "year", "publication_year").strip("/"),
        "year": _text(tags, "year", "publication_year"),
        "venue": _text(tags, *_VENUES),
        # MEDLINE marks with a star what a paper is mainly about.
        "categories": [word for each in keywords if (word := each.removeprefix("*"))],
        "doi": _text(tags, "doi") or next(dois, ""),
        "pmid": _pmid(tags),
        "arxiv": _text(tags, "volume").removeprefix("abs/"),
        "url": next((url for url in urls if url.startswith("http")), ""),
    }


def _text(tags: _Tags, *names: str) -> str:
    """Return the first text of the first of these tags that has one."""
    for name in names:
        value = tags.get(name)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _pmid(tags: _Tags) -> str:
    """Return PubMed's number, which each database puts into another tag."""
    number = _text(tags, "accession_number")
    database = _text(tags, "name_of_database", "database_provider")
    places = (_text(tags, name) for name in ("custom3", "U1", "PM"))
    if found := _PMID.search(" ".join((number, *places))):
        return found[1] or found[2] or found[3]
    if _MEDLINE.search(database):
        identifier = _text(tags, "id")
        return number or (identifier if len(identifier) >= _SHORTEST_PMID else "")
    return _text(tags, "custom5") if database == "Embase" else ""


FORMAT = Format("ris", "RIS", sniff, read)
