"""The text of the filter to a `Query`.

    query       = term { ["AND"] term }          every term must hold
    term        = negatable { "OR" negatable }
    negatable   = ["-" | "NOT"] alternative { "|" alternative }
    alternative = [name ":"] ( word | '"' phrase '"' | "(" query ")" )

An alternative without a name has that of the one before `|`: `cat:cs.CL|cs.LG`. What is missing at
the end, such as a bracket, a quote or the value of a filter, is still being typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tui.core.identifiers import from_text
from tui.core.schemes import SCHEMES
from tui.core.text import clean_line, closest_match, normalize
from tui.search.query.describe import describe
from tui.search.query.filters import (
    FILTER_NAMES,
    InvalidValue,
    may_continue,
    parse_filter,
    parse_words,
    suggest,
)
from tui.search.query.tree import (
    FIELDS,
    SORTS,
    And,
    Condition,
    HasValue,
    Listed,
    Not,
    Or,
    Phrase,
    Query,
    Word,
)

MAX_WORDS = 32
"""Words that are looked for. Those after them hardly change which papers match all."""

MAX_PHRASES = 6
"""Phrases that are looked for. The texts are read for each, which is slow in a million papers."""

MAX_DEPTH = 20
"""Brackets inside brackets that are read; further ones are left out."""

_SCHEME = "(?:" + "|".join(SCHEMES) + "):"
# An unquoted value ends at a space, at `|` or at a bracket, unless that is opened and closed in it,
# as in a DOI. A quote that is not closed reaches to the end: the user is still typing.
_VALUE = re.compile(
    rf"""(?:(?P<name>{"|".join(FILTER_NAMES)}):)?"""
    r"""(?:"(?P<quoted>[^"]*)(?P<closed>"?)|(?P<group>\()"""
    rf"""|(?P<bare>(?:{_SCHEME}\s+)?(?:[^\s|()]|\([^\s|()]*\))+)|\Z)""",
    re.IGNORECASE,
)
_OPERATORS = ("AND", "OR", "NOT")
_OPERATOR_END = r"(?=[\s(]|\Z)\s*"
_OR = re.compile(rf"\s+OR{_OPERATOR_END}")
_BAR = re.compile(r"\s*\|\s*")
_NOT = re.compile(rf"-(?=[^\s|)])|NOT{_OPERATOR_END}")
_SKIPPED = re.compile(rf"\s+|\||(?:AND|OR){_OPERATOR_END}|et\s+al(?![\w-])[.,]*|&(?=\s)")
"""What separates terms. In a citation, `and` does so too: `Roe and Lee (2007)`."""
_AND = re.compile(r"and\s")
_YEAR_AT_END = re.compile(r"\b(?:1[5-9]|20)\d\d\)?\s*\Z")
# Identifiers of papers and URLs, also begun ones. What they match is looked for as words, too.
_IDENTIFIER = re.compile(
    r"https?:/.*|www\..+"
    r"|\d{4}\.\d{0,5}(?:v\d*)?|[a-z-]+(?:\.[a-z]{2})?/\d{1,7}(?:v\d*)?"  # arXiv
    r"|10\.\d{4,9}(?:/.*)?"  # DOI
    r"|[a-z]\d{2}-\d{1,5}|\d{4}\.[a-z0-9_]+-[a-z0-9_]*(?:\.\d*)?"  # ACL Anthology
    r"|\d{7,8}"  # PubMed
    rf"|{_SCHEME}.+",
    re.IGNORECASE,
)


def parse(text: str, today: date | None = None, *, complete: bool = False) -> Query:
    """Return what `text` asks for. Never raises: what cannot be read is searched as words.

    `7d` and `today` count from `today`, by default the local date. Unless the text is `complete`, a
    filter at its end without a whole value (`year:20`, `votes:>`) is left out until it has one.
    """
    return _Parser(text, today or date.today(), complete).parse()


class _Parser:
    """Parses one text and collects the problems."""

    def __init__(self, text: str, today: date, complete: bool) -> None:
        self._text = text
        self._today = today
        self._complete = complete
        self._problems: list[str] = []
        self._sort = self._then = ""
        self._is_citation = _YEAR_AT_END.search(text) is not None
        self._at = 0
        """Where the rest of the text begins."""
        self._end = len(text.rstrip())

    def parse(self) -> Query:
        parts = self._parse_terms("", 0)
        kept = self._limit(parts)
        problems = tuple(dict.fromkeys(self._problems))
        understood = describe(kept, self._sort, self._then)
        return Query(self._text, kept, self._sort, self._then, understood, problems)

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return a match at the rest of the text, and go behind it."""
        found = pattern.match(self._text, self._at) if self._at < self._end else None
        if found:
            self._at = found.end()
        return found

    def _parse_terms(self, name: str, depth: int) -> list[Condition]:
        """Return the terms up to the end or, inside brackets, the one that closes them."""
        parts: list[Condition] = []
        while self._at < self._end:
            if self._text[self._at] == ")":
                self._at += 1
                if depth:
                    break
            elif self._take(_SKIPPED) or (self._is_citation and self._take(_AND)):
                continue
            elif part := self._parse_term(name, depth):
                parts += part.parts if isinstance(part, And) else [part]
        return _join_listings(list(dict.fromkeys(parts)))

    def _parse_term(self, name: str, depth: int) -> Condition | None:
        parts = [self._parse_negatable(name, depth)]
        while self._take(_OR):
            parts.append(self._parse_negatable(name, depth))
        return _join_alternatives(parts)

    def _parse_negatable(self, name: str, depth: int) -> Condition | None:
        negated = self._take(_NOT)
        parts = []
        while True:
            found = self._take(_VALUE)
            if not found:
                break
            name = (found["name"] or name).lower()
            parts.append(self._parse_alternative(found, name, depth))
            if not self._take(_BAR):
                break
        part = _join_alternatives(parts)
        return Not(part) if negated and part else part

    def _parse_alternative(self, found: re.Match[str], name: str, depth: int) -> Condition | None:
        """Return the condition; None if there is nothing to look for."""
        if found["group"]:
            if depth == MAX_DEPTH:
                return None
            parts = self._parse_terms(name, depth + 1)
            if name and not parts and self._complete:
                self._problems.append(f"{name}: needs a value")
            return And(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
        quoted = found["quoted"] is not None
        value = ((found["quoted"] if quoted else found["bare"]) or "").strip()
        still_typed = found.end() == len(self._text) and not found["closed"]
        text = found["quoted"] if quoted and not found["name"] else found[0]
        try:
            if name == "sort" and value:
                self._sort = _parse_sort(value)
                return None
            if name == "then" and value:
                self._then = _parse_then(value)
                return None
            if name and value:
                return parse_filter(name, value, quoted, still_typed, self._today)
            if name and still_typed and not self._complete:
                return None
            if name:
                self._problems.append(f"{name}: needs a value; searched as a word")
            elif not quoted and (_IDENTIFIER.fullmatch(text) or from_text(text)):
                return Or((HasValue("id", text), parse_words(text, FIELDS, False, still_typed)))
            elif near := _suggest_filter(text, quoted):
                self._problems.append(f"did you mean {near}? {text} is searched as words")
        except InvalidValue as reason:
            if still_typed and not self._complete and may_continue(name, value):
                return None
            self._problems.append(f"{reason}; searched as words")
        try:
            part = parse_words(text, FIELDS, quoted and not name, still_typed)
            if isinstance(part, Word) and still_typed and not (quoted or self._complete):
                names = (*FILTER_NAMES, *_OPERATORS)
                begins = any(each.startswith((text, text.lower())) for each in names)
                return replace(part, begins_filter=begins)
            return part
        except InvalidValue as reason:
            if text.strip('-|" '):
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


def _join_listings(parts: list[Condition]) -> list[Condition]:
    """Return `parts` with the conditions on a listing that one listing must meet joined.

    Days count for every feed and person, and all of them for alternatives, such as `feed:a|b`.
    """
    listings = [part for part in parts if isinstance(part, Listed)]
    if not listings:
        return parts
    low = max(each.low for each in listings)
    high = min(each.high for each in listings)
    feeds = [each.feed for each in listings if each.feed] or [""]
    people = [each.by for each in listings if each.by] or [""]
    joined = [Listed(low, high, feed, by) for feed in feeds for by in people]
    others: list[Condition] = []
    is_distributed = False
    for part in parts:
        if isinstance(part, Or) and all(isinstance(each, Listed) for each in part.parts):
            pairs = [_join_listings([each, *joined]) for each in part.parts]
            others.append(Or(tuple(And(tuple(p)) if len(p) > 1 else p[0] for p in pairs)))
            is_distributed = True
        elif not isinstance(part, Listed):
            others.append(part)
    return others if is_distributed else [*joined, *others]


def _join_alternatives(parts: Sequence[Condition | None]) -> Condition | None:
    found = tuple(part for part in parts if part)
    return Or(found) if len(found) > 1 else found[0] if found else None


def _suggest_filter(text: str, quoted: bool) -> str:
    """Return `name:value` with the filter that a misspelled name before a colon is close to.

    The beginning of a name is not taken for a typo: it may be a word (`re:invent`, `no:code`).
    """
    name, colon, value = text.lower().partition(":")
    near = closest_match(name, FILTER_NAMES) if colon and value and not quoted else None
    return f"{near}:{value}" if near and not near.startswith(name) else ""


def _parse_sort(value: str) -> str:
    """Return the order with this name; its beginning is enough. Raises InvalidValue."""
    for sort in SORTS:
        if value and sort.startswith(value.lower()):
            return sort
    reason = f"sort:{value} is not one of {', '.join(SORTS)}"
    raise InvalidValue(suggest("sort", value.lower(), SORTS) or reason)


def _parse_then(value: str) -> str:
    """Return `mute` or `tag:NAME`. Raises InvalidValue."""
    action, _, name = value.partition(":")
    if value.lower() == "mute":
        return "mute"
    if action.lower() == "tag" and normalize(name):
        return f"tag:{clean_line(name).lstrip('#')}"
    raise InvalidValue(f"then:{value} is not then:mute or then:tag:NAME")


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
