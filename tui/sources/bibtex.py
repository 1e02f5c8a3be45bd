"""BibTeX and BibLaTeX, parsed by bibtexparser; a broken entry costs itself only.

Entries that inherit (`crossref`, `xdata`) wait for the end of the file, for their parents may
stand after them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from tui.core import identifiers as ids
from tui.sources import journals, latex, markup
from tui.sources.base import MAX_LINE, Record, RejectedRecord, Source
from tui.sources.bibnames import names
from tui.sources.bibrescue import rescued
from tui.sources.bibvalues import MONTHS, Strings, value
from tui.sources.chunks import pieces
from tui.sources.fields import NotAPaper, paper
from tui.sources.text import opening

_ENTRY = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t\n]*[{(]", re.MULTILINE)
_NO_KEY = re.compile(r"^[ \t]*@(?!string\b)[A-Za-z]+\s*[{(](?=\s*[\w-]+\s*=)", re.M | re.I)
"""The start of an entry that goes to its fields without a key; a comma makes it an empty one."""
_RUNS_ON = re.compile(r"[}\"][ \t]*\n\s*[A-Za-z]+\s*=\s*[{\"\d]")
"""A comma is missing, and a field goes on with the next."""
_START = re.compile(r"@\s*(\w+)\s*[{(]\s*([^\s,={}]*)")
_NOT_PAPERS = frozenset(("xdata", "set", "control", "ieeetranbstctl", "comment", "string"))
_VENUES = (
    "journal", "journaltitle", "booktitle", "eventtitle", "maintitle", "series", "publisher",
    "school", "institution", "organization", "howpublished",
)  # fmt: skip
_OWN = frozenset(("title", "subtitle", "titleaddon", "author", "abstract", "doi", "url", "eprint"))
"""Fields a child does not take from its parent."""
_HELD = 100_000
"""Entries that may wait for their parents."""

Raw = Mapping[str, str]


def sniff(head: bytes) -> bool:
    """An entry at the start of a line, and nothing before it that belongs to another format."""
    text = opening(head).lstrip()
    return text[:1] not in ("<", "[") and _ENTRY.search(text) is not None


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each entry; those with a parent come last."""
    strings: Strings = dict(MONTHS)
    parents: dict[str, Raw] = {}
    waiting: list[tuple[str, str, Raw]] = []
    for line, text in pieces(stream, _ENTRY):
        for place, kind, entry in _entries(text, line, where, strings):
            if isinstance(entry, str):
                yield RejectedRecord(place, entry)
                continue
            key = entry.get("entry key", "")
            if len(parents) < _HELD:
                parents.setdefault(key.lower(), _parent(entry, kind))
            if kind in _NOT_PAPERS:
                continue
            if ("crossref" in entry or "xdata" in entry) and len(waiting) < _HELD:
                waiting.append((place, kind, entry))
            else:
                yield _record(entry, kind, place)
    for place, kind, entry in waiting:
        yield _record(_inherited(entry, parents), kind, place)


def _entries(
    text: str, line: int, where: str, strings: Strings
) -> Iterator[tuple[str, str, Raw | str]]:
    """(place, kind, fields or the reason of refusal) for each entry of a piece."""
    from bibtexparser import model
    from bibtexparser.entrypoint import parse_string

    if len(text) >= MAX_LINE:
        yield f"{where}:{line}", "", f"an entry of more than {MAX_LINE >> 20} MiB"
        return
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it tells what we tell
    text = _NO_KEY.sub(r"\g<0>,", text)
    lines = text.split("\n")
    library = parse_string(text, parse_stack=[])
    for block in library.blocks:
        place = f"{where}:{line + (block.start_line or 0)}"
        if isinstance(block, model.DuplicateBlockKeyBlock | model.DuplicateFieldKeyBlock):
            block = block.ignore_error_block or block
        if isinstance(block, model.String):
            strings[block.key.lower()] = value(block.value, strings)
        elif isinstance(block, model.Entry):
            whole = None
            if any(_RUNS_ON.search(str(field.value)) for field in block.fields):
                whole = rescued(_lines_of(lines, block.start_line or 0), strings)
            yield place, *(whole or (block.entry_type.lower(), _fields(block, strings)))
        elif isinstance(block, model.ParsingFailedBlock):
            found = _START.search(block.raw or "")
            if not found or found[1].lower() in ("comment", "preamble", "string"):
                continue
            if whole := rescued(_lines_of(lines, block.start_line or 0), strings):
                yield place, *whole
            else:
                yield f"{place}: entry “{found[2]}”", "", _why(block.error)


def _lines_of(lines: list[str], start: int) -> list[str]:
    """The lines of the entry that begins at `start`, up to the next one."""
    following = (at for at in range(start + 1, len(lines)) if _ENTRY.match(lines[at]))
    return lines[start : next(following, len(lines))]


def _why(error: Exception | None) -> str:
    reason = str(getattr(error, "abort_reason", "")).strip().rstrip(".")
    if "looking for" in reason or "end of file" in reason:
        return "the entry has no end: a brace or quote is not closed"
    return f"the entry is broken: {reason}" if reason else "the entry is broken"


def _fields(entry: Any, strings: Strings) -> Raw:
    found = {"entry key": entry.key or ""}
    for field in entry.fields:
        name = field.key.lower().strip()
        if name not in found or not found[name]:
            found[name] = value(field.value, strings)
    return found


def _inherited(entry: Raw, parents: Mapping[str, Raw]) -> Raw:
    """The entry with what its parents tell; a parent's title is its child's book."""
    full = dict(entry)
    names_of_parents = re.split(r"\s*,\s*", f"{entry.get('xdata', '')},{entry.get('crossref', '')}")
    for name in filter(None, names_of_parents):
        parent = parents.get(name.strip().lower())
        if parent is None or parent is entry:
            continue
        if "xdata" in entry and name in entry["xdata"]:
            full = {**parent, **full}
            continue
        full = {**{k: v for k, v in parent.items() if k not in _OWN}, **full}
        full.setdefault("booktitle", parent.get("title", ""))
    return full


def _parent(entry: Raw, kind: str) -> Raw:
    """What a child may take from an entry; of an article that is little, and there are many."""
    if kind in ("article", "inproceedings", "conference", "incollection", "phdthesis"):
        kept = ("title", "journal", "journaltitle", "booktitle", "year", "date", "publisher")
        return {name: entry[name] for name in kept if name in entry}
    return {name: text for name, text in entry.items() if name != "abstract"}


def _record(entry: Raw, kind: str, place: str) -> Record:
    key = entry.get("entry key", "")
    try:
        return paper(_common(entry, kind))
    except NotAPaper as error:
        return RejectedRecord(f"{place}: entry “{key}”", str(error), error.ids)


def _common(entry: Raw, kind: str) -> dict[str, Any]:
    title = _text(entry, "title") or _text(entry, "booktitle", "maintitle", "shorttitle")
    subtitle = _text(entry, "subtitle")
    authors = next((entry[k] for k in ("author", "editor", "translator") if entry.get(k)), "")
    eprint = _verbatim(entry, "eprint") or _verbatim(entry, "arxivid")
    url = _verbatim(entry, "url") or _verbatim(entry, "ee") or _verbatim(entry, "link")
    day = _text(entry, "date", "eventdate", "urldate" if kind == "online" else "date")
    return {
        "title": f"{title}: {subtitle}" if title and subtitle else title,
        "authors": names(authors),
        "abstract": _text(entry, "abstract"),
        "published": day or _dated(entry),
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


def _venue(entry: Raw) -> str:
    journal = journals.named(entry.get("journal", ""))
    if journal != entry.get("journal", ""):
        return journal
    return next((text for name in _VENUES if (text := _text(entry, name))), "")


def _dated(entry: Raw) -> str:
    year, month, day = (_text(entry, name) for name in ("year", "month", "day"))
    if month.isdigit():
        return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day.isdigit() else "")
    return f"{day} {month} {year}".strip() if month else ""


def _text(entry: Raw, *keys: str) -> str:
    raw = next((entry[key] for key in keys if entry.get(key, "").strip()), "")
    return latex.from_tex(markup.plain(raw)).strip() if raw else ""


def _verbatim(entry: Raw, key: str) -> str:
    r"""A URL or identifier: `\_` and `\%` are written so for TeX, `~` and `--` mean themselves."""
    raw = entry.get(key, "").strip()
    found = re.search(r"\\url\s*\{([^}]*)\}", raw)
    raw = re.sub(
        r"\\([_%&#~$^])|\{\\textasciitilde\}", lambda m: m[1] or "~", found[1] if found else raw
    )
    return raw.replace("{", "").replace("}", "").strip()


SOURCE = Source("bibtex", "BibTeX", sniff, read)
