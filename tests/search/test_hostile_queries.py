"""Hostile queries: each has a result or a reason, and none raises an exception."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.search.dict_marks import DictMarks
from tests.search.hostile_queries import HOSTILE
from tests.search.test_search import PAPERS
from tui.catalog.catalog import Catalog
from tui.core.progress import Check
from tui.index.index import Index
from tui.index.segment import Segment, TextSegment
from tui.search import evaluator
from tui.search.highlight import highlight_spans
from tui.search.phrase_match import phrase_levels
from tui.search.query import Query, parse
from tui.search.query.parse import MAX_PHRASES, MAX_WORDS
from tui.search.query.tree import Phrase, Word
from tui.search.search import Search
from tui.search.word_match import WordMatch, WordMatcher

Within = NDArray[np.bool_] | None


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of PAPERS, made once for all queries."""
    folder = tmp_path_factory.mktemp("hostile")
    with closing(Catalog(folder / "papers.db", create=True)) as catalog:
        catalog.add(PAPERS)
        index = Index.open(folder / "index", catalog)
        index.update(catalog)
        yield index


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_a_hostile_query_has_a_result_or_a_reason(
    index: Index, marks: DictMarks, text: str
) -> None:
    search = Search(index, marks)
    start = time.process_time()
    query = parse(text, date(2026, 5, 7), complete=True)
    hits = search.run(query)
    highlight_spans(text, hits.words)
    assert time.process_time() - start < 5  # it ends; how soon is for the benchmark
    assert hits.total == len(PAPERS) or query.parts
    assert query.parts or query.problems or query.sort or not any(c.isalnum() for c in text)


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(max_size=60), st.text(alphabet='ab"-|: ye*r:20.><\\é論()NOTR', max_size=40))
def test_any_text_is_a_query(text: str, other: str) -> None:
    for query in (parse(text), parse(other, complete=True), parse(text + other)):
        assert isinstance(query, Query)
        assert isinstance(query.understood, str)


def test_words_beyond_the_limit_are_reported() -> None:
    query = parse(" ".join(f"word{number}" for number in range(500)))
    assert len(query.parts) == MAX_WORDS
    assert query.problems == (f"only the first {MAX_WORDS} words are looked for",)


def test_phrases_beyond_the_limit_are_reported() -> None:
    query = parse(" ".join(f'"one two {number}"' for number in range(9)) + " word")
    assert [len(query.parts), query.parts[-1]] == [MAX_PHRASES + 1, Word("word", still_typed=True)]
    assert query.problems == (f"only the first {MAX_PHRASES} phrases are looked for",)


def test_words_beyond_the_limit_are_not_looked_for(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Search(index, DictMarks())
    looked_for: list[str] = []
    find = WordMatcher._match

    def record(self: WordMatcher, word: Word, check: Check) -> WordMatch:
        looked_for.append(word.text)
        return find(self, word, check)

    monkeypatch.setattr(WordMatcher, "_match", record)
    for text in HOSTILE:
        looked_for.clear()
        search.run(parse(text))
        assert len(looked_for) <= MAX_WORDS


def test_a_phrase_is_looked_for_only_where_the_phrases_before_it_match(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[int | None] = []

    def record(
        segment: TextSegment, phrase: Phrase, check: Check, within: Within = None
    ) -> NDArray[np.uint8]:
        if isinstance(segment, Segment):
            places.append(None if within is None else int(np.count_nonzero(within)))
        return phrase_levels(segment, phrase, check, within)

    monkeypatch.setattr(evaluator, "phrase_levels", record)
    search = Search(index, DictMarks())
    assert search.run(parse('"attention is" "is all" "all you"')).rows.tolist() == [2]
    assert places == [None, 1, 1]
    search.run(parse('"attention is" "is all" need'))
    assert places == [None, 1, 1]
    assert search.run(parse('"is all"|"attention is"')).rows.tolist() == [2]
    assert places == [None, 1, 1, None]
