"""The first sentences: a full stop does not always end one."""

from __future__ import annotations

import pytest

from tui.core.text import shorten
from tui.digest.sentences import MAX_LENGTH, first_sentences


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", ""),
        ("No end at all", "No end at all"),
        ("One. Two. Three.", "One. Two."),
        ("One! Two? Three.", "One! Two?"),
        ("It gains 3.5 points. It costs 0.2 s. Fine.", "It gains 3.5 points. It costs 0.2 s."),
        ("We sort things, e.g. Lists. Two. Three.", "We sort things, e.g. Lists. Two."),
        ("We sort, i.e. We order. Two. Three.", "We sort, i.e. We order. Two."),
        ("As Li et al. (2020) say. Two. Three.", "As Li et al. (2020) say. Two."),
        ("After Li et al. Lists are sorted. Two. Three.", "After Li et al. Lists are sorted. Two."),
        ("See Fig. 2 for it. See Sec. 4.1. Three.", "See Fig. 2 for it. See Sec. 4.1."),
        ("See Eqs. (3) and (4). Two. Three.", "See Eqs. (3) and (4). Two."),
        ("We look at a fig. Two. Three.", "We look at a fig. Two."),
        ("Mr. J. R. Smith did it. Two. Three.", "Mr. J. R. Smith did it. Two."),
        ("The U.S. Senate met. Two. Three.", "The U.S. Senate met. Two."),
        ("Cats vs. Dogs. Two. Three.", "Cats vs. Dogs. Two."),
        ("We wait... Then we go. Three.", "We wait... Then we go."),
        ("We ask (why?) “Because.” Three.", "We ask (why?) “Because.”"),
        ("About v2.0 of it. 42 people. Three.", "About v2.0 of it. 42 people."),
        ("Élan is one. Über is two. Three.", "Élan is one. Über is two."),
        ("形態素。解析。三つ目。", "形態素。解析。"),
        ("A paragraph\n\nAnother one. Three.", "A paragraph Another one."),
        ("One\nline. Two\nlines. Three.", "One line. Two lines."),
        ("See https://a.example/b.Html. Two. Three.", "See https://a.example/b.Html. Two."),
    ],
)  # fmt: skip
def test_two_sentences_are_the_summary(text: str, first: str) -> None:
    assert first_sentences(text) == first


def test_a_text_without_sentence_ends_is_cut() -> None:
    found = first_sentences("word " * 5000)
    assert len(found) <= MAX_LENGTH
    assert found.endswith("word…")
    assert len(first_sentences("x" * 5000)) == MAX_LENGTH
    assert shorten("short", 5) == "short"


@pytest.mark.parametrize("part", [". ", "e.g. ", "A. ", "((((", "Fig. 2. ", "…”’)", "\n\n"])
def test_a_very_long_text_is_handled_quickly(part: str) -> None:
    found = first_sentences("x " + part * (100_000 // len(part)))
    assert found.startswith("x")
    assert len(found) <= MAX_LENGTH
