"""Duplicates: pairs of nearly the same title are found and never merged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authors import authors
from tests.shell.conftest import Sheaf, sheaf  # noqa: F401
from tui.catalog.duplicates import _MAX_BLOCK, Pair, find_duplicates
from tui.catalog.record import StoredPaper
from tui.core.author import Author
from tui.core.paper import Paper
from tui.library.library import Library

AUTHOR = authors("Ada Lindqvist", "Wei Li")


def found(*papers: Paper) -> list[Pair]:
    return find_duplicates(
        StoredPaper(row, paper.key, "", paper) for row, paper in enumerate(papers, 1)
    )


def paper(title: str, number: int, people: tuple[Author, ...] = AUTHOR) -> Paper:
    return Paper(title, people, published="2024", ids={"arxiv": f"2401.{number:05}"})


@pytest.mark.parametrize(
    "other",
    [
        "Efficient Sinks for Streaming Attention",
        "Efficent sinks for streaming attention",
        "Efficient Sink for Streaming Attentions",
        "An Efficient Sinks for Streaming Attention",
    ],
)
def test_titles_that_differ_by_a_few_letters_are_a_pair(other: str) -> None:
    (pair,) = found(
        paper("Efficient Sinks for Streaming Attention", 1), paper(other, 2), paper("Else", 3)
    )
    assert (pair.one.key, pair.other.key) == ("arxiv:2401.00001", "arxiv:2401.00002")
    assert pair.similarity >= 90


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (paper("On Bounds of Things, Part I", 1), paper("On Bounds of Things, Part II", 2)),
        (
            paper("Findings of the Shared Task 2019", 1),
            paper("Findings of the Shared Task 2020", 2),
        ),
        (
            paper("A Survey of Many Things", 1),
            paper("A Survey of Many Things", 2, authors("Bo Ek")),
        ),
        (paper("Preface", 1, ()), paper("Preface", 2, ())),
        (paper("Sinks in Streams", 1), paper("Attention over Documents", 2)),
    ],
)
def test_different_parts_authors_or_titles_are_not_a_pair(one: Paper, other: Paper) -> None:
    assert found(one, other) == []


def test_missing_authors_do_not_prevent_a_pair() -> None:
    assert found(
        paper("Sinks for Streaming Attention", 1), paper("Sink for Streaming Attention", 2, ())
    )


def test_titles_of_common_words_are_compared_by_two_words() -> None:
    many = [
        paper(
            f"Deep {kind} Networks {'x' * (number % 30)}{number}",
            number,
            authors(f"Some Body{number}"),
        )
        for kind in ("Neural", "Residual")
        for number in range(_MAX_BLOCK + 1)
    ]
    pairs = found(
        *many,
        paper("Deep Residual Neural Networks", 9000),
        paper("Deep Residual Neural Network", 9001),
    )
    assert ("arxiv:2401.09000", "arxiv:2401.09001") in [(p.one.key, p.other.key) for p in pairs]


def test_doctor_lists_pairs_and_merges_nothing(sheaf: Sheaf, home: Path) -> None:  # noqa: F811
    with Library(home, create=True) as library:
        library.add(
            [paper("Sinks for Streaming Attention", 1), paper("Sinks for Streaming Attentions", 2)]
        )
    done = sheaf("doctor", "--duplicates")
    assert done.status == 0
    assert done.out.splitlines() == [
        "98%",
        "  arxiv:2401.00001\t2024\tAda Lindqvist\tSinks for Streaming Attention",
        "  arxiv:2401.00002\t2024\tAda Lindqvist\tSinks for Streaming Attentions",
    ]
    (pair,) = sheaf("doctor", "--duplicates", "--json").objects
    assert pair["alike"] == 98
    assert [each["key"] for each in pair["papers"]] == ["arxiv:2401.00001", "arxiv:2401.00002"]  # type: ignore[index, attr-defined]
    with Library(home) as library:
        assert len(library.catalog) == 2
