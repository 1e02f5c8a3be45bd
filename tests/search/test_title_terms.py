"""Words of titles that can name a group."""

from __future__ import annotations

import pytest

from tui.search.title_terms import find_terms, usual_spelling


def spellings(*titles: str) -> set[str]:
    return {usual_spelling(found.values()) for found in find_terms(titles).values()}


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("The use of it", set()),
        ("A study of wheat", {"wheat"}),
        ("Wheat and rust", {"Wheat", "rust"}),
        ("State-Space layers", {"State-Space", "Space", "Space layers", "layers"}),
        ("On neural networks", set()),
        ("GPT-4: Élan", {"GPT", "GPT-4", "Élan"}),
        ("", set()),
    ],
)
def test_terms_are_words_and_pairs_that_tell_a_subject(title: str, found: set[str]) -> None:
    assert spellings(title) == found


def test_plurals_are_one_term_in_the_spelling_of_most_titles() -> None:
    found = find_terms(["LLMs", "An LLM agent", "Agents of an end", "the agents", "Agents"])
    assert list(found["agent",]) == [1, 2, 3, 4]
    assert usual_spelling(found["agent",].values()) == "Agents"
