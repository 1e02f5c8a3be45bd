"""BibTeX and BibLaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from tui.core import identifiers as ids
from tui.sources.decoding import decode_head
from tui.sources.engines.bibtex import ENTRY, Fields, read_entries
from tui.sources.formats.bibtex_names import author_names
from tui.sources.formats.journal_macros import journal_name
from tui.sources.interface import Format, Record, RejectedRecord
from tui.sources.markup import markup_to_text
from tui.sources.record import read_record
from tui.sources.tex import tex_to_text

_NOT_PAPERS = frozenset(("xdata", "set", "control", "ieeetranbstctl", "comment", "string"))
_VENUES = (
    "journal", "journaltitle", "booktitle", "eventtitle", "maintitle", "series", "publisher",
    "school", "institution", "organization", "howpublished",
)  # fmt: skip


def sniff(head: bytes) -> bool:
    """An entry at the start of a line, and nothing before it that belongs to another format."""
    text = decode_head(head).lstrip()
    return text[:1] not in ("<", "[") and ENTRY.search(text) is not None


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Yield the paper of each entry that is one."""
    for entry in read_entries(stream, where):
        if isinstance(entry, RejectedRecord):
            yield entry
        elif entry.kind not in _NOT_PAPERS:
            place = f"{entry.place}: entry “{entry.key}”"
            yield from read_record(place, _paper_fields, entry.fields, entry.kind)


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
