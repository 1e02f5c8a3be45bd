"""Every format as it is met outside: each paper in, with its title, authors, year and ids."""

# ruff: noqa: E501
from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reading import read_text
from tests.sources.wild import SAMPLES
from tui.core.text import normalize
from tui.sources.engines.whole_text import UnreadableDocument
from tui.sources.engines.yaml import parse_yaml


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_in_a_file_comes_out_of_it(tmp_path: Path, name: str) -> None:
    sample = SAMPLES[name]
    papers, refused = read_text(tmp_path, sample.content, name)
    assert len(papers) == len(sample.expected), refused
    assert len(refused) == (3 if name == "arxiv-api.txt" else 0)
    for title, author, count, year, ids in sample.expected:
        (paper,) = [
            paper
            for paper in papers
            if (ids.items() <= paper.ids.items() and ids)
            or (not ids and normalize(paper.title) == normalize(title or ""))
        ]
        assert title is None or normalize(paper.title) == normalize(title)
        assert author is None or normalize(paper.authors[0]) == normalize(author)
        assert count is None or len(paper.authors) == count
        assert year is None or paper.published[:4] == year


def test_an_arxiv_listing_tells_its_day(tmp_path: Path) -> None:
    papers, _ = read_text(tmp_path, SAMPLES["arxiv-listing.txt"].content)
    assert {paper.listed for paper in papers} == {"2025-01-03"}
    assert papers[0].categories == ("cs.CL", "cs.AI")
    assert papers[0].comment == "12 pages"
    assert papers[1].venue == "Some Journal 2025"


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
    ],
    ids=["deep list", "deep mapping", "aliases of aliases", "alias of itself"],
)
def test_hostile_yaml_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"deep|depth|aliases|recursive"):
        parse_yaml(text)


def test_an_encoding_nobody_knows_is_read_as_utf_8(tmp_path: Path) -> None:
    content = SAMPLES["dblp.xml"].content.replace(b"ISO-8859-1", b"-SO-8859-1")
    assert len(read_text(tmp_path, content)[0]) == 2
