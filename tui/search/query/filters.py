"""`name:value` to a condition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from tui.core.paper import COUNTS
from tui.core.text import WORD_LENGTH, closest_match, is_unspaced, normalize, split_words
from tui.search.query.day_ranges import parse_days, to_seconds
from tui.search.query.tree import (
    MAX_COUNT,
    And,
    Condition,
    HasMark,
    HasPart,
    HasTag,
    HasValue,
    Listed,
    Not,
    Phrase,
    Range,
    Word,
)

WORD_FILTERS = ("title", "author", "abstract", "note")
"""Filters whose value is words, which are looked for in the field of that name."""
_VALUE_FILTERS = ("venue", "cat", "id", "source")
_DATE_FILTERS = ("year", "date", "listed", "added")
_LISTING_FILTERS = ("feed", "by")
MAX_RATING = 5
NUMBERS = {"rating": MAX_RATING} | dict.fromkeys(("votes", *COUNTS), MAX_COUNT)
"""Filters whose value is a number or a range of numbers, and the greatest value of each."""
FILTER_NAMES = (
    *WORD_FILTERS, "tag", *_VALUE_FILTERS, *_DATE_FILTERS, *_LISTING_FILTERS, "is", "has",
    *NUMBERS, "sort", "then",
)  # fmt: skip
"""Every name that may be before a colon."""

_CHOICES: Mapping[str, Mapping[str, Condition]] = {
    "is": {
        "read": HasMark("read"),
        "unread": Not(HasMark("read")),
        "starred": HasMark("star"),
        "unstarred": Not(HasMark("star")),
        "new": HasMark("new"),
        "dismissed": HasMark("dismissed"),
        "muted": HasMark("muted"),
    },
    "has": {
        "note": HasMark("note"),
        "tag": HasMark("tagged"),
        "rating": HasMark("rated"),
        "pdf": HasPart("pdf"),
        "code": HasPart("code"),
        "abstract": HasPart("abstract"),
    },
}
_DAY_WORDS = ("today", "yesterday")
_NUMBER = re.compile(r"(>=|<=|>|<|=)?(\d{1,9})|(\d{1,9})?\.\.(\d{1,9})?")
_NUMBER_BEGUN = re.compile(r"[<>]?=?|\d*\.\.?")
_DATE_BEGUN = re.compile(
    r"(?:[<>]?=?|[\d-]*\.\.)(?:\d{0,3}|\d{4}-[01]?|\d{4}-\d\d?-[0-3]?)|[\d-]+\."
)


class InvalidValue(Exception):
    """The value of a filter cannot be understood; the message says why, for the user."""


def parse_filter(name: str, value: str, quoted: bool, still_typed: bool, today: date) -> Condition:
    """Return the condition of `name:value`. Raises InvalidValue."""
    if name in WORD_FILTERS:
        return parse_words(value, (name,), quoted, still_typed)
    lower = value.strip().casefold()
    if name == "tag":
        if not normalize(value):
            raise InvalidValue("tag: needs a name")
        return HasTag(normalize(value))
    if name in _VALUE_FILTERS:
        return HasValue(name, value.strip() if name == "id" else lower)
    if name == "feed":
        return Listed(feed=lower)
    if name == "by":
        if not normalize(value):
            raise InvalidValue("by: needs a name")
        return Listed(by=normalize(value))
    if name in _CHOICES:
        return _parse_choice(name, lower)
    if name in NUMBERS:
        return _parse_number(name, lower)
    found = parse_days(lower, today)
    if found is None:
        reason = f"{name}:{value} is no date (2024, 2024-02-28, 2020..2024, >=2024, 7d)"
        raise InvalidValue(suggest(name, lower, _DAY_WORDS) or reason)
    if name == "added":
        return Range("added", *to_seconds(found))
    if name == "listed":
        return Listed(found.low, found.high)
    return Range(name, found.low, found.high)


def parse_words(text: str, fields: tuple[str, ...], quoted: bool, still_typed: bool) -> Condition:
    """Return the condition that the words of `text` are in `fields`.

    Neighbouring characters of a script without spaces between words (Chinese, Japanese) are a
    phrase. Raises InvalidValue if `text` has no word.
    """
    found = [word[:WORD_LENGTH] for word in split_words(text)]
    if not found:
        raise InvalidValue(f"“{text}” has no letter or digit to look for")
    if quoted:
        return Phrase(tuple(found), fields, still_typed)
    parts: list[Condition] = []
    for unspaced, run in groupby(enumerate(found), key=lambda numbered: is_unspaced(numbered[1])):
        places, words = zip(*run, strict=True)
        has_last = still_typed and places[-1] == len(found) - 1
        if unspaced and len(words) > 1:
            parts.append(Phrase(words, fields, has_last))
        else:
            parts += [Word(word, fields, has_last and word is words[-1]) for word in words]
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def suggest(name: str, value: str, choices: Iterable[str]) -> str:
    """Return a question whether the user meant a choice close to `value`; empty if none is."""
    near = closest_match(value, choices)
    return f"did you mean {name}:{near}? {name}:{value} is not known" if near else ""


def may_continue(name: str, value: str) -> bool:
    """Return whether more letters may make a value that cannot be read one that can."""
    lower = value.lower()
    if name in NUMBERS:
        return _NUMBER_BEGUN.fullmatch(lower) is not None
    if name in _DATE_FILTERS and _DATE_BEGUN.fullmatch(lower):
        return True
    return any(choice.startswith(lower) for choice in _CHOICES.get(name, _DAY_WORDS))


def _parse_choice(name: str, value: str) -> Condition:
    choices = _CHOICES[name]
    if value not in choices:
        reason = f"{name}:{value} is not one of {', '.join(choices)}"
        raise InvalidValue(suggest(name, value, choices) or reason)
    return choices[value]


def _parse_number(name: str, value: str) -> Condition:
    """Return the condition; papers without the number match only where 0 is asked for."""
    greatest = NUMBERS[name]
    found = _NUMBER.fullmatch(value)
    bounds = [int(digits) for digits in re.findall(r"\d+", value)] if found else []
    if not found or not bounds or max(bounds) > greatest:
        raise InvalidValue(
            f"{name}:{value} is no {'rating' if name == 'rating' else 'number'} (4, >=3, 2..4)"
        )
    sign, number, low, high = found.groups()
    if number is None:
        return Range(name, int(low or 1), int(high or greatest))
    n = int(number)
    ranges = {
        ">=": (n, greatest),
        ">": (n + 1, greatest),
        "<=": (0 if n == 0 else 1, n),
        "<": (0 if n == 1 else 1, n - 1),
    }
    return Range(name, *ranges.get(sign or "", (n, n)))
