"""A query in a few words for people: "3 words · unread · since 2024"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from tui.search.query.dates import LAST
from tui.search.query.tree import (
    FIELDS,
    And,
    Between,
    Condition,
    Has,
    Listed,
    Marked,
    Not,
    Or,
    Phrase,
    Tagged,
    Word,
)

_MARKS = {
    "read": "read",
    "star": "starred",
    "new": "new",
    "dismissed": "dismissed",
    "note": "with a note",
    "tagged": "with a tag",
    "rated": "rated",
}
_NOT_MARKS = {"read": "unread", "star": "unstarred", "note": "without a note"}
_SORTED = {
    "relevance": "best match first",
    "date": "newest first",
    "added": "last added first",
    "author": "by first author",
    "title": "by title",
    "votes": "most votes first",
    "comments": "most comments first",
    "stars": "most stars of its code first",
    "citations": "most cited first",
    "rating": "best rated first",
    "foryou": "for you",
}


def describe(parts: Sequence[Condition], sort: str) -> str:
    """`parts` and `sort` as people say it; empty if there is nothing to say."""
    plain = [part for part in parts if isinstance(part, Word) and part.fields == FIELDS]
    said = [_count(len(plain), "word")] if plain else []
    said += [_say(part) for part in parts if part not in plain]
    if sort:
        said.append(_SORTED[sort])
    return " · ".join(said)


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _say(part: Condition) -> str:
    match part:
        case Word(text, fields):
            return _in_fields(text, fields)
        case Phrase(words, fields):
            return _in_fields(f"“{' '.join(words)}”", fields)
        case Between():
            return _range(part)
        case Marked(what):
            return _MARKS[what]
        case Tagged(name):
            return f"tag {name}"
        case Has(what):
            return f"with {'an abstract' if what == 'abstract' else what}"
        case Listed(name, value):
            return f"{name} {value}"
        case Not(Marked(what)) if what in _NOT_MARKS:
            return _NOT_MARKS[what]
        case Not(inner):
            return f"not {_say(inner)}"
        case And(parts):
            return _join(parts, " ")
        case Or(parts):
            return _join(parts, " or ")


def _in_fields(text: str, fields: tuple[str, ...]) -> str:
    return text if fields == FIELDS else f"{', '.join(fields)} {text}"


def _join(parts: Iterable[Condition], between: str) -> str:
    return between.join(_say(part) for part in parts)


def _range(part: Between) -> str:
    if part.what == "rating":
        if part.high == 0:
            return "not rated"
        stars = str(part.low) if part.low == part.high else f"{part.low} to {part.high}"
        return f"rated {stars}"
    verb = {"added": "added ", "date": "dated ", "listed": "listed ", "year": ""}[part.what]
    if part.what == "added":
        low, high = _local_day(part.low), _local_day(part.high)
    else:
        low, high = _day(part.low), _day(part.high)
    if not low and not high:
        return f"{verb}any day"
    if low and high:
        return verb + (low if low == high else f"{low} to {high}")
    return verb + (f"since {low}" if low else f"until {high}")


def _day(number: int) -> str:
    """20240228 as 2024-02-28, less exact where parts are open; empty for no bound."""
    year, month, day = number // 10000, number // 100 % 100, number % 100
    if number >= LAST or number <= 1:
        return ""
    if not 1 <= month <= 12:
        return f"{year + 1 if month == 100 else year:04}"
    return f"{year:04}-{month:02}" if not 1 <= day <= 31 else f"{year:04}-{month:02}-{day:02}"


def _local_day(seconds: int) -> str:
    if not 0 < seconds < 1 << 40:
        return ""
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%Y-%m-%d")
