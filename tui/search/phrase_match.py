"""Which docs have the words of a phrase next to each other, by their texts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tui.core.progress import Check
from tui.index.postings import FieldPostings
from tui.index.segment import TextSegment
from tui.search.levels import EXACT_LEVELS
from tui.search.query.tree import Phrase

_DOCS_AT_A_TIME = 20_000
"""Docs whose texts are read between two checks whether the search is cancelled."""
_GATHER_RATIO = 4
"""If more than one doc in so many is read, all are: that is faster than to gather texts."""


def phrase_levels(
    segment: TextSegment, phrase: Phrase, check: Check, within: NDArray[np.bool_] | None = None
) -> NDArray[np.uint8]:
    """Return how well each doc of a segment matches a phrase, uint8 [N]: exactly or not at all.

    Only the docs of `within` (bool [N]) are looked at.
    """
    levels = np.zeros(segment.size, np.uint8)
    ranges = _word_ranges(segment, phrase)
    if not all(low < high for low, high in ranges):
        return levels
    for name in sorted(phrase.fields, key=EXACT_LEVELS.__getitem__):
        if name in segment.fields:
            for docs in _matching_docs(segment.fields[name], ranges, segment.size, within, check):
                levels[docs] = EXACT_LEVELS[name]
    return levels


def _word_ranges(segment: TextSegment, phrase: Phrase) -> list[tuple[int, int]]:
    """Return the range of ids that each word of the phrase may be."""
    ranges = []
    for place, word in enumerate(phrase.words):
        if phrase.still_typed and place == len(phrase.words) - 1:
            ranges.append(segment.vocabulary.prefix_range(word))
        else:
            found = segment.vocabulary.find(word)
            ranges.append((found, found + 1) if found >= 0 else (0, 0))
    return ranges


def _matching_docs(
    field: FieldPostings,
    ranges: list[tuple[int, int]],
    size: int,
    within: NDArray[np.bool_] | None,
    check: Check,
) -> Iterator[NDArray[np.int64]]:
    """Yield, in pieces, the docs whose text has ids of `ranges` one after another."""
    has_all = np.ones(size, np.uint8) if within is None else within.view(np.uint8)
    for low, high in dict.fromkeys(ranges):
        has_word = np.zeros(size, np.uint8)
        field.mark_range(has_word, low, high, 1)
        has_all = has_all & has_word
        check()
    rarest_first = sorted(range(len(ranges)), key=lambda n: field.count_postings(*ranges[n]))
    for start in range(0, size, _DOCS_AT_A_TIME):
        piece = has_all[start : start + _DOCS_AT_A_TIME]
        docs = np.flatnonzero(piece) + start
        if not len(docs):
            continue
        if len(docs) * _GATHER_RATIO > len(piece):
            docs = np.arange(start, start + len(piece))
            offsets = field.starts[start : start + len(piece) + 1]
            tokens, offsets = field.tokens[offsets[0] : offsets[-1]], offsets - offsets[0]
        else:
            tokens, offsets = field.texts_of(docs)
        places = _find_places(tokens, ranges, rarest_first)
        owner = np.searchsorted(offsets, places, "right") - 1
        ends_in_text = places + len(ranges) <= offsets[owner + 1]
        found = docs[np.unique(owner[ends_in_text])]
        yield found[has_all[found] != 0]
        check()


def _find_places(
    tokens: NDArray[np.int32], ranges: list[tuple[int, int]], order: list[int]
) -> NDArray[np.int64]:
    """Return where tokens of `ranges` follow one another, int64.

    The ranges are compared in `order`, each only where those before it match.
    """
    first, *others = order
    low, high = ranges[first]
    matches = tokens == low if high == low + 1 else (tokens >= low) & (tokens < high)
    places = np.flatnonzero(matches) - first
    places = places[(places >= 0) & (places + len(ranges) <= len(tokens))]
    for other in others:
        low, high = ranges[other]
        token = tokens[places + other]
        places = places[(token >= low) & (token < high)]
    return places
