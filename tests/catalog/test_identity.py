"""Adding: which papers are joined, which are kept apart, and what follows for marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.authors import authors
from tui.catalog import batch
from tui.catalog.catalog import Catalog
from tui.core.identity import is_same_by_identifier
from tui.core.paper import Paper

NO_FILE = Path("no such file")
"""The catalog of a missing file is in memory."""
BOOK = {"doi": "10.1000/bk"}
APPLES = Paper("Chapter on apples", authors("Ann Doe"), ids=BOOK)
PEARS = Paper("Chapter on pears", authors("Bob Roe", "Cy Poe"), "Pears are …", ids=BOOK)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with closing(Catalog(tmp_path / "papers.db", create=True)) as catalog:
        yield catalog


def stored(catalog: Catalog) -> list[Paper]:
    return [each.paper for each in catalog.iterate()]


def test_the_second_chapter_is_kept_apart_without_the_doi_and_the_result_says_so(
    catalog: Catalog,
) -> None:
    result = catalog.add([APPLES, PEARS])
    assert stored(catalog) == [APPLES, PEARS._replace(ids={})]
    assert [str(each) for each in result.kept_apart] == [
        "“Chapter on pears” shares its DOI with “Chapter on apples”; kept apart"
    ]
    again = catalog.add([PEARS, APPLES])
    assert (again.unchanged, len(catalog)) == (2, 2)
    assert not again.kept_apart  # it is said once


@pytest.mark.parametrize(
    ("papers", "count"),
    [
        (
            [
                Paper("Deep learning", authors("Wei Zhang"), published="2015", venue="J. A"),
                Paper("Deep learning", authors("Li Zhang"), published="2016", venue="J. B"),
            ],
            2,
        ),
        (
            [
                Paper("Editorial", published="2020", venue="J. A"),
                Paper("Editorial", published="2020", venue="J. B"),
                Paper("Editorial", authors("Ann Doe"), published="2019", venue="J. A"),
                Paper("Editorial", authors("Ann Doe"), published="2021", venue="J. A"),
                Paper("Introduction", authors("Ann Doe"), published="2021", venue="J. C"),
                Paper("Introduction", authors("Bob Doe"), published="2021", venue="J. D"),
            ],
            6,
        ),
        (
            [
                Paper(title, authors("Al Lee"), published="2010")
                for title in ("Programming in C", "Programming in C++", "Programming in C#")
            ],
            3,
        ),
    ],
)
def test_papers_of_the_same_title_that_are_not_one_work(
    catalog: Catalog, papers: list[Paper], count: int
) -> None:
    assert catalog.add(papers).added == count
    assert catalog.add(reversed(papers)).unchanged == len(papers)


def test_a_preprint_gets_the_doi_of_its_publication_and_is_found_by_both(catalog: Catalog) -> None:
    preprint = Paper(
        "On Birds", authors("A. Smith"), published="2023", ids={"doi": "10.1101/123456"}
    )
    article = preprint._replace(published="2024", ids={"doi": "10.1177/2"})
    catalog.add([preprint])
    result = catalog.add([article])
    assert result.renamed == [("doi:10.1101/123456", "doi:10.1177/2")]
    (paper,) = stored(catalog)
    assert paper.ids == {"doi": "10.1177/2"}
    assert catalog.row_of("doi:10.1101/123456") == catalog.row_of("doi:10.1177/2") == 1
    assert catalog.add([preprint, article]).unchanged == 2


def test_a_cut_title_becomes_the_whole_one(catalog: Catalog) -> None:
    cut = Paper("Highly efficient emission within a…", authors("M. Kan"), published="2007")
    whole = cut._replace(title="Highly efficient emission within a band gap")
    catalog.add([cut])
    catalog.add([whole])
    assert [paper.title for paper in stored(catalog)] == [whole.title]


def test_a_wrong_title_yields_to_the_title_of_a_better_source(catalog: Catalog) -> None:
    doi = {"doi": "10.1000/cff.2"}
    catalog.add([Paper("name-particle: von", ids=doi)])
    catalog.add([Paper("The Real Title of this Work", authors("Arthur Clark"), ids=doi)])
    assert [paper.title for paper in stored(catalog)] == ["The Real Title of this Work"]


def test_the_first_add_writes_the_match_keys_of_an_older_library(catalog: Catalog) -> None:
    catalog.add([Paper("Salt & Light", authors("A. Bee"), published="2024")])
    catalog.connection.execute("UPDATE titles SET fold = '~the key of old bee' WHERE fold > '~'")
    catalog.connection.execute("DELETE FROM meta WHERE name LIKE 'match_keys%'")
    assert catalog.add([Paper("Salt and light", authors("A. Bee"))]).unchanged == 1
    keys = catalog.connection.execute("SELECT fold FROM titles WHERE fold > '~'").fetchall()
    assert keys == [("~saltandlight bee",)]


TITLES = (
    "Sinks", "Sinks: A Study of Streams", "Sinks - a study of…", "SINKS & STREAMS",
    "Sinks and Streams", "Editorial", "Programming in C", "Programming in C++",
)  # fmt: skip
PAPERS = st.builds(
    lambda title, people, published, venue, ids: Paper(
        title, people, published=published, venue=venue, ids=ids
    ),
    st.sampled_from(TITLES),
    st.sampled_from([(), authors("Wei Zhang"), authors("W. Zhang", "Bo Ek"), authors("Li Zhang")]),
    st.sampled_from(["", "2019", "2020", "2022"]),
    st.sampled_from(["", "J. A", "J. B"]),
    st.sampled_from(
        [{}, BOOK, {"doi": "10.1101/123456"}, {"arxiv": "2301.00001"}, BOOK | {"pmid": "1"}]
    ),
)


def add_each(papers: list[Paper]) -> tuple[int, Counter[str]]:
    """Add one after another; return the number of papers and the words of their titles."""
    with closing(Catalog(NO_FILE)) as each:
        for paper in papers:
            each.add([paper])
        return len(each), Counter(paper.title.casefold() for paper in stored(each))


def test_a_paper_kept_apart_that_is_known_by_another_identifier_is_updated(
    catalog: Catalog,
) -> None:
    catalog.add([APPLES, PEARS._replace(abstract="", ids={"pmid": "1"})])
    result = catalog.add([PEARS._replace(ids=BOOK | {"pmid": "1"})])
    assert (result.updated, result.kept_apart) == (1, [])
    assert stored(catalog) == [APPLES, PEARS._replace(ids={"pmid": "1"})]


def test_a_paper_is_compared_with_few_of_those_that_were_kept_apart(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = Counter[str]()

    def count(one: Paper, other: Paper) -> bool:
        compared[other.title] += 1
        return is_same_by_identifier(one, other)

    monkeypatch.setattr(batch, "MAX_CONFLICTS", 2)
    monkeypatch.setattr(batch, "is_same_by_identifier", count)
    fruits = ["apples", "pears", "plums", "figs", "dates", "limes"]
    papers = [Paper(f"On {fruit}", ids=BOOK) for fruit in fruits]
    for _ in range(2):
        compared.clear()
        catalog.add(papers)
        assert max(compared.values()) == 3  # the one that has the identifier, and two


SINKS = Paper("On the Sinks of Streams", authors("Wei Zhang"), published="2019")
GROUPS = {
    "chapters of a book": (
        3,
        [APPLES, PEARS, Paper("Chapter on plums", ids=BOOK)],
    ),
    "a chapter from two sources": (
        2,
        [APPLES, PEARS._replace(published="2019"), PEARS._replace(authors=(), published="2024")],
    ),
    "a wrong title": (
        1,
        [SINKS, Paper("title: Sinks", ids=BOOK), SINKS._replace(ids=BOOK)],
    ),
    "a preprint": (
        1,
        [
            SINKS,
            SINKS._replace(ids={"doi": "10.1101/123456"}),
            SINKS._replace(published="2020", ids=BOOK),
        ],
    ),
    "a nickname in a list": (
        1,
        [
            Paper("SINK", ids={"arxiv": "1901.00001"}),
            SINKS._replace(ids={"arxiv": "1901.00001"}),
            SINKS._replace(published="2020", ids=BOOK),
        ],
    ),
    "a paper, its erratum and a reply": (
        3,
        [
            SINKS._replace(title=f"{before}On the Sinks of Streams", ids=BOOK)
            for before in ("", "Erratum: ", "Reply to ")
        ],
    ),
    "subtitles": (
        1,
        [
            SINKS._replace(title=f"On the Sinks of Streams{subtitle}")
            for subtitle in ("", ": A Study of Asia", " - a study of Asia")
        ],
    ),
    "what two lists print behind a title": (
        2,
        [
            SINKS._replace(ids=BOOK),
            SINKS._replace(title="On the Sinks of Streams. Journal of X 1: 116-126"),
            SINKS._replace(title="On the Sinks of Streams. J. X 1 (2), 116-126"),
        ],
    ),
    "signs": (
        3,
        [SINKS._replace(title=f"Programming in {name}", ids=BOOK) for name in ("C", "C++", "C#")],
    ),
    "venues": (
        3,
        [Paper("Editorial", published="2019", venue=venue) for venue in ("J. A", "J. B", "J. C")],
    ),
}


@pytest.mark.parametrize("group", GROUPS)
def test_the_number_of_papers_does_not_depend_on_their_order(group: str) -> None:
    count, papers = GROUPS[group]
    for ordered in permutations(papers):
        assert add_each(list(ordered))[0] == count
        assert add_each([*ordered, *ordered])[0] == count


def test_a_paper_is_found_by_the_title_that_it_had_before_it_got_a_fuller_one(
    catalog: Catalog,
) -> None:
    without_authors = SINKS._replace(authors=())
    catalog.add([SINKS, without_authors, SINKS._replace(title=f"{SINKS.title}: A Study of Asia")])
    assert catalog.add([without_authors]).unchanged == len(catalog) == 1


@settings(max_examples=60, deadline=None)
@given(PAPERS, PAPERS)
def test_two_papers_make_the_same_set_in_either_order(one: Paper, other: Paper) -> None:
    count, titles = add_each([one, other])
    assert (count, len(titles)) == (add_each([other, one])[0], len(add_each([other, one])[1]))
    assert add_each([one, other, one, other])[0] == count


@settings(max_examples=40, deadline=None)
@given(st.lists(PAPERS, min_size=1, max_size=4))
def test_every_key_of_a_paper_leads_to_a_paper(papers: list[Paper]) -> None:
    """Marks are kept by key: none may lead nowhere after a join or a keeping apart."""
    with closing(Catalog(NO_FILE)) as each:
        keys = set()
        for paper in papers:
            result = each.add([paper])
            assert all(new in result.keys for _, new in result.renamed)
            keys |= {found.key for found in each.iterate()}
        rows = {found.row for found in each.iterate()}
        assert all(each.row_of(key) in rows for key in keys)
