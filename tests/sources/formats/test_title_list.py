"""Lists of nothing but titles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reading import read_text


def test_each_line_of_a_list_is_a_title(tmp_path: Path) -> None:
    text = "To read:\n1. Attention Is All You Need\n2) GPT-3\n- [ ] Deep Learning for Images\n"
    papers, rejected = read_text(tmp_path, text)
    assert [paper.title for paper in papers] == [
        "Attention Is All You Need", "GPT-3", "Deep Learning for Images",
    ]  # fmt: skip
    assert rejected == []


def test_identifiers_in_a_list_of_titles_are_rejected_with_their_ids(tmp_path: Path) -> None:
    first, second = "Attention Is All You Need", "Deep Learning for Things"
    text = f"{first}\n1810.04805\nhttps://arxiv.org/abs/1512.03385\n{second}\n"
    papers, rejected = read_text(tmp_path, text, "a.txt")
    assert [(paper.title, paper.ids) for paper in papers] == [
        (first, {}), (second, {}),
    ]  # fmt: skip
    assert rejected == [
        "a.txt:2: arxiv:1810.04805, but no title beside it",
        "a.txt:3: arxiv:1512.03385, but no title beside it",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Attention is all you need\nDeep residual learning for images\nLong short-term memory\n",
        "Title\nÉtude sur les réseaux profonds\nZur Elektrodynamik bewegter Körper\n",
        "注意力机制综述与展望研究\n基于深度学习的图像识别方法\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_titles_in_small_letters_and_other_languages(
    tmp_path: Path, text: str, encoding: str
) -> None:
    papers, rejected = read_text(tmp_path, text.encode(encoding))
    assert [paper.title for paper in papers] == text.removeprefix("Title\n").splitlines()
    assert rejected == []


@pytest.mark.parametrize(
    "text",
    [
        "milk\nbread\ntwo eggs\n",
        "# Things\n- [ ] Fix the bug in the parser\n- [ ] Write the manual\n",
        "Dear Anna,\n\nI hope that you are well. We had a nice week.\n\nBest,\nTom\n",
        "numpy==1.2\npandas>=2\n",
        "2024-01-01 12:00:00 INFO Starting server\n2024-01-01 12:00:01 INFO Listening\n",
        "Copyright (c) 2020 Ada\n\nPermission is hereby granted, free of charge, to any person.\n",
        "Tool\n======\n\nThis is a tool that does some things for you, and it does them well.\n",
        "# Tool\n\nThis is a tool that does some things for you. Install it.\n",
        "Discussed the roadmap with Anna\nNeed to call the bank\nSend slides to Tom\n",
        "John Smith\nJane Doe\nAda Lindqvist\n",
    ],
)
def test_any_other_text_is_not_a_list(tmp_path: Path, text: str) -> None:
    papers, rejected = read_text(tmp_path, text, "a")
    assert papers == []
    assert rejected == ["a: unknown format"]
