"""The text of the filter to a `Query`.

A query is terms with spaces between them, and every one must hold. A term is an optional `-` for
"not", then alternatives with `|` between them. An alternative is `"a phrase"`, `name:value`,
`name:"a value"` or a word. Without a name it has that of the one before: `cat:cs.CL|cs.LG`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tui.core.text import closest_match
from tui.search.query.describe import describe
from tui.search.query.filters import (
    FILTER_NAMES,
    InvalidValue,
    parse_filter,
    parse_words,
    suggest,
)
from tui.search.query.tree import FIELDS, SORTS, And, Condition, Not, Or, Phrase, Query, Word

MAX_WORDS = 32
"""Words that are looked for. Those after them hardly change which papers match all."""

MAX_PHRASES = 6
"""Phrases that are looked for. The texts are read for each, which is slow in a million papers."""

# The value of an unquoted alternative ends at a space or at the next alternative. A quote that is
# not closed reaches to the end: the user is still typing.
_ALTERNATIVE = re.compile(
    rf"""(?P<or>\s*\|\s*)?(?:(?P<name>{"|".join(FILTER_NAMES)}):)?"""
    r"""(?:"(?P<quoted>[^"]*)(?P<closed>"?)|(?P<bare>[^\s|]+))""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Alternative:
    """One alternative of a term, as typed."""

    text: str
    name: str
    value: str
    quoted: bool
    negated: bool
    follows_bar: bool
    """Whether `|` is before it."""
    still_typed: bool


def parse(text: str, today: date | None = None) -> Query:
    """Return what `text` asks for. Never raises: what cannot be read is searched as words.

    `7d` and `today` count from `today`, by default the local date.
    """
    return _Parser(text, today or date.today()).parse()


class _Parser:
    """Parses one text and collects the problems."""

    def __init__(self, text: str, today: date) -> None:
        self._text = text
        self._today = today
        self._problems: list[str] = []
        self._sort = ""

    def parse(self) -> Query:
        terms: list[tuple[bool, list[Condition]]] = []
        """Whether each term is negated, and its alternatives."""
        last_name = ""
        for alternative in _split(self._text):
            continues = alternative.follows_bar and bool(terms)
            name = alternative.name or (last_name if continues else "")
            part = self._parse_alternative(alternative, name)
            last_name = name
            if part is None:
                continue
            if continues:
                terms[-1][1].append(part)
            else:
                terms.append((alternative.negated, [part]))
        parts: list[Condition] = []
        for negated, alternatives in terms:
            part = alternatives[0] if len(alternatives) == 1 else Or(tuple(alternatives))
            parts += [Not(part)] if negated else part.parts if isinstance(part, And) else [part]
        kept = self._limit(list(dict.fromkeys(parts)))
        problems = tuple(dict.fromkeys(self._problems))
        return Query(self._text, kept, self._sort, describe(kept, self._sort), problems)

    def _parse_alternative(self, alternative: _Alternative, name: str) -> Condition | None:
        """Return the condition; None if there is nothing to look for."""
        typed = alternative
        try:
            if name == "sort":
                self._sort = _parse_sort(typed.value)
                return None
            if name and typed.value:
                return parse_filter(name, typed.value, typed.quoted, typed.still_typed, self._today)
            if name:
                self._problems.append(f"{name}: needs a value; searched as a word")
            elif near := _suggest_filter(typed):
                self._problems.append(f"did you mean {near}? {typed.text} is searched as words")
        except InvalidValue as reason:
            self._problems.append(f"{reason}; searched as words")
        try:
            return parse_words(typed.text, FIELDS, typed.quoted and not name, typed.still_typed)
        except InvalidValue as reason:
            if typed.text.strip('-|" '):
                self._problems.append(f"{reason}; left out")
            return None

    def _limit(self, parts: list[Condition]) -> tuple[Condition, ...]:
        """Return `parts` without what is beyond MAX_WORDS and MAX_PHRASES."""
        kept: list[Condition] = []
        words = phrases = 0
        for part in parts:
            more_words, more_phrases = _count(part)
            phrases += more_phrases
            if phrases > MAX_PHRASES and more_phrases:
                self._problems.append(f"only the first {MAX_PHRASES} phrases are looked for")
                continue
            if words + more_words > MAX_WORDS and more_words:
                self._problems.append(f"only the first {words} words are looked for")
                if isinstance(part, Phrase) and not kept:
                    kept.append(Phrase(part.words[:MAX_WORDS], part.fields))
                    words = MAX_WORDS
                continue
            words += more_words
            kept.append(part)
        return tuple(kept)


def _split(text: str) -> Iterator[_Alternative]:
    """Yield the alternatives of all terms in order."""
    at = 0
    end = len(text.rstrip())
    while at < end:
        if text[at].isspace():
            at += 1
            continue
        negated = text[at] == "-"
        found = _ALTERNATIVE.match(text, at + negated) or _ALTERNATIVE.match(text, at)
        if not found:
            at += 1
            continue
        quoted = found["quoted"] is not None
        yield _Alternative(
            text=found["quoted"] if quoted and not found["name"] else found[0].lstrip(" |\t"),
            name=(found["name"] or "").lower(),
            value=(found["quoted"] if quoted else found["bare"]).strip(),
            quoted=quoted,
            negated=negated,
            follows_bar=found["or"] is not None,
            still_typed=found.end() == len(text) and not found["closed"],
        )
        at = found.end()


def _suggest_filter(typed: _Alternative) -> str:
    """Return `name:value` with the filter that a misspelled name before a colon is close to.

    The beginning of a name is not taken for a typo: it may be a word (`re:invent`, `no:code`).
    """
    name, colon, value = typed.text.lower().partition(":")
    near = closest_match(name, FILTER_NAMES) if colon and value and not typed.quoted else None
    return f"{near}:{value}" if near and not near.startswith(name) else ""


def _parse_sort(value: str) -> str:
    """Return the order with this name; its beginning is enough. Raises InvalidValue."""
    for sort in SORTS:
        if value and sort.startswith(value.lower()):
            return sort
    reason = f"sort:{value} is not one of {', '.join(SORTS)}"
    raise InvalidValue(suggest("sort", value.lower(), SORTS) or reason)


def _count(part: Condition) -> tuple[int, int]:
    """Return how many words and how many phrases `part` has."""
    match part:
        case Word():
            return 1, 0
        case Phrase(words):
            return len(words), 1
        case Not(inner):
            return _count(inner)
        case And(parts) | Or(parts):
            counts = [_count(each) for each in parts]
            return sum(words for words, _ in counts), sum(phrases for _, phrases in counts)
        case _:
            return 0, 0
