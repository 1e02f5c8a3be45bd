"""One paper, one row: records of it from several formats are merged, the same file adds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authors import authors
from tests.sources.formats import test_feed, test_xml
from tests.sources.reading import TODAY
from tui.catalog.catalog import Catalog
from tui.core.paper import Paper
from tui.sources.reader import read


def add(catalog: Catalog, path: Path, content: str) -> tuple[int, int, int]:
    path.write_text(content, encoding="utf-8")
    papers = [record for record in read(str(path), TODAY) if isinstance(record, Paper)]
    outcome = catalog.add(papers)
    return outcome.added, outcome.updated, outcome.unchanged


def test_one_row_for_one_paper(tmp_path: Path) -> None:
    bib = (
        "@article{a, title = {{A Work on $n \\log n$ Things}}, author = {Lindqvist, Ada},"
        " year = 2024, doi = {10.5555/ABC}}\n"
        "@misc{b, title = {A work on n log n things}, author = {Lindqvist, A.}, year = {2023}}\n"
        "@misc{c, title = {A work on n log n things}, author = {Somebody Else}, year = {2023}}\n"
    )
    catalog = Catalog(tmp_path / "papers.db", create=True)
    assert add(catalog, tmp_path / "a.bib", bib)[0] == 2
    assert add(catalog, tmp_path / "a.bib", bib)[:2] == (0, 0)
    added, updated, _ = add(catalog, tmp_path / "oai.xml", test_xml.OAI)
    assert (added, updated) == (0, 1)
    assert add(catalog, tmp_path / "pubmed.xml", test_xml.PUBMED)[0] == 0
    row = catalog.row_of("doi:10.5555/abc")
    stored = catalog.get(row) if row is not None else None
    assert stored is not None
    assert stored.paper.ids == {"arxiv": "0704.9901", "doi": "10.5555/abc", "pmid": "123"}
    assert stored.paper.sources == ("a.bib", "oai.xml", "pubmed.xml")
    assert stored.paper.abstract
    catalog.close()


def test_any_version_of_an_arxiv_paper_is_that_paper(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "papers.db", create=True)
    assert add(catalog, tmp_path / "v2.xml", test_feed.API) == (1, 0, 0)
    second = test_feed.API.replace("2402.99901v2", "2402.99901v3")
    assert add(catalog, tmp_path / "v2.xml", second)[0] == 0
    catalog.close()


def test_marks_stay_with_a_row_whose_title_got_fuller(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "papers.db", create=True)
    catalog.add([Paper("A STUDY OF THINGS", authors("A. Bee"))])
    key = catalog.get(1)
    catalog.add([Paper("A Study of Things", authors("A. Bee"))])
    again = catalog.get(1)
    assert key is not None
    assert again is not None
    assert (again.key, again.paper.title) == (key.key, "A Study of Things")
    catalog.close()


@pytest.mark.parametrize(
    ("stored", "source", "shown"),
    [
        ("Smith JA", "Smith, John A.", "John A. Smith"),
        ("Jane Doe PhD", "Doe, Jane Mary", "Jane Mary Doe"),
        ("Tillie [1848-1914] Alle", "Alle, Tillie Pierce M.", "Tillie Pierce M. Alle"),
        ("小明 王", "王, 小明", "小明 王"),
        ("de la Cruz Soto, A.", "de la Cruz Soto, Ana", "de la Cruz Soto, Ana"),
        ("King, Martin, Jr.", "King, Jr., Martin L.", "Martin L. King Jr."),
        ("Doctors Without Borders", "{Doctors Without Borders}", "Doctors Without Borders"),
        ("World Health Organization", "{World Health Organization}", "World Health Organization"),
    ],
)
def test_a_paper_of_an_older_library_keeps_its_key(
    tmp_path: Path, stored: str, source: str, shown: str
) -> None:
    """Earlier versions stored each author as the text that was shown."""
    catalog = Catalog(tmp_path / "papers.db", create=True)
    catalog.add([Paper("A Study of Things", authors(stored), published="2020")])
    before = catalog.get(1)
    bib = f"@misc{{a, title={{A Study of Things}}, author={{{source}}}, year=2020}}"
    assert add(catalog, tmp_path / "a.bib", bib)[0] == 0
    after = catalog.get(1)
    assert before is not None
    assert after is not None
    assert after.key == before.key
    assert after.paper.author_names == (shown,)
    assert after.paper.authors[0].is_literal == source.startswith("{")
