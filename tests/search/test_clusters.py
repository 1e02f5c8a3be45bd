"""Groups of papers on one subject, and their names."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.search.dict_marks import DictMarks
from tests.subjects import papers_on_subjects
from tui.catalog.catalog import Catalog
from tui.core.paper import Paper
from tui.core.progress import Cancelled
from tui.index.index import Index
from tui.search.clusters import MAX_GROUPS, OTHER
from tui.search.search import Search

Library = Callable[..., tuple[Catalog, Index]]


def test_papers_on_one_subject_are_a_group_named_by_it(library: Library, marks: DictMarks) -> None:
    _, index = library(*papers_on_subjects())
    rows = [11, 4, 3, 2, 1, 10, 9, 8, 7, 6, 5]
    groups = Search(index, marks).group(rows)
    assert [(group.name.split(",")[0], group.rows) for group in groups] == [
        ("Wheat", [4, 3, 2, 1]),
        ("BERT", [10, 9, 8]),
        ("Lenses", [7, 6, 5]),
        (OTHER, [11]),
    ]
    assert Search(index, marks).group(rows) == groups


def test_the_papers_of_two_segments_are_in_one_group(library: Library, marks: DictMarks) -> None:
    papers = papers_on_subjects()
    catalog, index = library(*papers[::2])
    catalog.add(papers[1::2])
    index.update(catalog)
    groups = Search(index, marks).group(range(1, 12))
    assert [len(group.rows) for group in groups] == [4, 3, 3, 1]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_few_papers_without_a_common_word_are_others(
    library: Library, marks: DictMarks, count: int
) -> None:
    _, index = library(*(Paper(f"{word} alone") for word in ("Wheat", "Glass", "Ice")[:count]))
    rows = [row for group in Search(index, marks).group(range(1, 4)) for row in group.rows]
    assert rows == list(range(1, count + 1))


def test_many_papers_have_at_most_ten_groups_with_different_names(
    library: Library, marks: DictMarks
) -> None:
    rng = random.Random(3)
    words = [f"{first}{second}ik" for first in "bdfgklmn" for second in "aeiou"]
    papers = []
    for number in range(200):
        subject = words[number % 20]
        some = rng.sample(words, 3)
        papers.append(Paper(f"{subject} {some[0]} {number}", abstract=" ".join([subject, *some])))
    _, index = library(*papers)
    groups = Search(index, marks).group(range(1, 201))
    assert len({group.name for group in groups}) == len(groups) <= MAX_GROUPS
    assert sorted(row for group in groups for row in group.rows) == list(range(1, 201))


def test_grouping_is_cancelled(library: Library, marks: DictMarks) -> None:
    _, index = library(*papers_on_subjects())
    with pytest.raises(Cancelled):
        Search(index, marks).group(range(1, 12), lambda: True)
