"""Search without an index, in plain Python: reads every word of every paper for each query."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from rapidfuzz.distance import OSA

from tests.search.dict_marks import DictMarks
from tui.catalog.catalog import StoredPaper
from tui.core.paper import COUNTS, Paper
from tui.core.text import HYPHEN, normalize, normalize_words, split_words
from tui.search import word_match
from tui.search.query.tree import (
    FIELDS,
    And,
    Condition,
    HasMark,
    HasPart,
    HasTag,
    HasValue,
    Listed,
    Not,
    Or,
    Phrase,
    Query,
    Range,
    Word,
)

Texts = dict[str, list[str]]

_HYPHEN_OF_LETTER = re.compile(f"(?<! ){HYPHEN} | {HYPHEN}(?! )")
"""A hyphen beside a Greek letter, whose name has spaces around it; a dash has two spaces."""


class Oracle:
    """Finds papers among some papers with marks."""

    def __init__(self, papers: Iterable[StoredPaper], marks: DictMarks) -> None:
        self._papers = {stored.row: stored for stored in papers}
        self._marks = marks
        self._texts = {row: self._texts_of(stored) for row, stored in self._papers.items()}
        self._compounds = {row: self._compounds_of(s) for row, s in self._papers.items()}
        self._counts = Counter(
            word for texts in self._texts.values() for text in texts.values() for word in set(text)
        )

    def rows(self, query: Query) -> set[int]:
        """Return the rows for which every condition holds."""
        tests = [self._make_test(part) for part in query.parts]
        return {row for row in self._papers if all(test(row) for test in tests)}

    def _texts_of(self, stored: StoredPaper) -> Texts:
        paper = stored.paper
        texts = {row: (tags, note) for row, tags, note in self._marks.texts()}
        tags, note = texts.get(stored.row, ("", ""))
        authors = [word for author in paper.author_names for word in [*split_words(author), ""]]
        return {
            "title": split_words(paper.title),
            "author": authors,
            "abstract": split_words(paper.abstract),
            "tag": split_words(tags),
            "note": split_words(note),
        }

    def _make_test(self, part: Condition) -> Callable[[int], bool]:
        match part:
            case Word():
                test = self._test_word(part)
                if part.begins_filter and not any(map(test, self._papers)):
                    return lambda _: True
                return test
            case Phrase():
                return lambda row: self._has_phrase(part, self._texts[row])
            case Not(inner):
                test = self._make_test(inner)
                return lambda row: not test(row)
            case And(parts) | Or(parts):
                tests = [self._make_test(p) for p in parts]
                holds: Any = all if isinstance(part, And) else any
                return lambda row: holds(test(row) for test in tests)
            case HasMark(what):
                return lambda row: row in self._rows_with_mark(what)
            case HasTag(name):
                rows = self._rows_with_tag(name)
                return lambda row: row in rows
            case Range():
                return lambda row: self._is_in_range(part, self._papers[row])
            case Listed():
                return lambda row: self._is_listed(part, self._papers[row].paper)
            case HasPart(what):
                return lambda row: self._has_part(what, self._papers[row])
            case HasValue(name, value):
                return lambda row: self._has_value(name, value, self._papers[row])

    def _test_word(self, part: Word) -> Callable[[int], bool]:
        total = sum(n for word, n in self._counts.items() if word and word.startswith(part.text))
        compounds = {
            row: [name for name, joined in self._compounds[row] if self._begins(joined, part.text)]
            for row in self._papers
        }
        total += sum(map(len, compounds.values()))
        years = self._rows_of_year(part)
        total += len(years)
        is_rare = total < word_match.RARE_BELOW
        least = max(1, word_match.MIN_FREQUENCY_RATIO * total)
        kind_of = {word: self._kind_of_match(part, word, least) for word in self._counts if word}

        def holds(row: int) -> bool:
            if row in years or set(compounds[row]) & set(part.fields):
                return True
            for name in part.fields:
                for word in self._texts[row][name]:
                    kind = kind_of.get(word)
                    if kind == "inside" and name == "abstract" and not is_rare:
                        kind = "near" if self._is_near(part, word, least) else None
                    if kind:
                        return True
            return False

        return holds

    def _compounds_of(self, stored: StoredPaper) -> list[tuple[str, list[str]]]:
        """Return the words with one or more hyphens, and the field of each."""
        texts = {row: {"tag": tags, "note": note} for row, tags, note in self._marks.texts()}
        fields = [(name, text) for name, text in texts.get(stored.row, {}).items()]
        paper = stored.paper
        fields += [("title", paper.title), ("abstract", paper.abstract)]
        fields += [("author", author) for author in paper.author_names]
        return [
            (name, list(pair))
            for name, text in fields
            for word in _HYPHEN_OF_LETTER.sub(HYPHEN, normalize_words(text)).split(" ")
            for pair in pairwise(word.split(HYPHEN))
            if all(pair)
        ]

    def _begins(self, joined: list[str], text: str) -> bool:
        first, second = joined
        return len(text) >= 4 and len(text) > len(first) and (first + second).startswith(text)

    def _rows_of_year(self, part: Word) -> set[int]:
        text = part.text
        digits = text.isascii() and text.isdecimal() and (len(text) == 4 or part.still_typed)
        if not digits or len(text) > 4 or part.fields != FIELDS or text[0] not in "12":
            return set()
        if len(text) > 1 and not "15" <= text[:2] <= "20":
            return set()
        return {row for row, s in self._papers.items() if s.paper.date.startswith(text)}

    def _kind_of_match(self, part: Word, word: str, least: int) -> str | None:
        if word.startswith(part.text):
            return "prefix"
        if len(part.text) >= 4 and part.text in word[1:]:
            return "inside"
        return "near" if self._is_near(part, word, least) else None

    def _is_near(self, part: Word, word: str, least: int) -> bool:
        text = part.text
        most = 0 if len(text) < 4 or not text.isalpha() else 1 if len(text) < 8 else 2
        if not most or self._counts[word] < least or word.startswith(text):
            return False
        if OSA.distance(text, word) <= most:
            return True
        sizes = range(len(text) - most, len(text) + most + 1)
        return (
            part.still_typed
            and word[0] == text[0]
            and any(OSA.distance(text, word[:size]) <= most for size in sizes)
        )

    def _has_phrase(self, part: Phrase, texts: Texts) -> bool:
        size = len(part.words)
        for name in part.fields:
            for at in range(len(texts[name]) - size + 1):
                here = texts[name][at : at + size]
                last = here[-1].startswith(part.words[-1]) if part.still_typed else False
                if here[:-1] == list(part.words[:-1]) and (last or here[-1] == part.words[-1]):
                    return True
        return False

    def _rows_with_mark(self, what: str) -> set[int]:
        keys = {"tagged": "tag", "rated": "rating"}
        if what in keys:
            return {
                r for (w, _), rows in self._marks.marked.items() if w == keys[what] for r in rows
            }
        return self._marks.marked.get((what, None), set())

    def _rows_with_tag(self, name: str) -> set[int]:
        tags = {str(v): rows for (what, v), rows in self._marks.marked.items() if what == "tag"}
        exact = [rows for tag, rows in tags.items() if normalize(tag) == name]
        found = exact or [rows for tag, rows in tags.items() if normalize(tag).startswith(name)]
        return set().union(*found)

    def _is_in_range(self, part: Range, stored: StoredPaper) -> bool:
        paper = stored.paper
        if part.what == "rating":
            stars = [
                int(value or 0)
                for (what, value), rows in self._marks.marked.items()
                if what == "rating" and stored.row in rows
            ]
            return any(part.low <= n <= part.high for n in stars or [0])
        if part.what == "added":
            when = datetime.strptime(stored.added, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
            return part.low <= when.timestamp() <= part.high
        if part.what in ("votes", *COUNTS):
            number = paper.votes if part.what == "votes" else paper.counts.get(part.what, 0)
            return part.low <= number <= part.high
        days = [each.day for each in paper.listings]
        shown = [paper.date] if part.what == "year" else [paper.issued, *days]
        days = [int(text.replace("-", "").ljust(8, "0")) for text in shown if text]
        return any(part.low <= day <= part.high for day in days)

    def _is_listed(self, part: Listed, paper: Paper) -> bool:
        return any(
            part.low <= int(each.day.replace("-", "")) <= part.high
            and part.feed in each.feed.lower()
            and f" {part.by}" in f" {normalize(each.by)}"
            for each in paper.listings
        )

    def _has_part(self, what: str, stored: StoredPaper) -> bool:
        return bool(stored.paper.abstract) if what == "abstract" else what in stored.paper.all_links

    def _has_value(self, name: str, value: str, stored: StoredPaper) -> bool:
        paper = stored.paper
        if name == "cat":
            return any(category.lower().startswith(value) for category in paper.categories)
        if name == "venue":
            return bool(paper.venue) and f" {normalize(value)}" in f" {normalize(paper.venue)}"
        if name == "source":
            return any(value in source.lower() for source in paper.sources)
        names = [stored.key, *paper.id_keys]
        if "/abs/" in value:
            value = f"arxiv:{value.rpartition('/')[2]}"
        return any(n.startswith(value) or n.partition(":")[2].startswith(value) for n in names)
