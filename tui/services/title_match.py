"""Decide whether a paper found by its title is the paper searched for; see `tui.core.merge`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import fuzz

from tui.core.merge import same_work
from tui.core.paper import Paper
from tui.core.text import normalize

NEAR = 95.0
"""Similarity (0 to 100) of two titles that differ by a typo or two."""
_ENOUGH_WORDS = 4
"""Without authors, shorter titles are not compared: several papers may have them."""
_PLAUSIBLE = 60.0
"""Similarity (0 to 100) that the titles of two versions of one paper reach."""
_NUMBER = re.compile(r"\d+[a-z]?|[ivx]+|[a-z]")
"""Words in which the titles of different papers of a series differ: `GPT-4`, `Part II`."""


def find_same(paper: Paper, found: Iterable[Paper]) -> Paper | None:
    """Return the first of those found that is the same work as `paper`."""
    return next((each for each in found if is_same(paper, each)), None)


def is_same(paper: Paper, other: Paper) -> bool:
    """Return whether the titles are nearly equal and no other field contradicts."""
    a, b = normalize(paper.title), normalize(other.title)
    if not same_work(paper, other) or not a or not b:
        return False
    if not (paper.authors and other.authors):
        return a == b and len(a.split()) >= _ENOUGH_WORDS
    return a == b or (fuzz.ratio(a, b) >= NEAR and _numbers(a) == _numbers(b))


def is_plausible(paper: Paper, other: Paper) -> bool:
    """Return whether a paper with the same identifier can be `paper`.

    Title and authors change between versions of a paper, but not both completely.
    """
    if {x.surname for x in paper.authors} & {x.surname for x in other.authors}:
        return True
    return fuzz.token_set_ratio(normalize(paper.title), normalize(other.title)) >= _PLAUSIBLE


def _numbers(title: str) -> Counter[str]:
    return Counter(word for word in title.split() if _NUMBER.fullmatch(word))
