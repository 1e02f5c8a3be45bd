"""Text: what a terminal must not get is removed, and the words stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.text import clean_line, clean_paragraphs, clean_typed_line, split_tags, split_words


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("plain", "plain"),
        ("  two\n lines\tand  spaces ", "two lines and spaces"),
        ("set \x1b]0;title\x07 and \x1b[31mred", "set ]0;title and [31mred"),
        ("C1 \x9b31m \x90q", "C1 31m q"),
        ("nul\x00 del\x7f", "nul del"),
        ("bidi \u202egnp.exe\u202c \u2066x\u2069", "bidi gnp.exe x"),
        ("zero\u200bwidth\ufeff \u2060joined", "zerowidth joined"),
        ("soft\u00adhyphen", "softhyphen"),
        ("nbsp\u00a0and\u3000wide", "nbsp and wide"),
        ("e\u0301 becomes one", "é becomes one"),
        ("half \ud800 character", "half \ufffd character"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("emoji 👩\u200d💻 heart ❤\ufe0f", "emoji 👩💻 heart ❤"),
        ("[bold]markup[/bold] stays", "[bold]markup[/bold] stays"),
        ("tags \U000e0041\U000e0042 gone", "tags gone"),
        ("", ""),
    ],
)
def test_a_line_is_cleaned(raw: str, expected: str) -> None:
    assert clean_line(raw) == expected


def test_paragraphs_are_kept_and_their_lines_joined() -> None:
    assert (
        clean_paragraphs("one\ntwo\n\nthree\r\nfour\r\n \r\nfive")
        == "one two\n\nthree four\n\nfive"
    )


@given(st.text())
def test_no_control_character_remains(text: str) -> None:
    for cleaned in (clean_line(text), clean_typed_line(text)):
        for character in cleaned.replace("\n", ""):
            assert unicodedata.category(character) not in ("Cc", "Cs")
            assert unicodedata.bidirectional(character) not in (
                "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
            )  # fmt: skip


@given(st.text())
def test_cleaning_a_second_time_changes_nothing(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_paragraphs(clean_paragraphs(text)) == clean_paragraphs(text)


def test_tags_are_words_without_their_sign() -> None:
    assert split_tags("#rag, long-context\n rag #") == ["rag", "long-context"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("TNF-α and 5µm", ["tnf", "alpha", "and", "5", "mu", "m"]),
        (r"$\varepsilon$-greedy $\Delta$", ["epsilon", "greedy", "delta"]),
        ("𝛼ϵ Ω", ["alpha", "epsilon", "omega"]),
        ("Σύγχρονα νέα", ["συγχρονα", "νεα"]),
        ("C++17, C# and F# (.NET)", ["cpp", "17", "csharp", "and", "fsharp", "dotnet"]),
        ("a+b #1 x.net ASP.NET Ca++", ["a", "b", "1", "x", "net", "asp", "net", "ca"]),
    ],
)
def test_symbols_are_spelled(text: str, words: list[str]) -> None:
    assert split_words(text) == words
