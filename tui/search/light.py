"""Where the words of a search stand in a text as it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from tui.core.text import normalize_with_offsets
from tui.index.vocabulary import INSIDE

_aligned = lru_cache(maxsize=2048)(normalize_with_offsets)


def light(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """The spans (start, end) of `text` to light up for folded `words`, sorted, none overlapping.

    A word is lit where another begins with it or is it, from INSIDE letters also inside another;
    what is lit is the part that matches. Accents, ligatures and hyphens stay where they are.
    """
    folded, starts, ends = _aligned(text)
    padded = f" {folded}"
    spans: list[tuple[int, int]] = []
    for word in words:
        part = word if len(word) >= INSIDE else f" {word}"
        skip = len(part) - len(word)
        at = padded.find(part)
        while at >= 0 and word:
            first = at + skip - 1
            if first >= 0:
                spans.append((starts[first], ends[first + len(word) - 1]))
            at = padded.find(part, at + len(part))
    return _merged(spans)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans.sort()
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
