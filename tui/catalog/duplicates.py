"""Pairs of papers that may be the same: nearly the same title, or an identifier of both.

Papers with one identifier or the same title are joined when they are added (`batch.py`). Only a
person can decide whether a paper and its sequel, its erratum or another version are one, so these
pairs are only listed, and so are the papers that were kept apart. Titles are compared if they share
one of their rarest words, which takes seconds for 100,000 papers. A pair that shares none of the
three rarest words is missed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from tui.catalog.catalog import Catalog, StoredPaper
from tui.core.identity import may_be_same
from tui.core.paper import Paper
from tui.core.text import normalize

MIN_SIMILARITY = 90.0
"""Per cent of the letters of two normalized titles that agree in a pair, at least."""
_RARE_WORDS = 3
"""How many of the rarest words of a title find the titles to compare it with."""
_MAX_BLOCK = 300
"""If more papers than this share a word, pairs of words find the titles instead."""


@dataclass(frozen=True, slots=True)
class Title:
    """What is compared and shown of a paper."""

    row: int
    key: str
    title: str
    normalized: str
    year: str
    first_author: str
    paper: Paper
    """Without abstract."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two papers that may be the same."""

    similarity: float
    """Per cent of the letters that agree."""
    one: Title
    other: Title
    shared: str = ""
    """The identifier that both have, if the second was kept apart: `doi:10.1000/bk`."""


def find_kept_apart(catalog: Catalog) -> list[Pair]:
    """Return the pairs of papers that were kept apart although they share an identifier."""
    sql = "SELECT fold, row FROM titles WHERE fold >= '=' AND fold < '>'"
    found = [(f, r) for f, r in catalog.fetch(sql)[0] if type(f) is str and type(r) is int]
    rows = catalog.rows_of(fold[1:] for fold, _ in found)
    titles = {
        stored.row: _title(stored)
        for stored in catalog.get_many(sorted({*rows.values(), *(row for _, row in found)}))
    }
    pairs = []
    for fold, row in found:
        one, other = titles.get(rows.get(fold[1:], row)), titles.get(row)
        if one and other and one != other:
            similarity = fuzz.ratio(one.normalized, other.normalized)
            pairs.append(Pair(similarity, one, other, fold[1:]))
    return pairs


def find_duplicates(papers: Iterable[StoredPaper]) -> list[Pair]:
    """Return the pairs among `papers`, most similar first."""
    titles = [_title(stored) for stored in papers]
    found: dict[tuple[int, int], Pair] = {}
    for block in _blocks(titles):
        for one, other in combinations(block, 2):
            place = (one.row, other.row)
            if place in found:
                continue
            similarity = fuzz.ratio(one.normalized, other.normalized, score_cutoff=MIN_SIMILARITY)
            if similarity and may_be_same(one.paper, other.paper):
                found[place] = Pair(similarity, one, other)
    return sorted(found.values(), key=lambda pair: (-pair.similarity, pair.one.row, pair.other.row))


def _title(stored: StoredPaper) -> Title:
    paper = stored.paper
    authors = paper.authors
    return Title(
        stored.row,
        stored.key,
        paper.title,
        normalize(paper.title),
        paper.date[:4],
        str(authors[0]) if authors else "",
        paper._replace(abstract=""),
    )


def _blocks(titles: list[Title]) -> Iterator[list[Title]]:
    """Yield groups of titles that share a rare word, or two if all words are common."""
    papers_of = Counter(word for title in titles for word in set(title.normalized.split()))
    blocks: defaultdict[str, list[Title]] = defaultdict(list)
    for title in titles:
        words = {word for word in title.normalized.split() if papers_of[word] > 1}
        rarest = sorted(words, key=lambda word: (papers_of[word], word))[:_RARE_WORDS]
        rare = [word for word in rarest if papers_of[word] <= _MAX_BLOCK]
        for name in rare or map(" ".join, combinations(rarest, 2)):
            blocks[name].append(title)
    return (block for block in blocks.values() if 1 < len(block) <= _MAX_BLOCK)
