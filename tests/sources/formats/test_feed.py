"""RSS and Atom: items that link to a paper are read, others are rejected with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reading import read_text
from tui.sources.formats.feed import clean_item_title, split_summary

API = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<title>arXiv Query</title><id>q</id>
<entry><id>http://arxiv.org/abs/2402.99901v2</id><updated>2024-03-01T00:00:00Z</updated>
<published>2024-02-28T10:00:00Z</published><title>A Work on $n\\log n$
  things</title><summary>  We work.
Well.</summary><author><name>Ada Lindqvist</name></author><author><name>Tomás Reyes</name></author>
<arxiv:comment>4 pages</arxiv:comment><arxiv:journal_ref>Journal of Things</arxiv:journal_ref>
<arxiv:doi>10.5555/abc</arxiv:doi><link href="http://arxiv.org/abs/2402.99901v2" rel="alternate"/>
<link title="pdf" href="http://arxiv.org/pdf/2402.99901v2" rel="related" type="application/pdf"/>
<category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/></entry></feed>"""


def test_an_answer_of_the_arxiv_api_is_read(tmp_path: Path) -> None:
    (paper,), rejected = read_text(tmp_path, API)
    assert rejected == []
    assert paper.title == "A Work on n log n things"
    assert paper.author_names == ("Ada Lindqvist", "Tomás Reyes")
    assert paper.abstract == "We work. Well."
    assert paper.published == "2024-02-28"
    assert paper.ids == {"arxiv": "2402.99901", "doi": "10.5555/abc"}
    assert paper.links["pdf"] == "http://arxiv.org/pdf/2402.99901v2"
    assert (paper.venue, paper.comment, paper.categories) == (
        "Journal of Things", "4 pages", ("cs.CL",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("item", "ids"),
    [
        (
            "<title>A Work</title><link>https://arxiv.org/abs/2402.99901</link><description>"
            "arXiv:2402.99901v1 Announce Type: new \nAbstract: We work.</description>"
            "<dc:creator>Ada Lindqvist, Tomás Reyes</dc:creator>",
            {"arxiv": "2402.99901"},
        ),
        (
            "<title>A Work. (arXiv:2402.99901v1 [cs.CL])</title>"
            "<link>http://arxiv.org/abs/2402.99901</link><description>&lt;p&gt;We work.&lt;/p&gt;"
            '</description><dc:creator>&lt;a href="http://arxiv.org/a/x"&gt;Ada Lindqvist&lt;/a&gt;'
            ", Tomás Reyes</dc:creator>",
            {"arxiv": "2402.99901"},
        ),
        (
            "<title>A Work</title><link>https://www.nature.com/articles/s1-1</link>"
            "<prism:doi>10.5555/ABC</prism:doi><description>We work.</description>"
            "<dc:creator>Ada Lindqvist</dc:creator><dc:creator>Tomás Reyes</dc:creator>",
            {"doi": "10.5555/abc"},
        ),
        (
            "<title>A Work</title><link>https://www.cell.com/x/fulltext/S1?rss=yes</link>"
            "<description>We work.</description><author>Ada Lindqvist, Tomás Reyes</author>",
            {},
        ),
    ],
)
def test_an_rss_item_is_read(tmp_path: Path, item: str, ids: dict[str, str]) -> None:
    text = (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><channel><title>F</title>'
        f"<item>{item}<pubDate>Wed, 28 Feb 2024 04:00:00 GMT</pubDate></item>"
        "<item><title>A post</title><link>https://example.org/blog</link></item></channel></rss>"
    )
    papers, rejected = read_text(tmp_path, text, "f.xml")
    (paper,) = papers
    assert paper.title.rstrip(".") == "A Work"
    assert paper.abstract == "We work."
    assert paper.ids == ids
    assert paper.published == "2024-02-28"
    assert paper.author_names == ("Ada Lindqvist", "Tomás Reyes")
    assert rejected == ["f.xml: item 2 “A post”: has no link to a paper"]


def test_a_feed_without_items_says_so(tmp_path: Path) -> None:
    text = "<rss version='2.0'><channel><title>F</title></channel></rss>"
    assert read_text(tmp_path, text, "f.xml")[1] == ["f.xml: a feed without items"]


def test_an_ampersand_without_an_entity_is_kept(tmp_path: Path) -> None:
    text = (
        "<rss><channel><item><title>Salt & AT&T <![CDATA[& more]]></title>"
        "<link>https://arxiv.org/abs/2402.99901</link></item></channel></rss>"
    )
    (paper,), _ = read_text(tmp_path, text)
    assert paper.title == "Salt & AT&T & more"


def test_a_feed_at_which_its_parser_fails_is_rejected_in_words(tmp_path: Path) -> None:
    text = (
        '<!DOCTYPE rss [<!ENTITY path "C:\\Users">]><rss><channel><title>&path;</title><item>'
        "<title>A</title><link>https://arxiv.org/abs/2402.99901</link></item></channel></rss>"
    )
    papers, rejected = read_text(tmp_path, text, "a.xml")
    assert papers or "not a feed that can be read" in rejected[0]


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
