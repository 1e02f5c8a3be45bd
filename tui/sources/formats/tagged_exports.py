"""Tagged exports of databases and reference managers: one row each.

RIS, which rispy reads, has a module of its own.
"""

from __future__ import annotations

import re
from typing import Any

from tui.sources.engines.tagged import TaggedFormat, TaggedSyntax, Tags, first, values
from tui.sources.markup import markup_to_text

_TWO_LETTERS = re.compile(r"([A-Z][A-Z0-9])(?:[ \t]+(.*)|())$")


def _split(texts: list[str], separator: str = ";") -> list[str]:
    """Return the words of all texts, each between two separators."""
    return [word for text in texts for word in re.split(separator, text)]


def _isi_fields(tags: Tags) -> dict[str, Any]:
    """Web of Science, ISI and INSPEC, and RefWorks, whose tags are nearly the same."""
    is_refworks = "RT" in tags
    return {
        "title": first(tags, "TI", "T1"),
        "authors": _split(values(tags, "AF") or values(tags, "AU", "A1", "BA", "BE")),
        "abstract": "\n".join(values(tags, "AB")),
        "published": _isi_date(tags),
        "year": first(tags, "PY", "YR"),
        "venue": first(tags, "SO", "JF", "JO", "T2", "SE"),
        "categories": values(tags, "K1") if is_refworks else _split(values(tags, "DE", "K1", "ID")),
        "doi": first(tags, "DI", "DO"),
        "pmid": first(tags, "PM"),
        "url": first(tags, "LK", "UL"),
    }


def _isi_date(tags: Tags) -> str:
    """Return `MAY 3` and the year as one date; a day without a month says nothing."""
    day, year = first(tags, "PD", "FD"), first(tags, "PY", "YR")
    return day if year in day else f"{day} {year}" if re.search("[A-Za-z]", day) else ""


ISI = TaggedFormat(
    "isi",
    "Web of Science (tagged)",
    re.compile(r"\A\s*(?:FN [A-Z]|PT [A-Z]\b|VR 1\.0)|^PT [A-Z]\n(?:AU|TI|AN|DT) ", re.MULTILINE),
    TaggedSyntax(
        _TWO_LETTERS,
        begins=frozenset(("PT",)),
        ends=frozenset(("ER", "EF")),
        lists=frozenset(("AU", "AF")),
        is_record=lambda tags: bool(tags.keys() - {"FN", "VR", "EF"}),
    ),
    _isi_fields,
).format()
REFWORKS = TaggedFormat(
    "refworks",
    "RefWorks (tagged)",
    re.compile(r"^RT [A-Z][A-Za-z ,]+\n(?:SR|ID|A1|T1|K1) ", re.MULTILINE),
    TaggedSyntax(_TWO_LETTERS, frozenset(("RT",)), is_record=lambda tags: "RT" in tags),
    _isi_fields,
).format()

_UNAVAILABLE = re.compile(r"\[Not Available\]", re.IGNORECASE)
_TRANSLATED = re.compile(r"\[[^\[\]]+\]\.?")
"""MEDLINE has brackets around titles that it translated."""
_ROLE = re.compile(r"\s*\[[^\]]*\]?")


def _nbib_fields(tags: Tags) -> dict[str, Any]:
    """PubMed's `PMID- …`, and others of its form: MEDLINE, Ovid, ERIC, Copac."""
    locations = values(tags, "AID") + values(tags, "LID") + values(tags, "DO")
    dois = (
        text for text in locations if "[doi]" in text or text.lower().startswith(("doi", "10."))
    )
    names = values(tags, "FAU", "AU") + values(tags, "CN") or values(tags, "FED", "ED")
    titles = (text for text in values(tags, "TI") if not _UNAVAILABLE.match(text))
    return {
        "title": " ".join(map(_nbib_title, titles)) or " ".join(values(tags, "BTI", "TT")),
        "authors": [_ROLE.sub("", name) for name in names],
        "abstract": "\n\n".join(values(tags, "AB")),
        "published": _nbib_date(first(tags, "DP", "DEP", "YR", "PY", "DA")),
        "venue": first(tags, "JT", "TA", "SO", "SE"),
        "categories": [word.lstrip("*") for word in values(tags, "OT", "MH")],
        "doi": next(dois, "").removesuffix("[doi]"),
        "pmid": first(tags, "PMID"),
        "url": next((text for text in locations if text.startswith("http")), first(tags, "UR")),
    }


def _nbib_title(title: str) -> str:
    return title[1:].removesuffix(".").removesuffix("]") if _TRANSLATED.fullmatch(title) else title


def _nbib_date(text: str) -> str:
    """Return `2025 05 03` and `20250503` as `tui.sources.dates` reads them."""
    return re.sub(r"^(\d{4}) ?(\d\d) ?(\d\d)$", r"\1-\2-\3", text)


NBIB = TaggedFormat(
    "nbib",
    "PubMed (NBIB, MEDLINE)",
    re.compile(
        r"\A\s*(?:<\d+\.? ?>\s*)?(?:PMID|OWN|PMCR?|TI|AU|FAU|VN|UI|AN|STAT|JT) {0,3}- ?\S"
        r"(?:.*\n)+?(?:[A-Z]{2,4} {0,3}-|\s*\Z)"
    ),
    TaggedSyntax(
        re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,3}- ?(.*)"),
        begins=frozenset(("PMID", "VN")),
        blank_ends=True,
        separator=re.compile(r"<\d+\.? ?>"),
        is_record=lambda tags: len(tags) > 1 or "TI" in tags,
    ),
    _nbib_fields,
).format()

_BIBCODE = re.compile(r"\d{4}\S{15}$")
_LONG_B = 300
"""Characters of a `%B` that is an abstract: no title of a book is so long."""


def _refer_fields(tags: Tags) -> dict[str, Any]:
    """refer, BibIX and EndNote's export, where the ADS has other meanings for some tags."""
    is_ads = bool("R" in tags and _BIBCODE.match(first(tags, "R"))) or (
        "X" not in tags and len(first(tags, "B")) > _LONG_B
    )
    about = " ".join(value for tag in "RIUJ" for value in values(tags, tag))
    doi = re.search(r"\b10\.\d{4,9}/[^\s;]+", about)
    arxiv = re.search(r"(?:arxiv:|arxiv\.org/abs/)\s*(\S+?)(?:v\d+)?(?=[\s;]|$)", about, re.I)
    day = first(tags, "8")
    return {
        "title": first(tags, "T"),
        "authors": _split([markup_to_text(text) for text in values(tags, "A", "E")]),
        "abstract": "\n".join(values(tags, "B" if is_ads else "X")),
        "published": day if re.search(r"\d{4}", day) else f"{day} {first(tags, 'D')}".strip(),
        "venue": first(tags, "J", "I") if is_ads else first(tags, "J", "B", "S", "I"),
        "categories": _split(tags.get("K", []), r"\s*[;\n]\s*"),
        "doi": doi[0] if doi else "",
        "arxiv": arxiv[1] if arxiv else "",
        "url": first(tags, "U"),
        "comment": first(tags, "X") if is_ads else "",
    }


REFER = TaggedFormat(
    "refer",
    "EndNote or refer (tagged)",
    re.compile(r"\A\s*%[0A-Z@](?: .*)?\n(?:[^%\n].*\n)*%[A-Z0-9@*?!](?: |$)", re.MULTILINE),
    TaggedSyntax(
        re.compile(r"%([0-9A-Z@*?!<>+^&()$#~=\[\]])(?: (.*)|())$", re.IGNORECASE),
        begins=frozenset(("0",)),
        blank_ends=True,
        is_record=lambda tags: bool(tags.keys() - {"0"}),
    ),
    _refer_fields,
).format()


def _cochrane_fields(tags: Tags) -> dict[str, Any]:
    """The Cochrane Library: `Record #1 of 20`, then `ID: CN-…`, `AU: …`."""
    pmid = re.search(r"PUBMED (\d+)", " ".join(values(tags, "PM") + values(tags, "XR")))
    return {
        "title": first(tags, "TI"),
        "authors": values(tags, "AU"),
        "abstract": first(tags, "AB"),
        "year": first(tags, "YR"),
        "venue": first(tags, "SO"),
        "categories": [word.strip().lstrip("*") for word in first(tags, "KY").split(";")],
        "doi": first(tags, "DOI"),
        "pmid": pmid[1] if pmid else "",
        "url": first(tags, "US", "UR"),
    }


COCHRANE = TaggedFormat(
    "cochrane",
    "Cochrane Library (text)",
    re.compile(r"^Record #\d+ of \d+\n(?:.*\n)??ID: ", re.MULTILINE),
    TaggedSyntax(
        re.compile(r"([A-Z]{2,3}): ?(.*)"),
        begins=frozenset(("ID",)),
        separator=re.compile(r"Record #\d+ of \d+"),
        is_record=lambda tags: "ID" in tags,
    ),
    _cochrane_fields,
).format()


def _noteexpress_fields(tags: Tags) -> dict[str, Any]:
    """NoteExpress, as CNKI and Wanfang export it: `{Title}: …`."""
    return {
        "title": first(tags, "TITLE"),
        "authors": _split(values(tags, "AUTHOR"), "[;；]"),
        "abstract": "\n".join(values(tags, "ABSTRACT")),
        "published": first(tags, "DATE"),
        "year": first(tags, "YEAR"),
        "venue": first(tags, "JOURNAL", "SECONDARY TITLE", "PUBLISHER"),
        "categories": _split(values(tags, "KEYWORDS"), "[;；]+"),
        "doi": first(tags, "DOI"),
        "url": first(tags, "URL"),
    }


NOTEEXPRESS = TaggedFormat(
    "noteexpress",
    "NoteExpress (tagged)",
    re.compile(r"\A\s*\{Reference Type\}:"),
    TaggedSyntax(
        re.compile(r"\{([A-Za-z][A-Za-z/() -]{1,40})\}:[ \t]*(.*)$"),
        begins=frozenset(("REFERENCE TYPE",)),
    ),
    _noteexpress_fields,
).format()
