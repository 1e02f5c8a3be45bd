"""Texts that are read whole: PubMed's plain text, `.bbl`, Org mode, Wikipedia's citations, NEP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tui.core import identifiers as ids
from tui.sources.dates import join_date
from tui.sources.engines.whole_text import TextFormat, split_before
from tui.sources.names import RawAuthor, read_initials_last, read_person
from tui.sources.record import NotAPaper
from tui.sources.tex import tex_to_text, verbatim_signs

_PUBMED_START = re.compile(r"(?:\A\s*|\n[ \t]*\n)(?=\d{1,6}\. [A-Z][^\n]*\. (?:1[89]|20)\d\d\b)")
"""An article begins with its number, its journal and a year: `1. Nature. 2021 Aug;596(7873)…`"""
_PUBMED_PMID = re.compile(r"^PMID: (\d{1,8})", re.MULTILINE)
_PUBMED_DOI = re.compile(r"^DOI: (10\.\S+)", re.MULTILINE)
_PUBMED_DATE = re.compile(r"\. ((?:1[89]|20)\d\d(?: [A-Z][a-z]{2}(?: \d{1,2})?)?)")
_PUBMED_AFFILIATION_MARKS = re.compile(r"(?:\([\d#*]+\))+")
_PUBMED_NOT_ABSTRACT = re.compile(
    r"Author information:|©|Copyright|DOI:|PMC?ID:|Conflict of interest|Comment (?:in|on)|Erratum"
    r"|Update (?:in|of)|Publisher:"
)


def _pubmed_split(text: str) -> Iterator[tuple[int, str]]:
    for found, article in split_before(_PUBMED_START, text):
        yield found.end(), article


def _pubmed_fields(article: str) -> dict[str, Any]:
    """The fields by the order of the paragraphs; the longest after the authors is the abstract."""
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", article) if part.strip()]
    journal = re.sub(r"^\d+\. ", "", parts[0])
    names = _PUBMED_AFFILIATION_MARKS.sub("", parts[2] if len(parts) > 2 else "").rstrip(".")
    texts = [part for part in parts[3:] if not _PUBMED_NOT_ABSTRACT.match(part)]
    day = _PUBMED_DATE.search(journal)
    doi, pmid = _PUBMED_DOI.search(article), _PUBMED_PMID.search(article)
    return {
        "title": parts[1].removesuffix(".") if len(parts) > 1 else "",
        "authors": [read_initials_last(name) for name in names.split(",")],
        "abstract": max(texts, key=len, default=""),
        "published": day[1] if day else "",
        "venue": journal.partition(". ")[0],
        "doi": doi[1] if doi else "",
        "pmid": pmid[1] if pmid else "",
    }


PUBMED_TEXT = TextFormat(
    "pubmed-text", "PubMed's plain text",
    lambda text: bool(_PUBMED_START.match(text) and _PUBMED_PMID.search(text)),
    _pubmed_split, _pubmed_fields,
)  # fmt: skip

_BBL_ITEM = re.compile(r"^[ \t]*\\bibitem", re.MULTILINE)
_BBL_KEY = re.compile(r"\{([^{}\n]{1,200})\}\s*\n")
_BBL_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)[a-z]?\b")
_BBL_IDENTIFIER = re.compile(
    ids.DOI_IN_TEXT + r"|(?:arxiv:|arxiv\.org/abs/)\s*\d{4}\.\d{4,5}", re.IGNORECASE
)
_BBL_BETWEEN_AUTHORS = re.compile(r",?\s+and\s+|,\s+(?!(?:Jr|Sr)\b)")


def _bbl_split(text: str) -> Iterator[tuple[int, str]]:
    """Yield each item without its label and key, which stand in braces before its first line."""
    text = text.partition("\\end{thebibliography}")[0]
    for found, item in split_before(_BBL_ITEM, text):
        key = _BBL_KEY.search(item)
        yield found.start(), item[key.end() :] if key else item


def _bbl_fields(item: str) -> dict[str, Any]:
    blocks = item.split("\\newblock")
    found: dict[str, str] = {}
    for name in _BBL_IDENTIFIER.findall(verbatim_signs(item)):
        found |= ids.from_text(name.rstrip(".,")) or ids.from_url(f"https://{name.rstrip('.,')}")
    if len(blocks) < 2:
        raise NotAPaper("without \\newblock its title cannot be found", found)
    plain = [tex_to_text(block).strip().rstrip(".") for block in blocks]
    authors = re.sub(r"\s*\(?\d{4}[a-z]?\)?$", "", plain[0])
    years = _BBL_YEAR.findall(" ".join([*plain[2:], plain[0]]))
    return {
        "title": plain[1],
        "authors": _BBL_BETWEEN_AUTHORS.split(authors),
        "published": years[-1] if years else "",
        "venue": plain[2].removeprefix("In ").split(",")[0] if len(plain) > 2 else "",
        "ids": found,
    }


BBL = TextFormat(
    "bbl", "the bibliography of a LaTeX run (.bbl)",
    lambda text: bool("\\begin{thebibliography}" in text and _BBL_ITEM.search(text)),
    _bbl_split, _bbl_fields,
)  # fmt: skip

_ORG_ENTRY = re.compile(
    r"(?:\A\s*+|^\*+[ \t]+(?P<heading>[^\n]*)\n(?:[ \t]*(?:CLOSED|SCHEDULED|DEADLINE)[^\n]*\n)*)"
    r"[ \t]*:PROPERTIES:[ \t]*\n(?P<properties>(?:[ \t]*:[^\n]*\n)*?)[ \t]*:END:"
    r"(?P<title>\n#\+TITLE:[^\n]*)?",
    re.MULTILINE | re.IGNORECASE,
)
_ORG_PROPERTY = re.compile(r"^[ \t]*:([\w+-]+):[ \t]*(.*)$", re.MULTILINE)
_ORG_STATE_AND_TAGS = re.compile(
    r"^(?:[A-Z]{3,12}[ \t]+)?(?:\[#\w\][ \t]*)?|[ \t]+:[\w@:]+:[ \t]*$"
)
_ORG_WORK = frozenset(("author", "doi", "year", "eprint", "btype", "arxivid", "arxiv"))
"""Properties that only the heading of a work has; any task may have a title or an URL."""


def _org_split(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the properties of each heading that is of a work."""
    for entry in _ORG_ENTRY.finditer(text):
        properties = {
            name.lower().removeprefix("bib_"): value.strip()
            for name, value in _ORG_PROPERTY.findall(entry["properties"])
        }
        if properties.keys() & _ORG_WORK:
            title = (entry["title"] or "").partition(":")[2]  # of a file, as org-roam writes it
            heading = _ORG_STATE_AND_TAGS.sub("", (entry["heading"] or title).strip())
            yield entry.start(), properties | {"heading": heading}


def _org_fields(properties: dict[str, str]) -> dict[str, Any]:
    eprints = (properties.get(name) for name in ("eprint", "arxivid", "arxiv"))
    return properties | {
        "title": tex_to_text(properties.get("title", "")) or properties["heading"],
        "authors": tex_to_text(properties.get("author", "")),
        "arxiv": next(filter(None, eprints), ""),
    }


ORG = TextFormat(
    "org", "Org mode with properties of papers",
    lambda text: any(True for _ in _org_split(text)),
    _org_split, _org_fields,
)  # fmt: skip

_WIKI_START = re.compile(r"\{\{\s*(?:cite\b|citation(?=\s*\|))", re.IGNORECASE)
_WIKI_SIGN = re.compile(r"\{\{|\}\}|\[\[|\]\]|\|")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|'{2,5}")
"""`[[page]]` or `[[page|shown text]]`, and the quotes of emphasis."""
_WIKI_VENUES = ("journal", "conference", "book-title", "work", "magazine", "newspaper", "website",
                "encyclopedia", "publisher", "institution")  # fmt: skip
_WIKI_MAX_AUTHORS = 1000


def _wiki_split(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the parameters of each citation; a template or link inside one belongs to its value."""
    for start, rest in split_before(_WIKI_START, text):
        depth, pieces, begin = 1, [], 0
        for sign in _WIKI_SIGN.finditer(rest):
            depth += {"{{": 1, "[[": 1, "}}": -1, "]]": -1}.get(sign[0], 0)
            if depth == 0 or (depth == 1 and sign[0] == "|"):
                pieces.append(rest[begin : sign.start()])
                begin = sign.end()
            if depth == 0:
                break
        pairs = (piece.split("=", 1) for piece in pieces if "=" in piece)
        yield start.start(), {name.strip().lower(): _wiki_plain(value) for name, value in pairs}


def _wiki_plain(value: str) -> str:
    return _WIKI_LINK.sub(lambda found: found[1] or "", value).strip()


def _wiki_fields(given: dict[str, str]) -> dict[str, Any]:
    authors = list(_wiki_authors(given)) or given.get("vauthors") or given.get("authors", "")
    return {
        "title": given.get("title") or given.get("chapter"), "authors": authors,
        "published": given.get("date") or join_date(given.get("year", ""), given.get("month", "")),
        "venue": next((given[name] for name in _WIKI_VENUES if given.get(name)), ""),
        "doi": given.get("doi"), "pmid": given.get("pmid"),
        "arxiv": given.get("arxiv") or given.get("eprint"), "url": given.get("url"),
    }  # fmt: skip


def _wiki_authors(given: dict[str, str]) -> Iterator[RawAuthor]:
    """Yield the names of `last1`, `first1`, `author2`, …; the first may have no number."""
    for number in ("", *map(str, range(1, _WIKI_MAX_AUTHORS))):
        family = given.get(f"last{number}") or given.get(f"surname{number}", "")
        name = given.get(f"author{number}") or read_person(
            given.get(f"first{number}") or given.get(f"given{number}", ""), family
        )
        if name:
            yield name
        elif number and number != "1":
            return


WIKIPEDIA = TextFormat(
    "wikipedia", "citations of Wikipedia",
    lambda text: _WIKI_START.match(text.lstrip(" \t\n*#")) is not None,
    _wiki_split, _wiki_fields,
)  # fmt: skip

_NEP_ITEM = re.compile(r"^\d{1,3}\.[ \t]+(?=\S)", re.MULTILINE)
_NEP_LABEL = re.compile(
    r"^(Date|By|URL|Keywords|JEL):[ \t]*(.*(?:\n(?!(?:Date|By|URL|Keywords|JEL):).*\S.*)*)",
    re.MULTILINE,
)


def _nep_split(text: str) -> Iterator[tuple[int, str]]:
    """Yield each paper; the list of contents has the titles without addresses."""
    for found, item in split_before(_NEP_ITEM, text):
        if "\nURL:" in item:
            yield found.start(), item


def _nep_fields(item: str) -> dict[str, Any]:
    """The fields of a paper; in old reports authors and abstract have no labels."""
    start = _NEP_LABEL.search(item)
    title, *parts = re.split(r"\n[ \t]*\n", item[: start.start() if start else None].strip())
    labels = dict(_NEP_LABEL.findall(item))
    url, _, abstract = labels.get("URL", "").partition("\n")
    names = labels.get("By") or (parts.pop(0) if parts and "," in parts[0][:60] else "")
    return {
        "title": title, "authors": [re.sub(r"\(.*", "", each) for each in names.split("\n")],
        "abstract": abstract or "\n\n".join(parts), "published": labels.get("Date", ""),
        "categories": labels.get("Keywords", ""), "url": url.strip(),
    }  # fmt: skip


NEP = TextFormat(
    "nep", "a report of NEP (New Economics Papers)",
    lambda text: "nep.repec.org" in text and any(True for _ in _nep_split(text)),
    _nep_split, _nep_fields,
)  # fmt: skip
