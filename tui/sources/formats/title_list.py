"""A list of papers without links: one title on each line, maybe with authors, venue and year.

Any text has lines, so it is taken for a list only if nearly all of them can be titles, and most
show it: by capitals, by a subtitle behind a colon, by being a reference or an identifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice, pairwise
from typing import Any, BinaryIO

from tui.sources.decoding import decode_head, decode_lines
from tui.sources.engines import citation, markdown
from tui.sources.engines.xml import root_element
from tui.sources.formats.markdown_links import (
    bare_identifier,
    exported_fields,
    identifiers_in,
    is_own_list,
    missing_title_reason,
)
from tui.sources.interface import FunctionFormat, Record, RejectedRecord
from tui.sources.record import read_record

_BETWEEN = re.compile(
    r"\s{0,3}#{1,6}(?:\s|$)|\s*(?:[-*_=~]\s*){3,}$|\s*[^:.]{1,60}:\s*$|\s*<!--.*-->\s*$"
    r"|\W*(?:[Tt]itles?|[Pp]apers?)\W*$"
)
"""What stands above or between the lines of a list: headings, rules, `To read:`."""
_BULLET = re.compile(
    r"^[\s>]*(?:[-*+•–·]\s+)?(?:\[[ xX]?\]\s*)?(?:(?:\d{1,4}[.)]|\[\d{1,4}\])\s+)?"
)
_NO_TITLE = re.compile(
    r"[{}=<>\\\t@]|;$|,$|://|\b\d?\d:\d\d\b|^[\w./-]+@|\(\)|\$\s|^(?:\S*/){2}|^\W*$|[=!]="
    r"|(?:,[^\s,\d][^,]*){2}"
    r"|[。，、；]$|。.|::|,\)|;\s*[0-9A-F]{4}\b|^[0-9A-F]{4,6}[.;]|\[\."
    r"|^(?:from|import|def|class|return|if|for|while|usage|error|warning)\b|^--"
)
"""What lines of programs, logs, mails and lists of files have, and no title."""
HEADERS = re.compile(r"\s*(?:[A-Z][\w-]*: .*\n){3}")
"""Several labels at the start: the metadata of a package, a control file."""
_SCIENCE_WORDS = re.compile(
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
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
"""Two such characters count as a word: these languages put no spaces between words."""
_SENTENCES = re.compile(r"[a-z]{3}\. |[.;]$")
_SHORT_WORD = 3
"""Letters of a word that titles do not capitalize."""
_FEWEST_WORDS = 3
"""Average number of words in a line that a list of titles exceeds and a list of names does not."""
_IDENTIFIER_WORDS = 6
"""Words that an identifier counts for."""
_OF_WORKS = ("authors", "venue")
_LONGEST = 400
_LONGEST_REFERENCE = 2000
_SAMPLE = 2000
"""Lines that a list is recognised by."""


def sniff(head: bytes) -> bool:
    """Nearly every line can be a title or names a paper."""
    if root_element(head) or head[:1] in (b"{", b"@", b"%"):
        return False
    text = decode_head(head)
    if HEADERS.match(text) or is_own_list(text.split("\n", 1)):
        return False
    lines = text.split("\n") if len(head) < 60_000 else text.split("\n")[:-1]
    return _are_titles(lines[:_SAMPLE])


def _are_titles(lines: Iterable[str]) -> bool:
    """Whether lines are a list of titles."""
    count = able = strong = words = titles = 0
    for line in lines:
        if not line.strip() or _BETWEEN.match(line):
            continue
        identifier = bare_identifier(line)
        has_link = not identifier and identifiers_in(line)
        if has_link or markdown.is_table_rule(line) or exported_fields(line):
            return False  # `markdown_links` reads these
        text = _BULLET.sub("", line).strip()
        fields = citation.parse_reference(text) if len(text) < _LONGEST_REFERENCE else {}
        is_reference = bool(fields.get("title")) and not fields.keys().isdisjoint(_OF_WORKS)
        names_paper = bool(identifier) or is_reference
        count += 1
        titles += not identifier
        able += names_paper or _can_be_title(text)
        strong += names_paper or _shows_title(text)
        words += (
            _IDENTIFIER_WORDS if identifier else len(text.split()) + len(_CJK.findall(text)) // 2
        )
    if not titles or words <= _FEWEST_WORDS * count or able < 0.9 * count:
        return False
    return strong > 0.5 * count if count > 2 else strong == count


def _can_be_title(text: str) -> bool:
    """Whether a line can be a title, rather than a line of a program, a text or a log."""
    if len(text) > _LONGEST or _NO_TITLE.search(text) or _SENTENCES.search(text.rstrip(".")):
        return False
    first = text.lstrip("\"'“‘«*_¿(")[:1]
    return first.isupper() or first.isdecimal() or (first.isalpha() and not first.islower())


def _shows_title(text: str) -> bool:
    """Whether half of the longer words are capitalized, or there is a subtitle, or a term."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > _SHORT_WORD]
    capitals = sum(not word.islower() for word in words)
    if len(words) > 1 and capitals * 2 > len(words) and not text.isupper():
        return True
    if citation.is_sentence(text) or text.endswith("."):
        return False
    has_subtitle = len(words) > 2 and re.search(r"\w: \w", text) is not None
    return has_subtitle or _SCIENCE_WORDS.search(text) is not None


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Yield each title. A line with only an identifier is rejected with it, to be looked up."""
    rest = decode_lines(stream)
    sample = list(islice(rest, _SAMPLE))
    are_paired = _are_paired(sample)
    waiting: dict[str, Any] = {}
    """A title whose identifier may stand on the next line."""
    for number, line in enumerate(chain(sample, rest, [""]), 1):
        place = f"{where}:{number}"
        found = bare_identifier(line)
        if waiting:
            identified = found if are_paired else {}
            title_place = place if identified else f"{where}:{number - 1}"
            fields = waiting | ({"ids": identified} if identified else {})
            yield from read_record(title_place, dict, fields)
            waiting = {}
            if identified:
                continue
        if found:
            yield RejectedRecord(place, missing_title_reason(found), found)
        elif line.strip() and not _BETWEEN.match(line):
            waiting = citation.parse_reference(_BULLET.sub("", line))


def _are_paired(lines: list[str]) -> bool:
    """Whether each identifier stands below the title it belongs to."""
    return not any(
        bare_identifier(line) and (not above.strip() or bare_identifier(above))
        for above, line in pairwise(["", *lines])
    )


FORMAT = FunctionFormat("titles", "a list of titles", sniff, read)
