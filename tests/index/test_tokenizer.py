"""The tokenizer finds the words that `str.split` finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.text import WORD_LENGTH, normalize_words, split_words
from tui.index import tokenizer
from tui.index.tokenizer import TokenStream, number_hashes

TEXT = st.lists(
    st.text(alphabet=st.sampled_from("ab é日.\\{-"), max_size=90).map(normalize_words), max_size=8
)


@given(TEXT)
def test_the_words_of_each_text_are_found(texts: list[str]) -> None:
    found = TokenStream(texts)
    cut = [[word[:WORD_LENGTH] for word in text.split()] for text in texts]
    every = [found.word(place).decode() for place in range(len(found.word_starts))]
    assert every == [word for text in cut for word in text]
    assert np.diff(found.starts).tolist() == [len(text) for text in cut]
    hashes = found.hashes().tolist()
    assert len(set(hashes)) == len(set(every))
    assert dict(zip(every, hashes, strict=True)) == dict(
        reversed(list(zip(every, hashes, strict=True)))
    )


def test_a_word_has_the_same_hash_in_every_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokenizer, "_BYTES_AT_A_TIME", 64)
    text = " ".join(f"alpha beta{n}" for n in range(500))
    found = TokenStream([text, "", text])
    hashes = found.hashes()
    assert len(set(hashes[::2].tolist())) == 1
    assert hashes[:1000].tolist() == hashes[1000:].tolist()
    assert len(set(hashes.tolist())) == 501


def test_a_hyphen_joins_words_and_a_dash_does_not() -> None:
    texts = ("pre-train", "pre - train", "TNF-α", "pre-", "train")
    found = TokenStream([normalize_words(text) for text in texts])
    words, numbers = found.hyphenated()
    pairs = zip(words.tolist(), numbers.tolist(), strict=True)
    assert [(found.word(word), found.word(word + 1), number) for word, number in pairs] == [
        (b"pre", b"train", 0),
        (b"tnf", b"alpha", 2),
    ]


@given(st.lists(st.integers(1, 1 << 63), max_size=200))
def test_distinct_hashes_have_distinct_numbers(values: list[int]) -> None:
    hashes = np.array(values, np.uint64)
    numbers, places = number_hashes(hashes)
    assert len(places) == len(set(values))
    assert hashes[places[numbers]].tolist() == values


def test_the_hash_table_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokenizer, "_LEAST_BITS", 4)
    monkeypatch.setattr(tokenizer, "_FIRST_BITS", 6)
    monkeypatch.setattr(tokenizer, "_HASHES_AT_A_TIME", 16)
    hashes = np.random.default_rng(5).integers(1, 1 << 63, 3000).astype(np.uint64)
    numbers, places = number_hashes(np.concatenate((hashes, hashes)))
    assert len(places) == 3000
    assert numbers[:3000].tolist() == numbers[3000:].tolist()


def test_split_words_splits_normalized_words() -> None:
    assert split_words("État-space {M}odels") == normalize_words("État-space {M}odels").split()
