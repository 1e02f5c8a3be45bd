"""Every format as it is met outside: each paper in, with its title, authors, year and ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reading import read_text
from tests.sources.sample_files import SAMPLES
from tui.core.text import normalize


@pytest.mark.parametrize("name", SAMPLES)
def test_each_paper_of_a_file_is_read(tmp_path: Path, name: str) -> None:
    sample = SAMPLES[name]
    papers, rejected = read_text(tmp_path, sample.content, name)
    assert len(papers) == len(sample.expected), rejected
    assert len(rejected) == (3 if name == "arxiv-api.txt" else 0)
    for title, author, count, year, ids in sample.expected:
        (paper,) = [
            paper
            for paper in papers
            if (ids.items() <= paper.ids.items() and ids)
            or (not ids and normalize(paper.title) == normalize(title or ""))
        ]
        assert title is None or normalize(paper.title) == normalize(title)
        assert author is None or normalize(paper.author_names[0]) == normalize(author)
        assert count is None or len(paper.author_names) == count
        assert year is None or paper.published[:4] == year


def test_an_unknown_encoding_is_read_as_utf_8(tmp_path: Path) -> None:
    content = SAMPLES["dblp.xml"].content.replace(b"ISO-8859-1", b"-SO-8859-1")
    assert len(read_text(tmp_path, content)[0]) == 2
