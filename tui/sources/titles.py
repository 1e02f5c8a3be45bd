"""A list of papers that links to nothing: a title a line, maybe with authors, venue and year.

Any text has lines, so it is taken for a list only if nearly all of them can be titles, and most
show it: by capitals, by a subtitle behind a colon, by being a reference or an identifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice, pairwise
from typing import Any, BinaryIO

from tui.sources import citation, listing, mdtable
from tui.sources.base import Record, RejectedRecord, Source
from tui.sources.fields import NotAPaper, paper
from tui.sources.text import opening
from tui.sources.xmlrecords import root

_HEADING = re.compile(
    r"\s{0,3}#{1,6}(?:\s|$)|\s*(?:[-*_=~]\s*){3,}$|\s*[^:.]{1,60}:\s*$|\s*<!--.*-->\s*$"
    r"|\W*(?:[Tt]itles?|[Pp]apers?)\W*$"
)
"""What stands above or between the lines of a list."""
_BULLET = re.compile(
    r"^[\s>]*(?:[-*+•–·]\s+)?(?:\[[ xX]?\]\s*)?(?:(?:\d{1,4}[.)]|\[\d{1,4}\])\s+)?"
)
_NO_TITLE = re.compile(
    r"[{}=<>\\\t@]|;$|,$|://|\b\d?\d:\d\d\b|^[\w./-]+@|\(\)|\$\s|^(?:\S*/){2}|^\W*$|[=!]="
    r"|^(?:from|import|def|class|return|if|for|while|usage|error|warning)\b|^--"
)
_OF_SCIENCE = re.compile(
    r"\b(?:learn|network|neural|model|analys|method|theor|approach|optimi[sz]|recogni|memor|attention"
    r"|stud(?:y|ies)|effects?\b|system|quantum|algorithm|estimat|inferen|predict|detect|classif|graph"
    r"|language|image|vision|transformer|survey|review of|toward|dynamic|stochastic|bayes|causal"
    r"|protein|gene\b|genom|cells?\b|clinical|disease|cancer|patient|policy|evidence|evaluat|measur"
    r"|equation|structur|function|statistic|simulat|represent|generat|embedding|semantic|robust"
    r"|efficien|scal(?:e|ing)\b|knowledge|reinforcement|unsupervised|federated|diffusion|untersuch"
    r"|grundlag|étude|análisis)|研究|方法|分析|基于|综述|学习|模型|算法|に関する|による|学習",
    re.IGNORECASE,
)
"""What titles in small letters are made of, and lists of things to do are not."""
_CHINESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_SMALL = 3
"""Letters of a word that titles write small."""
_FEWEST_WORDS = 3
"""Words of a line on average that lists of names and things have, and of titles more."""
_LONGEST = 400
_MOST = 2000
"""Lines that a list is recognised by."""


def sniff(head: bytes) -> bool:
    """Nearly every line can be a title or tells a paper."""
    if root(head)[0] or head[:1] in (b"{", b"@", b"%"):
        return False
    text = opening(head)
    lines = text.split("\n") if len(head) < 60_000 else text.split("\n")[:-1]
    return are_titles(lines[:_MOST])


def are_titles(lines: Iterable[str]) -> bool:
    """Whether lines are a list of titles."""
    able = strong = words = count = named = 0
    for line in lines:
        if not line.strip() or _HEADING.match(line):
            continue
        count += 1
        if mdtable.is_rule(line) or (listing.linked(line) and not listing.alone(line)):
            return False  # what `tui.sources.listing` is for
        text = _BULLET.sub("", line).strip()
        shown = listing.alone(line) or _is_reference(text)
        named += not listing.alone(line)
        able += bool(shown) or _can_be(text)
        strong += bool(shown) or _shows_it(text)
        words += 6 if listing.alone(line) else len(text.split()) + len(_CHINESE.findall(text)) // 2
    if not named or words <= _FEWEST_WORDS * count or able < 0.9 * count:
        return False
    return strong > 0.5 * count if count > 2 else strong == count


def _is_reference(text: str) -> bool:
    told = citation.told(text) if len(text) < 2000 else {}
    return len(told) > 1 and bool(told["title"])


def _can_be(text: str) -> bool:
    if len(text) > _LONGEST or _NO_TITLE.search(text):
        return False
    start = text.lstrip("\"'“‘«*_¿(")[:1]
    return (start.isupper() or start.isdecimal() or (start.isalpha() and not start.islower())) \
        and not re.search(r"[a-z]{3}\. |[.;]$", text.rstrip("."))  # fmt: skip


def _shows_it(text: str) -> bool:
    """Capitals in half of the longer words, or a subtitle, or the length of a title."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > _SMALL]
    capitals = sum(not word.islower() for word in words)
    if len(words) > 1 and capitals * 2 > len(words):
        return True
    if citation.is_sentence(text) or text.endswith("."):
        return False
    has_subtitle = len(words) > 2 and re.search(r"\w: \w", text) is not None
    return has_subtitle or _OF_SCIENCE.search(text) is not None


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each title. An identifier by itself is refused with it, to be looked up."""
    rest = listing.lines(stream)
    first = list(islice(rest, _MOST))
    paired = _are_paired(first)
    waiting: dict[str, Any] = {}
    for number, line in enumerate(chain(first, rest, [""]), 1):
        place = f"{where}:{number}"
        found = listing.alone(line)
        if waiting and paired and found:
            yield from _paper(waiting | {"ids": found}, place)
            waiting = {}
            continue
        if waiting:
            yield from _paper(waiting, f"{where}:{number - 1}")
            waiting = {}
        if found:
            yield RejectedRecord(place, listing.nameless(found), found)
        elif line.strip() and not _HEADING.match(line):
            waiting = citation.told(_BULLET.sub("", line))


def _paper(told: dict[str, Any], place: str) -> Iterator[Record]:
    try:
        yield paper(told)
    except NotAPaper as error:
        yield RejectedRecord(place, str(error))


def _are_paired(lines: list[str]) -> bool:
    """Whether each identifier stands below the title it belongs to."""
    return not any(
        listing.alone(line) and (not above.strip() or listing.alone(above))
        for above, line in pairwise(["", *lines])
    )


SOURCE = Source("titles", "a list of titles", sniff, read)
