"""JSON documents and JSON lines: where the records are in a file, whatever formats they have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from itertools import chain
from typing import Any, BinaryIO

from tui.core import identifiers
from tui.core.paper import Paper
from tui.sources.decoding import decode_head
from tui.sources.engines import markdown
from tui.sources.engines.json import JsonFormat, is_json, parse_json
from tui.sources.formats import generic_json, json_links
from tui.sources.formats import json_reference_managers as managers
from tui.sources.formats import json_services as services
from tui.sources.interface import MAX_DOCUMENT, MAX_LINE, FunctionFormat, Record, RejectedRecord
from tui.sources.record import Fields, read_record

JSON_FORMATS: tuple[JsonFormat, ...] = (
    managers.SHEAF, services.HUGGING_FACE_DAILY, services.HUGGING_FACE_SCRAPED, services.BIORXIV,
    services.KAGGLE, services.OPENALEX, services.OPENREVIEW, services.SEMANTIC_SCHOLAR,
    managers.ZOTERO, managers.CITAVI, managers.FIDUS_WRITER, services.DATACITE, services.HAL,
    services.SCHEMA_ORG, services.DBLP, services.INSPIRE_OR_ZENODO, services.ADS, services.LENS,
    services.EUROPE_PMC, services.DOAJ, services.PAPERS_WITH_CODE, managers.CROSSREF,
    json_links.JSON_FEED, managers.CSL, json_links.BOOKMARKS,
)  # fmt: skip
"""In the order in which a record is tried, the most specific keys first."""
_LIST_KEYS = (
    "papers", "items", "results", "data", "records", "entries", "documents", "works", "message",
    "recommendedPapers", "references", "citations", "response", "docs", "hits", "articles", "notes",
    "collection", "result", "resultList", "hit",
)  # fmt: skip
"""Keys under which a document has the list of its records."""
_RECORD_KEYS = frozenset(("data", "fields", "attributes", "message", "paper", "error",
                          "citingPaper", "citedPaper"))  # fmt: skip
"""Keys of a record or an answer, as opposed to the keys by which an object names its records."""
_MAX_FAILURES = 1000
"""Broken objects after which a damaged document is given up."""
_MAX_WORK = 20
"""The most characters that failed attempts may read, as a multiple of a document's length."""
_MAX_DEPTH = 3
_RECORD_START = re.compile(r'\{\s*"(?!(?:' + "|".join(_LIST_KEYS) + r')")')
"""The start of a record, not of an object that holds the list of them."""
_KEY = re.compile(r'"([A-Za-z@][\w@/+. -]{0,40})"\s*:')
_FIREFOX_FOLDER = 2


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Yield the record of each line if the first line is one, else the records of the document."""
    head = b""
    while not head.strip() and (line := stream.readline(MAX_LINE + 1)):
        head += line
    following = stream.readline(MAX_LINE + 1)
    first = _parse_or_none(head)
    if isinstance(first, dict) and (following.strip() or not _holds_records(first)):
        yield from _read_lines(_lines(stream, head, following), where)
        return
    data = head + following + stream.read(max(0, MAX_DOCUMENT - len(head) - len(following)) + 1)
    if len(data) <= MAX_DOCUMENT:
        yield from _read_document(data, where)
    else:
        why = f"larger than {MAX_DOCUMENT >> 20} MiB; save it as JSON lines, one paper a line"
        yield RejectedRecord(where, why)


def _parse_or_none(data: bytes) -> Any:
    try:
        return parse_json(data)
    except (ValueError, RecursionError):
        return None


def _holds_records(value: dict[str, Any]) -> bool:
    """Whether an object on one line is a document with several records."""
    return (
        _list_in(value) is not None
        or _pandas_columns(value) is not None
        or (not _may_be_papers([value]) and any(True for _ in generic_json.find_works(value)))
    )


def _lines(stream: BinaryIO, *first: bytes) -> Iterator[bytes]:
    """Yield the lines, those already read first; of one that is too long only the first part."""
    is_rest = False
    for line in chain(first, iter(partial(stream.readline, MAX_LINE + 1), b"")):
        if not is_rest:
            yield line
        is_rest = len(line) > MAX_LINE and not line.endswith(b"\n")


def _read_lines(lines: Iterable[bytes], where: str) -> Iterator[Record]:
    number = 1
    for line in lines:
        place = f"{where}:{number}"
        number += line.count(b"\n") or len(line) > MAX_LINE
        if len(line) > MAX_LINE:
            yield RejectedRecord(place, f"a line of more than {MAX_LINE >> 20} MiB")
        elif line.strip():
            try:
                value = parse_json(line)
            except (ValueError, RecursionError) as error:
                yield RejectedRecord(place, f"not JSON: {_reason(error)}")
            else:
                yield from _read_value(value, place)


def _read_document(data: bytes, where: str) -> Iterator[Record]:
    try:
        value = parse_json(data)
    except (ValueError, RecursionError) as error:
        yield from _read_damaged(data, where, _reason(error))
        return
    records: list[Any] | None = value
    if not isinstance(value, list):
        records = _pandas_columns(value) or _daily_list(value) or _list_in(value)
    if records is None or not _may_be_papers(records):
        records = list(generic_json.find_works(value)) or records
    if records is None:
        yield from _read_value(value, where)
        return
    for number, record in enumerate(records, 1):
        yield from _read_value(record, f"{where}: record {number}")


def _read_damaged(data: bytes, where: str, why: str) -> Iterator[Record]:
    """Yield the whole objects of a damaged document, and a rejection where it breaks."""
    text = data.decode("utf-8", "replace")
    decoder = json.JSONDecoder(strict=False)
    breaks = failures = work = 0
    line, counted = 1, 0
    start = text.find("{")
    while start >= 0:
        line, counted = line + text.count("\n", counted, start), start
        if failures >= _MAX_FAILURES or work > _MAX_WORK * len(text):
            yield RejectedRecord(f"{where}:{line}", "not JSON in too many places; read no further")
            return
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError) as error:
            end = start + 1
            failures += 1
            work += getattr(error, "pos", len(text)) - start
            if _RECORD_START.match(text, start):
                breaks += 1
                reason = f"not JSON: {why}" if breaks == 1 else "not JSON"
                yield RejectedRecord(f"{where}:{line}", reason)
        else:
            if isinstance(value, dict) and "title" in value:
                yield from _read_value(value, f"{where}:{line}")
        start = text.find("{", end)
    if not breaks:
        yield RejectedRecord(where, f"not JSON: {why}")


def _read_value(value: Any, where: str) -> Iterator[Record]:
    if isinstance(value, dict):
        yield from read_record(where, _to_fields, value)
    else:
        yield RejectedRecord(where, "not an object with a title")


def _to_fields(value: dict[str, Any]) -> Fields | Paper | None:
    json_format = _format_of(tuple(value))
    if (
        not json_format
        and value.get("type") in managers.CSL_WORKS
        and {"id", "title"} <= set(value)
    ):
        json_format = managers.CSL  # which may have nothing else
    return json_format.to_fields(value) if json_format else generic_json.to_work(value)


@lru_cache(maxsize=1024)
def _format_of(keys: tuple[str, ...]) -> JsonFormat | None:
    present = frozenset(keys)
    return next((each for each in JSON_FORMATS if each.matches(present)), None)


def _may_be_papers(records: list[Any]) -> bool:
    """Whether one of the first records is of a known format or has a title."""
    return any(
        isinstance(each, dict)
        and (_format_of(tuple(each)) or generic_json.to_fields(each).get("title"))
        for each in records[:100]
    )


def _list_in(value: Any, depth: int = 0) -> list[Any] | None:
    """The list of records inside an object that is not itself a paper."""
    if not isinstance(value, dict) or depth > _MAX_DEPTH:
        return None
    if value.get("typeCode") == _FIREFOX_FOLDER:
        return list(json_links.iter_bookmarks(value))
    if "title" in value and not isinstance(value.get("items"), list):  # a feed has both
        return None
    if (rows := _pandas_rows(value)) is not None:
        return rows
    if isinstance(folders := value.get("roots"), dict):  # the bookmarks of Chrome
        return [each for folder in folders.values() for each in json_links.iter_bookmarks(folder)]
    for name in _LIST_KEYS:
        inside = value.get(name)
        if isinstance(inside, list):
            return inside
        if isinstance(inside, dict):
            if (found := _list_in(inside, depth + 1)) is not None:
                return found
            if not _format_of(tuple(value)) and _format_of(tuple(inside)):
                return [inside]
    if value and all(isinstance(each, dict) for each in value.values()):
        # Records under their keys or numbers, as some programs write a list.
        return None if value.keys() & _RECORD_KEYS else list(value.values())
    return None


def _pandas_rows(value: dict[str, Any]) -> list[Any] | None:
    """The rows of a table that pandas wrote as names and values (`orient="split"`)."""
    names, rows = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(rows, list) and "title" in names:
        return [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]
    return None


def _pandas_columns(value: Any) -> list[Any] | None:
    """The rows of a table that pandas wrote by columns: name to number to value."""
    titles = value.get("title") if isinstance(value, dict) else None
    if not isinstance(titles, dict) or not all(map(str.isdecimal, titles)):
        return None
    columns = {name: cells for name, cells in value.items() if isinstance(cells, dict)}
    return [{name: cells.get(row) for name, cells in columns.items()} for row in titles]


_DAILY_COLUMNS = {"published": 0, "title": 1, "authors": 2}
_CELL_URL = re.compile(r"\((https?://[^()\s]+)\)")


def _daily_list(value: Any) -> list[dict[str, Any]] | None:
    """The papers of a daily list from arXiv: topic to arXiv id to a row of a Markdown table."""
    topics = list(value.values()) if isinstance(value, Mapping) else []
    if not all(isinstance(topic, dict) for topic in topics):
        return None
    rows = [(name, row) for topic in topics for name, row in topic.items()]
    if not rows or not all(isinstance(row, str) and row.count("|") > 3 for _, row in rows):
        return None
    return [_daily_fields(name, row) for name, row in rows]


def _daily_fields(name: str, row: str) -> dict[str, Any]:
    cells = markdown.table_cells(row)
    code = _CELL_URL.search("".join(cells[4:5]))
    return markdown.row_fields(cells, _DAILY_COLUMNS) | {
        "ids": identifiers.from_text(name),
        "code": code[1] if code else "",
    }


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} (line {error.lineno}, column {error.colno})"
    return "nested too deep" if isinstance(error, RecursionError) else str(error)


def _sniffs(json_format: JsonFormat, head: bytes) -> bool:
    return is_json(head) and json_format.matches(_keys_in(head))


@lru_cache(maxsize=2)
def _keys_in(head: bytes) -> frozenset[str]:
    return frozenset(_KEY.findall(decode_head(head)))


JSON = FunctionFormat("json", "JSON or JSON lines with a title in each record", is_json, read)
FORMATS = (
    *(FunctionFormat(each.name, each.label, partial(_sniffs, each), read) for each in JSON_FORMATS),
    JSON,
)
"""One for each format of records. All are read alike, because each record says what it is."""
