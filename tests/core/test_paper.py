"""Paper: its keys, the names of its authors, and when two records are one paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui.core.merge import merge_papers, same_work
from tui.core.paper import SAMPLE, Paper, last_name, short_authors, surname


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Song Han", "Han"),
        ("Han, Song", "Han"),
        ("Ludwig van Beethoven", "van Beethoven"),
        ("Vincent van der Berg Jr.", "van der Berg"),
        ("Plato", "Plato"),
        ("", ""),
    ],
)
def test_last_name(name: str, expected: str) -> None:
    assert last_name(name) == expected


def test_a_surname_is_normalized() -> None:
    assert surname("Jesús García") == surname("GARCIA, J.") == "garcia"


def test_short_authors_name_the_first_and_count_the_others() -> None:
    assert short_authors(()) == ""
    assert short_authors(("Song Han",)) == "Han"
    assert short_authors(("Guangxuan Xiao", "B", "C")) == "Xiao +2"


def test_the_key_is_the_first_identifier_of_the_schemes() -> None:
    paper = Paper("T", ids={"doi": "10.1/x", "arxiv": "2402.18668"})
    assert paper.key == "arxiv:2402.18668"
    assert replace(paper, ids={"doi": "10.1/x"}).key == "doi:10.1/x"


def test_a_title_key_forgives_case_accents_and_punctuation() -> None:
    a = Paper("State-Space  Models: A Kekulé Survey", ("Song Han",))
    b = Paper("state space models – a kekule survey", ("Han, S.",))
    assert a.key == b.key
    assert a.key.startswith("title:")
    assert replace(b, authors=("X. Other",)).key != a.key


def test_titles_without_letters_have_different_keys() -> None:
    assert Paper("???").key != Paper("!!!").key


def test_the_same_title_is_the_same_work_unless_something_contradicts() -> None:
    page = Paper("T")
    arxiv = Paper("T", ("A. Bee",), published="2023-01-01", ids={"arxiv": "2301.00001"})
    assert same_work(page, arxiv)
    assert same_work(arxiv, Paper("T", ("Bee, A.", "C"), published="2024"))
    assert not same_work(arxiv, Paper("T", ("Z. Zed",)))
    assert not same_work(arxiv, Paper("T", ("A. Bee",), published="2031"))
    assert not same_work(arxiv, replace(arxiv, ids={"arxiv": "2301.00002"}))
    assert not same_work(Paper("Preface", venue="ACL"), Paper("Preface", venue="EMNLP"))


def test_merging_keeps_the_fuller_field() -> None:
    old = Paper("T", abstract="short", published="2023", sources=("a",), venue="arXiv")
    new = Paper("T", ("A", "B"), "much longer", "2023-05-01", venue="ICLR", sources=("b",))
    both = merge_papers(old, new)
    assert both.authors == ("A", "B")
    assert both.abstract == "much longer"
    assert both.published == "2023-05-01"
    assert both.venue == "ICLR"
    assert both.sources == ("a", "b")
    assert merge_papers(both, new) == both


def test_a_published_abstract_replaces_a_longer_summary() -> None:
    sample = Paper("T", abstract="a long summary of it", abstract_source=SAMPLE)
    real = Paper("T", abstract="the abstract")
    for both in (merge_papers(sample, real), merge_papers(real, sample)):
        assert (both.abstract, both.abstract_source) == ("the abstract", "")
