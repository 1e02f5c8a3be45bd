"""JSON (a list, one object, a list inside an object) and JSON lines, of any service's shape."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any, BinaryIO

import orjson

from tui.core.paper import Paper
from tui.sources import (
    bookmarks,
    catalogues,
    csl,
    daily,
    datacite,
    fidus,
    huggingface,
    jsonfeed,
    kaggle,
    naming,
    openalex,
    openreview,
    own,
    semantic_scholar,
    zotero_json,
)
from tui.sources.base import MAX_DOCUMENT, MAX_LINE, Format, Record, RejectedRecord
from tui.sources.decoding import decode, decode_head
from tui.sources.record import build_paper, read_record
from tui.sources.shapes import Shape

SHAPES: tuple[Shape, ...] = (
    own.SHAPE,
    huggingface.DAILY,
    huggingface.SCRAPED,
    kaggle.SHAPE,
    openalex.SHAPE,
    openreview.SHAPE,
    semantic_scholar.SHAPE,
    zotero_json.SHAPE,
    fidus.SHAPE,
    datacite.SHAPE,
    *catalogues.SHAPES,
    csl.CROSSREF,
    jsonfeed.SHAPE,
    csl.CSL,
    *bookmarks.SHAPES,
)
"""What is surest first; a record of no shape has the common names."""
_LISTS = (
    "papers", "items", "results", "data", "records", "entries", "documents", "works", "message",
    "recommendedPapers", "references", "citations", "response", "docs", "hits", "articles", "notes",
    "collection", "result", "resultList", "hit",
)  # fmt: skip
_MAX_BREAKS = 1000
"""Broken records after which a damaged document is given up."""
_TITLE = re.compile(r'\{\s*"(?!(?:' + "|".join(_LISTS) + r')")')
"""The start of a record, not of an object that holds the list of them."""
_KEY = re.compile(r'"([A-Za-z@][\w@/+. -]{0,40})"\s*:')


def is_json(head: bytes) -> bool:
    """JSON begins with a bracket; a list of it with a value."""
    text = decode_head(head).lstrip()
    return (
        text.startswith("{")
        or re.match(
            r"\[\s*(?:[{\"\]]|\[(?!\[?[A-Za-z_])|-?[\d.]+\s*(?:,|\]\s*\Z)|(?:null|true|false)\b|\Z)",
            text,
        )
        is not None
    )


@lru_cache(maxsize=2)
def _keys(head: bytes) -> frozenset[str]:
    return frozenset(_KEY.findall(decode_head(head)))


def _sniffer(shape: Shape) -> Callable[[bytes], bool]:
    def sniff(head: bytes) -> bool:
        return is_json(head) and shape.fits(_keys(head))

    return sniff


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """One record a line if the first line is one, else the document read whole."""
    head = b""
    while not head.strip() and (line := stream.readline(MAX_LINE + 1)):
        head += line
    first = _loads(head)
    following = stream.readline(MAX_LINE + 1)
    if isinstance(first, dict) and (following.strip() or not _holds_records(first)):
        yield from _lines(chain([head, following], _bounded_lines(stream, following)), where)
        return
    data = head + following + stream.read(max(0, MAX_DOCUMENT - len(head) - len(following)) + 1)
    if len(data) <= MAX_DOCUMENT:
        yield from _document(data, where)
    else:
        yield RejectedRecord(
            where, f"larger than {MAX_DOCUMENT >> 20} MiB; save it as JSON lines, one paper a line"
        )


def _holds_records(value: dict[str, Any]) -> bool:
    """Whether an object on one line is no record but a document of several."""
    return (
        _list_in(value) is not None
        or _columns(value) is not None
        or (not _tell([value]) and any(True for _ in naming.records(value)))
    )


def _bounded_lines(stream: BinaryIO, line: bytes) -> Iterator[bytes]:
    """The lines after `line`; one that is too long comes as its first part, the rest is skipped."""
    while True:
        while len(line) > MAX_LINE and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE + 1)
        line = stream.readline(MAX_LINE + 1)
        if not line:
            return
        yield line


def _loads(data: bytes) -> Any:
    """The value, None if it is not JSON."""
    try:
        return _parse(data)
    except (ValueError, RecursionError):
        return None


def _parse(data: bytes) -> Any:
    """JSON as strict as it should be, else as Python writes it (NaN, lone surrogates)."""
    try:
        return orjson.loads(data)
    except ValueError:
        return json.loads(decode(data), strict=False)


def _lines(lines: Iterable[bytes], where: str) -> Iterator[Record]:
    number = 1
    for line in lines:
        place = f"{where}:{number}"
        number += line.count(b"\n") or len(line) > MAX_LINE
        if len(line) > MAX_LINE:
            yield RejectedRecord(place, f"a line of more than {MAX_LINE >> 20} MiB")
        elif line.strip():
            try:
                value = _parse(line)
            except (ValueError, RecursionError) as error:
                yield RejectedRecord(place, f"not JSON: {_reason(error)}")
            else:
                yield from _record(value, place)


def _document(data: bytes, where: str) -> Iterator[Record]:
    try:
        value = _parse(data)
    except (ValueError, RecursionError) as error:
        yield from _rescued(data, where, _reason(error))
        return
    if isinstance(value, list):
        records: list[Any] | None = value
    else:
        records = _columns(value) or daily.rows(value) or _list_in(value)
    if (records is None or not _tell(records)) and (inside := list(naming.records(value))):
        records = inside
    if records is None:
        yield from _record(value, where)
        return
    for number, record in enumerate(records, 1):
        yield from _record(record, f"{where}: record {number}")


def _tell(records: list[Any]) -> bool:
    """Whether a list has one record at least that may be a paper."""
    return any(
        isinstance(each, dict) and (_shape(tuple(each)) or naming.common(each).get("title"))
        for each in records[:100]
    )


def _rescued(data: bytes, where: str, why: str) -> Iterator[Record]:
    """The whole objects of a damaged document; each place where it breaks is refused."""
    text = decode(data)
    decoder = json.JSONDecoder(strict=False)
    breaks = 0
    line, counted = 1, 0
    start = text.find("{")
    while start >= 0 and breaks < _MAX_BREAKS:
        line += text.count("\n", counted, start)
        counted = start
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            if _TITLE.match(text, start):
                breaks += 1
                yield RejectedRecord(
                    f"{where}:{line}", f"not JSON: {why}" if breaks == 1 else "not JSON"
                )
            end = start + 1
        else:
            if isinstance(value, dict) and "title" in value:
                yield from _record(value, f"{where}:{line}")
        start = text.find("{", end)
    if not breaks:
        yield RejectedRecord(where, f"not JSON: {why}")


def _list_in(value: Any, depth: int = 0) -> list[Any] | None:
    """The list of records inside an object that is not itself a paper."""
    if not isinstance(value, dict) or depth > 3:
        return None
    if value.get("typeCode") == 2:  # a folder of Firefox
        return list(bookmarks.leaves(value))
    if "title" in value and not isinstance(value.get("items"), list):  # a feed has both
        return None
    if (rows := _rows(value)) is not None:
        return rows
    if isinstance(folders := value.get("roots"), dict):
        return [each for folder in folders.values() for each in bookmarks.leaves(folder)]
    for name in _LISTS:
        inside = value.get(name)
        if isinstance(inside, list):
            return inside
        if isinstance(inside, dict) and (found := _list_in(inside, depth + 1)) is not None:
            return found
        if isinstance(inside, dict) and not _shape(tuple(value)) and _shape(tuple(inside)):
            return [inside]
    if value and all(isinstance(each, dict) for each in value.values()):
        return _values(value)
    return None


def _rows(value: dict[str, Any]) -> list[Any] | None:
    """The rows of a table that pandas wrote as names and values."""
    names, rows = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(rows, list) and "title" in names:
        return [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]
    return None


def _columns(value: Any) -> list[Any] | None:
    """The rows of a table that pandas wrote by columns: name to number to value."""
    titles = value.get("title") if isinstance(value, dict) else None
    if not isinstance(titles, dict) or not all(map(str.isdecimal, titles)):
        return None
    columns = {name: cells for name, cells in value.items() if isinstance(cells, dict)}
    return [{name: cells.get(row) for name, cells in columns.items()} for row in titles]


def _values(value: dict[str, Any]) -> list[Any] | None:
    """Records under their keys or numbers, as some programs write a list."""
    if value.keys() & {"data", "fields", "attributes", "message", "paper", "error"}:
        return None
    if value.keys() & {"citingPaper", "citedPaper"}:
        return None
    return list(value.values())


def _record(value: Any, where: str) -> Iterator[Record]:
    """One Paper or RejectedRecord; nothing for what is no paper and nobody would miss."""
    if not isinstance(value, dict):
        yield RejectedRecord(where, "not an object with a title")
        return
    yield from read_record(where, _build, value)


def _build(value: dict[str, Any]) -> Paper | None:
    shape = _shape(tuple(value))
    common = shape.common(value) if shape else naming.common(value)
    if common is None:
        return None
    found = build_paper(common)
    return own.exact(found, common) if shape is own.SHAPE else found


@lru_cache(maxsize=1024)
def _shape(keys: tuple[str, ...]) -> Shape | None:
    present = frozenset(keys)
    return next((shape for shape in SHAPES if shape.fits(present)), None)


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} (line {error.lineno}, column {error.colno})"
    return "nested too deep" if isinstance(error, RecursionError) else str(error)


FORMAT = Format("json", "JSON or JSON lines with a title in each record", is_json, read)
FORMATS = tuple(Format(shape.name, shape.label, _sniffer(shape), read) for shape in SHAPES)
"""One for each shape: they are read alike, what differs is told by each record itself."""
