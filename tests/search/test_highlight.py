"""Highlighting: where the words of a query are in a text as it is shown."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.core.text import normalize_with_offsets, split_words
from tui.search.highlight import highlight_spans


@pytest.mark.parametrize(
    ("text", "words", "highlighted"),
    [
        ("State-Space Models", ["state", "space", "mod"], ["State", "Space", "Mod"]),
        ("Longformer for all", ["former", "for"], ["former", "for"]),
        ("Kekulé und ﬁne", ["kekule", "fine"], ["Kekulé", "ﬁne"]),
        (r"Poincar\'e maps", ["poincare"], [r"Poincar\'e"]),
        ("日本語の論文", ["論", "文"], ["論", "文"]),
        ("ＳＴＡＴＥ of", ["sta"], ["ＳＴＡ"]),
        ("banana", ["anan", "nana"], ["anana"]),
        ("nothing here", [], []),
        ("", ["x"], []),
    ],
)
def test_words_and_parts_of_words_are_highlighted(
    text: str, words: list[str], highlighted: list[str]
) -> None:
    assert [text[start:end] for start, end in highlight_spans(text, words)] == highlighted


@example("Ꭰ")
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_offsets_are_those_of_the_normalized_words(text: str) -> None:
    normalized, starts, ends = normalize_with_offsets(text)
    assert normalized.split() == split_words(text)
    assert len(starts) == len(ends) == len(normalized)
    assert starts == sorted(starts)
    for start, end in highlight_spans(text, split_words(text)):
        assert 0 <= start < end <= len(text)


@given(st.text(alphabet="aé{}\\'\"Hov ﬁ日ßøΣ.αµ+#NEt-‐", max_size=20))
def test_offsets_are_right_for_tex(text: str) -> None:
    normalized, starts, _ = normalize_with_offsets(text)
    assert normalized.split() == split_words(text)
    assert len(starts) == len(normalized)
