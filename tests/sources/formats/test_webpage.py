"""Web pages: the citation tags of a paper's page, the links of others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sources.reading import TODAY, read_text
from tui.core.paper import Paper
from tui.sources.interface import RejectedRecord
from tui.sources.reader import read_bytes

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>A Work | A Publisher</title>
<script>var a = "<meta name='citation_title' content='Not This'>";</script>
<meta name="citation_title" content="A Work on Things &amp; p > 0.05"/>
<meta content="Lindqvist, Ada" name="citation_author">
<meta name="citation_author" content="Tomás Reyes">
<meta name='citation_publication_date' content='2024/02/28'>
<meta name="citation_journal_title" content="Journal of Things">
<meta name="DC.Identifier" content="doi:10.5555/ABC">
<meta name="citation_arxiv_id" content="2402.99901"/>
<meta name="citation_pmid" content="123">
<meta name="citation_abstract" content="We work.\x1b[31m">
<meta name="citation_pdf_url" content="https://example.org/a.pdf">
</head><body><p>Cites <a href="https://arxiv.org/abs/2301.99999">Another Work of Things</a>
</body></html>"""

LINKS = """<html><body><ul>
<li><a href="/papers/2402.99901"><img src="a.png"></a> <a href="/papers/2402.99901">A Work on
Things</a><li>See <a href=https://arxiv.org/abs/2402.99902>[pdf]</a>,
<a href="https://doi.org/10.5555/(a)1(2)">Third Work of Things</a> and <a href="/about">we</a>
</ul><!-- <a href="https://arxiv.org/abs/2402.99903">Hidden Work</a> --></body></html>"""


def _read(
    page: str, where: str = "https://example.org/list"
) -> tuple[list[Paper], list[RejectedRecord]]:
    records = list(read_bytes(page.encode(), where, TODAY))
    return (
        [each for each in records if isinstance(each, Paper)],
        [each for each in records if isinstance(each, RejectedRecord)],
    )


def test_the_citation_tags_of_a_page_are_read(tmp_path: Path) -> None:
    (paper,), rejected = read_text(tmp_path, PAGE, "saved.html")
    assert rejected == []
    assert paper.title == "A Work on Things & p > 0.05"
    assert paper.author_names == ("Ada Lindqvist", "Tomás Reyes")
    assert paper.ids == {"arxiv": "2402.99901", "doi": "10.5555/abc", "pmid": "123"}
    assert (paper.published, paper.venue) == ("2024-02-28", "Journal of Things")
    assert paper.abstract == "We work.[31m"
    assert paper.links == {"pdf": "https://example.org/a.pdf"}


def test_a_fetched_page_is_the_link_and_the_source_of_its_paper() -> None:
    (paper,), _ = _read(PAGE, "https://example.org/a")
    assert paper.links["abs"] == "https://example.org/a"
    assert paper.sources == ("https://example.org/a",)


def test_authors_in_one_tag_are_split() -> None:
    page = '<html><meta name="citation_title" content="A Work"><meta name="citation_authors" '
    (paper,), _ = _read(page + 'content="Lindqvist, Ada; Reyes, Tomás"></html>')
    assert paper.author_names == ("Ada Lindqvist", "Tomás Reyes")


def test_tags_without_a_title_keep_the_identifier() -> None:
    papers, (rejected,) = _read('<html><meta name="citation_doi" content="10.5555/abc"></html>')
    assert papers == []
    assert (rejected.why, rejected.ids) == ("no title", {"doi": "10.5555/abc"})


def test_the_papers_that_a_page_links_to_are_read() -> None:
    papers, rejected = _read(LINKS, "https://huggingface.co/x/list")
    assert [(paper.title, *paper.ids.values()) for paper in papers] == [
        ("A Work on Things", "2402.99901"),
        ("Third Work of Things", "10.5555/(a)1(2)"),
    ]
    assert [each.ids for each in rejected] == [{"arxiv": "2402.99902"}]
    assert rejected[0].where == "https://huggingface.co/x/list"


def test_a_page_without_papers_says_so() -> None:
    _, (rejected,) = _read('<html><body><a href="https://[nonsense">Home</a></body></html>')
    assert "no papers in it, read as a web page" in rejected.why


@pytest.mark.parametrize(
    "piece", ["<a ='>", '<a ="', "<", "<!--", "<script", "<style>", "a=<", "[(", "<meta name='"]
)
def test_a_hostile_page_is_read_to_its_end(piece: str) -> None:
    # Were a quote or comment without end looked for again and again, this would take minutes.
    papers, rejected = _read("<html>" + piece * 100_000)
    assert papers == []
    assert len(rejected) == 1


def test_authors_of_sciencedirect_are_read_from_its_json(tmp_path: Path) -> None:
    text = (
        '<html><head><meta name="citation_title" content="A Work">'
        '<meta property="og:description" content="We work."></head><body>'
        '<script type="application/json">{"authors":[{"#name":"author","$$":['
        '{"#name":"given-name","_":"Ada"},{"#name":"surname","_":"Lindqvist"}]}]}</script></body></html>'
    )
    (paper,), _ = read_text(tmp_path, text)
    assert (paper.author_names, paper.abstract) == (("Ada Lindqvist",), "We work.")


def test_pages_described_in_dublin_core_or_for_search_engines_are_read(tmp_path: Path) -> None:
    core = (
        '<html><head><meta name="DC.Title" content="On ice"><meta name="DC.Creator" content="Roe, '
        'Ann"><meta name="DC.Identifier" content="10.5555/abc"></head></html>'
    )
    data = {
        "@graph": [
            {"@type": "WebPage", "name": "A page"},
            {
                "@type": "ScholarlyArticle",
                "headline": "On ice",
                "author": [{"@type": "Person", "name": "Ann Roe"}],
                "identifier": "https://doi.org/10.5555/abc",
            },
        ]
    }
    linked = f'<html><script type="application/ld+json">{json.dumps(data)}</script></html>'
    for page in (core, linked):
        (paper,), rejected = read_text(tmp_path, page)
        assert rejected == []
        assert (paper.title, paper.ids) == ("On ice", {"doi": "10.5555/abc"})
        assert [str(name) for name in paper.authors] == ["Ann Roe"]
