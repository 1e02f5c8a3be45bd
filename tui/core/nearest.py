"""What somebody may have meant who wrote a word that is none of those there are."""

from __future__ import annotations

from collections.abc import Iterable

CLOSE = 70.0
"""Per cent of the letters that must agree: `stared` is close to `starred`, `foo` to nothing."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that begins so, else the one most alike; None if none is close."""
    from rapidfuzz import fuzz, process

    names = list(known)
    beginning = next((name for name in names if word and name.startswith(word)), None)
    if beginning:
        return beginning
    found = process.extractOne(word, names, scorer=fuzz.ratio, score_cutoff=CLOSE)
    return found[0] if found else None
