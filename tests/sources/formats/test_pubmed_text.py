"""PubMed's plain text."""

from __future__ import annotations

from pathlib import Path

from tests.sources.reading import read_text

TEXT = """1. Things. 2024 Feb 28;12(3):45-67. doi: 10.5555/abc. Epub 2024
Jan 1.

A work on things.

Lindqvist A(1)(2), Reyes TB(#)(1).

Author information:
(1)Institute of Things, whose address is far longer than the abstract of this work is.

We work on things.

© 2024. The Authors.

DOI: 10.5555/abc
PMID: 34265844 [Indexed for MEDLINE]


2. Other Things. 2023.

Another work.

Li W.

DOI: 10.5555/def
"""


def test_an_article_is_read_by_the_order_of_its_paragraphs(tmp_path: Path) -> None:
    (first, second), rejected = read_text(tmp_path, TEXT)
    assert rejected == []
    assert (first.title, first.abstract) == ("A work on things", "We work on things.")
    assert first.authors == ("A. Lindqvist", "T. B. Reyes")
    assert (first.venue, first.published) == ("Things", "2024-02-28")
    assert first.ids == {"doi": "10.5555/abc", "pmid": "34265844"}
    assert (second.title, second.published) == ("Another work", "2023")
