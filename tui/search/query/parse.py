"""The text of the filter to a `Query`.

A query is terms with white space between them, and every one must hold. A term is `-` for not,
then alternatives with `|` between them, each `"a phrase"`, `name:value`, `name:"a value"` or a
word. An alternative without a name has that of the one before it: `cat:cs.CL|cs.LG`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tui.core.text import closest_match
from tui.search.query.describe import describe
from tui.search.query.filters import NAMES, Unclear, condition, meant, text_condition
from tui.search.query.tree import FIELDS, SORTS, And, Condition, Not, Or, Phrase, Query, Word

MOST_WORDS = 32
"""Words looked for; those after them hardly change which papers match all."""

MOST_PHRASES = 6
"""Phrases looked for: each is read for in the texts, which takes long in a million papers."""

_ATOM = re.compile(
    rf"""(?P<or>\s*\|\s*)?(?:(?P<name>{"|".join(NAMES)}):)?"""
    r"""(?:"(?P<quoted>[^"]*)(?P<closed>"?)|(?P<bare>[^\s|]+))""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Atom:
    """One alternative of a term, as typed."""

    text: str
    name: str
    value: str
    quoted: bool
    negated: bool
    alternative: bool
    """Whether a `|` stands between the one before and this."""
    still_typed: bool


def parse(text: str, today: date | None = None) -> Query:
    """What `text` asks for. Never raises: what does not parse is searched as words.

    `today` is the day that `7d` and `today` count from: by default the local date.
    """
    return _Parser(text, today or date.today()).query()


class _Parser:
    """One text being read."""

    def __init__(self, text: str, today: date) -> None:
        self._text = text
        self._today = today
        self._problems: list[str] = []
        self._sort = ""

    def query(self) -> Query:
        terms: list[list[Condition]] = []
        negated: list[bool] = []
        inherited = ""
        for atom in _atoms(self._text):
            joins = atom.alternative and bool(terms)
            name = atom.name or (inherited if joins else "")
            part = self._condition(atom, name)
            inherited = name
            if part is None:
                continue
            if joins:
                terms[-1].append(part)
            else:
                terms.append([part])
                negated.append(atom.negated)
        parts: list[Condition] = []
        for alternatives, turned in zip(terms, negated, strict=True):
            part = alternatives[0] if len(alternatives) == 1 else Or(tuple(alternatives))
            parts += [Not(part)] if turned else part.parts if isinstance(part, And) else [part]
        kept = self._at_most(list(dict.fromkeys(parts)))
        problems = tuple(dict.fromkeys(self._problems))
        understood = describe(kept, self._sort)
        return Query(self._text, kept, self._sort, understood, problems)

    def _condition(self, atom: _Atom, name: str) -> Condition | None:
        """The condition of one alternative; None if there is nothing to look for."""
        try:
            if name == "sort":
                self._sort = _sort(atom.value)
                return None
            if name and atom.value:
                return condition(name, atom.value, atom.quoted, atom.still_typed, self._today)
            if name:
                self._problems.append(f"{name}: needs a value; searched as a word")
            elif near := _field_meant(atom):
                self._problems.append(f"did you mean {near}? {atom.text} is searched as words")
        except Unclear as unclear:
            self._problems.append(f"{unclear}; searched as words")
        try:
            return text_condition(atom.text, FIELDS, atom.quoted and not name, atom.still_typed)
        except Unclear as unclear:
            if atom.text.strip('-|" '):
                self._problems.append(f"{unclear}; left out")
            return None

    def _at_most(self, parts: list[Condition]) -> tuple[Condition, ...]:
        """`parts` without what goes beyond MOST_WORDS words."""
        kept: list[Condition] = []
        words = phrases = 0
        for part in parts:
            cost = _words(part)
            phrases += _phrases(part)
            if phrases > MOST_PHRASES and _phrases(part):
                self._problems.append(f"only the first {MOST_PHRASES} phrases are looked for")
                continue
            if words + cost > MOST_WORDS and cost:
                self._problems.append(f"only the first {words} words are looked for")
                if isinstance(part, Phrase) and not kept:
                    kept.append(Phrase(part.words[:MOST_WORDS], part.fields))
                    words = MOST_WORDS
                continue
            words += cost
            kept.append(part)
        return tuple(kept)


def _atoms(text: str) -> Iterator[_Atom]:
    """The alternatives of all terms, in order."""
    at = 0
    end = len(text.rstrip())
    while at < end:
        if text[at].isspace():
            at += 1
            continue
        negated = text[at] == "-"
        found = _ATOM.match(text, at + negated) or _ATOM.match(text, at)
        if not found:
            at += 1
            continue
        quoted = found["quoted"] is not None
        yield _Atom(
            text=found["quoted"] if quoted and not found["name"] else found[0].lstrip(" |\t"),
            name=(found["name"] or "").lower(),
            value=(found["quoted"] if quoted else found["bare"]).strip(),
            quoted=quoted,
            negated=negated,
            alternative=found["or"] is not None,
            still_typed=found.end() == len(text) and not found["closed"],
        )
        at = found.end()


def _field_meant(atom: _Atom) -> str:
    """What is meant by a word with a colon in it, if before it stands nearly the name of a field.

    A beginning of a name is a person's own word as often as not: `re:invent`, `no:code`.
    """
    name, colon, value = atom.text.lower().partition(":")
    near = closest_match(name, NAMES) if colon and value and not atom.quoted else None
    return f"{near}:{value}" if near and not near.startswith(name) else ""


def _sort(value: str) -> str:
    """The order meant; a beginning of its name is enough."""
    for sort in SORTS:
        if value and sort.startswith(value.lower()):
            return sort
    reason = f"sort:{value} is not one of {', '.join(SORTS)}"
    raise Unclear(meant("sort", value.lower(), SORTS) or reason)


def _words(part: Condition) -> int:
    """How many words `part` has to look for."""
    match part:
        case Word():
            return 1
        case Phrase(words):
            return len(words)
        case Not(inner):
            return _words(inner)
        case And(parts) | Or(parts):
            return sum(map(_words, parts))
        case _:
            return 0


def _phrases(part: Condition) -> int:
    """How many phrases `part` has to look for."""
    match part:
        case Phrase():
            return 1
        case Not(inner):
            return _phrases(inner)
        case And(parts) | Or(parts):
            return sum(map(_phrases, parts))
        case _:
            return 0
