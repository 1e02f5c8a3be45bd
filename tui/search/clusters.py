"""Groups of papers on one subject, each named by words of its titles.

The names come first. Terms of the titles are the candidates. The papers with a term in their titles
have a centre, and terms are chosen one after another so that all papers together are as near as
possible to the centre of one of them. Each paper is in the group of the nearest, or among the
others if none is near. So a name says why a paper is in its group; names that are made after the
groups often do not.

Papers are compared by TF-IDF, as similar papers are. An abstract has few words, and two papers on
one subject may share none of them. So the vectors are projected on the directions in which the
papers differ most (latent semantic analysis), where words that occur together count as alike. The
same papers in the same order give the same groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.core.progress import Check
from tui.index.snapshot import Snapshot
from tui.index.tfidf import idf
from tui.search.title_terms import Term, find_terms, singular, usual_spelling

MAX_GROUPS = 10
"""Groups at most, with that of the other papers."""
OTHER = "Other"
"""The name of the group of the papers that are near to no centre."""
FIELDS = {"title": 4.0, "abstract": 1.0}
"""The fields that are compared, and the weight of each.

The title weighs more than in the search for similar papers: what is in the abstracts alone cannot
name a group.
"""
_MAX_WORD_SHARE = 0.3
"""Words in a greater share of the papers are not compared."""
_MAX_WORDS = 2000
"""Words that are compared: those with the greatest weights in all papers."""
_DIRECTIONS = 20
"""Dimensions of the vectors: with fewer, papers on different subjects come to lie together."""
_PRODUCTS_WITHOUT_THREADS = 200_000
"""Products of numbers for which OpenBLAS starts no threads (it does from 262,144 on)."""
_MAX_TERM_SHARE = 0.2
"""A term in a greater share of the titles names no group: it would take in half of the papers."""
_MAX_PAIR_SHARE = 0.7
"""A word that is in one pair in a greater share of its titles names no group: the pair does."""
_TITLES_PER_THOUSAND = 10
"""Titles of a thousand that must have a term; at least two titles must."""
_IN_ABSTRACT, _ABSENT = 0.8, 0.5
"""Factors of the nearness of a paper to a term that is not in its title."""
_CHOSEN_NEARNESS = 0.25
"""Papers that are less near to a term do not count when terms are chosen."""
_LEAST_COSINE, _LEAST_COSINE_WITHOUT = 0.3, 0.5
"""How near a paper must be to the centre of a group to join it: with its term, and without.

A group may be passed over as a whole, so a paper in a wrong group costs more than one among the
others.
"""
_NAME_TERMS = 3
"""Terms of a name at most."""
_LEAST_LIFT = 2.0
"""How much more frequent than in the other papers a further term of a name is in the group."""
_LEAST_SHARE = 0.2
"""The share of the papers of the group that have a further term of its name."""

Floats = NDArray[np.float32]


class PaperGroup(NamedTuple):
    """Papers on one subject."""

    name: str
    """Up to three terms of its titles, as they are spelled there."""
    rows: list[int]
    """The catalog rows of the papers, in the order of the list."""


def group_docs(
    snapshot: Snapshot, docs: NDArray[np.int32], check: Check
) -> list[tuple[str, NDArray[np.int64]]]:
    """Return the name of each group of `docs` and the places of its docs, ascending.

    The largest group is first, of equally large ones that with the first doc; that of the other
    papers is last.
    """
    words = _Words(snapshot, docs)
    check()
    vectors = _project(words.vectors())
    check()
    terms = _CandidateTerms([snapshot.title(doc) for doc in docs.tolist()], words)
    check()
    labels, chosen = _choose(terms, vectors)
    check()
    labels = _join_nearest(terms, vectors, labels, chosen)
    groups = [
        (terms.name(term, labels == number, chosen), np.flatnonzero(labels == number))
        for number, term in enumerate(chosen)
        if (labels == number).any()
    ]
    groups.sort(key=lambda group: (-len(group[1]), group[1][0]))
    others = np.flatnonzero(labels < 0)
    return [*groups, (OTHER, others)] if len(others) else groups


class _Words:
    """Which docs have which words in title or abstract; each pair of doc and word is there once."""

    def __init__(self, snapshot: Snapshot, docs: NDArray[np.int32]) -> None:
        self.size = len(docs)
        """How many docs there are."""
        self.numbers: dict[str, int] = {}
        """Each word, as `singular` returns it, to its number."""
        keys: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
        weights = [np.zeros(0, np.float32)]
        for segment, part in snapshot.parts():
            places = np.flatnonzero((docs >= part.start) & (docs < part.stop))
            for name, weight in FIELDS.items():
                tokens, offsets = segment.fields[name].texts_of(docs[places] - part.start)
                ids, at = np.unique(tokens, return_inverse=True)
                numbers = np.array(self._number(segment.vocabulary.get_many(ids)), np.int64)
                owners = np.repeat(places, np.diff(offsets))
                keys.append(np.unique((owners << 32) | numbers[at]))
                weights.append(np.full(len(keys[-1]), weight, np.float32))
        pairs, place = np.unique(np.concatenate(keys), return_inverse=True)
        self.docs, self.ids = pairs >> 32, pairs & 0xFFFFFFFF
        """int64 [pairs]: the place of the doc and the number of the word."""
        self.weights = np.bincount(place, np.concatenate(weights)).astype(np.float32)
        """float32 [pairs]: the sum of the weights of the fields that have the word."""

    def _number(self, words: Sequence[str]) -> list[int]:
        numbers = self.numbers
        return [numbers.setdefault(singular(word), len(numbers)) for word in words]

    def vectors(self) -> Floats:
        """Return the TF-IDF vectors of length 1 of the words that tell most, [docs, words]."""
        counts = np.bincount(self.ids, minlength=len(self.numbers))
        tells = (counts > 1) & (counts <= max(6, _MAX_WORD_SHARE * self.size))
        values = np.where(tells, idf(counts, self.size), 0)[self.ids] * self.weights
        total = np.bincount(self.ids, values**2, len(counts))
        best = np.argsort(-total, kind="stable")[:_MAX_WORDS]
        columns, kept = self._columns(best[total[best] > 0].tolist())
        vectors = np.zeros((self.size, int(columns.max(initial=-1)) + 1), np.float32)
        vectors[self.docs[kept], columns[kept]] = values[kept]
        return _normalize(vectors)

    def have(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Return which docs have each word, bool [words, docs]."""
        rows, kept = self._columns([self.numbers.get(word, -1) for word in words])
        found = np.zeros((len(words), self.size), bool)
        found[rows[kept], self.docs[kept]] = True
        return found

    def _columns(self, ids: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the place in `ids` of the word of each pair, and which pairs have one."""
        place = np.full(len(self.numbers) + 1, -1)  # the last is for the unknown word, -1
        place[ids] = np.arange(len(ids))
        places = place[:-1][self.ids]
        return places, places >= 0


def _normalize(vectors: Floats) -> Floats:
    """Return the vectors with length 1; those of length 0 stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Floats = vectors / np.maximum(lengths, np.float32(1e-6))
    return scaled


def _multiply(left: Floats, right: Floats) -> Floats:
    """Return `left @ right`, computed a few rows at a time, so that BLAS starts no threads.

    On a busy machine it takes many times as long to wait for these as to multiply.
    """
    rows = max(1, _PRODUCTS_WITHOUT_THREADS // max(1, right.size))
    starts = range(0, max(1, len(left)), rows)
    return np.concatenate([left[low : low + rows] @ right for low in starts])


def _project(vectors: Floats) -> Floats:
    """Return vectors of length 1 along the main directions, by randomized subspace iteration.

    Halko, Martinsson, Tropp, "Finding structure with randomness", 2011, algorithm 4.4.
    """
    few = min(_DIRECTIONS, *vectors.shape)
    start = np.random.default_rng(1).standard_normal((vectors.shape[1], few), np.float32)
    along = _multiply(vectors, start)
    for _ in range(3):
        basis = np.linalg.qr(along)[0]
        along = _multiply(vectors, _multiply(vectors.T, basis))
    squares, turn = np.linalg.eigh(_multiply(basis.T, along))
    return _normalize(_multiply(basis, turn * np.sqrt(np.maximum(squares, 0))))


class _CandidateTerms:
    """The terms that may name a group, and which docs have them."""

    def __init__(self, titles: Sequence[str], words: _Words) -> None:
        size = len(titles)
        least = max(2, size * _TITLES_PER_THOUSAND // 1000)
        most = max(4, _MAX_TERM_SHARE * size)
        found = find_terms(titles)
        in_pairs = Counter[Term]()
        """A word to the most titles that have it in one and the same pair."""
        for pair, spellings in found.items():
            for word in pair if len(pair) > 1 else ():
                in_pairs[word,] = max(in_pairs[word,], len(spellings))
        self._terms: list[Term] = [
            term
            for term, spellings in found.items()
            if least <= len(spellings) <= most and in_pairs[term] < _MAX_PAIR_SHARE * len(spellings)
        ]
        self._spellings = [usual_spelling(found[term].values()) for term in self._terms]
        self.in_title = np.zeros((len(self._terms), size), bool)
        """bool [terms, docs]: which docs have the term in the title."""
        for number, term in enumerate(self._terms):
            self.in_title[number, list(found[term])] = True
        firsts, lasts = [[term[at] for term in self._terms] for at in (0, -1)]
        self.in_text = words.have(firsts) & words.have(lasts) | self.in_title
        """bool [terms, docs]: which docs have the words of the term in title or abstract."""

    def name(self, term: int, members: NDArray[np.bool_], chosen: Sequence[int]) -> str:
        """Return the name of the group of a term: it, and the terms that tell the group best.

        `chosen` are the terms of all groups; none is named after the term of another.
        """
        levels = (self.in_title + self.in_text.astype(np.float32)) / 2
        share = levels[:, members].mean(axis=1)
        rest = levels[:, ~members].sum(axis=1) / max(1, np.count_nonzero(~members))
        lift = (share + 0.02) / (rest + 0.02)
        scores = np.where((lift >= _LEAST_LIFT) & (share >= _LEAST_SHARE), share * np.log(lift), 0)
        named = [term]
        for other in np.argsort(-scores, kind="stable").tolist():
            if scores[other] <= 0 or len(named) == _NAME_TERMS:
                break
            if not any(self._overlap(other, each) for each in (*chosen, *named)):
                named.append(other)
        name = ", ".join(self._spellings[each] for each in named)
        return name[0].upper() + name[1:] if name.split(",")[0].islower() else name

    def _overlap(self, one: int, other: int) -> bool:
        """Return whether two terms have words with the same beginning: `vision`, `visual`."""
        starts = [{word[:4] for word in self._terms[term]} for term in (one, other)]
        return bool(starts[0] & starts[1])


def _choose(terms: _CandidateTerms, vectors: Floats) -> tuple[NDArray[np.int64], list[int]]:
    """Return the number of the group that each doc is in, -1 for none, and the term of each group.

    Each term is chosen for what it adds to the sum of the nearness of all docs.
    """
    count = min(MAX_GROUPS - 1, round(len(vectors) ** 0.5))
    centres = _normalize(_multiply(terms.in_title.astype(np.float32), vectors))
    # By the power, a few near docs count more than many that are less near.
    nearness = np.maximum(_multiply(centres, vectors.T), 0) ** 1.5
    nearness *= np.where(terms.in_title, 1, np.where(terms.in_text, _IN_ABSTRACT, _ABSENT))
    best = np.full(len(vectors), _CHOSEN_NEARNESS, np.float32)
    labels = np.full(len(vectors), -1)
    chosen: list[int] = []
    while len(chosen) < count and len(nearness):
        gains = np.maximum(nearness - best, 0).sum(axis=1)
        term = int(gains.argmax())
        if gains[term] <= 0:
            break
        labels[nearness[term] > best] = len(chosen)
        best = np.maximum(best, nearness[term])
        chosen.append(term)
    return labels, chosen


def _join_nearest(
    terms: _CandidateTerms, vectors: Floats, labels: NDArray[np.int64], chosen: list[int]
) -> NDArray[np.int64]:
    """Return the labels, with the docs that are in no group in the nearest one.

    A group of one doc is none, and that doc is among the others.
    """
    if not chosen:
        return labels
    members = labels == np.arange(len(chosen))[:, None]
    centres = _normalize(_multiply(members.astype(np.float32), vectors))
    cosines = _multiply(centres, vectors.T)
    cosines *= np.where(terms.in_text[chosen], 1, _LEAST_COSINE / _LEAST_COSINE_WITHOUT)
    nearest = np.where(cosines.max(axis=0) >= _LEAST_COSINE, cosines.argmax(axis=0), -1)
    labels = np.where(labels < 0, nearest, labels)
    sizes = np.bincount(labels + 1, minlength=len(chosen) + 1)[1:]
    return np.where(sizes[labels] < 2, -1, labels)
