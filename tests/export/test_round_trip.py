"""Exported papers come back with the same titles, authors and abstracts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.authors import authors
from tests.export import round_trip
from tui.core import paths
from tui.core.author import Author
from tui.core.listing import Listing
from tui.core.paper import Paper
from tui.sources.plain_text import clean_abstract, clean_title
from tui.sources.reader import read

SOME = 300
"""Papers of the corpus in every format; all ten thousand are in `tests.benchmarks.export`."""


@pytest.mark.parametrize("format_name", round_trip.LOSSLESS)
def test_the_sample_library_comes_back(format_name: str, tmp_path: Path) -> None:
    found = read(str(paths.sample_library()), date(2026, 11, 23))
    papers = [paper for paper in found if isinstance(paper, Paper)]
    assert len(papers) == 82
    assert round_trip.differences(papers, format_name, tmp_path) == []


@pytest.mark.parametrize(
    "format_name", [name for name in round_trip.LOSSLESS if name != "biblatex"]
)
def test_the_seed_page_and_odd_records_come_back(
    format_name: str, shared: Path, tmp_path: Path
) -> None:
    papers = round_trip.seed(shared)
    assert len(papers) == 82
    assert round_trip.differences(papers, format_name, tmp_path) == []
    assert round_trip.differences(round_trip.oddities(shared), format_name, tmp_path) == []


def test_papers_of_the_corpus(shared: Path, tmp_path: Path) -> None:
    papers = round_trip.corpus(shared, SOME)
    for format_name in round_trip.LOSSLESS:
        assert round_trip.differences(papers, format_name, tmp_path) == [], format_name


def test_the_page_and_the_list_come_back(shared: Path, tmp_path: Path) -> None:
    """The list names three authors and has no abstracts."""
    papers = [
        paper._replace(authors=paper.authors[:3], links={"pdf": "https://example.org/a_b.pdf"})
        for paper in round_trip.corpus(shared, SOME)
        if all(" " in name and "(" not in name and "," not in name for name in paper.author_names)
    ]
    assert round_trip.differences(papers, "html", tmp_path) == []
    short = [paper._replace(abstract="") for paper in papers]
    assert round_trip.differences(short, "markdown", tmp_path) == []


@pytest.mark.parametrize("format_name", ["bibtex", "biblatex", "ris", "csl", "markdown", "html"])
def test_links_beside_the_identifiers_come_back(format_name: str, tmp_path: Path) -> None:
    links = {"pdf": "https://example.org/a_b.pdf", "code": "https://github.com/ann/ice"}
    paper = Paper(
        "On ice", authors("Ann Roe"), published="2024", ids={"doi": "10.5555/abc"}, links=links
    )
    (back,) = round_trip.read_back([paper], format_name, tmp_path)
    assert links.items() <= back.links.items()
    assert back.ids == paper.ids


def test_thousands_of_papers_come_back(shared: Path, tmp_path: Path) -> None:
    papers = round_trip.corpus(shared, 3_000)
    assert len(papers) == 3_000
    assert round_trip.differences(papers, "jsonl", tmp_path) == []


@pytest.mark.parametrize("format_name", round_trip.LOSSLESS)
def test_hostile_papers_come_back(format_name: str, hostile: list[Paper], tmp_path: Path) -> None:
    cleaned = [
        paper._replace(
            title=clean_title(paper.title),
            authors=tuple(
                Author.read(clean_title(name)) for name in paper.author_names if name != "others"
            ),
            abstract=clean_abstract(paper.abstract),
        )
        for paper in hostile
    ]
    assert round_trip.differences(cleaned, format_name, tmp_path) == []


def test_json_lines_keep_everything(tmp_path: Path) -> None:
    whole = Paper(
        "A $k$-means title",
        authors("Ada B. Clerk"),
        r"Left as 100\% it was.",
        "2024-02",
        (Listing("2026-05-07", "hf:daily", 3, "Ada L.", 11, 2), Listing("2026-05-08", "cs.LG")),
        "ICML",
        ("cs.LG", "cs.AI"),
        {"arxiv": "2402.00001", "doi": "10.5555/x"},
        {"abs": "https://x.org/1", "pdf": "https://x.org/1.pdf", "code": "https://x.org/c"},
        ("a.bib",),
        comment="5 pages",
        votes=12,
        counts={"stars": 3},
        tex={"title": r"A $\kappa$"},
    )
    round_trip.write([whole], "jsonl", tmp_path / "x.jsonl")
    assert list(read(str(tmp_path / "x.jsonl"), date(2026, 11, 23))) == [whole]


AUTHORS = (
    Author("Lindqvist", "Ada B."),
    Author("Berg", "Vincent", "van der", "Jr."),
    Author("Haar", "Ludwig", "ter"),
    Author("Cruz Soto", "Ana", "de la"),
    Author("Ortega y Gasset", "José"),
    Author("Vallée Poussin", "Charles Louis", "de la"),
    Author("King", "Martin Luther", suffix="Jr."),
    Author("Beethoven", "Ludwig van"),
    Author("Plato"),
    Author("hooks", "bell"),
    Author("LI", "Wei"),
    Author("Smith", "J. A."),
    Author("Smith", "JA"),
    Author("王", "小明"),
    Author("山田太郎"),
    Author.literal("World Health Organization"),
    Author.literal("ATLAS Collaboration"),
    Author.literal("Doctors Without Borders"),
    Author.literal("OpenAI"),
    Author.literal("University of Things, Faculty of Wheat"),
    Author.literal("Meta AI"),
)


@pytest.mark.parametrize("author", AUTHORS, ids=str)
@pytest.mark.parametrize("format_name", [*round_trip.LOSSLESS, "html"])
def test_an_author_comes_back_in_parts(format_name: str, author: Author, tmp_path: Path) -> None:
    paper = Paper("T", (Author("First", "Ann"), author, author), ids={"doi": "10.5555/x"})
    (back,) = round_trip.read_back([paper], format_name, tmp_path)
    assert back.authors == paper.authors
    assert back.author_names == paper.author_names


@pytest.mark.parametrize("format_name", [*round_trip.LOSSLESS, "markdown", "html"])
def test_more_authors_come_back(format_name: str, tmp_path: Path) -> None:
    paper = Paper("T", AUTHORS[:2], ids={"doi": "10.5555/x"}, more_authors=True)
    (back,) = round_trip.read_back([paper], format_name, tmp_path)
    assert (back.authors, back.more_authors) == (AUTHORS[:2], True)


@pytest.mark.parametrize("format_name", ["markdown", "html"])
def test_a_paper_without_links_and_date_comes_back(format_name: str, tmp_path: Path) -> None:
    papers = [
        Paper("Ice · and snow"),
        Paper("On ice", authors("Ann Roe")),
        Paper("On ice", authors("Ann Roe"), venue="Journal of *Ice*"),
        Paper("On ice", venue="Ice"),
        Paper("On ice", published="2024", ids={"doi": "10.5555/abc", "pmid": "12"}),
    ]
    back = round_trip.read_back(papers, format_name, tmp_path)
    assert [paper._replace(links={}, sources=()) for paper in back] == papers


@pytest.mark.parametrize("format_name", ["jsonl", "bibtex", "biblatex"])
def test_a_family_name_in_braces_comes_back(format_name: str, tmp_path: Path) -> None:
    names = (Author("van der Berg", "Louis"), Author("de Silva", "Ann", suffix="III"))
    (back,) = round_trip.read_back([Paper("T", names)], format_name, tmp_path)
    assert back.authors == names
