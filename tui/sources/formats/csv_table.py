"""CSV and TSV: columns found by name, as Zotero, Scopus, IEEE, Dimensions, PubMed name them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from tui.core import identifiers as ids
from tui.sources.base import MAX_LINE, Format, Record, RejectedRecord
from tui.sources.decoding import decode_head, decode_stream
from tui.sources.formats.publishers import is_paper_page
from tui.sources.names import reverse_initials, split_authors, to_reading_order
from tui.sources.record import NotAPaper, read_record

_COLUMNS = {
    "title": "title|document title|article title|paper title|ti|primary title|titles|paper name"
    "|item title|name|titel|titre|título|titolo|标题|题名|タイトル",
    "authors": "author full names|af|author|authors|author names|au|creators|first authors|author s"
    "|autor|autoren|verfasser|auteur|auteurs|autores|autori|作者|著者"
    "|authorships author display name|editor|editors",
    "abstract": "abstract|abstract note|ab|summary|abstracts|zusammenfassung|résumé|resumen|摘要",
    "published": "date|publication date|date published|published|online date|issue date|pub date"
    "|publish date|published date|submitted|submission date"
    "|datum|fecha",
    "year": "year|publication year|py|pubyear|pub year|year published|published year"
    "|jahr|erscheinungsjahr|année|año|anno|年|年份",
    "venue": "publication title|source title|journal|journal book|venue|journal title|conference"
    "|source|booktitle|book title|container title|series title|anthology title|conference name"
    "|so|publication|full journal|proceedings title"
    "|primary location source display name|publikationstitel|zeitschrift|revue|revista|rivista"
    "|期刊",
    "doi": "doi|dois|di|item doi",
    "pmid": "pmid|pubmed id|medline pmid|pm",
    "arxiv": "arxiv id|arxiv|eprint",
    "url": "url|link|links|source linkout|dimensions url|article url|paper url|open url link",
    "pdf_url": "pdf link|pdf url|pdf",
    "ids": "externalids|external ids",
    "code": "code|github|code url|repository",
    "categories": "manual tags|author keywords|keywords|categories|category|tags|index keywords"
    "|keyword|de|subjects|mesh terms",
    "comment": "comment|comments",
    "id": "arxivid|paper id|id",
    "votes": "upvotes|votes",
}
_NAMES = {
    alias: (rank, name)
    for name, aliases in _COLUMNS.items()
    for rank, alias in enumerate(aliases.split("|"))
}
_OF_PAPERS = frozenset(("authors", "abstract", "doi", "pmid", "arxiv", "venue"))
"""Columns that make one of names a column of titles."""
_OF_WORKS = _OF_PAPERS | {"year", "published", "pdf_url", "ids", "code"}
"""Columns that bookmarks do not have."""
_LEADING_LINES = 4
"""Lines that may stand before the names of the columns, as Dimensions writes them."""
_NAMED = re.compile(r"['\"]name['\"]: (?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")")
"""A name in a list of objects as Python writes it."""
_EXTERNAL = re.compile(r"['\"](ArXiv|DOI|PubMed|ACL)['\"]: ['\"]([^'\"]+)")
_PREFIXES = ("Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz")
"""What a name has before a capital within it."""
_RUN_TOGETHER = re.compile(
    r"(?<=[^\W\d_A-Z])" + "".join(rf"(?<!\b{part})" for part in _PREFIXES) + r"(?=[A-ZÀ-ÖØ-Þ])"
)
"""Where Springer's export has nothing between two authors."""
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")


def sniff(head: bytes) -> bool:
    """A line near the start that names two columns or more, one of them a title or an id."""
    return _header(decode_head(head).split("\n")[:_LEADING_LINES]) is not None


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name).strip().lower()


def field_of(name: str) -> str:
    """The field that a column of this name holds; empty if it is not known."""
    known = _NAMES.get(_folded(name))
    return known[1] if known else ""


def _header(lines: list[str]) -> tuple[int, str] | None:
    """(line, delimiter) of the names of the columns."""
    for number, line in enumerate(lines):
        if len(line) > 65536:
            continue
        for delimiter in ",;\t":
            cells = [_folded(cell) for cell in next(csv.reader([line], delimiter=delimiter), [])]
            known = {_NAMES[cell][1] for cell in cells if cell in _NAMES}
            if "name" in cells and not known & _OF_PAPERS:
                continue  # of anything
            if len(cells) > 1 and len(known) > 1 and known & {"title", "doi", "pmid", "arxiv"}:
                return number, delimiter
    return None


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each row that has a title."""
    lines = _lines(stream)
    first = list(islice(lines, _LEADING_LINES))
    header = _header(first)
    if header is None:
        yield RejectedRecord(where, "no column of titles")
        return
    start, delimiter = header
    csv.field_size_limit(MAX_LINE)
    rows = csv.reader(_chained(first[start:], lines), delimiter=delimiter)
    names = next(rows)
    columns, parted = _columns(names), _names_of(names)
    if "title" not in columns:
        named = ", ".join(columns)
        yield RejectedRecord(where, f"has {named} but no column of titles; a paper needs a title")
        return
    are_bookmarks = "url" in columns and not columns.keys() & _OF_WORKS
    while True:
        place = f"{where}:{start + rows.line_num + 1}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield RejectedRecord(place, f"a broken row: {error}")
            continue
        if any(cell.strip() for cell in row):
            yield from read_record(place, _common, row, columns, parted, are_bookmarks)


def _leads_to_paper(row: dict[str, Any]) -> bool:
    url = row["url"]
    return bool(ids.from_url(url) or is_paper_page(url) or ids.from_bare(row.get("id", "")))


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Lines with their ends; one without end comes in pieces."""
    rest = ""
    for text in decode_stream(stream):
        *whole, rest = (rest + text.replace("\0", "")).split("\n")
        yield from (line + "\n" for line in whole)
        if len(rest) > MAX_LINE:
            yield rest
            rest = ""
    if rest:
        yield rest


def _chained(first: list[str], rest: Iterator[str]) -> Iterator[str]:
    yield from first
    yield from rest


def _columns(names: list[str]) -> dict[str, list[int]]:
    """Field to the columns that may hold it, the most telling name first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place, name in enumerate(names):
        if known := _NAMES.get(_folded(name)):
            found.setdefault(known[1], []).append((known[0], place))
    return {name: [place for _, place in sorted(places)] for name, places in found.items()}


def _names_of(header: list[str]) -> Callable[[str], list[str]]:
    """How the program that writes such columns writes authors into one cell."""
    columns = set(map(_folded, header))
    if "item doi" in columns:
        return lambda cell: _authors(_RUN_TOGETHER.sub("; ", cell))
    if {"journal book", "create date"} <= columns:
        return lambda cell: [reverse_initials(name) for name in cell.rstrip(".").split(",")]
    return _authors


def _authors(cell: str) -> list[str]:
    return [to_reading_order(name) for name in _listed(cell) or split_authors(cell)]


def _common(
    row: list[str],
    columns: dict[str, list[int]],
    parted: Callable[[str], list[str]],
    are_bookmarks: bool,
) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, places in columns.items():
        cells = (row[place].strip() for place in places if place < len(row))
        fields[name] = next((cell for cell in cells if cell), "")
    fields["authors"] = parted(fields.get("authors", ""))
    if keywords := _listed(fields.get("categories", "")):
        fields["categories"] = keywords
    votes = str(fields.pop("votes", ""))
    named = dict(_EXTERNAL.findall(fields.pop("ids", "")))
    fields["doi"] = fields.get("doi") or named.get("DOI", "")
    fields["arxiv"] = fields.get("arxiv") or named.get("ArXiv", "")
    if are_bookmarks and not _leads_to_paper(fields):
        raise NotAPaper("links to no paper")
    return fields | {
        "published": fields.get("published") or fields.get("year", "").strip("/"),
        "pmid": fields.get("pmid", "").rstrip("/").rpartition("/")[2],
        "votes": int(votes) if votes.isdecimal() else 0,
    }


def _listed(cell: str) -> list[str]:
    """The texts of a list as Python writes it."""
    if not (cell.startswith("[") and cell.endswith("]")):
        return []
    if cell.startswith("[{"):
        return [one or two for one, two in _NAMED.findall(cell)]
    return [one or two for one, two in _QUOTED.findall(cell)]


FORMAT = Format("csv", "CSV with a column of titles", sniff, read)
