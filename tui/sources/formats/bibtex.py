"""BibTeX and BibLaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from tui.core import identifiers as ids
from tui.core.author import Author, are_initials, is_particle
from tui.core.text import clean_line
from tui.sources.dates import join_date, most_exact_date
from tui.sources.decoding import decode_head
from tui.sources.engines.bibtex import (
    ENTRY,
    Fields,
    is_one_group,
    read_entries,
    split_outside_braces,
    without_braces,
)
from tui.sources.formats.journal_macros import journal_name
from tui.sources.interface import FunctionFormat, Record, RejectedRecord
from tui.sources.markup import markup_to_text
from tui.sources.names import (
    BETWEEN_CHINESE_NAMES,
    read_institution,
    read_person,
    split_authors,
    strip_email,
)
from tui.sources.plain_text import join_subtitle
from tui.sources.record import arxiv_identifier, read_record
from tui.sources.tex import tex_to_text, tex_to_verbatim

_NOT_PAPERS = frozenset(("xdata", "set", "control", "ieeetranbstctl", "comment", "string"))
_VENUES = (
    "journal", "journaltitle", "booktitle", "eventtitle", "maintitle", "series", "publisher",
    "school", "institution", "organization", "howpublished",
)  # fmt: skip
_WEB_URL = re.compile(r"https?://[^\s\"'<>]+[^\s\"'<>.,;)]")
_WITH_ADDRESS = re.compile(r"\\(?:url|href)\b|://|\bwww\.")
"""What shows that `howpublished` tells where a work is, not what it is."""
_IDENTIFIER = re.compile(r"(?:doi|pmid|arxiv):", re.IGNORECASE)
"""How a note begins that has the identifiers of the work itself, not of another one."""


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
    # A special issue has a title, and the journal is in `title` if it is not in `journaltitle`.
    if kind == "periodical" and "issuetitle" in entry and "journaltitle" not in entry:
        names = {"title": "journal", "issuetitle": "title", "issuesubtitle": "subtitle"}
        entry = {names.get(name, name): text for name, text in entry.items() if name != "subtitle"}
    title = _text(entry, "title") or _text(
        entry, "booktitle", "maintitle", "shorttitle", "titleaddon"
    )
    authors = next(
        (entry[k] for k in ("author", "editor", "translator", "director") if entry.get(k)), ""
    )
    eprint = _verbatim(entry, "eprint") or _verbatim(entry, "arxivid")
    notes = " ".join(_verbatim(entry, name) for name in ("howpublished", "note")).strip()
    links = [_verbatim(entry, name) for name in ("url", "ee", "link")]
    links += _WEB_URL.findall(notes)
    # JabRef writes an attachment as `:https\\://example.org/a.pdf:PDF`.
    file = re.search(r"https?\\?:[^:;{}]+", entry.get("file", ""))
    # In `[1990] 2002` the first is the year of the original.
    year = re.sub(r"^\[\d{4}\]\s*(?=\d)", "", _text(entry, "year"))
    pubmed = entry.get("eprinttype", "").lower() == "pubmed"
    days = (
        _text(entry, "date", "eventdate"),
        join_date(year, _text(entry, "month"), _text(entry, "day")),
    )
    return {
        "title": join_subtitle(title, _text(entry, "subtitle")),
        "authors": _author_names(authors), "abstract": _text(entry, "abstract"),
        "published": most_exact_date(days), "year": year, "venue": _venue(entry),
        "categories": _keywords(entry), "doi": _verbatim(entry, "doi"),
        "extra": notes if _IDENTIFIER.match(notes) else "",
        "arxiv": eprint
        if arxiv_identifier(eprint)
        else _verbatim(entry, "volume").removeprefix("abs/"),
        "pmid": eprint if pubmed else entry.get("pmid"), "url": next(filter(None, links), ""),
        "pdf_url": _verbatim(entry, "pdf") or (file[0].replace("\\", "") if file else ""),
        "code": _verbatim(entry, "code"), "ids": ids.from_url(notes) or ids.from_venue(notes),
        "comment": _text(entry, "comment", "note", "annotation")[:500],
    }  # fmt: skip


def _keywords(entry: Fields) -> str | list[str]:
    """Return the keywords; one may go over a line end, and braces keep a comma in it."""
    names = ("keywords", "keyword", "tags", "primaryclass", "eprintclass")
    source = next((entry[name] for name in names if entry.get(name, "").strip()), "")
    if "{" in source and "," in source:
        return [tex_to_text(each) for each in split_outside_braces(source, "[,;]")]
    keywords = tex_to_text(markup_to_text(source))
    # Only in a list without commas a keyword ends with its line.
    return " ".join(keywords.split()) if re.search("[,;]", keywords) else keywords


def _venue(entry: Fields) -> str:
    journal = entry.get("journal", "")
    if (name := journal_name(journal)) != journal:
        return name
    # BibDesk repeats the title as the `booktitle` of a book.
    title = without_braces(entry.get("title", ""))
    others = (n for n in _VENUES if n in entry and without_braces(entry[n]) != title)
    names = (_text(entry, name) for name in others if not _WITH_ADDRESS.search(entry[name]))
    return next(filter(None, names), "")


def _text(entry: Fields, *keys: str) -> str:
    raw = next((entry[key] for key in keys if entry.get(key, "").strip()), "")
    return tex_to_text(markup_to_text(raw)).strip() if raw else ""


def _verbatim(entry: Fields, key: str) -> str:
    return tex_to_verbatim(entry.get(key, "").strip())


_OPTION = re.compile(r"\w+\s*=\s*(?:true|false|\d+)")
"""An option of BibLaTeX for a list of names: `nosortothers=false`."""
_COMMENT = re.compile(r"^[ \t]*%.*\n", re.MULTILINE)
"""A line of comment in a list of names."""
_ET_AL = re.compile(r"\{et\.?\s?al\.?\}")
_EXTENDED = re.compile(
    r"(?:^|,)\s*\"?(family|given|prefix|suffix)\s*=\s*(\"[^\"]*\"|\{[^}]*\}|[^,]*)"
)
"""A part of a name in BibLaTeX's extended format: `family=Beethoven, "given={Ludwig}"`."""


def _author_names(source: str) -> list[Author | str]:
    """Return every name; braces keep an institution in one piece."""
    source = _COMMENT.sub("", source)
    source = " ".join(strip_email(source).split()).translate(BETWEEN_CHINESE_NAMES)
    parts = split_outside_braces(source, r"\s+and\s+")
    if len(parts) == 1 and "{" not in source:
        parts = source.split(";")  # BibTeX knows `and` only, but many exports do not
    names = (name for part in parts for name in _split_list(part.strip()))
    return [author for name in names if (author := _author(name))]


def _split_list(source: str) -> list[str]:
    """Split `A. Han, D. Chen, S. Ahn`, which BibTeX would take for one name with two suffixes.

    Commas and ampersands separate names only where every piece looks like a whole name: `Procter
    & Gamble` and `King, M. L., Jr.` are one.
    """
    if "{" in source:
        return [source]
    if "&" in source:
        pieces = re.split(r"\s*,?\s+\\?&\s+", source)
        if len(pieces) > 1 and all("," in piece or "." in piece for piece in pieces):
            return [name for piece in pieces for name in _split_list(piece)]
    if source.count(",") < 2 or "=" in source:
        return [source]
    names = split_authors(source)
    are_turned = all("," in name for name in names)
    are_whole = all(" " in name and not are_initials(name) for name in names)
    return names if are_turned or are_whole else [source]


def _author(source: str) -> Author | str | None:
    """Return the author of one name; a text without braces and commas as it is."""
    if _OPTION.fullmatch(source):
        return None
    is_group = is_one_group(source)
    if "=" in source and (extended := _EXTENDED.findall(source[1:-1] if is_group else source)):
        part = {key: tex_to_text(text.strip('"')) for key, text in extended}
        names = (part.get(key, "") for key in ("given", "family", "suffix", "prefix"))
        return read_person(*names)
    if is_group:
        return "et al." if _ET_AL.fullmatch(source) else read_institution(tex_to_text(source))
    parts = [part.strip() for part in split_outside_braces(source, ",")]
    if len(parts) == 1:
        parts = _split_family(split_outside_braces(source, r"\s+"))
    if len(parts) in (2, 3) and is_one_group(parts[0]):
        # Its words are one family name, whatever letters they begin with.
        family, *others = (clean_line(tex_to_text(part)) for part in parts)
        suffix, given = ["", *others][-2:]
        if "," in family:  # Frank G. {Bennett, Jr.}
            family, _, suffix = family.partition(", ")
        return Author(family, given, "", suffix)
    if len(parts) == 3 and parts[1].endswith((".", "'")) and not are_initials(parts[1]):
        family, suffix, given = map(tex_to_text, parts)  # as BibTeX means it
        return read_person(given, family, suffix)
    return ", ".join(map(tex_to_text, parts))


def _split_family(words: list[str]) -> list[str]:
    """Return family and given names where braces or a particle show them, else the name.

    BibTeX finds the particle at the first word in small letters, but people write `Ortega y
    Gasset` and `R. Roe et al.` without braces.
    """
    is_group = is_one_group(words[-1]) and " " in words[-1] and not _ET_AL.fullmatch(words[-1])
    inner = range(1, len(words) - 1)
    particles = (at for at in inner if words[at].islower() and is_particle(words[at]))
    start = len(words) - 1 if is_group else next(particles, 0)
    return [" ".join(words[start:]), " ".join(words[:start])] if start else [" ".join(words)]


FORMAT = FunctionFormat("bibtex", "BibTeX", sniff, read)
