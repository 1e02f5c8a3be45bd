"""Lighting up words in texts as they are shown."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.core.text import normalize_with_offsets, split_words
from tui.search import light


@pytest.mark.parametrize(
    ("text", "wanted", "lit"),
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
def test_lights(text: str, wanted: list[str], lit: list[str]) -> None:
    assert [text[start:end] for start, end in light(text, wanted)] == lit


@example("Ꭰ")
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_folded_text_lines_up_with_its_words(text: str) -> None:
    folded, starts, ends = normalize_with_offsets(text)
    assert folded.split() == split_words(text)
    assert len(starts) == len(ends) == len(folded)
    assert starts == sorted(starts)
    for start, end in light(text, split_words(text)):
        assert 0 <= start < end <= len(text)


@given(st.text(alphabet="aé{}\\'\"Hov ﬁ日ßøΣ.", max_size=20))
def test_tex_lines_up_too(text: str) -> None:
    folded, starts, _ = normalize_with_offsets(text)
    assert folded.split() == split_words(text)
    assert len(starts) == len(folded)
