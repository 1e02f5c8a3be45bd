"""BibTeX and BibLaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from tui.core import identifiers as ids
from tui.sources.dates import join_date
from tui.sources.decoding import decode_head
from tui.sources.engines.bibtex import ENTRY, Fields, read_entries
from tui.sources.formats.bibtex_names import author_names
from tui.sources.formats.journal_macros import journal_name
from tui.sources.interface import Format, Record, RejectedRecord
from tui.sources.markup import markup_to_text
from tui.sources.plain_text import join_subtitle
from tui.sources.record import read_record
from tui.sources.tex import tex_to_text

_NOT_PAPERS = frozenset(("xdata", "set", "control", "ieeetranbstctl", "comment", "string"))
_VENUES = (
    "journal", "journaltitle", "booktitle", "eventtitle", "maintitle", "series", "publisher",
    "school", "institution", "organization", "howpublished",
)  # fmt: skip
_LESS_OR_GREATER = re.compile(r"\$?(?:\\ensuremath)?([<>])\$?|\\text(less|greater)")
"""The signs `<` and `>` in old DOIs, as programs write them for TeX."""


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
            yield from read_record(place, _paper_fields, entry.fields)


def _paper_fields(entry: Fields) -> dict[str, Any]:
    title = _text(entry, "title") or _text(entry, "booktitle", "maintitle", "shorttitle")
    authors = next((entry[k] for k in ("author", "editor", "translator") if entry.get(k)), "")
    eprint = _verbatim(entry, "eprint") or _verbatim(entry, "arxivid")
    links = [_verbatim(entry, name) for name in ("url", "ee", "link")]
    links += [word for word in _verbatim(entry, "howpublished").split() if word.startswith("http")]
    keywords = _text(entry, "keywords", "primaryclass", "eprintclass")
    return {
        "title": join_subtitle(title, _text(entry, "subtitle")),
        "authors": author_names(authors),
        "abstract": _text(entry, "abstract"),
        "published": _text(entry, "date", "eventdate")
        or join_date(*(_text(entry, name) for name in ("year", "month", "day"))),
        "year": _text(entry, "year"),
        "venue": _venue(entry),
        # A keyword may go over a line end; only in a list without commas it ends there.
        "categories": " ".join(keywords.split()) if re.search("[,;]", keywords) else keywords,
        "doi": _LESS_OR_GREATER.sub(_sign, _verbatim(entry, "doi")),
        "arxiv": eprint
        if ids.arxiv_id(eprint)
        else _verbatim(entry, "volume").removeprefix("abs/"),
        "pmid": eprint if entry.get("eprinttype", "").lower() == "pubmed" else entry.get("pmid"),
        "url": next(filter(None, links), ""),
        "pdf_url": _verbatim(entry, "pdf"),
        "ids": ids.from_url(_verbatim(entry, "howpublished") + " " + _verbatim(entry, "note")),
        "comment": _text(entry, "comment", "note", "annotation")[:500],
    }


def _venue(entry: Fields) -> str:
    journal = entry.get("journal", "")
    if (name := journal_name(journal)) != journal:
        return name
    names = (_text(entry, name) for name in _VENUES)
    return next((name for name in names if name and not name.startswith("http")), "")


def _text(entry: Fields, *keys: str) -> str:
    raw = next((entry[key] for key in keys if entry.get(key, "").strip()), "")
    return tex_to_text(markup_to_text(raw)).strip() if raw else ""


def _sign(found: re.Match[str]) -> str:
    return found[1] or {"less": "<", "greater": ">"}[found[2]]


def _verbatim(entry: Fields, key: str) -> str:
    r"""A URL or identifier: `\_` and `\%` are written so for TeX, `~` and `--` mean themselves."""
    raw = entry.get(key, "").strip()
    found = re.search(r"\\url\s*\{([^}]*)\}", raw)
    raw = re.sub(
        r"\\([_%&#~$^])|\{\\textasciitilde\}", lambda m: m[1] or "~", found[1] if found else raw
    )
    return raw.replace("{", "").replace("}", "").strip()


FORMAT = Format("bibtex", "BibTeX", sniff, read)
