"""Titles, authors and identifiers of PDFs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.pdf_file import pdf
from tests.sources.reading import read_text


@pytest.mark.parametrize("metadata_title", ["A Work on Things", "Microsoft Word - draft.docx", ""])
def test_the_title_is_in_the_metadata_or_the_largest_letters(
    tmp_path: Path, metadata_title: str
) -> None:
    data = pdf(
        metadata_title,
        [(20, "arXiv:2402.99901v1 [cs.CL] 28 Feb 2024"), (18, "A Work on Things"), (10, "Ada L.")],
    )
    papers, rejected = read_text(tmp_path, data, "x.pdf")
    assert rejected == []
    assert papers[0].title == "A Work on Things"
    assert papers[0].author_names == ("Ada Lindqvist", "Tomas Reyes")
    assert papers[0].ids == {"arxiv": "2402.99901"}


@pytest.mark.parametrize("cut", [9, 60, 400])
def test_a_broken_pdf_is_refused(tmp_path: Path, cut: int) -> None:
    papers, rejected = read_text(tmp_path, pdf("", [(10, "x")])[:cut], "x.pdf")
    assert papers == []
    assert len(rejected) == 1
