"""Folding: what two spellings of the same words have in common.

Case, accents, ligatures, full-width forms, hyphens and other punctuation disappear, so that
`State-Space`, `state space` and `ＳＴＡＴＥ　ＳＰＡＣＥ` fold to the same text.
"""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")
# What NFKD leaves whole although everyone types it without the stroke.
_STROKES = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d"})


def fold(text: str) -> str:
    """`text` as its folded words, one space between them; empty if it has no letter or digit."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c))
        text = text.casefold().translate(_STROKES)
    else:
        text = text.lower()
    return _NOT_WORD.sub(" ", text).strip()
