"""What publishers' feeds say in place of an abstract."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reading import read_text
from tui.sources.formats.feed_summaries import clean_item_title, split_summary

IEEE = """<?xml version="1.0"?><rss version="2.0"><channel><title>Things</title><item>
<title>A Work</title><link>http://ieeexplore.ieee.org/document/1</link>
<description>We work.</description><authors>Ada Lindqvist;Wei Li</authors></item></channel></rss>"""
ELSEVIER = """<?xml version="1.0"?><rss version="2.0"><channel><title>Things</title><item>
<title>A Work</title><link>https://www.sciencedirect.com/science/article/pii/S1</link>
<description><![CDATA[<p>Publication date: June 2024</p><p><b>Source:</b> Things, Volume 3</p>
<p>Author(s): Ada Lindqvist, Wei Li</p>]]></description></item></channel></rss>"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [(IEEE, ("", "", "We work.")), (ELSEVIER, ("Things", "2024-06", ""))],
)
def test_authors_in_a_text_are_split(
    tmp_path: Path, text: str, expected: tuple[str, str, str]
) -> None:
    (paper,), rejected = read_text(tmp_path, text)
    assert rejected == []
    assert paper.author_names == ("Ada Lindqvist", "Wei Li")
    assert (paper.venue, paper.published, paper.abstract) == expected


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<p>Nature, Published online: 1 May 2024; <a href='x'>doi:10.1038/s1</a></p>We.", "We."),
        ("<p>by Ada Lindqvist, Wei Li</p>We.", "We."),
        ("Science, Volume 384, Issue 6695, Page 1-2, May 2024. <br/>", ""),
        ("<p><b>Things, Vol. 2, Pages 29: A Work</b></p><p>Things <a href='x'>doi: 10.3/s</a></p>"
         "<p>Authors: Ada Lindqvist Wei Li</p><p>We.</p>", "<p>We.</p>"),
        ("We work on volume, in 2024.", "We work on volume, in 2024."),
        ("<p>We work by Ada.</p>", "<p>We work by Ada.</p>"),
    ],
)  # fmt: skip
def test_the_residue_of_publishers_is_not_in_the_abstract(text: str, left: str) -> None:
    assert split_summary(text)[0] == left


def test_volume_and_kind_are_removed_from_titles() -> None:
    assert clean_item_title("Things, Vol. 24, Pages 2944: A Work") == "A Work"
    assert clean_item_title("[ASAP] A Work: Vol. 2") == "A Work: Vol. 2"
