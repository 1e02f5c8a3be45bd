"""A paper without identifiers, found by its title: that very paper, or none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import fuzz

from tui.core.merge import same_work
from tui.core.paper import Paper, surname
from tui.core.text import normalize

NEAR = 95.0
"""Of 100: a typo or two in a title."""
_TELLING_WORDS = 4
"""A shorter title may be many a paper's, where no authors are known."""
_ALIKE = 60.0
"""Of 100: below, two titles are not of two versions of one paper."""
_NUMBER = re.compile(r"\d+[a-z]?|[ivx]+|[a-z]")
"""Words in which two parts of one work differ: `GPT-4`, `Part II`, `Appendix B`."""


def match(paper: Paper, found: Iterable[Paper]) -> Paper | None:
    """The first of those found that is the same work as `paper`."""
    return next((each for each in found if is_same(paper, each)), None)


def is_same(paper: Paper, other: Paper) -> bool:
    """Whether the titles are nearly equal and nothing else speaks against it."""
    a, b = normalize(paper.title), normalize(other.title)
    if not same_work(paper, other) or not a or not b:
        return False
    if not (paper.authors and other.authors):
        return a == b and len(a.split()) >= _TELLING_WORDS
    return a == b or (fuzz.ratio(a, b) >= NEAR and _numbers(a) == _numbers(b))


def is_plausible(paper: Paper, other: Paper) -> bool:
    """Whether what a service has under an identifier can be the paper: titles and authors change
    from version to version, but not both altogether."""
    if {surname(x) for x in paper.authors} & {surname(x) for x in other.authors}:
        return True
    return fuzz.token_set_ratio(normalize(paper.title), normalize(other.title)) >= _ALIKE


def _numbers(title: str) -> Counter[str]:
    return Counter(word for word in title.split() if _NUMBER.fullmatch(word))
