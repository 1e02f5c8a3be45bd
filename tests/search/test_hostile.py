"""Queries nobody should type: an answer or a reason, never an exception."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.conftest import DictMarks
from tests.search.test_find import PAPERS
from tui.catalog import Catalog
from tui.index import Index
from tui.query import Query, parse
from tui.query.parse import MOST_WORDS
from tui.search import Search, light

HOSTILE = (
    "x" * 10_000,
    "attention " * 1000,
    " ".join(f"word{number}" for number in range(500)),
    " ".join("abcdefgh"[: 1 + n % 8] + chr(97 + n % 26) * 3 for n in range(500)),
    '"' + " ".join(f"w{number}" for number in range(500)) + '"',
    "!@#$%^&*()_+-=[]{};:'\\|,.<>/?`~",
    *('"', '""', '"""', '"attention', 'attention"', '" "', '-"', "-", "--", "- -", "-|-", "|"),
    *("||", "a||b", "|a", "a|", "-a|-b", "(.*)+$", "[a-z", "\\", "\\d+(?P<x>", "a{99999}"),
    *(".*.*.*.*.*.*x", "🦜", "👩‍👩‍👧 family", "مرحبا بالعالم", "שלום", "\u202eevil", "\x00"),
    *("\x1b[31m", "\ud800", "e\u0301" * 500, "title:", "title:-", 'title:"', "is:", "is:is:is"),
    *("sort:", "sort:-date", "year:", "year:x", "year:99999", "year:0000", "year:2020.."),
    *("year:..", "year:..2020..", "date:99999d", "date:9999y", "date:2024-13-45"),
    *("date:0001-01-01", "added:9999", "added:0001..9999", "added:<0001", "rating:9", "rating:.."),
    *("rating:>5", "tag:", 'tag:""', "id:*", "id:(", "cat:(", "venue:\\", "source:\x00"),
    *("note:\n\t", "a:b:c:d", "http://example.org/?q=1|2", "日本語" * 200, "İİİ", "ﬁ" * 300),
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_an_answer_or_a_reason(
    library: Callable[..., tuple[Catalog, Index]], marks: DictMarks, text: str
) -> None:
    search = Search(library(*PAPERS)[1], marks)
    start = time.process_time()
    query = parse(text, date(2026, 5, 7))
    hits = search.run(query)
    light(text, hits.words)
    assert time.process_time() - start < 5  # it ends; how soon is for the benchmark
    assert hits.total == len(PAPERS) or query.parts
    assert query.parts or query.problems or query.sort or not any(c.isalnum() for c in text)


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(max_size=60), st.text(alphabet='ab"-|: ye*r:20.><\\é論', max_size=40))
def test_anything_parses(text: str, other: str) -> None:
    for query in (parse(text), parse(other), parse(text + other)):
        assert isinstance(query, Query)
        assert isinstance(query.understood, str)


def test_only_so_many_words_are_looked_for() -> None:
    query = parse(" ".join(f"word{number}" for number in range(500)))
    assert len(query.parts) == MOST_WORDS
    assert query.problems == (f"only the first {MOST_WORDS} words are looked for",)
