"""One paper, one row: records of it from several formats are merged, the same file adds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.formats import test_feed, test_xml
from tests.sources.reading import TODAY
from tui.catalog.catalog import Catalog
from tui.core.merge import merge_papers
from tui.core.paper import Paper
from tui.sources.reader import read
from tui.sources.record import build_paper


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


def test_a_notice_of_withdrawal_survives_the_older_comment() -> None:
    old, new = Paper("T", comment="4 pages"), Paper("T", comment="Withdrawn. 4 pages")
    assert merge_papers(old, new).comment == "Withdrawn. 4 pages"
    assert merge_papers(new, old).comment == "Withdrawn. 4 pages"


def test_counts_only_grow_and_latex_stays_with_the_text_that_was_taken() -> None:
    tex = build_paper({"title": r"A $\alpha$ bound", "abstract": r"Of \'Etale things, longer."})
    plain = build_paper({"title": "A α bound", "abstract": "Short.", "citations_count": 3})
    assert tex.title == plain.title
    for both in (merge_papers(tex, plain), merge_papers(plain, tex)):
        assert both.counts == {"citations": 3}
        assert both.abstract == "Of Étale things, longer."
        assert both.tex == {
            "title": r"A $\alpha$ bound",
            "abstract": r"Of \'Etale things, longer.",
        }
    counted = plain._replace(counts={"citations": 2, "stars": 1})
    assert merge_papers(plain, counted).counts == {"citations": 3, "stars": 1}


@pytest.mark.parametrize(
    ("old", "new", "taken"),
    [
        ("Attention over Long …", "Attention over Long Streams", "new"),
        ("Attention over Long...", "Attention over Long Streams", "new"),
        ("Attention over Long Streams", "Attention over Long …", "old"),
        ("Something Else...", "Attention over Long Streams", "old"),
        ("A STUDY OF THINGS", "A Study of Things", "new"),
        ("a study of things", "A study of things", "new"),
        ("A Study of Things", "A STUDY OF THINGS", "old"),
        ("A Study of Things", "A study of things", "old"),
        ("BERT", "Bert", "old"),
        ("Schr\ufffddinger and the Cat", "Schrödinger and the Cat", "new"),
        ("Preprint Name", "Journal Name", "old"),
    ],
)
def test_the_fuller_title_wins(old: str, new: str, taken: str) -> None:
    both = merge_papers(Paper(old), Paper(new))
    assert both.title == {"old": old, "new": new}[taken]
    assert merge_papers(both, Paper(new)) == both
    assert merge_papers(both, Paper(old)) == both


def test_the_latex_of_a_title_goes_with_it() -> None:
    cut = Paper("On Bounds of …", tex={"title": "On Bounds of \\ldots"})
    full = Paper("On Bounds of α", tex={"title": "On Bounds of $\\alpha$"})
    assert merge_papers(cut, full).tex == full.tex
    assert merge_papers(full, cut).tex == full.tex


def test_names_written_out_win_over_initials() -> None:
    short, long = Paper("T", ("A. Lindqvist", "Wei Li")), Paper("T", ("Ada Lindqvist", "Li, Wei"))
    assert merge_papers(short, long).authors == merge_papers(long, short).authors == long.authors


def test_marks_stay_with_a_row_whose_title_got_fuller(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "papers.db", create=True)
    catalog.add([Paper("A STUDY OF THINGS", ("A. Bee",))])
    key = catalog.get(1)
    catalog.add([Paper("A Study of Things", ("A. Bee",))])
    again = catalog.get(1)
    assert key is not None
    assert again is not None
    assert (again.key, again.paper.title) == (key.key, "A Study of Things")
    catalog.close()
