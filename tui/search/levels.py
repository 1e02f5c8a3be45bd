"""How good a match is, as one small number a paper: which kind of match, in which field.

A level is a uint8: 0 is no match, and a greater level is a better one. Levels are what is cached
for each word of a query (a byte a paper); `WEIGHTS` turns them into scores.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

KINDS = {
    "exact": 1.0,
    "beginning": 0.8,
    "inside": 0.5,
    "near": 0.45,
    "near_two": 0.2,
    "near_beginning": 0.3,
}
"""Kinds of match and how much each counts."""

FIELD_WEIGHTS = {"title": 1.0, "author": 0.8, "tag": 0.65, "note": 0.6, "abstract": 0.4}


class Level(NamedTuple):
    """One kind of match in one field."""

    kind: str
    field: str
    value: int
    """What is written into the array of levels."""


def _weight(pair: tuple[str, str]) -> float:
    return KINDS[pair[0]] * FIELD_WEIGHTS[pair[1]]


_PAIRS = sorted(((kind, field) for kind in KINDS for field in FIELD_WEIGHTS), key=_weight)

LEVELS = tuple(Level(kind, field, value) for value, (kind, field) in enumerate(_PAIRS, 1))
"""All levels, least first."""

WEIGHTS = np.array([0.0, *map(_weight, _PAIRS)], np.float32)
"""float32 [len(LEVELS) + 1]: what each level counts."""

EXACT = {level.field: level.value for level in LEVELS if level.kind == "exact"}
"""The level of an exact match in each field."""
