"""Which words of the index a typed word matches, and which docs have them.

A typed word matches itself, the words that begin with it and the words that have it inside. In
abstracts, which are long, it matches inside words only if it is rare: `former` would otherwise find
half of the papers.

Typos are forgiven: it also matches near words, those that it may be a typo of. The index of a large
library has misspelled words too, so a word that is in the index may still be a typo. A near word
matches if it is at least MIN_FREQUENCY_RATIO times as frequent as the typed word: `trasnformer`, in
3 papers, is a typo of `transformer`, in 30,000, while `modal` is none of `model`.
`tui.index.spelling.max_typos` says how far away near words may be, `levels.py` how much they count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tui.core.progress import Check
from tui.index.segment import TextSegment
from tui.index.snapshot import Snapshot
from tui.index.spelling import max_typos
from tui.index.vocabulary import MIN_INNER_LENGTH
from tui.search.cache import Cache
from tui.search.levels import LEVELS, TYPO_KINDS
from tui.search.query.parse import MAX_WORDS
from tui.search.query.tree import FIELDS, Word

MIN_FREQUENCY_RATIO = 20
"""How many times as frequent as the typed word a near word must be for that to be a typo."""
RARE_BELOW = 10
"""A typed word with fewer occurrences is rare."""
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
        total = 0
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
        for (segment, docs), matched in zip(self._snapshot.parts(), ids, strict=False):
            _write_levels(levels[docs], segment, matched, word.fields, is_rare, check)
        if len(self._mark_docs):
            local = np.zeros(self._mark_texts.size, np.uint8)
            _write_levels(local, self._mark_texts, ids[-1], word.fields, is_rare, check)
            raise_levels(levels, self._mark_docs, local)
        doc_count = int(np.count_nonzero(levels))
        return WordMatch(text, levels, tuple(ids), near_words, is_rare, doc_count)

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
