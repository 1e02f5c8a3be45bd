"""Levels: how well a doc matches a word, as one small number.

A level stands for a kind of match in a field. It is a uint8: 0 is no match, and a greater level is
a better match. The levels of a word are cached, one byte for each doc; LEVEL_WEIGHTS turns them
into scores.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

KIND_WEIGHTS = {
    "exact": 1.0,
    "prefix": 0.8,
    "inside": 0.5,
    "typo": 0.75,
    "two_typos": 0.2,
    "typo_in_prefix": 0.3,
}
"""The kinds of match and how much each counts.

A prefix counts nearly as much as the whole word, because people stop typing when they see the
paper. So does the word that is one typo away: it matches only where the typed word is rare. Two
typos lead to many words that have nothing to do with the typed one: `streming` is as near `string`
as `streaming` is likely, so that two typos in a title count less than one in an abstract. The
numbers give the highest MRR@10 of `tests/benchmarks/search.py` with and without typos.
"""
TYPO_KINDS = ("typo", "two_typos", "typo_in_prefix")
"""The kinds of match in which the typed word may be a typo, the most probable first."""
FIELD_WEIGHTS = {"title": 1.0, "author": 0.8, "tag": 0.65, "note": 0.6, "abstract": 0.4}
"""The fields and how much a match in each counts: people remember titles and authors best."""


class Level(NamedTuple):
    """One kind of match in one field."""

    kind: str
    field: str
    value: int
    """The number in the arrays of levels."""


def _weight(pair: tuple[str, str]) -> float:
    kind, field = pair
    return KIND_WEIGHTS[kind] * FIELD_WEIGHTS[field]


_PAIRS = sorted(((kind, field) for kind in KIND_WEIGHTS for field in FIELD_WEIGHTS), key=_weight)

LEVELS = tuple(Level(kind, field, value) for value, (kind, field) in enumerate(_PAIRS, 1))
"""All levels, the lowest first."""

LEVEL_WEIGHTS = np.array([0.0, *map(_weight, _PAIRS)], np.float32)
"""float32 [len(LEVELS) + 1]: how much each level counts."""

EXACT_LEVELS = {level.field: level.value for level in LEVELS if level.kind == "exact"}
"""The level of an exact match in each field."""

PREFIX_LEVELS = {level.field: level.value for level in LEVELS if level.kind == "prefix"}
"""The level of a match of the beginning of a word in each field."""
