"""JSON records of no known format: other names of fields, wrappers, works anywhere inside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sources.reading import read_text


@pytest.mark.parametrize(
    "record",
    [
        {"Title": "A Work", "Authors": "Ada Lindqvist, Wei Li", "Year": 2020, "Abstract": "We.",
         "DOI": "10.5555/a", "Venue": "ICML"},
        {"paper_title": "A Work", "author_list": ["Ada Lindqvist*", "Wei Li†"], "pub_year": "2020",
         "paper_abstract": "We.", "article_doi": "10.5555/a", "journalName": "ICML"},
        {"dc:title": "A Work", "dc:creator": "Lindqvist, Ada; Li, Wei", "dc:description": "We.",
         "prism:coverDate": "2020-01-02", "prism:doi": "10.5555/a",
         "prism:publicationName": "ICML"},
        {"title": "A Work", "authors": {"authors": [{"full_name": "Ada Lindqvist"},
                                                    {"full_name": "Wei Li"}]},
         "abstract": {"h1": "Abstract", "p": "We."}, "publication_year": 2020,
         "doi": "10.5555/a", "publication_title": "ICML"},
        {"title": ["A Work"], "authors": [["Lindqvist", "Ada", ""], ["Li", "Wei", ""]],
         "abstract": ["We."], "published": {"year": "2020", "month": "01"},
         "identifiers": {"doi": "10.5555/a", "issn": "1"}, "source": "ICML"},
        {"paper": {"title": "A Work", "authors": ["Ada Lindqvist", "Wei Li"], "year": 2020,
                   "abstract": "We.", "doi": "10.5555/a", "venue": "ICML"}, "score": 0.5},
    ],
)  # fmt: skip
def test_fields_are_found_by_the_names_people_give(tmp_path: Path, record: dict[str, Any]) -> None:
    for text in (json.dumps(record), json.dumps([record]), json.dumps([record], indent=1)):
        (paper,), rejected = read_text(tmp_path, text)
        assert rejected == []
        assert (paper.title, paper.author_names) == ("A Work", ("Ada Lindqvist", "Wei Li"))
        assert (paper.abstract, paper.published[:4]) == ("We.", "2020")
        assert (paper.ids, paper.venue) == ({"doi": "10.5555/a"}, "ICML")


WORK = {"title": "A Work", "authors": ["Ada Lindqvist"], "year": 2020}


@pytest.mark.parametrize(
    "document",
    [
        {"date": "2024-05-01", "by_topic": {"cs.CL": [WORK], "cs.CV": []}},
        {"nodes": {"x1": WORK}, "edges": [["x1", "x2", 0.3]]},
        {"search-results": {"total": "1", "entry": [WORK]}},
        {"rss": {"channel": {"title": "News", "item": [WORK]}}},
    ],
)
def test_works_are_found_anywhere_inside(tmp_path: Path, document: dict[str, Any]) -> None:
    for text in (json.dumps(document), json.dumps(document, indent=1)):
        papers, rejected = read_text(tmp_path, text)
        assert [paper.title for paper in papers] == ["A Work"]
        assert rejected == []


def test_an_object_with_only_a_name_is_not_a_work(tmp_path: Path) -> None:
    package = {"name": "tool", "version": "1.0", "author": {"name": "Ada"}, "scripts": {"x": "y"}}
    papers, _ = read_text(tmp_path, json.dumps({"packages": {"a": package}}, indent=1))
    assert papers == []


def test_the_rows_of_a_daily_list_are_read(tmp_path: Path) -> None:
    row = "|**2024-04-30**|**A Work**|Ada Lindqvist et.al.|[2404.99901](http://arxiv.org/abs/2404.99901)|**[link](https://github.com/x/y)**|\n"
    (paper,), rejected = read_text(tmp_path, json.dumps({"SLAM": {"2404.99901": row}, "VO": {}}))
    assert rejected == []
    assert (paper.title, paper.author_names, paper.published) == (
        "A Work", ("Ada Lindqvist",), "2024-04-30",
    )  # fmt: skip
    assert (paper.ids, paper.links) == (
        {"arxiv": "2404.99901"}, {"code": "https://github.com/x/y"},
    )  # fmt: skip
