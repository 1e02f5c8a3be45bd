"""The query language: text to conditions, and what the user is shown about it."""

from __future__ import annotations

from datetime import date

import pytest

from tui.search.query import parse
from tui.search.query.tree import HasMark, HasTag, HasValue, Not, Or, Phrase, Range, Word

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("", ""),
        ("a b c is:unread year:2024..", "3 words · unread · since 2024"),
        ("state-space", "2 words"),
        ('"a phrase" rest', "1 word · “a phrase”"),
        ("-bert", "not bert"),
        ("Roe and Lee (2007)", "3 words"),
        ("Roe & Lee et al., 2007", "3 words"),
        ("ice and snow", "3 words"),
        ("rnn|lstm", "rnn or lstm"),
        ("cat:cs.CL|cs.LG", "cat cs.cl or cat cs.lg"),
        ("year:2024", "2024"),
        ("year:2020..2024", "2020 to 2024"),
        ("year:2024..2020", "2020 to 2024"),
        ("year:<2020", "until 2019"),
        ("date:7d", "dated 2026-11-16 to 2026-11-23"),
        ("date:2024-02", "dated 2024-02"),
        ("added:today", "added 2026-11-23"),
        ("rating:>=3 sort:votes", "rated 3 to 5 · most votes first"),
        ('tag:"to read" -is:starred', "tag to read · unstarred"),
        ("author:han title:mamba", "author han · title mamba"),
        ("has:note has:pdf", "with a note · with pdf"),
        ("rnn OR lstm -gru", "rnn or lstm · not gru"),
        ("NOT (rnn OR lstm)", "not (rnn or lstm)"),
        ("a AND (b c OR d)", "2 words · c or d"),
        ("(a b) OR c", "a b or c"),
        ("-a|b", "not (a or b)"),
        ("NOT a OR b", "not a or b"),
        ("title:(deep nets)", "title deep · title nets"),
        ('"bert"', "“bert”"),
        ("votes:>=100 citations:<5", "100 or more votes · 1 to 4 citations"),
        ("stars:0 comments:1 votes:2..3", "no stars · 1 comment · 2 to 3 votes"),
        ("rating:<1 votes:<1", "not rated · no votes"),
        ("2402.18668", "id 2402.18668"),
        ("https://x.org/a_(b)|bert", "id https://x.org/a_(b) or bert"),
    ],
)
def test_a_query_is_described_in_words(text: str, understood: str) -> None:
    query = parse(text, TODAY)
    assert query.understood == understood
    assert query.problems == ()


@pytest.mark.parametrize(
    ("text", "words", "problem"),
    [
        ("is:foo", ["is", "foo"], "is:foo is not one of read, unread"),
        ("year:soon", ["year", "soon"], "year:soon is no date"),
        ("rating:best", ["rating", "best"], "rating:best is no rating"),
        ("sort:x", ["sort", "x"], "sort:x is not one of"),
        ("is:", ["is"], "is: needs a value"),
        ("votes:many", ["votes", "many"], "votes:many is no number"),
        ("rating:6", ["rating", "6"], "rating:6 is no rating"),
        ("year:20", ["year", "20"], "year:20 is no date"),
    ],
)
def test_what_cannot_be_read_is_searched_as_words(
    text: str, words: list[str], problem: str
) -> None:
    query = parse(text, TODAY, complete=True)
    assert [part.text for part in query.parts if isinstance(part, Word)] == words
    assert query.problems[0].startswith(problem)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("is:stared", "is:starred"),
        ("is:unred", "is:unread"),
        ("is:s", "is:starred"),
        ("has:pdff", "has:pdf"),
        ("sort:daet", "sort:date"),
        ("date:tody", "date:today"),
        ("autor:Han", "author:han"),
        ("-titel:bert", "title:bert"),
    ],
)
def test_a_close_name_or_value_is_suggested(text: str, suggestion: str) -> None:
    query = parse(text, TODAY, complete=True)
    assert query.problems[0].startswith(f"did you mean {suggestion}? ")
    assert query.problems[0].endswith("searched as words")


@pytest.mark.parametrize("text", ["http://a.b", "arxiv:2309.17453", "x:1", "re:zero", '"autor:x"'])
def test_nothing_is_suggested_for_other_words_with_a_colon(text: str) -> None:
    assert parse(text, TODAY).problems == ()


def test_terms_become_conditions() -> None:
    assert parse("-is:read tag:NLP").parts == (Not(HasMark("read")), HasTag("nlp"))
    assert parse('title:"deep nets" ').parts == (Phrase(("deep", "nets"), ("title",)),)
    assert parse("cat:cs.CL|cs.LG").parts == (
        Or((HasValue("cat", "cs.cl"), HasValue("cat", "cs.lg"))),
    )
    assert parse("date:2024-02-28").parts == (Range("date", 20240228, 20240228),)


def test_only_the_last_word_may_be_unfinished() -> None:
    typing, typed = parse("graph neur"), parse("graph neural ")
    assert [p.still_typed for p in typing.parts if isinstance(p, Word)] == [False, True]
    assert [p.still_typed for p in typed.parts if isinstance(p, Word)] == [False, False]


def test_an_order_is_not_a_condition() -> None:
    query = parse("sort:foryou")
    assert query.sort == "foryou"
    assert query.parts == ()


@pytest.mark.parametrize(
    "text",
    [
        *("is:", "is:un", "has:co", "year:", "year:20", "year:>=", "year:2024..", "date:2024-0"),
        *("votes:", "votes:>", "rating:3.", "added:yes", "sort:", "title:", 'tag:"', "title:("),
        *("(", "-(", "NOT", "a OR", "a |", "a AND", "-is:re", "cat:cs.CL|"),
    ],
)
def test_a_query_being_typed_has_no_problem(text: str) -> None:
    query = parse(f"graph {text}", TODAY)
    assert query.problems == ()
    words = [part.text for part in query.parts if isinstance(part, Word)]
    assert words in (["graph"], ["graph", "a"])


def test_the_manual_says_what_joins_first() -> None:
    assert parse("a b OR c -d|e ").parts == parse("a (b OR c) NOT (d OR e) ").parts
