"""Paper: its keys."""

from __future__ import annotations

from tests.authors import authors
from tui.core.paper import Paper


def test_the_key_is_the_first_identifier_of_the_schemes() -> None:
    paper = Paper("T", ids={"doi": "10.1/x", "arxiv": "2402.18668"})
    assert paper.key == "arxiv:2402.18668"
    assert paper._replace(ids={"doi": "10.1/x"}).key == "doi:10.1/x"


def test_a_title_key_forgives_case_accents_and_punctuation() -> None:
    a = Paper("State-Space  Models: A Kekulé Survey", authors("Song Han"))
    b = Paper("state space models – a kekule survey", authors("Han, S."))
    assert a.key == b.key
    assert a.key.startswith("title:")
    assert b._replace(authors=authors("X. Other")).key != a.key


def test_titles_without_letters_have_different_keys() -> None:
    assert Paper("???").key != Paper("!!!").key
