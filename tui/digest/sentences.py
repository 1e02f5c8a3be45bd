"""The first sentences of an abstract. Not every full stop ends one: abbreviations, numbers."""

from __future__ import annotations

import re
from itertools import islice

from tui.core.text import shorten

MAX_LENGTH = 600
"""In characters; longer sentences are cut."""

# A mark that can end a sentence, with closing quotes, before a word without a small first letter.
_END = re.compile(r"""[.!?…][)\]"'”’»]*(?=\s+["'“‘«(\[]*[^\W_a-z])|[。！？]|\n\n""")
# Abbreviations that never end a sentence.
_ABBREVIATION = re.compile(
    r"""(?:^|[\s(\[“"'])(?:
        e\.?g|i\.e|et\ al|al|cf|vs|viz|resp|approx|ca|w\.r\.t|a\.k\.a|
        [Dd]rs?|[Mm]rs?|[Mm]s|[Pp]rof|St|
        [A-ZÀ-ÖØ-Þ](?:\.[A-Z])*              # initials: J. R. R. Tolkien, the U.S. Senate
    )\.$""",
    re.VERBOSE,
)
# Abbreviations that end a sentence unless a number follows: `Fig. 3`, `Inc. II`, `Thm. A.1`.
_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(\[])(?:figs?|eqs?|eqns?|secs?|sect|tabs?|refs?|algs?|thms?|defs?|props?|ch|chap|"
    r"vols?|nos?|pp?|apps?|[Ii]nc|jan|feb|mar|apr|aug|sept?|oct|nov|dec)\.$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s+[(\[]?(?:\d|[IVXLC]+\b|[A-Z](?:\.\d|\b(?!\s)))")


def first_sentences(text: str, count: int = 2) -> str:
    """Return the first `count` sentences of `text` on one line, cut at MAX_LENGTH."""
    ends = (found.end() for found in _END.finditer(text) if _ends_sentence(text, *found.span()))
    end = next(islice(ends, count - 1, None), len(text))
    return shorten(" ".join(text[:end].split()), MAX_LENGTH)


def _ends_sentence(text: str, stop: int, end: int) -> bool:
    """Whether the mark at `stop`, with quotes up to `end`, ends a sentence."""
    if text[stop] != ".":
        return True
    before = text[max(0, stop - 20) : stop + 1]
    if _ABBREVIATION.search(before):
        return False
    return not (_BEFORE_NUMBER.search(before) and _NUMBER.match(text, end))
