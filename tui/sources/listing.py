"""Markdown and plain lists: each line, heading or table row that links to a paper and names it,
and each that is a whole reference. Lines near it may say more: see `tui.sources.cards`.

What is nothing but an identifier is refused with it, so that `tui.services` can look it up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, BinaryIO

from tui.core import identifiers as ids
from tui.sources import cards, citation, mdtable
from tui.sources.base import MAX_LINE, Record, RejectedRecord, Source
from tui.sources.chunks import text_of
from tui.sources.fields import NotAPaper, paper
from tui.sources.text import opening
from tui.sources.xmlrecords import root

_LINK = re.compile(
    r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\]){1,500})\]\((?P<url>[^()\s]{1,1000})[^()]{0,200}\)"
)
_ORG_LINK = re.compile(r"\[\[(https?://[^\[\]\s]{4,1000})\]\[([^\[\]]{1,500})\]\]")
_NOTE = re.compile(
    r"\[\[[^\[\]]{1,200}\]\](?!\()|\[@[^\[\]\s]{1,100}\]|\s#[A-Za-z][\w/-]{1,60}\s*$"
)
"""What links a note to others: a page, a citation key, a tag."""
_IMAGE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()\s]{0,1000}[^()]{0,200}\)|<img\b[^<>]{0,1000}>")
_URL = re.compile(r"https?://[^\s<>()\[\]\"'|]{4,1000}")
_BARE = re.compile(
    r"(?<![\w./-])(?:arxiv:\s?(\d{4}\.\d{4,5}|[a-z-]+/\d{7})|(\d{4}\.\d{5}))(?:v\d+)?(?![\w/])"
    r"|(?:doi:\s*)?(?<![\w/])(10\.\d{4,9}/[^\s<>\"|]{3,200})",
    re.IGNORECASE,
)
_FILE = re.compile(r"(?:^|/)(\d{4}\.\d{4,5})(?!\d)")
_NO_TITLE = re.compile(
    r"(?:arxiv|pdf|paper|link|code|html|abs|doi|project|page|website|github|here|abstract|url|id"
    r"|bibtex|video|slides|poster|demo|data|blog|[\W\d_v])*",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^\s{0,3}(?:#{1,6}\s+|\*\*|<h\d>)")
_TAGGED = re.compile(r"[A-Z][A-Z0-9] {1,4}-(?: |$)")
"""A line of a tagged export that is broken, or it would have been recognised."""
_BULLET = re.compile(r"\s*(?:[-*+•|]|\(?\d{1,4}[.)\]])\s")
"""The start of a line that speaks for itself, not for the heading above it."""
_LABEL = re.compile(r"^\W*(?:arxiv|doi|url|link|paper|pdf|source)\s*(?:id)?\W*$", re.IGNORECASE)
_ORNAMENT = re.compile(r"^[\s>#*+|•·–-]*(?:\[[ x]\]\s*)?(?:\(?\d{1,4}[.)\]]\s+)?[\s*_`|]*")
_MARKER = re.compile(
    r"^[\s>#+|•·–-]*(?:[*-]\s+|\.\.\s+)?(?:\[[ xX]?\]\s+)?(?:(?:\(?\d{1,4}[.)]|\[\d{1,4}\])\s+)?"
)
"""The same without what sets the title apart."""
_STATE = re.compile(
    r"^(?:(?:TODO|DONE|NEXT|WAITING|LATER|NOW|DOING|STARTED|READ|READING|CANCELLED)\s+)?(?:\[#\w\]\s+)?(?=\S)"
    r"|\s+:[\w@:]+:\s*$"
)
"""What Org and Logseq set before and behind a heading: the state of a task, tags."""
_RST_LINK = re.compile(r"`([^`<>]{2,500})<(https?://[^<>\s]{4,1000})>`__?")
_REFERENCE = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\]){2,300})\]\s?\[([^\[\]]{0,100})\]")
_DEFINED = re.compile(r"^\s{0,3}\[([^\[\]^]{1,300})\]:\s*<?https?://")
"""`[Title][1]` here, and `[1]: https://…` below."""
_SENTENCE = re.compile(r"[(\[]\s*(?:see|cf\.?|e\.g\.,?|from|in|via)[\s:]*[)\]]", re.IGNORECASE)
_SITE = re.compile(
    r"\s+(?:\||[-–—])\s+(?:(?:Nature|Science|Cell|PLOS|JAMA|NEJM|The Lancet)(?: [A-Z][\w ]+)?|PNAS"
    r"|Scientific Reports|ScienceDirect|ACL Anthology|OpenReview|arXiv|bioRxiv|medRxiv|ChemRxiv"
    r"|PubMed|PMC|SpringerLink|Proceedings of [^|]{3,200}|[^|]{3,80}\| IEEE Xplore|ACM [^|]{3,100}"
    r"|IEEE (?:\w+ )*Xplore|Semantic Scholar|Papers With Code|Hugging Face|Wiley Online Library"
    r"|Oxford Academic|Cambridge Core|MDPI|Frontiers|SSRN|alphaXiv)$"
    r"|^(?:Paper page - |\(PDF\) |\[PDF\] )"
)
"""What the title of a web page adds to that of the paper."""
_HTML = frozenset(("p", "div", "h1", "h2", "center", "img", "a", "br", "details", "span", "table"))
"""What Markdown may begin with; anything else is XML of some other kind."""
_LONGEST_ID = 160
"""Characters of a line that may be nothing but an identifier."""
_MOST_REFERENCES = 100_000
_NEAR = 6
"""Lines a heading may stand above the link of its paper."""


@dataclass(slots=True)
class _Heading:
    text: str = ""
    line: int = -_NEAR - 1
    said: dict[str, Any] = field(default_factory=dict)
    """What lines below it say before there is a link."""


def sniff(head: bytes) -> bool:
    """One line in ten, or three, with a link or identifier of a paper."""
    name, _ = root(head)
    if name and name.lower() not in _HTML:
        return False
    text = [line for line in opening(head).split("\n") if line.strip()]
    if sum(bool(_TAGGED.match(line)) for line in text) * 2 > len(text):
        return False
    tables = (mdtable.columns(above) for above, line in pairwise(text) if mdtable.is_rule(line))
    if any(len(columns) > 1 for columns in tables):
        return True
    hits = sum(bool(linked(line)) for line in text[:2000])
    return hits >= 3 or (hits > 0 and hits * 10 >= len(text))


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each paper once, with the best title its lines give."""
    yield from papers(stream, where, references=True)


def papers(stream: BinaryIO, where: str, references: bool) -> Iterator[Record]:
    """The same; references without a link only if they are asked for."""
    seen: set[str] = set()
    for number, told in _told(lines(stream)):
        place = f"{where}:{number}"
        found = told.get("ids", {})
        if not found and not references:
            continue
        key = _key(found) if found else str(told.get("title")).lower()
        if key in seen:
            continue
        if not told.get("title"):
            yield RejectedRecord(place, nameless(found), found)
            continue
        seen.add(key)
        try:
            yield paper(told)
        except NotAPaper as error:
            yield RejectedRecord(place, str(error))


def _told(text: Iterator[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The number of a line, and what it and those around it tell of a paper."""
    heading = before = _Heading()
    columns: mdtable.Columns = {}
    above = ""
    waiting: tuple[int, dict[str, Any]] | None = None
    referring: dict[str, str] = {}
    for number, line in enumerate(text, 1):
        if mdtable.is_rule(line):
            columns = mdtable.columns(above)
            continue
        above, columns = line, columns if "|" in line else {}
        said = {} if columns else cards.said(line)
        if said and not (said.keys() <= {"title"} and linked(line)):
            heading.line += 1
            if waiting and "title" not in said:
                told = waiting[1]
                if len(said.get("abstract", "")) > len(told.get("abstract", "")):
                    told = told | said  # a summary may come first
                waiting = waiting[0], said | told
            else:
                heading.said = said | heading.said
            continue
        found = {} if cards.is_remark(line) else linked(line)
        told = mdtable.fields(mdtable.cells(line), columns) if columns else _line(line)
        if "][" in line and len(referring) < _MOST_REFERENCES:
            referring |= {(to or name).lower(): name for name, to in _REFERENCE.findall(line)}
        if (defined := _DEFINED.match(line)) and (name := referring.get(defined[1].lower())):
            told = {"title": name.strip(" *_`")} if _names(name) else {}
        title = told.get("title", "")
        is_whole = len(told) > 1 if columns else citation.is_whole(told)
        if not found and not (title and is_whole):
            before = _Heading("" if "://" in line else title, number)
            if title and _HEADING.match(line):
                if waiting:
                    yield waiting
                waiting, heading = None, before
            continue
        if waiting and found and found == waiting[1]["ids"] and waiting[1].get("title"):
            continue  # the same paper once more, and what is said below is said of it
        if waiting:
            yield waiting
        is_link = cards.is_link(line) and not alone(line)
        near = number - heading.line <= _NEAR and (is_link or not _BULLET.match(line))
        if found and (not title or is_link):
            if near and (heading.text or heading.said):
                told = {"title": heading.text} | told | heading.said
                heading = _Heading()
            elif number - before.line == 1:
                told = told | {"title": before.text}
        link = _URL.search(line)
        waiting = number, told | {"ids": found, "url": link[0] if link else ""}
    if waiting:
        yield waiting


def of_page(title: str) -> str:
    """The title of a paper, of the title of a page about it."""
    return _SITE.sub("", title)


def nameless(found: dict[str, str]) -> str:
    """Why what is nothing but an identifier is refused."""
    return f"{_key(found)}, but no title beside it"


def _key(found: dict[str, str]) -> str:
    return next((f"{scheme}:{name}" for scheme, name in found.items()), "")


def lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of a text, cut where one is far too long."""
    rest = ""
    for text in text_of(stream):
        *whole, rest = (rest + text).split("\n")
        yield from (line[:65536] for line in whole)
        rest = rest if len(rest) <= MAX_LINE else ""
    yield rest[:65536]


def linked(line: str) -> dict[str, str]:
    """The identifiers of the first paper on a line, or the one the line is."""
    if len(line) > 65536 or not re.search(r"\d", line):
        return {}
    if whole := alone(line):
        return whole
    for url in _URL.findall(line):
        if found := ids.from_url(url.rstrip(".,;:")):
            return found
    for link in _LINK.finditer(line):
        if named := _FILE.search(link["url"]):
            return {"arxiv": named[1]}
    if bare := _BARE.search(line):
        return ids.from_bare(bare[1] or bare[2] or bare[3].rstrip(").,;]}*"))
    return {}


def alone(line: str) -> dict[str, str]:
    """The identifiers of a line that is nothing but one, or the URL of one."""
    if len(line) > _LONGEST_ID:
        return {}
    text = re.sub(r":\s+", ":", _ORNAMENT.sub("", line).strip().strip("<>"))
    if "://" in text:
        return ids.from_url(text) if _URL.fullmatch(text) else {}
    return {} if not text or set(text) & set(" [](<") else ids.from_bare(text)


def _line(line: str) -> dict[str, Any]:
    """What a line calls its paper, and what stands beside that: the text of a link is a title,
    else what is left without the links."""
    if alone(line):
        return {}
    line = _IMAGE.sub(" ", _NOTE.sub(" ", _linked_alike(line)))
    for link in _LINK.finditer(line):
        text = link["text"].strip(" *_`")
        if _names(text) and not citation.is_label(text):
            told = citation.told(of_page(text))
            beside = citation.parts(_without_links(line[link.end() :]))
            return beside | told if _names(told["title"]) else {"title": text}
    short = next((x["text"] for x in _LINK.finditer(line) if _is_name(x)), "").strip(" *_`")
    if short and re.match(r"\s*\|\s*[*_]*\[", line):
        return {"title": short}  # a row begins with its paper
    rest = _STATE.sub("", _without_links(_MARKER.sub("", line)))
    if rest.count("|") > 1:
        rest = max(rest.split("|"), key=len)
    told = citation.told(of_page(rest.strip(" \t")))
    title = told["title"]
    if citation.is_whole(told):
        return told
    is_sentence = _SENTENCE.search(rest) or citation.is_sentence(rest)
    if is_sentence or not _names(title) or _LABEL.match(title) or citation.is_label(rest):
        beside = {} if is_sentence else citation.parts(rest)
        return {"title": short} if short else beside
    return told


def _is_name(link: re.Match[str]) -> bool:
    """Whether the text of a link may be the short name of the paper it leads to."""
    return (
        re.fullmatch(r"\W*[^\W\d_][\w.+-]{2,}\W*", link["text"]) is not None
        and _NO_TITLE.fullmatch(link["text"]) is None
        and bool(ids.from_url(link["url"]) or _FILE.search(link["url"]))
    )


def _linked_alike(line: str) -> str:
    """The links of Org and of reStructuredText as Markdown writes them."""
    if "[[" in line:
        line = _ORG_LINK.sub(r"[\2](\1)", line)
    return _RST_LINK.sub(r"[\1](\2)", line) if ">`_" in line else line


def _without_links(text: str) -> str:
    text = _BARE.sub(" ", _URL.sub(" ", _LINK.sub(" ", text)))
    text = re.sub(r"[(\[]\s*[|/,;:·•]*\s*[)\]]", " ", text)
    text = re.sub(r"\s{2,}", " ", text)
    return re.sub(r"\s+(?:arxiv|doi|pdf|link|paper|code)\s*[:.]?\s*$", "", text, flags=re.I)


def _names(text: str) -> bool:
    """Whether a text can be a title: two words or more that say something."""
    return (
        _NO_TITLE.fullmatch(text) is None
        and not _URL.fullmatch(text)
        and (len(text.split()) > 1 or len(text) > 12)
    )


SOURCE = Source("list", "a list or Markdown with links to papers", sniff, read)
