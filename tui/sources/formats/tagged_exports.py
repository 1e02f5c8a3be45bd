"""Tagged exports of databases and reference managers: one row each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tui.core.identifiers import DOI_IN_TEXT
from tui.core.urls import is_web_url
from tui.sources.dates import most_exact_date
from tui.sources.engines.tagged import TaggedFormat, TaggedSyntax, Tags, first, values
from tui.sources.engines.whole_text import TextFormat
from tui.sources.markup import markup_to_text
from tui.sources.names import read_endnote_author, read_institution

_TWO_LETTERS = re.compile(r"([A-Z][A-Z0-9])(?:[ \t]+(.*)|())$")


def _split(texts: Iterable[str], separator: str = ";") -> list[str]:
    """Return the words of all texts, each between two separators."""
    return [word for text in texts for word in re.split(separator, text)]


def _keywords(texts: Iterable[str], separator: str = ";") -> list[str]:
    """Return the keywords in texts. MEDLINE marks with a star what a paper is mainly about."""
    return [word.strip().removeprefix("*") for word in _split(texts, separator)]


_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?10\.\d{4}", re.IGNORECASE)
_CODE_HOST = re.compile(r"https?://(?:github|gitlab|bitbucket|codeberg|huggingface)\.")
"""Embase has links to library systems under the same tag."""
_PMID = re.compile(r"\bPMID:?\s*(\d+)|\bPUBMED (\d+)|(\d+)\[pmid\]")
_MEDLINE = re.compile(r"pubmed|medline", re.IGNORECASE)
_WHOLE_WORKS = frozenset(("BOOK", "EBOOK", "EDBOOK", "CLSWK", "ANCIENT", "THES", "RPRT", "COMP",
                          "MAP", "ART", "ADVS", "VIDEO", "SOUND", "MUSIC", "AGGR", "DATA",
                          "GOVDOC", "STAND", "PAMP", "CTLG", "CHART"))  # fmt: skip
"""Types of works that are no part of a journal or book; their `T2` is a series."""
_SHORTEST_PMID = 7
"""Digits: EndNote writes the number of a record in its library where others have the PMID."""


def _is_comment(note: str) -> bool:
    """Whether a note is about the paper; Scopus and Embase write there when they exported it."""
    return "Cited By" not in note and not re.match(r"[LM]\d{6}|Export Date|\d{4}-", note)


def _ris_fields(tags: Tags) -> dict[str, Any]:
    kind = next((tag for tag in tags if tag in ("A1", "AU")), "A2")
    # `A1` holds the first authors before `AU`, and sponsors after it.
    names = values(tags, "A1") + values(tags, "AU") if kind == "A1" else []
    urls = _split(values(tags, "UR"), r"\s+|;(?=https?:|\s|$)")  # old DOIs have semicolons
    # Reference Manager and Ovid have no tag for the DOI and put it into another one.
    others = (first(tags, name) for name in ("M3", "ID", "L3", "N1"))
    dois = filter(_DOI.match, (*others, *urls))
    # EndNote has the day in `DA` without the year, which is in `PY`.
    days = [first(tags, tag).strip("/") for tag in ("DA", "PY", "Y1")]
    # Of what is in no journal or book, the publisher comes before the series.
    publisher = ["PB"] if first(tags, "TY") in _WHOLE_WORKS else []
    return {
        "title": first(tags, "TI", "T1", "CT", "BT", "TT", "ST", "T2", "T3"),
        "authors": list(
            map(read_endnote_author, names or values(tags, kind, "A2", "ED"))
        ),
        "abstract": first(tags, "AB", "N2"), "year": first(tags, "PY", "Y1"),
        "published": most_exact_date((*days, f"{days[0]} {days[1]}")),
        "venue": first(tags, *publisher, "JO", "T2", "JF", "J2", "JA", "BT", "J1", "PB"),
        "categories": _keywords(values(tags, "KW")),
        "doi": first(tags, "DO") or next(dois, ""), "pmid": _ris_pmid(tags),
        "extra": first(tags, "N1"),
        "comment": next(filter(_is_comment, values(tags, "N1")), "")[:500],
        "arxiv": first(tags, "VL").removeprefix("abs/"),
        "url": next((url for url in urls if url.startswith("http")), ""),
        "pdf_url": next(filter(is_web_url, _split(values(tags, "L1"))), ""),
        "code": next(filter(_CODE_HOST.match, values(tags, "LK")), ""),
    }  # fmt: skip


def _pmid_in(*texts: str) -> str:
    found = _PMID.search(" ".join(texts))
    return found[found.lastindex or 0] if found else ""


def _ris_pmid(tags: Tags) -> str:
    """Return PubMed's number, which each database puts into another tag."""
    number = first(tags, "AN")
    database = first(tags, "DB", "DP")
    # A note may also name the paper that it comments on; the one of the APA names its own.
    notes = (note for note in values(tags, "N1") if note.startswith("Accession Number"))
    if marked := _pmid_in(number, *(first(tags, name) for name in ("C3", "U1", "PM")), *notes):
        return marked
    if _MEDLINE.search(database):
        identifier = first(tags, "ID")
        return number or (identifier if len(identifier) >= _SHORTEST_PMID else "")
    return first(tags, "C5") if database == "Embase" else ""


RIS = TaggedFormat(
    "ris", "RIS",
    re.compile(r"^[ \t]*(?:TY {1,3}-|ty  -)", re.MULTILINE),
    TaggedSyntax(
        # In a text, small letters before a dash are more often a word than a tag.
        re.compile(r"[ \t]*([A-Z][A-Z0-9](?= {1,3}-)|[a-z][a-z0-9](?=  -)) {1,3}-[ \t]?(.*)"),
        begins=frozenset(("TY",)),
        ends=frozenset(("ER",)),
        lists=frozenset(("A1", "A2", "AU", "KW", "UR")),
        is_record=lambda tags: "TY" in tags,
    ),
    _ris_fields,
)  # fmt: skip


def _isi_fields(tags: Tags) -> dict[str, Any]:
    """Web of Science, ISI and INSPEC, and RefWorks, whose tags are nearly the same."""
    title = first(tags, "TI", "T1")
    day, year = first(tags, "PD", "FD"), first(tags, "PY", "YR")
    dated = day if year in day else f"{day} {year}"
    # The journal, for a book its publisher, for a patent who holds it.
    venues = (first(tags, t) for t in ("SO", "JF", "JO", "T2", "SE", "PB", "PU", "AE"))
    keywords = values(tags, "K1")  # of RefWorks, each in a line
    if "RT" not in tags:
        # CABI, BIOSIS and Zoological Record have the words of their indexers under other tags.
        others = (word for tag in ("ID", "BD", "MC", "MQ") for word in values(tags, tag))
        keywords = _split([*values(tags, "DE", "K1"), *others])
        keywords += _split(values(tags, "OR"), r"[;.](?:\s|$)")
    return {
        "title": title,
        "authors": [
            *_split(values(tags, "AF", "AU", "A1", "BA", "BE")),
            *map(read_institution, values(tags, "CA")),
        ],
        "abstract": "\n\n".join(values(tags, "AB")), "year": year,
        # A day without a month says nothing.
        "published": dated if re.search("[A-Za-z]", day) else "",
        "venue": next((name for name in venues if name and name != title), ""),
        "categories": keywords, "doi": first(tags, "DI", "DO"), "pmid": first(tags, "PM"),
        "url": first(tags, "LK", "UL"),
    }  # fmt: skip


ISI = TaggedFormat(
    "isi", "Web of Science (tagged)",
    re.compile(r"\A\s*(?:FN [A-Z]|PT [A-Z]\b|VR 1\.0)|^PT [A-Z]\n(?:AU|TI|AN|DT) ", re.MULTILINE),
    TaggedSyntax(
        _TWO_LETTERS,
        begins=frozenset(("PT",)),
        ends=frozenset(("ER", "EF")),
        lists=frozenset(("AU", "AF")),
        is_record=lambda tags: bool(tags.keys() - {"FN", "VR", "EF"}),
    ),
    _isi_fields,
)  # fmt: skip
REFWORKS = TaggedFormat(
    "refworks", "RefWorks (tagged)",
    re.compile(r"^RT [A-Z][A-Za-z ,]+\n(?:SR|ID|A1|T1|K1) ", re.MULTILINE),
    TaggedSyntax(_TWO_LETTERS, frozenset(("RT",)), is_record=lambda tags: "RT" in tags),
    _isi_fields,
)  # fmt: skip

_UNAVAILABLE = re.compile(r"\[Not Available\]", re.IGNORECASE)
_TRANSLATED = re.compile(r"\[[^\[\]]+\]\.?")
"""MEDLINE has brackets around titles that it translated."""
_KIND = re.compile(
    r"\s*\[(?:Article|Review|Letter|Editorial|Report|Miscellaneous|References)[^\[\]]*\]\.?$"
)
"""What Ovid writes behind a title."""
_BETWEEN_NAMES = r";\s+(?=[^;,]+,)"
"""Ovid's degrees have semicolons between them too: `Bell, Ann RN; PhD 1;  Roe, Bo 2`."""
_BEHIND_NAME = re.compile(
    r"\s*\[[^\]]*\]?"
    r"|(?:,?\s+(?:\d[\d,+*]*|[*+#]+|MD|RN|Ph\.?D|M\.D|MSc|MPH|BSc)(?![^\W_])[^|]*)$|\s+[*+#]+$"
)
"""Roles, marks of affiliations and degrees behind an author, as in Ovid and Copac."""
_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_YEAR = r"(?:1[89]|20)\d\d\b"
_EDITORS = re.compile(r"\A(?:[^,;.\[]+,[^,;\[]+\[[^\]]*\][;,.]?\s*)+(?:\(\d{4}\)\.\s*)?")
_SOURCE_VENUE = re.compile(
    r"(.{3,200}?)(?:[.,]\s+\d|\s+\d+[,;:(]|\.?:\d|\.?\s*$"
    rf"|[.,]?\s+\(?(?:{_YEAR}|Vol\b|pp|(?:\d\d? )?{_MONTHS}[ /]|Spring|Summer|Autumn|Fall|Winter))"
)
"""A journal up to its issue: `Acta Things August 2011;43(8):647`, `Acta Things. Vol.43(8), …`."""
_SOURCE_DATE = re.compile(
    rf"(?:\d\d? )?{_MONTHS}\.?(?:/[A-Z][a-z]+)?(?: \d\d?)?,? {_YEAR}"
    rf"|{_YEAR} (?:\d\d? {_MONTHS}|{_MONTHS}(?: \d\d?\b)?)"
)


def _nbib_fields(tags: Tags) -> dict[str, Any]:
    """PubMed's `PMID- …`, and others of its form: MEDLINE, Ovid, ERIC, Copac."""
    locations = [text for tag in ("AID", "LID", "DO", "DI") for text in values(tags, tag)]
    dois = [text for text in locations if _DOI.match(text) or text.lower().startswith("doi")]
    dois = [text for text in dois if "[pii]" not in text] + dois
    names = values(tags, "FAU", "AU")
    groups = values(tags, "CN")
    names = names if names or groups else values(tags, "FED", "ED")
    titles = (text for text in values(tags, "TI") if not _UNAVAILABLE.match(text))
    source = _EDITORS.sub("", first(tags, "SO"), count=1)
    venue, day = _SOURCE_VENUE.match(source), _SOURCE_DATE.search(source)
    # `2025 05 03` and `20250503`, as `tui.sources.dates` reads them
    published = re.sub(
        r"^(\d{4}) ?(\d\d) ?(\d\d)$", r"\1-\2-\3", first(tags, "DP", "DEP", "YR", "PY", "DA")
    )
    return {
        "title": " ".join(map(_nbib_title, titles)) or " ".join(values(tags, "BTI", "TT")),
        "authors": [
            *(_BEHIND_NAME.sub("", name) for name in _split(names, _BETWEEN_NAMES)),
            *map(read_institution, groups),
        ],
        "abstract": "\n\n".join(values(tags, "AB")),
        "published": most_exact_date((published, day[0] if day else "")),
        "venue": first(tags, "JT", "TA", "JN")
        or (venue[1] if venue else first(tags, "SE", "PU") or first(tags, "PB").split(", ")[0]),
        "categories": _keywords(values(tags, "OT") + values(tags, "MH"))
        or _keywords(values(tags, "KW"), "[;,]")
        or _keywords(values(tags, "DE"), "[;,]"),
        "doi": next(iter(dois), "").removesuffix("[doi]")
        or first(tags, "SO").rpartition(" doi: ")[2].partition(" ")[0],
        "pmid": first(tags, "PMID"),
        "url": next((text for text in locations if text.startswith("http")), first(tags, "UR")),
    }


def _nbib_title(title: str) -> str:
    title = _KIND.sub("", title)
    return title[1:].removesuffix(".").removesuffix("]") if _TRANSLATED.fullmatch(title) else title


NBIB = TaggedFormat(
    "nbib", "PubMed (NBIB, MEDLINE)",
    re.compile(
        r"\A\s*(?:<\d+\.? ?>\s*)?(?:PMID|OWN|PMCR?|TI|AU|FAU|VN|UI|AN|STAT|JT) {0,3}- ?\S"
        r"(?:.*\n)+?(?: ?[A-Z]{2,4} {0,3}-|\s*\Z)"
    ),
    TaggedSyntax(
        re.compile(r" ?([A-Z][A-Z0-9]{1,3}) {0,3}- ?(.*)"),
        begins=frozenset(("PMID", "VN")),
        blank_ends=True,
        separator=re.compile(r" ?<\d+\.? ?>"),
        is_record=lambda tags: len(tags) > 1 or "TI" in tags,
    ),
    _nbib_fields,
)  # fmt: skip

_OVID_RECORD = re.compile(r"^<\d+\.? ?>[ \t]*\n", re.MULTILINE)
_OVID_START = re.compile(r"\A\s*<\d+\.? ?>[ \t]*\n[A-Z][\w -]*\n +\S")
_OVID_FIELD = re.compile(
    r"^([A-Z][A-Za-z -]*[A-Za-z])[ \t]*+\n((?:[ \t]++.*+(?:\n|\Z)|\n)++)", re.MULTILINE
)
_OVID_TAGS = {
    "Author": "AU", "Authors": "AU", "Title": "TI", "Source": "SO", "Abstract": "AB",
    "Author Keywords": "KW", "Keywords": "KW", "DOI Number": "DI",
    "Digital Object Identifier": "DI", "Subject Headings": "MH",
    "MeSH Subject Headings": "MH", "Year of Publication": "YR",
    "Publisher": "PB", "Editors": "ED", "Editor": "ED", "PMID": "PMID", "Journal Name": "JN",
}  # fmt: skip


def _ovid_fields(record: str) -> dict[str, Any]:
    tags: dict[str, list[str]] = {}
    for label, text in _OVID_FIELD.findall(record):
        if tag := _OVID_TAGS.get(label):
            tags.setdefault(tag, []).append(text.strip())
    return _nbib_fields(tags)


OVID = TextFormat(
    "ovid", "Ovid (labelled lines)",
    lambda text: _OVID_START.match(text) is not None,
    _OVID_RECORD, _ovid_fields,
)  # fmt: skip

_BIBCODE = re.compile(r"\d{4}\S{15}$")
_LONG_B = 300
"""Characters of a `%B` that is an abstract: no title of a book is so long."""


def _refer_fields(tags: Tags) -> dict[str, Any]:
    """refer, BibIX and EndNote's export, where the ADS has other meanings for some tags."""
    is_ads = bool("R" in tags and _BIBCODE.match(first(tags, "R"))) or (
        "X" not in tags and len(first(tags, "B")) > _LONG_B
    )
    about = " ".join(value for tag in "RIUJO" for value in values(tags, tag))
    doi = re.search(rf"\b{DOI_IN_TEXT}", about)
    arxiv = re.search(r"(?:arxiv:|arxiv\.org/abs/)\s*(\S+?)(?:v\d+)?(?=[\s;]|$)", about, re.I)
    day = first(tags, "8")
    return {
        "title": first(tags, "T"),
        "authors": [
            read_endnote_author(name.strip())
            for name in _split([markup_to_text(text) for text in values(tags, "A", "E")])
        ],
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
    "refer", "EndNote or refer (tagged)",
    re.compile(r"\A\s*%[0A-Z@](?: .*)?\n(?:[^%\n].*\n)*%[A-Z0-9@*?!](?: |$)", re.MULTILINE),
    TaggedSyntax(
        re.compile(r"%([0-9A-Z@*?!<>+^&()$#~=\[\]])(?: (.*)|())$", re.IGNORECASE),
        begins=frozenset(("0",)),
        blank_ends=True,
        is_record=lambda tags: bool(tags.keys() - {"0"}),
    ),
    _refer_fields,
)  # fmt: skip


COCHRANE = TaggedFormat(
    "cochrane", "Cochrane Library (text)",
    re.compile(r"^Record #\d+ of \d+\n(?:.*\n)??ID: ", re.MULTILINE),
    TaggedSyntax(
        re.compile(r"([A-Z]{2,3}): ?(.*)"),
        begins=frozenset(("ID",)),
        separator=re.compile(r"Record #\d+ of \d+"),
        is_record=lambda tags: "ID" in tags,
    ),
    {
        "title": "TI", "authors": "AU", "abstract": "AB", "year": "YR", "venue": "SO",
        "categories": lambda tags: _keywords(values(tags, "KY")), "doi": "DOI",
        "pmid": lambda tags: _pmid_in(*values(tags, "PM"), *values(tags, "XR")), "url": "US|UR",
    },
)  # fmt: skip
NOTEEXPRESS = TaggedFormat(
    "noteexpress", "NoteExpress (tagged)",  # as CNKI and Wanfang export: `{Title}: …`
    re.compile(r"\A\s*\{Reference Type\}:"),
    TaggedSyntax(
        re.compile(r"\{([A-Za-z][A-Za-z/() -]{1,40})\}:[ \t]*(.*)$"),
        begins=frozenset(("REFERENCE TYPE",)),
    ),
    {
        "title": "TITLE", "authors": lambda tags: _split(values(tags, "AUTHOR"), "[;；]"),
        "abstract": "ABSTRACT", "published": "DATE", "year": "YEAR",
        "venue": "JOURNAL|SECONDARY TITLE|PUBLISHER",
        "categories": lambda tags: _split(values(tags, "KEYWORDS"), "[;；]+"),
        "doi": "DOI", "url": "URL",
    },
)  # fmt: skip
