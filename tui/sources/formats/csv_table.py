"""CSV and TSV: columns found by name, as Zotero, Scopus, IEEE, Dimensions, PubMed name them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import Any, BinaryIO

from tui.core import identifiers as ids
from tui.sources.decoding import decode_head, decode_lines
from tui.sources.field_names import NON_BIBLIOGRAPHIC_FIELDS, find_field, normalize_name
from tui.sources.formats.publishers import is_paper_page
from tui.sources.interface import MAX_LINE, FunctionFormat, Record, RejectedRecord
from tui.sources.names import RawAuthor, read_initials_last
from tui.sources.record import NotAPaper, read_record

_IDENTIFYING = frozenset(("title", "doi", "pmid", "arxiv"))
"""A table without any of these has no papers."""
_PAPER_COLUMNS = frozenset(("authors", "abstract", "doi", "pmid", "arxiv", "venue"))
"""A column called `name` has titles only beside one of these: anything has a name."""
_BIBLIOGRAPHIC_COLUMNS = _PAPER_COLUMNS | {"year", "pdf_url", "ids", "code"}
"""Columns that exports of bookmarks do not have; their rows must lead to a paper."""
_LEADING_LINES = 4
"""Lines that may stand before the names of the columns, as Dimensions writes them."""
_LONGEST_HEADER = 65536
_NAME_IN_OBJECT = re.compile(r"['\"]name['\"]: (?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")")
"""A name in a list of objects as Python writes it: programs save a data frame so."""
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_EXTERNAL_ID = re.compile(r"['\"](ArXiv|DOI|PubMed|ACL)['\"]: ['\"]([^'\"]+)")
_PREFIXES = ("Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz")
"""What a name has before a capital within it."""
_RUN_TOGETHER = re.compile(
    r"(?<=[^\W\d_A-Z])" + "".join(rf"(?<!\b{part})" for part in _PREFIXES) + r"(?=[A-ZÀ-ÖØ-Þ])"
)
"""Where Springer's export has nothing between two authors: `Ada LindqvistWei Li`."""

_Places = Mapping[str, list[int]]
"""Field to the places of the columns that may hold it, the most telling name first."""


def sniff(head: bytes) -> bool:
    """A line near the start that names two columns or more, one of them a title or an id."""
    return _find_header(decode_head(head).split("\n")[:_LEADING_LINES]) is not None


def _find_header(lines: list[str]) -> tuple[int, str] | None:
    """Return the number of the line that names the columns, and its delimiter."""
    for number, line in enumerate(lines):
        if len(line) > _LONGEST_HEADER:
            continue
        for delimiter in ",;\t":
            cells = next(csv.reader([line], delimiter=delimiter), [])
            known = {field for cell in cells if (field := find_field(cell)[0])}
            names = set(map(normalize_name, cells))
            shows_papers = known & _PAPER_COLUMNS
            if names & NON_BIBLIOGRAPHIC_FIELDS and "author" in names:
                shows_papers -= {"authors"}
            is_mixed = any(cell and not find_field(cell)[0] for cell in cells)
            if not shows_papers and "url" not in known and (is_mixed or "name" in names):
                continue
            if not shows_papers and names & {"name", *NON_BIBLIOGRAPHIC_FIELDS}:
                continue
            if len(cells) > 1 and len(known) > 1 and known & _IDENTIFYING:
                return number, delimiter
    return None


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Yield each row that is not empty."""
    lines = (line.replace("\0", "") + "\n" for line in decode_lines(stream))
    first = list(islice(lines, _LEADING_LINES))
    header = _find_header(first)
    if header is None:
        yield RejectedRecord(where, "no column of titles or ids")
        return
    start, delimiter = header
    csv.field_size_limit(MAX_LINE)
    rows = csv.reader(chain(first[start:], lines), delimiter=delimiter)
    names = next(rows)
    columns = _find_columns(names)
    parse_authors = _author_parser(names)
    are_bookmarks = "url" in columns and not columns.keys() & _BIBLIOGRAPHIC_COLUMNS
    while True:
        place = f"{where}:{start + rows.line_num + 1}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):  # where its cell ends cannot be known
                why = f"a cell of more than {MAX_LINE >> 20} MiB; the rest is not read"
                yield RejectedRecord(place, why)
                return
            yield RejectedRecord(place, f"a broken row: {error}")
            continue
        if any(cell.strip() for cell in row):
            yield from read_record(place, _row_fields, row, columns, parse_authors, are_bookmarks)


def _find_columns(names: list[str]) -> _Places:
    found: dict[str, list[tuple[int, int]]] = {}
    others: dict[str, list[tuple[int, int]]] = {"created": [], "extra": []}
    """Columns that tables of anything else have too, so that they show no table of papers."""
    for place, name in enumerate(names):
        field, rank = find_field(name)
        if field:
            found.setdefault(field, []).append((rank, place))
        elif normalize_name(name) in others:
            others[normalize_name(name)].append((rank, place))
    if others["extra"]:
        found["extra"] = others["extra"]
    if "authors" in found and not found.keys() & {"published", "year"}:
        found["published"] = others["created"]
    return {name: [place for _, place in sorted(places)] for name, places in found.items()}


def _author_parser(header: list[str]) -> Callable[[str], Sequence[RawAuthor] | str]:
    """Return how the program that writes such columns writes authors into one cell."""
    columns = set(map(normalize_name, header))
    if "item doi" in columns:  # Springer
        return lambda cell: _RUN_TOGETHER.sub("; ", cell)
    if {"journal book", "create date"} <= columns:  # PubMed
        return lambda cell: [read_initials_last(name) for name in cell.rstrip(".").split(",")]
    return lambda cell: _parse_list(cell) or cell


def _parse_list(cell: str) -> list[str]:
    """Return the texts of a list as Python writes it; none if the cell holds anything else."""
    if not (cell.startswith("[") and cell.endswith("]")):
        return []
    pattern = _NAME_IN_OBJECT if cell.startswith("[{") else _QUOTED
    return [single or double for single, double in pattern.findall(cell)]


def _row_fields(
    row: list[str],
    columns: _Places,
    parse_authors: Callable[[str], Sequence[RawAuthor] | str],
    are_bookmarks: bool,
) -> dict[str, Any]:
    """Return the fields of a row. Raises NotAPaper for a bookmark that leads to no paper."""
    cells: dict[str, str] = {}
    for name, places in columns.items():
        texts = (row[place].strip() for place in places if place < len(row))
        cells[name] = next(filter(None, texts), "")
    url, name = cells.get("url", ""), cells.get("id", "")
    if are_bookmarks and not (ids.from_url(url) or is_paper_page(url) or ids.from_text(name)):
        raise NotAPaper("has no link to a paper")
    external = dict(_EXTERNAL_ID.findall(cells.pop("ids", "")))
    keywords, votes = cells.get("categories", ""), cells.pop("votes", "")
    return cells | {
        "authors": parse_authors(cells.get("authors", "")),
        "categories": _parse_list(keywords) or keywords,
        "published": cells.get("published") or cells.get("year", "").strip("/"),
        "doi": cells.get("doi") or external.get("DOI"),
        "arxiv": cells.get("arxiv") or external.get("ArXiv"),
        "votes": int(votes) if votes.isdecimal() else 0,
    }


FORMAT = FunctionFormat("csv", "CSV with a column of titles or ids", sniff, read)
