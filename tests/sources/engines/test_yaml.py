"""YAML whose scalars stay texts."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from tui.sources.engines.whole_text import UnreadableDocument
from tui.sources.engines.yaml import parse_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\nb:\n  - x\n  - y: z\n    w: 'it''s'\n", {"a": "1", "b": ["x", {"y": "z", "w": "it's"}]}),
        ("a:\n- x\n- - 2017\n  - 6\n", {"a": ["x", ["2017", "6"]]}),
        ('a: "q \\"in\\" it" # said\nb: [c, "d, e", {f: g}]\n', {"a": 'q "in" it', "b": ["c", "d, e", {"f": "g"}]}),
        ("a: |\n  two\n  lines\nb: one\n  and on\n", {"a": "two\nlines\n", "b": "one and on"}),
        ("# only a word\nword\n", "word"),
        ("", None),
        ("url: https://x.org/a:b\n", {"url": "https://x.org/a:b"}),
        ("a: [b\n", {"a": "[b"}),
        ("a: 2017-06\nb: no\nc: 1e3\nd: 1706.10\n", {"a": "2017-06", "b": "no", "c": "1e3", "d": "1706.10"}),
        ('a: Sheaf: a\n  reader\nb: [[Ada]]\nc: @x\n', {"a": "Sheaf: a reader", "b": "[[Ada]]", "c": "@x"}),
        ('a: "\\u00e9\\x41"\n', {"a": "éA"}),
    ],
)  # fmt: skip
def test_yaml_keeps_every_scalar_as_text(text: str, value: object) -> None:
    assert parse_yaml(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "- " * 5000,
        "".join(f"{' ' * n}a:\n" for n in range(900)),
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 4}]\n" for n in range(1, 30)),
        "a: &a [*a]\n",
        "- a\n" * 1_200_001,
    ],
    ids=["deep list", "deep mapping", "aliases of aliases", "alias of itself", "many values"],
)
def test_hostile_yaml_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"deep|depth|aliases|recursive|too many values"):
        parse_yaml(text)
