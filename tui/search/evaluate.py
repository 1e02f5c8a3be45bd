"""Conditions to arrays: which docs hold, and what their words score."""

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
from tui.search.levels import WEIGHTS
from tui.search.marks import MarkRows, MarkTexts, tags_named
from tui.search.match import Match, Matcher
from tui.search.phrase import phrase_levels
from tui.search.query.filters import MOST_STARS
from tui.search.query.tree import (
    And,
    Between,
    Condition,
    Has,
    Listed,
    Marked,
    Not,
    Or,
    Phrase,
    Tagged,
    Word,
)

Mask = NDArray[np.bool_]
_MASKS = 32


@dataclass(frozen=True, slots=True)
class Scored:
    """Levels of one word or phrase, and what each level scores."""

    levels: NDArray[np.uint8]
    scores: NDArray[np.float32]

    def of(self, docs: NDArray[np.integer]) -> NDArray[np.float32]:
        """The score of each of `docs`."""
        found: NDArray[np.float32] = self.scores.take(self.levels.take(docs))
        return found


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a condition."""

    mask: Mask
    """Which docs hold, bool [N]; dead docs may be among them."""
    scored: tuple[Scored, ...] = ()
    matches: tuple[Match, ...] = ()
    """The words asked for, in order, without those asked not to be there."""
    phrases: tuple[Phrase, ...] = ()


class Evaluator:
    """Evaluates conditions over one snapshot, one state of the texts of marks."""

    def __init__(self, snapshot: Snapshot, texts: MarkTexts) -> None:
        self._snapshot = snapshot
        self._texts = texts
        self._mark_texts = texts.segment()
        self._mark_docs = snapshot.docs_or_none(texts.rows)
        self._matcher = Matcher(snapshot, self._mark_texts, self._mark_docs)
        self._masks = Cache[tuple[Condition, int], Mask](_MASKS)
        """By the condition and the version of the marks."""
        self._phrases = Cache[tuple[Phrase, ...], NDArray[np.uint8]](_MASKS)

    def is_of(self, snapshot: Snapshot, texts: MarkTexts) -> bool:
        """Whether this evaluates over `snapshot` and `texts`."""
        return self._snapshot is snapshot and self._texts.texts is texts.texts

    def evaluate(self, parts: tuple[Condition, ...], marks: MarkRows, check: Check) -> Found:
        """What holds for all of `parts`."""
        return self._find(And(parts), marks, check)

    def _find(self, part: Condition, marks: MarkRows, check: Check) -> Found:
        check()
        match part:
            case Word():
                found = self._matcher.match(part, check)
                return Found(found.levels != 0, (self._scored(found.levels, found.docs),), (found,))
            case Phrase():
                return self._find_phrase((part,), check)
            case Not(inner):
                return Found(~self._find(inner, marks, check).mask)
            case And(parts):
                return self._join(part, self._find_all(parts, marks, check))
            case Or(parts):
                return self._join(part, [self._find(p, marks, check) for p in parts])
            case _:
                return Found(self._mask(part, marks))

    def _find_all(self, parts: tuple[Condition, ...], marks: MarkRows, check: Check) -> list[Found]:
        found = []
        phrases: tuple[Phrase, ...] = ()
        for part in parts:
            if isinstance(part, Phrase):
                phrases = (*phrases, part)
                found.append(self._find_phrase(phrases, check))
            else:
                found.append(self._find(part, marks, check))
        return found

    def _find_phrase(self, phrases: tuple[Phrase, ...], check: Check) -> Found:
        check()
        levels = self._phrase(phrases, check)
        docs = int(np.count_nonzero(levels))
        return Found(levels != 0, (self._scored(levels, docs),), phrases=phrases[-1:])

    def _join(self, part: And | Or, found: list[Found]) -> Found:
        if not found:
            return Found(np.ones(self._snapshot.size, bool))
        join = np.logical_and if isinstance(part, And) else np.logical_or
        return Found(
            reduce(join, (f.mask for f in found)),
            tuple(scored for f in found for scored in f.scored),
            tuple(match for f in found for match in f.matches),
            tuple(phrase for f in found for phrase in f.phrases),
        )

    def _scored(self, levels: NDArray[np.uint8], docs: int) -> Scored:
        return Scored(levels, WEIGHTS * idf(np.array([docs]), self._snapshot.size)[0])

    def _phrase(self, phrases: tuple[Phrase, ...], check: Check) -> NDArray[np.uint8]:
        """Levels of the last of `phrases`, looked for only where those before it are."""
        levels = self._phrases.get(phrases)
        if levels is None:
            within = self._phrase(phrases[:-1], check) != 0 if phrases[1:] else None
            segments = zip(self._snapshot.segments, self._snapshot.bases, strict=False)
            parts = [
                phrase_levels(
                    s, phrases[-1], check, None if within is None else within[b:][: s.size]
                )
                for s, b in segments
            ]
            levels = np.concatenate(parts) if parts else np.zeros(0, np.uint8)
            local = phrase_levels(self._mark_texts, phrases[-1], check)
            there = (local > 0) & (self._mark_docs >= 0)
            docs = self._mark_docs[there]
            levels[docs] = np.maximum(levels[docs], local[there])
            self._phrases.put(phrases, levels)
        return levels

    def _mask(self, part: Condition, marks: MarkRows) -> Mask:
        # The version is read first: marks that change now make the mask newer than its key.
        key = part, marks.version
        mask = self._masks.get(key)
        if mask is None:
            mask = self._make_mask(part, marks)
            self._masks.put(key, mask)
        return mask

    def _make_mask(self, part: Condition, marks: MarkRows) -> Mask:
        match part:
            case Between("rating", low, high):
                return self._rated(low, high, marks)
            case Between(what, low, high):
                return self._between(what, low, high)
            case Has(what):
                flags = self._snapshot.column("flags")
                return np.asarray((flags & FLAGS[what]) != 0)
            case Listed(name, value):
                mask = np.zeros(self._snapshot.size, bool)
                for segment, base in zip(
                    self._snapshot.segments, self._snapshot.bases, strict=False
                ):
                    part_mask = mask[base : base + segment.size]
                    if name == "id":
                        mark_identified(segment.identifiers, part_mask, value)
                    else:
                        segment.facets[name].mark_docs(part_mask, value)
                return mask
            case Tagged(name):
                return self._rows(*(marks.rows("tag", tag) for tag in tags_named(marks, name)))
            case Marked("tagged"):
                return self._rows(*(marks.rows("tag", tag) for tag in marks.tags()))
            case Marked("rated"):
                return self._rated(1, MOST_STARS, marks)
            case Marked(what):
                return self._rows(marks.rows(what))
            case _:
                raise TypeError(part)

    def _rows(self, *rows: NDArray[np.int64]) -> Mask:
        mask = np.zeros(self._snapshot.size, bool)
        for some in rows:
            mask[self._snapshot.docs_of(some)] = True
        return mask

    def _rated(self, low: int, high: int, marks: MarkRows) -> Mask:
        """Docs with so many stars; none at all is 0 stars."""
        every = range(1, MOST_STARS + 1)
        mask = self._rows(*(marks.rows("rating", n) for n in every if low <= n <= high))
        if low <= 0 <= high:
            mask |= ~self._rows(*(marks.rows("rating", n) for n in every))
        return mask

    def _between(self, what: str, low: int, high: int) -> Mask:
        if what == "date":
            names = ("published", "listed")
            return reduce(np.logical_or, (self._within(n, low, high) for n in names))
        if what == "year":
            day = self._snapshot.day
            return (day >= max(low, 1)) & (day <= high)
        return self._within(what, low, high)

    def _within(self, name: str, low: int, high: int) -> Mask:
        column = self._snapshot.column(name)
        return np.asarray((column >= max(low, 1)) & (column <= high))
