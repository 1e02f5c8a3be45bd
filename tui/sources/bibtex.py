"""BibTeX and BibLaTeX, parsed by bibtexparser; a broken entry costs itself only.

Entries that inherit (`crossref`, `xdata`) wait for the end of the file, for their parents may
stand after them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from tui.core import identifiers as ids
from tui.sources.base import MAX_LINE, Format, Record, RejectedRecord
from tui.sources.bibtex_names import author_names
from tui.sources.bibtex_syntax import KEY, MONTHS, Strings, parse_value, repair_entry
from tui.sources.decoding import decode_head, split_stream
from tui.sources.journal_macros import journal_name
from tui.sources.markup import markup_to_text
from tui.sources.record import read_record
from tui.sources.tex import tex_to_text

_ENTRY = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t\n]*[{(]", re.MULTILINE)
_NO_KEY = re.compile(r"^[ \t]*@(?!string\b)[A-Za-z]+\s*[{(](?=\s*[\w-]+\s*=)", re.M | re.I)
"""The start of an entry whose fields follow without a key; a comma gives it an empty one."""
_MISSING_COMMA = re.compile(r"[}\"][ \t]*\n\s*[A-Za-z]+\s*=\s*[{\"\d]")
"""A field that goes on with the next: bibtexparser takes both for one value and does not mind."""
_START = re.compile(r"@\s*(\w+)\s*[{(]\s*([^\s,={}]*)")
_NOT_PAPERS = frozenset(("xdata", "set", "control", "ieeetranbstctl", "comment", "string"))
_VENUES = (
    "journal", "journaltitle", "booktitle", "eventtitle", "maintitle", "series", "publisher",
    "school", "institution", "organization", "howpublished",
)  # fmt: skip
_NOT_INHERITED = frozenset(
    ("title", "subtitle", "titleaddon", "author", "abstract", "doi", "url", "eprint")
)
"""Fields that tell of the parent itself: the title of proceedings is none of their papers'."""
_LEAF_KINDS = frozenset(("article", "inproceedings", "conference", "incollection", "phdthesis"))
_LEAF_FIELDS = frozenset(
    ("title", "journal", "journaltitle", "booktitle", "year", "date", "publisher")
)
"""What is kept of entries that are hardly ever parents, and make up most of any file."""
_MAX_HELD = 100_000
"""Entries that are kept as parents, and that may wait for theirs: memory stays bounded."""

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Entry:
    place: str
    kind: str
    fields: Fields


def sniff(head: bytes) -> bool:
    """An entry at the start of a line, and nothing before it that belongs to another format."""
    text = decode_head(head).lstrip()
    return text[:1] not in ("<", "[") and _ENTRY.search(text) is not None


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Yield each entry; those with a parent come last."""
    strings: Strings = dict(MONTHS)
    parents: dict[str, Fields] = {}
    waiting: list[_Entry] = []
    for line, text in split_stream(stream, _ENTRY):
        for entry in _entries(text, line, where, strings):
            if isinstance(entry, RejectedRecord):
                yield entry
                continue
            if len(parents) < _MAX_HELD:
                parents.setdefault(entry.fields.get(KEY, "").lower(), _inheritable(entry))
            if entry.kind in _NOT_PAPERS:
                continue
            inherits = "crossref" in entry.fields or "xdata" in entry.fields
            if inherits and len(waiting) < _MAX_HELD:
                waiting.append(entry)
            else:
                yield from _record(entry, entry.fields)
    for entry in waiting:
        yield from _record(entry, _with_inherited(entry.fields, parents))


def _entries(
    text: str, line: int, where: str, strings: Strings
) -> Iterator[_Entry | RejectedRecord]:
    """Yield the entries of a piece of the file, and learn its `@string`s."""
    from bibtexparser import model
    from bibtexparser.entrypoint import parse_string

    if len(text) >= MAX_LINE:
        yield RejectedRecord(f"{where}:{line}", f"an entry of more than {MAX_LINE >> 20} MiB")
        return
    # Its warnings would be on the screen; each is a record we repair or reject ourselves.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    text = _NO_KEY.sub(r"\g<0>,", text)
    lines = text.split("\n")
    for block in parse_string(text, parse_stack=[]).blocks:
        start = block.start_line or 0
        place = f"{where}:{line + start}"
        if isinstance(block, model.DuplicateBlockKeyBlock | model.DuplicateFieldKeyBlock):
            block = block.ignore_error_block or block
        if isinstance(block, model.String):
            strings[block.key.lower()] = parse_value(block.value, strings)
        elif isinstance(block, model.Entry):
            repaired = None
            if any(_MISSING_COMMA.search(str(field.value)) for field in block.fields):
                repaired = repair_entry(_lines_of_entry(lines, start), strings)
            yield _Entry(place, *(repaired or (block.entry_type.lower(), _fields(block, strings))))
        elif isinstance(block, model.ParsingFailedBlock):
            found = _START.search(block.raw or "")
            if not found or found[1].lower() in ("comment", "preamble", "string"):
                continue
            if repaired := repair_entry(_lines_of_entry(lines, start), strings):
                yield _Entry(place, *repaired)
            else:
                yield RejectedRecord(f"{place}: entry “{found[2]}”", _reason(block.error))


def _lines_of_entry(lines: list[str], start: int) -> list[str]:
    """Return the lines of the entry that begins at `start`, up to the next one."""
    following = (at for at in range(start + 1, len(lines)) if _ENTRY.match(lines[at]))
    return lines[start : next(following, len(lines))]


def _reason(error: Exception | None) -> str:
    reason = str(getattr(error, "abort_reason", "")).strip().rstrip(".")
    if "looking for" in reason or "end of file" in reason:
        return "the entry has no end: a brace or quote is not closed"
    return f"the entry is broken: {reason}" if reason else "the entry is broken"


def _fields(entry: Any, strings: Strings) -> Fields:
    """Return the fields by lower-case names; of a repeated one the first that is not empty."""
    found = {KEY: entry.key or ""}
    for field in entry.fields:
        name = field.key.lower().strip()
        if not found.get(name):
            found[name] = parse_value(field.value, strings)
    return found


def _inheritable(entry: _Entry) -> Fields:
    """Return what a child may take from an entry."""
    is_leaf = entry.kind in _LEAF_KINDS
    return {
        name: text
        for name, text in entry.fields.items()
        if (name in _LEAF_FIELDS if is_leaf else name != "abstract")
    }


def _with_inherited(fields: Fields, parents: Mapping[str, Fields]) -> Fields:
    """Add what the parents have: all of an `xdata`; the title of a `crossref` is the book's."""
    full = dict(fields)
    for parent in _parents(fields.get("xdata", ""), parents):
        full = {**parent, **full}
    for parent in _parents(fields.get("crossref", ""), parents):
        book = {name: text for name, text in parent.items() if name not in _NOT_INHERITED}
        full = {"booktitle": parent.get("title", ""), **book, **full}
    return full


def _parents(keys: str, parents: Mapping[str, Fields]) -> Iterator[Fields]:
    for key in keys.split(","):
        if parent := parents.get(key.strip().lower()) if key.strip() else None:
            yield parent


def _record(entry: _Entry, fields: Fields) -> Iterator[Record]:
    place = f"{entry.place}: entry “{fields.get(KEY, '')}”"
    return read_record(place, _paper_fields, fields, entry.kind)


def _paper_fields(entry: Fields, kind: str) -> dict[str, Any]:
    title = _text(entry, "title") or _text(entry, "booktitle", "maintitle", "shorttitle")
    subtitle = _text(entry, "subtitle")
    authors = next((entry[k] for k in ("author", "editor", "translator") if entry.get(k)), "")
    eprint = _verbatim(entry, "eprint") or _verbatim(entry, "arxivid")
    url = _verbatim(entry, "url") or _verbatim(entry, "ee") or _verbatim(entry, "link")
    day = _text(entry, "date", "eventdate", "urldate" if kind == "online" else "date")
    return {
        "title": f"{title}: {subtitle}" if title and subtitle else title,
        "authors": author_names(authors),
        "abstract": _text(entry, "abstract"),
        "published": day or _date_parts(entry),
        "year": _text(entry, "year"),
        "venue": _venue(entry),
        "categories": _text(entry, "keywords", "primaryclass", "eprintclass"),
        "doi": _verbatim(entry, "doi"),
        "arxiv": eprint
        if ids.arxiv_id(eprint)
        else _verbatim(entry, "volume").removeprefix("abs/"),
        "pmid": eprint if entry.get("eprinttype", "").lower() == "pubmed" else entry.get("pmid"),
        "url": url,
        "pdf_url": _verbatim(entry, "pdf"),
        "ids": ids.from_url(_verbatim(entry, "howpublished") + " " + _verbatim(entry, "note")),
        "comment": _text(entry, "comment", "note", "annotation")[:500],
    }


def _venue(entry: Fields) -> str:
    journal = entry.get("journal", "")
    if (name := journal_name(journal)) != journal:
        return name
    return next((text for name in _VENUES if (text := _text(entry, name))), "")


def _date_parts(entry: Fields) -> str:
    year, month, day = (_text(entry, name) for name in ("year", "month", "day"))
    if month.isdigit():
        return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day.isdigit() else "")
    return f"{day} {month} {year}".strip() if month else ""


def _text(entry: Fields, *keys: str) -> str:
    raw = next((entry[key] for key in keys if entry.get(key, "").strip()), "")
    return tex_to_text(markup_to_text(raw)).strip() if raw else ""


def _verbatim(entry: Fields, key: str) -> str:
    r"""A URL or identifier: `\_` and `\%` are written so for TeX, `~` and `--` mean themselves."""
    raw = entry.get(key, "").strip()
    found = re.search(r"\\url\s*\{([^}]*)\}", raw)
    raw = re.sub(
        r"\\([_%&#~$^])|\{\\textasciitilde\}", lambda m: m[1] or "~", found[1] if found else raw
    )
    return raw.replace("{", "").replace("}", "").strip()


FORMAT = Format("bibtex", "BibTeX", sniff, read)
