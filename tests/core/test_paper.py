"""Paper: its keys and the names of its authors."""

from __future__ import annotations

import pytest

from tui.core.paper import Paper, full_name, last_name, short_authors, surname


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


def test_a_full_name_is_in_reading_order() -> None:
    assert full_name("Han, Song") == full_name("Song Han") == "Song Han"
    assert full_name("King, Martin, Jr.") == "Martin King Jr."
    assert full_name("Han, ") == "Han"


def test_a_surname_is_normalized() -> None:
    assert surname("Jesús García") == surname("GARCIA, J.") == "garcia"


def test_short_authors_name_the_first_and_count_the_others() -> None:
    assert short_authors(()) == ""
    assert short_authors(("Song Han",)) == "Han"
    assert short_authors(("Guangxuan Xiao", "B", "C")) == "Xiao +2"


def test_the_key_is_the_first_identifier_of_the_schemes() -> None:
    paper = Paper("T", ids={"doi": "10.1/x", "arxiv": "2402.18668"})
    assert paper.key == "arxiv:2402.18668"
    assert paper._replace(ids={"doi": "10.1/x"}).key == "doi:10.1/x"


def test_a_title_key_forgives_case_accents_and_punctuation() -> None:
    a = Paper("State-Space  Models: A Kekulé Survey", ("Song Han",))
    b = Paper("state space models – a kekule survey", ("Han, S.",))
    assert a.key == b.key
    assert a.key.startswith("title:")
    assert b._replace(authors=("X. Other",)).key != a.key


def test_titles_without_letters_have_different_keys() -> None:
    assert Paper("???").key != Paper("!!!").key
