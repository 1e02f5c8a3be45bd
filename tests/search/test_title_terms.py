"""Words of titles that can name a group."""

from __future__ import annotations

import pytest

from tui.search.title_terms import find_terms


def spellings(*titles: str) -> set[str]:
    return {use.spelling for use in find_terms(titles).values()}


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
    uses = find_terms(["LLMs", "An LLM agent", "Agents of an end", "the agents", "Agents"])
    agents = uses["agent",]
    assert agents.titles == {1, 2, 3, 4}
    assert agents.spelling == "Agents"
