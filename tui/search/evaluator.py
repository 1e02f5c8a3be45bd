"""Conditions to masks and levels: which docs match, and how well."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from tui.core.progress import Check
from tui.index.columns import FLAGS
from tui.index.facets import mark_identified
from tui.index.snapshot import Snapshot
from tui.index.tfidf import idf
from tui.search.cache import Cache
from tui.search.levels import LEVEL_WEIGHTS
from tui.search.listing_match import find_listings
from tui.search.mark_texts import MarkRows, MarkTexts, matching_tags
from tui.search.phrase_match import phrase_levels
from tui.search.query.filters import MAX_RATING
from tui.search.query.tree import (
    And,
    Condition,
    HasMark,
    HasPart,
    HasTag,
    HasValue,
    Hidden,
    Listed,
    Not,
    Or,
    Phrase,
    Range,
    Word,
)
from tui.search.word_match import WordMatch, WordMatcher, raise_levels

Mask = NDArray[np.bool_]
"""bool [N]: which docs match; dead docs may be among them."""
_CACHED = 16
"""Masks, and levels of phrases, that are kept."""


@dataclass(frozen=True, slots=True)
class ScoredLevels:
    """The levels of one word or phrase, and the score of each level."""

    levels: NDArray[np.uint8]
    """uint8 [N]"""
    level_scores: NDArray[np.float32]
    """float32 [levels]"""

    def scores_of(self, docs: NDArray[np.integer]) -> NDArray[np.float32]:
        """Return the score of each of `docs`."""
        scores: NDArray[np.float32] = self.level_scores.take(self.levels.take(docs))
        return scores


@dataclass(frozen=True, slots=True)
class Matches:
    """What a condition matches. Words that are not to be there are not among its words."""

    mask: Mask
    scored_levels: tuple[ScoredLevels, ...] = ()
    word_matches: tuple[WordMatch, ...] = ()
    """The words of the condition in order."""
    phrases: tuple[Phrase, ...] = ()


class Evaluator:
    """Evaluates conditions over a snapshot and the mark texts. Safe for several threads."""

    def __init__(self, snapshot: Snapshot, texts: MarkTexts) -> None:
        self._snapshot = snapshot
        self._texts = texts
        self._mark_texts = texts.segment()
        self._mark_docs = snapshot.docs_or_none(texts.rows)
        self._matcher = WordMatcher(snapshot, self._mark_texts, self._mark_docs)
        self._masks = Cache[tuple[Condition, int], Mask](_CACHED)
        """By the condition and the version of the marks."""
        self._phrases = Cache[tuple[Phrase, ...], NDArray[np.uint8]](_CACHED)
        """Levels of the last phrase, by all phrases up to it."""

    def evaluates(self, snapshot: Snapshot, texts: MarkTexts) -> bool:
        """Return whether this evaluates over `snapshot` and `texts`."""
        return self._snapshot is snapshot and self._texts.texts is texts.texts

    def evaluate(self, part: Condition, marks: MarkRows, check: Check) -> Matches:
        """Return what `part` matches. `check` may raise to end the search."""
        check()
        match part:
            case Word():
                found = self._matcher.match(part, check)
                if part.begins_filter and not found.doc_count:
                    return Matches(np.ones(self._snapshot.size, bool))
                scored = self._score(found.levels, found.doc_count)
                return Matches(found.levels != 0, (scored,), (found,))
            case Phrase():
                return self._match_phrase((part,), check)
            case Not(inner):
                return Matches(~self.evaluate(inner, marks, check).mask)
            case And(parts):
                return self._join(part, self._evaluate_all(parts, marks, check))
            case Or(parts):
                return self._join(part, [self.evaluate(each, marks, check) for each in parts])
            case _:
                return Matches(self._mask(part, marks, check))

    def _evaluate_all(
        self, parts: tuple[Condition, ...], marks: MarkRows, check: Check
    ) -> list[Matches]:
        """Return what each of `parts` matches; a phrase only where the phrases before it match."""
        found = []
        phrases: tuple[Phrase, ...] = ()
        for part in parts:
            if isinstance(part, Phrase):
                phrases = (*phrases, part)
                found.append(self._match_phrase(phrases, check))
            else:
                found.append(self.evaluate(part, marks, check))
        return found

    def _match_phrase(self, phrases: tuple[Phrase, ...], check: Check) -> Matches:
        check()
        levels = self._phrase_levels(phrases, check)
        scored = self._score(levels, int(np.count_nonzero(levels)))
        return Matches(levels != 0, (scored,), phrases=phrases[-1:])

    def _join(self, part: And | Or, found: list[Matches]) -> Matches:
        if not found:
            return Matches(np.ones(self._snapshot.size, bool))
        join = np.logical_and if isinstance(part, And) else np.logical_or
        return Matches(
            reduce(join, (each.mask for each in found)),
            tuple(scored for each in found for scored in each.scored_levels),
            tuple(match for each in found for match in each.word_matches),
            tuple(phrase for each in found for phrase in each.phrases),
        )

    def _score(self, levels: NDArray[np.uint8], doc_count: int) -> ScoredLevels:
        """Return scores that are higher for words that fewer docs have."""
        rarity = idf(np.array([doc_count]), self._snapshot.size)[0]
        return ScoredLevels(levels, LEVEL_WEIGHTS * rarity)

    def _phrase_levels(self, phrases: tuple[Phrase, ...], check: Check) -> NDArray[np.uint8]:
        """Return the levels of the last of `phrases`, looked for only where the others match."""
        levels = self._phrases.get(phrases)
        if levels is None:
            within = self._phrase_levels(phrases[:-1], check) != 0 if phrases[1:] else None
            levels = np.zeros(self._snapshot.size, np.uint8)
            for segment, docs in self._snapshot.parts():
                some = None if within is None else within[docs]
                levels[docs] = phrase_levels(segment, phrases[-1], check, some)
            local = phrase_levels(self._mark_texts, phrases[-1], check)
            raise_levels(levels, self._mark_docs, local)
            self._phrases.put(phrases, levels)
        return levels

    def _mask(self, part: Condition, marks: MarkRows, check: Check) -> Mask:
        # The version is read first: if the marks change now, the mask is newer than its key says.
        key = part, marks.version
        mask = self._masks.get(key)
        if mask is None:
            mask = self._make_mask(part, marks, check)
            self._masks.put(key, mask)
        return mask

    def _make_mask(self, part: Condition, marks: MarkRows, check: Check) -> Mask:
        match part:
            case Hidden(inner):
                return self.evaluate(inner, marks, check).mask
            case Range("rating", low, high):
                return self._mask_rated(low, high, marks)
            case Range("date", low, high):
                return self._mask_range("published", low, high) | self._mask_listed(
                    Listed(low, high)
                )
            case Listed():
                return self._mask_listed(part)
            case Range("year", low, high):
                return _mask_between(self._snapshot.day, low, high)
            case Range(name, low, high):
                return self._mask_range(name, low, high)
            case HasPart(what):
                return np.asarray((self._snapshot.column("flags") & FLAGS[what]) != 0)
            case HasValue(name, value):
                return self._mask_value(name, value)
            case HasTag(name):
                return self._mask_marked(
                    *(marks.rows("tag", tag) for tag in matching_tags(marks, name))
                )
            case HasMark("tagged"):
                return self._mask_marked(*(marks.rows("tag", tag) for tag in marks.tags()))
            case HasMark("rated"):
                return self._mask_rated(1, MAX_RATING, marks)
            case HasMark(what):
                return self._mask_marked(marks.rows(what))
            case _:
                raise TypeError(part)

    def _mask_value(self, name: str, value: str) -> Mask:
        mask = np.zeros(self._snapshot.size, bool)
        for segment, docs in self._snapshot.parts():
            if name == "id":
                mark_identified(segment.identifiers, mask[docs], value)
            else:
                segment.facets[name].mark_docs(mask[docs], value)
        return mask

    def _mask_listed(self, listed: Listed) -> Mask:
        mask = np.zeros(self._snapshot.size, bool)
        mask[find_listings(self._snapshot, listed).docs] = True
        return mask

    def _mask_marked(self, *rows: NDArray[np.int64]) -> Mask:
        """Return the docs of any of `rows`."""
        mask = np.zeros(self._snapshot.size, bool)
        for some in rows:
            mask[self._snapshot.docs_of(some)] = True
        return mask

    def _mask_rated(self, low: int, high: int, marks: MarkRows) -> Mask:
        """Return the docs with `low` to `high` stars; no rating is 0 stars."""
        stars = range(1, MAX_RATING + 1)
        mask = self._mask_marked(*(marks.rows("rating", n) for n in stars if low <= n <= high))
        if low <= 0 <= high:
            mask |= ~self._mask_marked(*(marks.rows("rating", n) for n in stars))
        return mask

    def _mask_range(self, name: str, low: int, high: int) -> Mask:
        return _mask_between(self._snapshot.column(name), low, high)


def _mask_between(values: NDArray[np.integer], low: int, high: int) -> Mask:
    """Return where `low <= value <= high`.

    0 stands for no value, so a range that leaves such papers out begins at 1.
    """
    return np.asarray((values >= low) & (values <= high))
