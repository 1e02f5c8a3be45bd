"""Which words of the index a typed word matches, and which docs have them.

A typed word matches itself, the words that begin with it and the words that have it inside. In
abstracts, which are long, it matches inside words only if it is rare: `former` would otherwise find
half of the papers. It matches words that are joined by a hyphen as one: `pretraining` finds
`pre-training`. A year also matches the papers of that year: people remember a paper as
`hinton 2006`.

Typos are forgiven: it also matches near words, those that it may be a typo of. The index of a large
library has misspelled words too, so a word that is in the index may still be a typo. A near word
matches if it is at least MIN_FREQUENCY_RATIO times as frequent as the typed word: `trasnformer`, in
3 papers, is a typo of `transformer`, in 30,000, while `modal` is none of `model`.
`tui.index.spelling.max_typos` says how far away near words may be, `levels.py` how much they count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tui.core.progress import Check
from tui.index.segment import TextSegment
from tui.index.snapshot import Snapshot
from tui.index.spelling import max_typos
from tui.index.vocabulary import MIN_INNER_LENGTH
from tui.search.cache import Cache
from tui.search.levels import EXACT_LEVELS, LEVELS, PREFIX_LEVELS, TYPO_KINDS
from tui.search.query.parse import MAX_WORDS
from tui.search.query.tree import FIELDS, Word

MIN_FREQUENCY_RATIO = 20
"""How many times as frequent as the typed word a near word must be for that to be a typo."""
RARE_BELOW = 10
"""A typed word with fewer occurrences is rare."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-f]?")
"""A year; in `Roe 2007a` a letter tells the papers of one year apart."""
_YEAR_BEGUN = re.compile(r"[12]|1[5-9]\d?|20\d?")
_YEAR_LEVEL = np.uint8(EXACT_LEVELS["author"])
"""What the year of a paper counts: people know it as they know an author."""
_NO_IDS = np.zeros(0, np.int64)
MAX_HIGHLIGHTED = 40
"""Near words that are kept of one typed word, to be highlighted."""
_CACHE_BYTES = 8 << 20
"""Memory for the levels of the last words."""
_CACHE_LEAST = MAX_WORDS + 8
"""Words that are kept however many papers there are: those of the longest query, and a few more."""


@dataclass(slots=True)
class MatchedIds:
    """The words of one segment that a typed word matches, as ids."""

    exact: tuple[int, int] = (0, 0)
    """The range `low <= id < high` of the word itself: one id, or none."""
    prefix: tuple[int, int] = (0, 0)
    """The range of the words that begin with it."""
    others: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    """Sorted ids by the other kinds of match, int64."""


@dataclass(frozen=True, slots=True)
class WordMatch:
    """What a typed word matches."""

    word: str
    levels: NDArray[np.uint8]
    """uint8 [N]: how well each doc matches; see `tui.search.levels`."""
    ids: tuple[MatchedIds, ...]
    """The words that it matches in each segment, and last in the texts of the marks."""
    compounds: tuple[str, ...]
    """The ways to write it with a hyphen, with a space for that: `pre training`."""
    near_words: tuple[str, ...]
    """The near words it matches, the nearest and most frequent first; at most MAX_HIGHLIGHTED."""
    is_rare: bool
    doc_count: int
    """How many docs match."""


class WordMatcher:
    """Matches words against one snapshot and the texts of the marks. Safe for several threads."""

    def __init__(
        self, snapshot: Snapshot, mark_texts: TextSegment, mark_docs: NDArray[np.int32]
    ) -> None:
        """`mark_docs` is the doc of each text of `mark_texts`, int32; -1 where it has none."""
        self._snapshot = snapshot
        self._mark_texts = mark_texts
        self._mark_docs = mark_docs
        self._segments: tuple[TextSegment, ...] = (*snapshot.segments, mark_texts)
        size = max(_CACHE_LEAST, _CACHE_BYTES // (snapshot.size + 1))
        self._cache = Cache[Word, WordMatch](size)

    def match(self, word: Word, check: Check) -> WordMatch:
        """Return what `word` matches."""
        found = self._cache.get(word)
        if found is None:
            found = self._match(word, check)
            self._cache.put(word, found)
        return found

    def _match(self, word: Word, check: Check) -> WordMatch:
        text = word.text
        ids = [MatchedIds() for _ in self._segments]
        compounds = [dict(segment.compounds.find(text)) for segment in self._segments]
        total = sum(
            segment.compounds.count_living(places, segment.dead)
            for segment, each in zip(self._segments, compounds, strict=True)
            for places in each.values()
        )
        days = _days_of_year(word)
        if days:
            of_year = (self._snapshot.day >= days[0]) & (self._snapshot.day <= days[1])
            total += int(np.count_nonzero(of_year & self._snapshot.alive))
        for segment, matched in zip(self._segments, ids, strict=True):
            low, high = matched.prefix = segment.vocabulary.prefix_range(text)
            if low < high and segment.vocabulary[low] == text:
                matched.exact = (low, low + 1)
            total += int(segment.cumulative_counts[high] - segment.cumulative_counts[low])
            if len(text) >= MIN_INNER_LENGTH:
                matched.others["inside"] = segment.vocabulary.ids_containing(text)
            check()
        near_words = self._forgive_typos(word, total, ids, check)
        levels = np.zeros(self._snapshot.size, np.uint8)
        is_rare = total < RARE_BELOW
        parts = zip(self._snapshot.parts(), ids, compounds, strict=False)
        for (segment, docs), matched, joined in parts:
            local = levels[docs]
            _write_levels(local, segment, matched, word.fields, is_rare, check)
            if joined:
                _write_compound_levels(local, segment, joined.values(), word.fields)
        if len(self._mark_docs):
            local = np.zeros(self._mark_texts.size, np.uint8)
            _write_levels(local, self._mark_texts, ids[-1], word.fields, is_rare, check)
            _write_compound_levels(local, self._mark_texts, compounds[-1].values(), word.fields)
            raise_levels(levels, self._mark_docs, local)
        if days:
            levels[of_year] = np.maximum(levels[of_year], _YEAR_LEVEL)
        doc_count = int(np.count_nonzero(levels))
        spellings = tuple(dict.fromkeys(spelling for each in compounds for spelling in each))
        return WordMatch(text, levels, tuple(ids), spellings, near_words, is_rare, doc_count)

    def _forgive_typos(
        self, word: Word, total: int, ids: list[MatchedIds], check: Check
    ) -> tuple[str, ...]:
        """Add the ids of the words that `word` may be a typo of to `ids`, and return these words.

        `total` is how often the typed word occurs.
        """
        text = word.text
        least = max(1, MIN_FREQUENCY_RATIO * total)
        if not max_typos(text) or least > self._snapshot.size * len(FIELDS):
            return ()
        # A word that occurs `least` times in all does so this often in at least one segment.
        share = -(-least // len(self._segments))
        kind_of: dict[str, str] = {}
        for segment in self._segments:
            for near, kind in _find_typo_matches(segment, word, share):
                if kind == "typo_in_prefix":
                    kind_of.setdefault(near, kind)
                else:
                    kind_of[near] = kind
            check()
        counts = dict.fromkeys(kind_of, 0)
        ids_of: list[dict[str, int]] = []
        for segment in self._segments:
            id_of = {near: i for near in kind_of if (i := segment.vocabulary.find(near)) >= 0}
            ids_of.append(id_of)
            for near, id_ in id_of.items():
                counts[near] += int(segment.counts[id_])
        accepted = [near for near in kind_of if not near.startswith(text) and counts[near] >= least]
        for matched, id_of in zip(ids, ids_of, strict=True):
            for kind in TYPO_KINDS:
                some = [id_of[w] for w in accepted if kind_of[w] == kind and w in id_of]
                matched.others[kind] = np.array(sorted(some), np.int64)
        accepted.sort(key=lambda near: (TYPO_KINDS.index(kind_of[near]), -counts[near], near))
        return tuple(accepted[:MAX_HIGHLIGHTED])


def _find_typo_matches(segment: TextSegment, word: Word, least: int) -> Iterator[tuple[str, str]]:
    """Yield the words of a segment that occur `least` times and of which `word` may be a typo.

    Each is a pair of the word and its kind of match.
    """
    if word.still_typed:
        prefixes = segment.spelling.find_near_prefixes(word.text, segment.counts, least)
        for near in segment.vocabulary.get_many(prefixes):
            yield near, "typo_in_prefix"
    ids, edits = segment.spelling.find_near_words(word.text, segment.counts, least)
    for near, distance in zip(segment.vocabulary.get_many(ids), edits.tolist(), strict=True):
        yield near, "typo" if distance == 1 else "two_typos"


def _days_of_year(word: Word) -> tuple[int, int] | None:
    """Return the first and last day, as yyyymmdd, of the year that a plain word is.

    While it is typed, `20` is all years from 2000 to 2099.
    """
    is_year = _YEAR.fullmatch(word.text) or (word.still_typed and _YEAR_BEGUN.fullmatch(word.text))
    if not is_year or word.fields != FIELDS:
        return None
    year = word.text[:4]
    return int(year.ljust(8, "0")), int(year.ljust(8, "9"))


def raise_levels(
    levels: NDArray[np.uint8], docs: NDArray[np.int32], local: NDArray[np.uint8]
) -> None:
    """Raise the levels of `docs` to `local`, where that is greater; docs of -1 are left out."""
    matched = (local > 0) & (docs >= 0)
    docs = docs[matched]
    levels[docs] = np.maximum(levels[docs], local[matched])


def _write_levels(
    levels: NDArray[np.uint8],
    segment: TextSegment,
    ids: MatchedIds,
    fields: tuple[str, ...],
    is_rare: bool,
    check: Check,
) -> None:
    """Write to `levels` how well each doc of a segment matches.

    The lowest level is written first, so that what stays is the best match of each doc.
    """
    for level in LEVELS:
        if level.field not in fields or level.field not in segment.fields:
            continue
        field_ = segment.fields[level.field]
        if level.kind in ("exact", "prefix"):
            low, high = ids.exact if level.kind == "exact" else ids.prefix
            if low < high:
                field_.mark_range(levels, low, high, level.value)
                check()
            continue
        if level.kind == "inside" and level.field == "abstract" and not is_rare:
            continue
        some = ids.others.get(level.kind, _NO_IDS)
        if len(some):
            for _ in field_.mark_words(levels, some, level.value):
                check()


def _write_compound_levels(
    levels: NDArray[np.uint8],
    segment: TextSegment,
    places: Iterable[slice],
    fields: tuple[str, ...],
) -> None:
    """Raise the levels of the docs with a hyphenated word at `places` to those of a prefix."""
    level_of_field = [PREFIX_LEVELS[name] if name in fields else 0 for name in segment.fields]
    values = np.array(level_of_field, np.uint8)
    for some in places:
        numbers = segment.compounds.fields[some]
        np.maximum.at(levels, segment.compounds.docs[some], values[numbers])
