"""Markdown and plain lists: each line, heading or table row that links to a paper and names it.

What is nothing but an identifier is refused with it, so that `tui.services` can look it up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from tui import ids
from tui.sources.base import MAX_LINE, Record, Refused, Source
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
_APA_NAME = re.compile(r"([^\s,&][^,&]{0,60}), ((?:[^\W\d_]\.[ -]?){1,5})")
_APA = re.compile(
    r"\((?P<year>\d{4})[a-z]?(?:, [^()]{1,30})?\)\. (?P<title>[^.?!]{8,400}(?:[?!]|(?=\.)))"
)
"""`Family, G., & Other, O. (2017). Title.`"""
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
_HTML = frozenset(("p", "div", "h1", "h2", "center", "img", "a", "br", "details", "span", "table"))
"""What Markdown may begin with; anything else is XML of some other kind."""
_LONGEST_REFERENCE = 4000
_LONGEST_ID = 80
"""Characters of a line that may be nothing but an identifier."""
_NEAR = 6
"""Lines a heading may stand above the link of its paper."""


@dataclass(slots=True)
class _Heading:
    text: str = ""
    line: int = -_NEAR - 1


def sniff(head: bytes) -> bool:
    """One line in ten, or three, with a link or identifier of a paper."""
    name, _ = root(head)
    if name and name.lower() not in _HTML:
        return False
    lines = [line for line in opening(head).split("\n") if line.strip()]
    if sum(bool(_TAGGED.match(line)) for line in lines) * 2 > len(lines):
        return False
    hits = sum(bool(_found(line)) for line in lines[:2000])
    return hits >= 3 or (hits > 0 and hits * 10 >= len(lines))


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each paper once, with the best title its lines give."""
    seen: set[str] = set()
    heading = before = _Heading()
    for number, line in enumerate(_lines(stream), 1):
        found = _found(line)
        title = _title(line)
        if not found:
            before = _Heading(title, number)
            if title and _HEADING.match(line):
                heading = before
            continue
        key = next(f"{scheme}:{name}" for scheme, name in found.items())
        if not title and number - heading.line <= _NEAR and not _BULLET.match(line):
            title, heading = heading.text, _Heading()
        elif not title and number - before.line == 1:
            title = before.text
        if key in seen:
            continue
        if not title:
            yield Refused(f"{where}:{number}", f"{key}, but no title beside it", found)
            continue
        seen.add(key)
        link = _URL.search(line)
        try:
            told = {"title": title, "ids": found, "url": link[0] if link else ""}
            yield paper(told | _reference(line))
        except NotAPaper as error:
            yield Refused(f"{where}:{number}", str(error))


def _reference(line: str) -> dict[str, str]:
    """The parts of a reference in the style of the APA; none if it is not in it."""
    found = _APA.search(line[:_LONGEST_REFERENCE])
    before = _ORNAMENT.sub("", line[: found.start()]) if found else ""
    names = _APA_NAME.findall(before)
    if not found or not names or _APA_NAME.sub("", before).strip(" ,&.…"):
        return {}
    authors = "; ".join(f"{family}, {given}" for family, given in names)
    return {"title": found["title"], "authors": authors, "year": found["year"]}


def _lines(stream: BinaryIO) -> Iterator[str]:
    rest = ""
    for text in text_of(stream):
        *whole, rest = (rest + text).split("\n")
        yield from (line[:65536] for line in whole)
        rest = rest if len(rest) <= MAX_LINE else ""
    yield rest[:65536]


def _found(line: str) -> dict[str, str]:
    """The identifiers of the first paper on a line, or the one the line is."""
    if len(line) > 65536 or not re.search(r"\d", line):
        return {}
    if whole := _alone(line):
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


def _alone(line: str) -> dict[str, str]:
    """The identifiers of a line that is nothing but one."""
    if len(line) > _LONGEST_ID:
        return {}
    text = re.sub(r":\s+", ":", _ORNAMENT.sub("", line).strip())
    return {} if not text or set(text) & set(" [](<") or "://" in text else ids.from_bare(text)


def _title(line: str) -> str:
    """What a line calls its paper: the text of a link, else what is left without the links."""
    if _alone(line):
        return ""
    line = _NOTE.sub(" ", _ORG_LINK.sub(r"[\2](\1)", line))
    for link in _LINK.finditer(line):
        if _names(link["text"]) and not link["url"].lower().endswith((".png", ".svg", ".jpg")):
            return link["text"].strip(" *_`")
    rest = _LINK.sub(" ", line)
    rest = _BARE.sub(" ", _URL.sub(" ", rest))
    rest = _ORNAMENT.sub("", rest)
    if rest.count("|") > 1:
        rest = max(rest.split("|"), key=len)
    if bold := re.match(r"\*\*([^*]{8,300})\*\*", _ORNAMENT.sub("", line, count=1) or ""):
        rest = bold[1]
    rest = re.sub(r"[(\[]\s*[,;:]?\s*[)\]]", " ", rest)
    rest = re.sub(r"\s+(?:arxiv|doi|pdf|link|paper|code)\s*[:.]?\s*$", "", rest, flags=re.I)
    rest = rest.strip(" \t*_`|-–—:;,()[]<>")
    return rest if _names(rest) and not _LABEL.match(rest) else ""


def _names(text: str) -> bool:
    """Whether a text can be a title: two words or more that say something."""
    return (
        _NO_TITLE.fullmatch(text) is None
        and not _URL.fullmatch(text)
        and (len(text.split()) > 1 or len(text) > 12)
    )


SOURCE = Source("list", "a list or Markdown with links to papers", sniff, read)
