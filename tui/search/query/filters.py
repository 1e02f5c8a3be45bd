"""`name:value` to a condition."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from tui.core.text import WORD_LENGTH, closest_match, is_unspaced, normalize, split_words
from tui.search.query.dates import days, seconds
from tui.search.query.tree import (
    And,
    Between,
    Condition,
    Has,
    Listed,
    Marked,
    Not,
    Phrase,
    Tagged,
    Word,
)

WORD_FIELDS = {"title": "title", "author": "author", "abstract": "abstract", "note": "note"}
LISTED = ("venue", "cat", "id", "source")
DATED = ("year", "date", "listed", "added")
NAMES = (*WORD_FIELDS, "tag", *LISTED, *DATED, "is", "has", "rating", "sort")
"""Every name that may stand before a colon."""

IS: dict[str, Condition] = {
    "read": Marked("read"),
    "unread": Not(Marked("read")),
    "starred": Marked("star"),
    "unstarred": Not(Marked("star")),
    "new": Marked("new"),
    "dismissed": Marked("dismissed"),
}
HAS: dict[str, Condition] = {
    "note": Marked("note"),
    "tag": Marked("tagged"),
    "rating": Marked("rated"),
    "pdf": Has("pdf"),
    "code": Has("code"),
    "abstract": Has("abstract"),
}
DAY_WORDS = ("today", "yesterday")
MOST_STARS = 5
_RATING = re.compile(r"(>=|<=|>|<|=)?([0-5])|([0-5])?\.\.([0-5])?")


class Unclear(Exception):
    """Why a value is not understood, in words for people."""


def condition(name: str, value: str, quoted: bool, still_typed: bool, today: date) -> Condition:
    """What `name:value` asks for. Unclear if it cannot be told."""
    if name in WORD_FIELDS:
        return text_condition(value, (WORD_FIELDS[name],), quoted, still_typed)
    folded = value.strip().lower()
    if name == "tag":
        if not normalize(value):
            raise Unclear("tag: needs a name")
        return Tagged(normalize(value))
    if name in LISTED:
        return Listed(name, folded)
    if name in ("is", "has"):
        return _choice(name, folded, IS if name == "is" else HAS)
    if name == "rating":
        return _rating(folded)
    found = days(folded, today)
    if found is None:
        reason = f"{name}:{value} is no date (2024, 2024-02-28, 2020..2024, >=2024, 7d)"
        raise Unclear(meant(name, folded, DAY_WORDS) or reason)
    if name == "added":
        return Between("added", *seconds(found))
    return Between(name, found.low, found.high)


def text_condition(
    text: str, fields: tuple[str, ...], quoted: bool, still_typed: bool
) -> Condition:
    """The words of `text` as a condition on `fields`; Unclear if it has none.

    Characters of a script without spaces that stand together are a phrase.
    """
    found = [word[:WORD_LENGTH] for word in split_words(text)]
    if not found:
        raise Unclear(f"“{text}” has no letter or digit to look for")
    if quoted and len(found) > 1:
        return Phrase(tuple(found), fields, still_typed)
    parts: list[Condition] = []
    for together, run in groupby(enumerate(found), key=lambda place: is_unspaced(place[1])):
        run_words = tuple(run)
        last = still_typed and run_words[-1][0] == len(found) - 1
        texts = tuple(word for _, word in run_words)
        if together and len(texts) > 1:
            parts.append(Phrase(texts, fields, last))
        else:
            parts += [Word(word, fields, last and word is texts[-1]) for word in texts]
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def meant(name: str, value: str, choices: Iterable[str]) -> str:
    """The question whether a choice was meant that the value is close to; empty if none is."""
    near = closest_match(value, choices)
    return f"did you mean {name}:{near}? {name}:{value} is not known" if near else ""


def _choice(name: str, value: str, choices: dict[str, Condition]) -> Condition:
    if value not in choices:
        reason = f"{name}:{value} is not one of {', '.join(choices)}"
        raise Unclear(meant(name, value, choices) or reason)
    return choices[value]


def _rating(value: str) -> Condition:
    found = _RATING.fullmatch(value)
    if not found or value == "..":
        raise Unclear(f"rating:{value} is no rating (4, >=3, 2..4)")
    sign, stars, low, high = found.groups()
    if stars is None:
        return _between(int(low or 1), int(high or MOST_STARS))
    n = int(stars)
    ranges = {
        ">=": (n, MOST_STARS),
        ">": (n + 1, MOST_STARS),
        "<=": (0 if n == 0 else 1, n),
        "<": (1, n - 1),
    }
    return _between(*ranges.get(sign or "", (n, n)))


def _between(low: int, high: int) -> Condition:
    """Stars from `low` to `high`; no stars at all count as 0 only where 0 is asked for."""
    return Between("rating", low, high)
