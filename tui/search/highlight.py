"""Finds the words of a query in a text as it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from tui.core.text import normalize_with_offsets
from tui.index.vocabulary import MIN_INNER_LENGTH

_normalized = lru_cache(maxsize=2048)(normalize_with_offsets)


def highlight_spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return the spans (start, end) of `text` that match normalized `words`.

    The spans are sorted and do not overlap. A word matches at the beginning of a word of `text`,
    and inside one too if it has at least MIN_INNER_LENGTH letters. Offsets are those of `text`,
    with its accents, ligatures and hyphens.
    """
    normalized, starts, ends = _normalized(text)
    padded = f" {normalized}"  # so that the first word, like others, has a space before it
    spans: list[tuple[int, int]] = []
    for word in words:
        part = word if len(word) >= MIN_INNER_LENGTH else f" {word}"
        spaces = len(part) - len(word)
        at = padded.find(part)
        while at >= 0 and word:
            first = at + spaces - 1
            if first >= 0:
                spans.append((starts[first], ends[first + len(word) - 1]))
            at = padded.find(part, at + len(part))
    return _merge_spans(spans)


def _merge_spans(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans.sort()
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
