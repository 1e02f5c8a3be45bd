"""Phrases: words next to each other and in order, looked up in the texts themselves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui.index.postings import Field
from tui.index.segment import TextSegment
from tui.query.tree import Phrase
from tui.search.cancel import Check
from tui.search.levels import EXACT

_DOCS = 20_000
"""Docs whose text is looked at between two looks at whether the search is still wanted."""


def phrase_levels(segment: TextSegment, phrase: Phrase, check: Check) -> NDArray[np.uint8]:
    """How well each doc of a segment has the phrase, uint8 [N]."""
    levels = np.zeros(segment.size, np.uint8)
    ranges = _ranges(segment, phrase)
    if not all(low < high for low, high in ranges):
        return levels
    for name in sorted(phrase.fields, key=EXACT.__getitem__):
        if name in segment.fields:
            for docs in _docs_with(segment.fields[name], ranges, segment.size, check):
                levels[docs] = EXACT[name]
    return levels


def _ranges(segment: TextSegment, phrase: Phrase) -> list[tuple[int, int]]:
    """For each word of the phrase the ids it may be."""
    ranges = []
    for place, word in enumerate(phrase.words):
        if phrase.still_typed and place == len(phrase.words) - 1:
            ranges.append(segment.vocabulary.beginning(word))
        else:
            found = segment.vocabulary.find(word)
            ranges.append((found, found + 1) if found >= 0 else (0, 0))
    return ranges


def _docs_with(
    field: Field, ranges: list[tuple[int, int]], size: int, check: Check
) -> list[NDArray[np.int64]]:
    """The docs whose text has ids of `ranges` one after another, in pieces."""
    there = np.zeros(size, np.uint8)
    for count, (low, high) in enumerate(ranges, 1):
        now = np.zeros(size, np.uint8)
        field.mark_range(now, low, high, 1)
        there = now if count == 1 else there & now
        check()
    candidates = np.flatnonzero(there)
    found = []
    for start in range(0, len(candidates), _DOCS):
        docs = candidates[start : start + _DOCS]
        tokens, at = field.texts(docs)
        matches = np.ones(max(len(tokens) - len(ranges) + 1, 0), bool)
        for place, (low, high) in enumerate(ranges):
            here = tokens[place : place + len(matches)]
            matches &= (here >= low) & (here < high)
        places = np.flatnonzero(matches)
        owner = np.searchsorted(at, places, "right") - 1
        whole = places + len(ranges) <= at[owner + 1]
        found.append(docs[np.unique(owner[whole])])
        check()
    return found
