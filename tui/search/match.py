"""One word of a query against the vocabularies: which words it stands for, which papers have them.

A word stands for itself, for words that begin with it, for words that have it inside (in short
texts; in abstracts only where it is scarce) and for near words. Near words are for typing errors:
one counts when it is at least COMMONER times as frequent as what was typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tui.core.progress import Check
from tui.index.segment import TextSegment
from tui.index.snapshot import Snapshot
from tui.index.spelling import max_edits
from tui.index.vocabulary import MIN_INNER_LENGTH
from tui.search.cache import Cache
from tui.search.levels import LEVELS
from tui.search.query.tree import FIELDS, Word

COMMONER = 20
"""How many times as frequent a near word must be as what was typed."""
SCARCE = 10
"""Below so many occurrences a word is scarce: it is then looked for inside words of abstracts."""
_NONE = np.zeros(0, np.int64)
_CACHE_BYTES = 64 << 20


@dataclass(slots=True)
class Ids:
    """The words of one segment that a typed word stands for."""

    exact: tuple[int, int] = (0, 0)
    beginning: tuple[int, int] = (0, 0)
    kinds: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    """Sorted ids for the other kinds of match."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a word of a query found."""

    word: str
    levels: NDArray[np.uint8]
    """How well each doc matches, uint8 [N]; see `tui.search.levels`."""
    ids: tuple[Ids, ...]
    """The words it stands for, by segment."""
    near: tuple[str, ...]
    """Near words, nearest and most frequent first."""
    scarce: bool
    docs: int
    """How many docs match."""


class Matcher:
    """Matches words over a snapshot, and the texts of marks; keeps what it found."""

    def __init__(
        self, snapshot: Snapshot, mark_texts: TextSegment, mark_docs: NDArray[np.int32]
    ) -> None:
        """`mark_docs` int32: the doc of each text of `mark_texts`, -1 where it has none."""
        self.snapshot = snapshot
        self._marks = mark_texts
        self._mark_docs = mark_docs
        self._segments: tuple[TextSegment, ...] = (*snapshot.segments, mark_texts)
        self._cache = Cache[Word, Match](max(8, _CACHE_BYTES // (snapshot.size + 1)))

    def match(self, word: Word, check: Check) -> Match:
        """What `word` finds."""
        found = self._cache.get(word)
        if found is None:
            found = self._find(word, check)
            self._cache.put(word, found)
        return found

    def _find(self, word: Word, check: Check) -> Match:
        text = word.text
        ids = [Ids() for _ in self._segments]
        total = 0
        for segment, mine in zip(self._segments, ids, strict=True):
            low, high = mine.beginning = segment.vocabulary.prefix_range(text)
            if low < high and segment.vocabulary[low] == text:
                mine.exact = (low, low + 1)
            total += int(segment.cumulative_counts[high] - segment.cumulative_counts[low])
            if len(text) >= MIN_INNER_LENGTH:
                mine.kinds["inside"] = segment.vocabulary.ids_containing(text)
            check()
        near = self._near(word, total, ids, check)
        levels = np.zeros(self.snapshot.size, np.uint8)
        scarce = total < SCARCE
        for segment, base, mine in zip(
            self.snapshot.segments, self.snapshot.bases, ids, strict=False
        ):
            _raise(levels[base : base + segment.size], segment, mine, word.fields, scarce, check)
        if len(self._mark_docs):
            local = np.zeros(self._marks.size, np.uint8)
            _raise(local, self._marks, ids[-1], word.fields, scarce, check)
            there = (local > 0) & (self._mark_docs >= 0)
            docs = self._mark_docs[there]
            levels[docs] = np.maximum(levels[docs], local[there])
        return Match(text, levels, tuple(ids), near, scarce, int(np.count_nonzero(levels)))

    def _near(self, word: Word, total: int, ids: list[Ids], check: Check) -> tuple[str, ...]:
        """Near words, nearest first; their ids go into `ids`."""
        text = word.text
        least = max(1, COMMONER * total)
        if not max_edits(text) or least > self.snapshot.size * len(FIELDS):
            return ()
        share = -(-least // len(self._segments))
        kinds: dict[str, str] = {}
        for segment in self._segments:
            vocabulary = segment.vocabulary
            if word.still_typed:
                starts = segment.spelling.find_near_prefixes(text, segment.counts, share)
                for found in vocabulary.get_many(starts):
                    kinds.setdefault(found, "near_beginning")
            near, distances = segment.spelling.find_near_words(text, segment.counts, share)
            for found, distance in zip(vocabulary.get_many(near), distances.tolist(), strict=True):
                kinds[found] = "near" if distance == 1 else "near_two"
            check()
        counts: dict[str, int] = {}
        places: list[dict[str, int]] = []
        for segment in self._segments:
            place = {w: i for w in kinds if (i := segment.vocabulary.find(w)) >= 0}
            places.append(place)
            for found, id_ in place.items():
                counts[found] = counts.get(found, 0) + int(segment.counts[id_])
        near_words = {w: kind for w, kind in kinds.items() if not w.startswith(text)}
        accepted = [w for w in near_words if counts.get(w, 0) >= least]
        for mine, place in zip(ids, places, strict=True):
            for kind in ("near", "near_two", "near_beginning"):
                of_kind = [place[w] for w in accepted if kinds[w] == kind and w in place]
                mine.kinds[kind] = np.array(sorted(of_kind), np.int64)
        order = ("near", "near_two", "near_beginning")
        accepted.sort(key=lambda w: (order.index(kinds[w]), -counts[w], w))
        return tuple(accepted)


def _raise(
    levels: NDArray[np.uint8],
    segment: TextSegment,
    ids: Ids,
    fields: tuple[str, ...],
    scarce: bool,
    check: Check,
) -> None:
    """Write into `levels` how well each doc of a segment matches, the best match last."""
    for level in LEVELS:
        if level.field not in fields or level.field not in segment.fields:
            continue
        field_ = segment.fields[level.field]
        if level.kind == "exact" or level.kind == "beginning":
            low, high = ids.exact if level.kind == "exact" else ids.beginning
            if low < high:
                field_.mark_range(levels, low, high, level.value)
                check()
            continue
        if level.kind == "inside" and level.field == "abstract" and not scarce:
            continue
        some = ids.kinds.get(level.kind, _NONE)
        if len(some):
            for _ in field_.mark_words(levels, some, level.value):
                check()
