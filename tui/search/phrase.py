"""Phrases: words next to each other and in order, looked up in the texts themselves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tui.core.progress import Check
from tui.index.postings import Field
from tui.index.segment import TextSegment
from tui.search.levels import EXACT
from tui.search.query.tree import Phrase

_DOCS = 20_000
"""Docs whose text is looked at between two looks at whether the search is still wanted."""
_MANY = 4
"""From one doc in so many on, all texts are looked at where they lie: quicker than picking."""


def phrase_levels(
    segment: TextSegment, phrase: Phrase, check: Check, within: NDArray[np.bool_] | None = None
) -> NDArray[np.uint8]:
    """How well each doc of a segment, of those `within`, has the phrase, uint8 [N]."""
    levels = np.zeros(segment.size, np.uint8)
    ranges = _ranges(segment, phrase)
    if not all(low < high for low, high in ranges):
        return levels
    for name in sorted(phrase.fields, key=EXACT.__getitem__):
        if name in segment.fields:
            for docs in _docs_with(segment.fields[name], ranges, segment.size, within, check):
                levels[docs] = EXACT[name]
    return levels


def _ranges(segment: TextSegment, phrase: Phrase) -> list[tuple[int, int]]:
    """For each word of the phrase the ids it may be."""
    ranges = []
    for place, word in enumerate(phrase.words):
        if phrase.still_typed and place == len(phrase.words) - 1:
            ranges.append(segment.vocabulary.prefix_range(word))
        else:
            found = segment.vocabulary.find(word)
            ranges.append((found, found + 1) if found >= 0 else (0, 0))
    return ranges


def _docs_with(
    field: Field,
    ranges: list[tuple[int, int]],
    size: int,
    within: NDArray[np.bool_] | None,
    check: Check,
) -> Iterator[NDArray[np.int64]]:
    """The docs whose text has ids of `ranges` one after another, in pieces."""
    there = np.ones(size, np.uint8) if within is None else within.view(np.uint8)
    for low, high in dict.fromkeys(ranges):
        now = np.zeros(size, np.uint8)
        field.mark_range(now, low, high, 1)
        there = there & now
        check()
    rarest_first = sorted(range(len(ranges)), key=lambda n: field.count_postings(*ranges[n]))
    for start in range(0, size, _DOCS):
        piece = there[start : start + _DOCS]
        docs = np.flatnonzero(piece) + start
        if not len(docs):
            continue
        if len(docs) * _MANY > len(piece):
            docs = np.arange(start, start + len(piece))
            at = field.starts[start : start + len(piece) + 1]
            tokens, at = field.tokens[at[0] : at[-1]], at - at[0]
        else:
            tokens, at = field.texts_of(docs)
        places = _places(tokens, ranges, rarest_first)
        owner = np.searchsorted(at, places, "right") - 1
        whole = places + len(ranges) <= at[owner + 1]
        found = docs[np.unique(owner[whole])]
        yield found[there[found] != 0]
        check()


def _places(
    tokens: NDArray[np.int32], ranges: list[tuple[int, int]], order: list[int]
) -> NDArray[np.int64]:
    """Where `ranges` stand one after another; looked at in `order`, the rest where that holds."""
    first, *others = order
    low, high = ranges[first]
    here = tokens == low if high == low + 1 else (tokens >= low) & (tokens < high)
    places = np.flatnonzero(here) - first
    places = places[(places >= 0) & (places + len(ranges) <= len(tokens))]
    for other in others:
        low, high = ranges[other]
        there = tokens[places + other]
        places = places[(there >= low) & (there < high)]
    return places
