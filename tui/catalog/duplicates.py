"""Papers that may be one under two titles: nearly the same words, different identifiers.

They are only listed: whether a paper and its sequel, its erratum or its other version are one is
for the person to say. Titles are compared where they share one of their rarest words, so what is
found costs seconds among 100,000 papers. Missed are pairs that share none of the three, as where
each rare word is spelled otherwise or written in one on one side only.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from tui.catalog.catalog import Stored
from tui.core.paper import surname
from tui.core.text import normalize

ALIKE = 90.0
"""Percent of the letters of two folded titles that agree, from which on they are a pair."""
_RAREST = 3
_CROWD = 300
"""Papers that share a word; where more do, two of the rarest words are looked for together."""
_LONG = 4
"""Words of a title that says enough where nobody names an author."""
_NUMBER = re.compile(r"\d+|\b(?:[ivx]+|one|two|three|first|second|third)\b")
"""What tells the parts and years of a series apart."""


@dataclass(frozen=True, slots=True)
class Title:
    """What is compared of a paper, and shown."""

    row: int
    key: str
    title: str
    folded: str
    year: str
    first_author: str
    surnames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two papers of nearly one title."""

    alike: float
    """Percent."""
    one: Title
    other: Title


def duplicates(papers: Iterable[Stored]) -> list[Pair]:
    """The pairs among `papers`, most alike first."""
    titles = [_title(stored) for stored in papers]
    found: dict[tuple[int, int], Pair] = {}
    for block in _blocks(titles):
        for one, other in combinations(block, 2):
            place = (one.row, other.row)
            if place in found:
                continue
            alike = fuzz.ratio(one.folded, other.folded, score_cutoff=ALIKE)
            if alike and _may_be_one(one, other):
                found[place] = Pair(alike, one, other)
    return sorted(found.values(), key=lambda pair: (-pair.alike, pair.one.row, pair.other.row))


def _title(stored: Stored) -> Title:
    paper = stored.paper
    authors = paper.authors
    return Title(
        stored.row,
        stored.key,
        paper.title,
        normalize(paper.title),
        paper.date[:4],
        authors[0] if authors else "",
        frozenset(map(surname, authors)),
    )


def _blocks(titles: list[Title]) -> Iterator[list[Title]]:
    """Titles that share a rare word, or two where the words of a title are all common."""
    papers_of = Counter(word for title in titles for word in set(title.folded.split()))
    blocks: defaultdict[str, list[Title]] = defaultdict(list)
    for title in titles:
        words = {word for word in title.folded.split() if papers_of[word] > 1}
        rarest = sorted(words, key=lambda word: (papers_of[word], word))[:_RAREST]
        rare = [word for word in rarest if papers_of[word] <= _CROWD]
        for name in rare or map(" ".join, combinations(rarest, 2)):
            blocks[name].append(title)
    return (block for block in blocks.values() if 1 < len(block) <= _CROWD)


def _may_be_one(one: Title, other: Title) -> bool:
    """Whether nothing but the title says otherwise: an author is shared or not known, and both
    are the same part, volume or year of a series."""
    if one.surnames and other.surnames:
        if not one.surnames & other.surnames:
            return False
    elif one.folded.count(" ") + 1 < _LONG or (not one.surnames and one.folded == other.folded):
        return False
    return _NUMBER.findall(one.folded) == _NUMBER.findall(other.folded)
