"""A query in words for the user: "3 words · unread · since 2024"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from tui.core.text import count_items
from tui.search.query.day_ranges import LAST_DAY
from tui.search.query.tree import (
    FIELDS,
    MAX_COUNT,
    And,
    Condition,
    HasMark,
    HasPart,
    HasTag,
    HasValue,
    Hidden,
    Listed,
    Not,
    Or,
    Phrase,
    Range,
    Word,
)

_MARKS = {
    "read": "read",
    "star": "starred",
    "new": "new",
    "dismissed": "dismissed",
    "muted": "muted",
    "note": "with a note",
    "tagged": "with a tag",
    "rated": "rated",
}
_NOT_MARKS = {"read": "unread", "star": "unstarred", "note": "without a note"}
_SORTS = {
    "relevance": "best match first",
    "date": "newest first",
    "added": "last added first",
    "author": "by first author",
    "title": "by title",
    "rank": "as listed",
    "rising": "most votes gained first",
    "votes": "most votes first",
    "comments": "most comments first",
    "stars": "most stars of its code first",
    "citations": "most cited first",
    "rating": "best rated first",
    "foryou": "for you",
}
_RANGES = {"added": "added ", "date": "dated ", "listed": "listed ", "year": ""}
_LATEST_SECOND = 1 << 40
"""Seconds since 1970 from which on a range has no end."""


def describe(parts: Sequence[Condition], sort: str, then: str = "") -> str:
    """Return conditions, order and what the query does as a view in words."""
    plain = [part for part in parts if isinstance(part, Word) and part.fields == FIELDS]
    phrases = [count_items(len(plain), "words")] if plain else []
    phrases += [_describe_part(part) for part in parts if part not in plain]
    if sort:
        phrases.append(_SORTS[sort])
    if then:
        action = "mutes" if then == "mute" else f"tags new papers {then.removeprefix('tag:')}"
        phrases.append(f"as a view, {action}")
    return " · ".join(phrases)


def _describe_part(part: Condition) -> str:
    match part:
        case Word(text, fields):
            return _with_fields(text, fields)
        case Phrase(words, fields):
            return _with_fields(f"“{' '.join(words)}”", fields)
        case Range():
            return _describe_range(part)
        case Listed():
            return _describe_listed(part)
        case HasMark(what):
            return _MARKS[what]
        case HasTag(name):
            return f"tag {name}"
        case HasPart(what):
            return f"with {'an abstract' if what == 'abstract' else what}"
        case HasValue(name, value):
            return f"{name} {value}"
        case Not(HasMark(what)) if what in _NOT_MARKS:
            return _NOT_MARKS[what]
        case Not(inner):
            return f"not {_in_brackets(inner)}"
        case Hidden(inner):
            return _describe_part(inner)
        case And(parts):
            return " ".join(map(_in_brackets, parts))
        case Or((HasValue("id") as identifier, Word() | And())):
            return _describe_part(identifier)
        case Or(parts):
            return " or ".join(map(_describe_part, parts))


def _with_fields(text: str, fields: tuple[str, ...]) -> str:
    return text if fields == FIELDS else f"{', '.join(fields)} {text}"


def _in_brackets(part: Condition) -> str:
    text = _describe_part(part)
    return f"({text})" if isinstance(part, And | Or) and " " in text else text


def _describe_listed(part: Listed) -> str:
    days = Listed(part.low, part.high)
    if part.low > part.high:
        return "listed on no day"
    phrases = [] if days == Listed() else [_describe_range(Range("listed", part.low, part.high))]
    phrases += [f"feed {part.feed}"] if part.feed else []
    phrases += [f"by {part.by}"] if part.by else []
    return " · ".join(phrases)


def _describe_range(part: Range) -> str:
    if part.what == "rating":
        if part.high == 0:
            return "not rated"
        stars = str(part.low) if part.low == part.high else f"{part.low} to {part.high}"
        return f"rated {stars}"
    if part.what not in _RANGES:
        if part.low == part.high:
            return count_items(part.low, part.what) if part.low else f"no {part.what}"
        end = "or more" if part.high == MAX_COUNT else f"to {part.high:,}"
        return f"{part.low:,} {end} {part.what}"
    verb = _RANGES[part.what]
    to_text = _local_day if part.what == "added" else _day
    low, high = to_text(part.low), to_text(part.high)
    if not low and not high:
        return f"{verb}any day"
    if low and high:
        return verb + (low if low == high else f"{low} to {high}")
    return verb + (f"since {low}" if low else f"until {high}")


def _day(number: int) -> str:
    """Return 20240228 as 2024-02-28, without parts that are open; empty for no bound."""
    year, month, day = number // 10000, number // 100 % 100, number % 100
    if number >= LAST_DAY or number <= 1:
        return ""
    if not 1 <= month <= 12:
        return f"{year + 1 if month == 100 else year:04}"
    return f"{year:04}-{month:02}" if not 1 <= day <= 31 else f"{year:04}-{month:02}-{day:02}"


def _local_day(seconds: int) -> str:
    if not 0 < seconds < _LATEST_SECOND:
        return ""
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%Y-%m-%d")
