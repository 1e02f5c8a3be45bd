"""The first sentences of an abstract, where full stops also end `et al.` and begin decimals."""

from __future__ import annotations

import re

from tui.core.text import shorten

MOST = 600
"""Characters after which a text is cut, however few sentences it has."""

_END = re.compile(r"""[.!?…][)\]"'”’»]*(?=\s+["'“‘«(\[]*[^\W_a-z])|[。！？]|\n\n""")
_NEVER_LAST = re.compile(
    r"""(?:^|[\s(\[“"'])(?:
        e\.?g|i\.e|et\ al|al|cf|vs|viz|resp|approx|ca|w\.r\.t|a\.k\.a|
        [Dd]rs?|[Mm]rs?|[Mm]s|[Pp]rof|St|
        [A-ZÀ-ÖØ-Þ](?:\.[A-Z])*              # initials: J. R. R. Tolkien, the U.S. Senate
    )\.$""",
    re.VERBOSE,
)
_BEFORE_A_NUMBER = re.compile(
    r"(?:^|[\s(\[])(?:figs?|eqs?|eqns?|secs?|sect|tabs?|refs?|algs?|thms?|defs?|props?|ch|chap|"
    r"vols?|nos?|pp?|apps?|[Ii]nc|jan|feb|mar|apr|aug|sept?|oct|nov|dec)\.$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s+[(\[]?(?:\d|[IVXLC]+\b|[A-Z](?:\.\d|\b(?!\s)))")


def first_sentences(text: str, count: int = 2) -> str:
    """The first `count` sentences of `text` on one line; cut with an ellipsis where too long."""
    end = len(text)
    left = count
    for found in _END.finditer(text):
        if found[0] not in "。！？" and not _ends(text, found.start(), found.end()):
            continue
        left -= 1
        if not left:
            end = found.end()
            break
    return shorten(" ".join(text[:end].split()), MOST)


def _ends(text: str, stop: int, end: int) -> bool:
    """Whether the mark at `stop` ends a sentence."""
    if text[stop] != ".":
        return True
    before = text[max(0, stop - 20) : stop + 1]
    if _NEVER_LAST.search(before):
        return False
    return not (_BEFORE_A_NUMBER.search(before) and _NUMBER.match(text, end))
