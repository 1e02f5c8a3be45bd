"""Similarity: the scores of `sort:foryou`, and the most similar of some papers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.search.dict_marks import DictMarks
from tui.catalog.catalog import Catalog
from tui.core.paper import Paper
from tui.index.index import Index
from tui.search.query import parse
from tui.search.search import Search

Library = Callable[..., tuple[Catalog, Index]]

PAPERS = [
    Paper("Selective state spaces for long sequences", abstract="Mamba scans its state."),
    Paper("Mamba scans long sequences by state spaces", abstract="A scan of selective state."),
    Paper("Sparse retrieval of documents", abstract="An index is asked for documents."),
    Paper("Retrieval of documents by dense vectors", abstract="An index of vectors is asked."),
    Paper("Nothing like any other"),
]


def test_preference_scores_decrease_in_the_order_of_foryou(
    library: Library, marks: DictMarks
) -> None:
    _, index = library(*PAPERS)
    marks.mark("star", 1)
    search = Search(index, marks)
    rows = search.run(parse("sort:foryou")).rows.tolist()
    scores = search.preference_scores(rows).tolist()
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] == 0
    assert search.preference_scores([2, 99, -1]).tolist()[1:] == [0, 0]


def test_without_marks_no_paper_is_preferred(library: Library, marks: DictMarks) -> None:
    _, index = library(*PAPERS)
    assert set(Search(index, marks).preference_scores([1, 2, 3]).tolist()) == {0}


def test_the_most_similar_of_some_papers_is_found(library: Library, marks: DictMarks) -> None:
    _, index = library(*PAPERS)
    search = Search(index, marks)
    row, similarity = search.find_most_similar(1, [2, 3, 4])
    assert row == 2
    assert 0.2 < similarity < 1
    assert search.find_most_similar(3, [1, 2, 4])[0] == 4
    assert search.find_most_similar(1, [1, 2])[0] == 2


@pytest.mark.parametrize(("row", "among"), [(1, []), (1, [1]), (1, [99]), (99, [1])])
def test_unknown_papers_are_not_similar(
    library: Library, marks: DictMarks, row: int, among: list[int]
) -> None:
    _, index = library(*PAPERS)
    assert Search(index, marks).find_most_similar(row, among) == (-1, 0.0)


def test_a_paper_without_common_words_has_similarity_0(library: Library, marks: DictMarks) -> None:
    _, index = library(*PAPERS)
    assert Search(index, marks).find_most_similar(5, [1, 2])[1] == 0
