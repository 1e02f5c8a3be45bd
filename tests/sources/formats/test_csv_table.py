"""Tables of papers: CSV and TSV of catalogues and reference managers."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.sources.reading import read_text
from tui.sources.interface import RejectedRecord
from tui.sources.reader import read

ZOTERO = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url",'
    '"Abstract Note","Date","Manual Tags"\n'
    '"K","journalArticle","2024","Lindqvist, Ada; Reyes, Tomás","A Work, with\ncomma",'
    '"Journal of Things","10.5555/ABC","https://example.org/1","We work.","2024-02-28","a; b c"\n'
)


SCOPUS = (
    '\ufeff"Authors","Title","Year","Source title","DOI","Abstract","Author Keywords"\n'
    '"Lindqvist A., Reyes T.","A Work, with comma","2024","Journal of Things","10.5555/abc",'
    '"We work.","a; b c"\n'
)


IEEE = (
    '"Document Title",Authors,"Publication Title","Publication Year","DOI","Abstract",'
    '"Author Keywords"\n"A Work, with comma","A. Lindqvist; T. Reyes","Journal of Things","2024",'
    '"10.5555/abc","We work.","a;b c"\n'
)


DIMENSIONS = (
    '"About the data: Exported on Feb 28, 2024."\n'
    '"Rank","Title","Source title","PubYear","DOI","Abstract","Authors"\n'
    '"1","A Work, with comma","Journal of Things","2024","10.5555/abc","We work.",'
    '"Lindqvist, Ada; Reyes, Tomás"\n'
)


TABS = "title\tauthors\tyear\tdoi\tjournal\tabstract\n" + "\t".join(
    ["A Work, with comma", "['Lindqvist, Ada', 'Reyes, Tomás']", "2024", "10.5555/abc",
     "Journal of Things", "We work."]
)  # fmt: skip


@pytest.mark.parametrize("text", [ZOTERO, SCOPUS, IEEE, DIMENSIONS, TABS])
def test_a_table_of_any_program_is_read(tmp_path: Path, text: str) -> None:
    papers, rejected = read_text(tmp_path, text)
    assert rejected == []
    (paper,) = papers
    assert paper.title == "A Work, with comma"
    assert len(paper.author_names) == 2
    assert "Lindqvist" in paper.author_names[0]
    assert "Reyes" in paper.author_names[1]
    assert (paper.published[:4], paper.venue) == ("2024", "Journal of Things")
    assert paper.abstract == "We work."
    assert paper.ids == {"doi": "10.5555/abc"}
    assert paper.categories in ((), ("a", "b c"))


def test_rows_without_title_are_looked_up_by_their_ids(tmp_path: Path) -> None:
    papers, rejected = read_text(
        tmp_path, "title,year\nA work,2020\n,2021\n\nB work,2022\n", "a.csv"
    )
    assert [paper.title for paper in papers] == ["A work", "B work"]
    assert rejected == ["a.csv:3: no title"]
    path = tmp_path / "ids.csv"
    path.write_text("doi,pmid\n10.5555/a,1\n", encoding="utf-8")
    (record,) = read(str(path), date(2026, 5, 7))
    assert isinstance(record, RejectedRecord)
    assert record.ids == {"doi": "10.5555/a", "pmid": "1"}


def test_a_cell_without_an_end_is_read_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.sources.formats.csv_table.MAX_LINE", 1000)
    text = 'title,abstract\nA Work,"Short"\nB Work,"' + "not a title,\n" * 500
    limit = csv.field_size_limit()
    papers, rejected = read_text(tmp_path, text, "a.csv")
    csv.field_size_limit(limit)
    assert [paper.title for paper in papers] == ["A Work"]
    assert len(rejected) == 1
    assert "the rest is not read" in rejected[0]


def test_identifiers_are_found_in_zoteros_extra(tmp_path: Path) -> None:
    text = 'Title,DOI,Extra\nA Work,,"DOI: 10.5555/abc\nPMID: 12"\n'
    (paper,), _ = read_text(tmp_path, text)
    assert paper.ids == {"doi": "10.5555/abc", "pmid": "12"}


def test_a_table_of_arxiv_has_authors_and_dates(tmp_path: Path) -> None:
    text = (
        "\tabstract\tarxiv_id\tauthor_text\tcreated\ttitle\n"
        "1\tWe work.\tcs/9809006\tAda Lindqvist, Wei Li\t1998-09-02\tA Work\n"
    )
    (paper,), _ = read_text(tmp_path, text)
    assert paper.author_names == ("Ada Lindqvist", "Wei Li")
    assert paper.published == "1998-09-02"


def test_a_table_of_tasks_or_bookmarks_with_dates_has_no_papers(tmp_path: Path) -> None:
    tasks = "title,created\nBuy some milk,2024-01-02\n"
    bookmarks = "title,url,created\nA shop of things,https://example.org/shop,2024-01-02\n"
    assert read_text(tmp_path, tasks)[0] == []
    assert read_text(tmp_path, bookmarks)[0] == []
