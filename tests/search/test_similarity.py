"""What a person likes, as numbers: the scores of `sort:foryou`, and the nearest of some papers."""

from __future__ import annotations

import pytest

from tests.search.dict_marks import DictMarks
from tui.core.paper import Paper
from tui.search.query import parse
from tui.search.search import Search

PAPERS = [
    Paper("Selective state spaces for long sequences", abstract="Mamba scans its state."),
    Paper("Mamba scans long sequences by state spaces", abstract="A scan of selective state."),
    Paper("Sparse retrieval of documents", abstract="An index is asked for documents."),
    Paper("Retrieval of documents by dense vectors", abstract="An index of vectors is asked."),
    Paper("Nothing like any other"),
]


def test_the_scores_are_those_of_the_order(library, marks: DictMarks) -> None:  # type: ignore[no-untyped-def]
    _, index = library(*PAPERS)
    marks.mark("star", 1)
    search = Search(index, marks)
    rows = search.run(parse("sort:foryou")).rows.tolist()
    scores = search.preference_scores(rows).tolist()
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] == 0
    assert search.preference_scores([2, 99, -1]).tolist()[1:] == [0, 0]


def test_without_marks_nothing_is_preferred(library, marks: DictMarks) -> None:  # type: ignore[no-untyped-def]
    _, index = library(*PAPERS)
    assert set(Search(index, marks).preference_scores([1, 2, 3]).tolist()) == {0}


def test_the_nearest_of_some(library, marks: DictMarks) -> None:  # type: ignore[no-untyped-def]
    _, index = library(*PAPERS)
    search = Search(index, marks)
    row, similarity = search.find_most_similar(1, [2, 3, 4])
    assert row == 2
    assert 0.2 < similarity < 1
    assert search.find_most_similar(3, [1, 2, 4])[0] == 4
    assert search.find_most_similar(1, [1, 2])[0] == 2


@pytest.mark.parametrize(("row", "among"), [(1, []), (1, [1]), (1, [99]), (99, [1])])
def test_where_there_is_none(library, marks: DictMarks, row: int, among: list[int]) -> None:  # type: ignore[no-untyped-def]
    _, index = library(*PAPERS)
    assert Search(index, marks).find_most_similar(row, among) == (-1, 0.0)


def test_a_paper_like_no_other(library, marks: DictMarks) -> None:  # type: ignore[no-untyped-def]
    _, index = library(*PAPERS)
    assert Search(index, marks).find_most_similar(5, [1, 2])[1] == 0
