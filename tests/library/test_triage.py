"""Triage without a screen: decisions on the papers of catalog rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from tui.core.paper import Paper
from tui.library.library import Library
from tui.library.triage import Decision, Triage
from tui.state import Change, Mark, SaveRefused

STAR = Decision("star", {"star": True}, opposite="unstar")
READ = Decision("read", {"read": True}, advance=True)


class Marked:
    """A library, its triage, and what the triage has reported."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.changed: list[tuple[str, ...]] = []
        self.saved: list[tuple[str, SaveRefused | None]] = []
        self.triage = Triage(library, self._change, self._save)

    def _change(self, keys: Collection[str]) -> None:
        self.changed.append(tuple(keys))

    def _save(self, change: Change, refused: SaveRefused | None) -> None:
        self.saved.append((change.label, refused))

    def mark(self, row: int) -> Mark:
        stored = self.library.catalog.get(row)
        assert stored
        return self.library.store.mark(stored.key)


@pytest.fixture
def marked(home: Path, papers: list[Paper]) -> Iterator[Marked]:
    with Library(home, create=True) as library:
        library.add(papers)
        yield Marked(library)


def test_a_decision_changes_marks_and_says_so(marked: Marked) -> None:
    assert marked.triage.apply([1], STAR) == "star: “Efficient Sinks for Streaming Attention”"
    assert marked.mark(1).star
    assert marked.changed == [("arxiv:2309.99901",)]
    marked.library.store.flush()
    assert marked.saved == [("star", None)]


def test_many_papers_are_one_change_and_described_by_their_number(marked: Marked) -> None:
    assert marked.triage.apply([1, 2, 3], READ) == "read: 3 papers"
    assert marked.triage.undo() == "undo: read of 3 papers"
    assert not any(marked.mark(row).read for row in (1, 2, 3))


def test_a_toggle_takes_the_mark_back_only_where_all_papers_have_it(marked: Marked) -> None:
    marked.triage.apply([1], STAR)
    assert marked.triage.apply([1, 2], STAR) == "star: 2 papers"
    assert marked.triage.apply([1, 2], STAR) == "unstar: 2 papers"
    assert not marked.mark(1).star


def test_the_last_decision_can_be_made_again(marked: Marked) -> None:
    assert marked.triage.last is None
    marked.triage.apply([1], Decision("rating 4", {"rating": 4}))
    assert marked.triage.last
    marked.triage.apply([2], marked.triage.last)
    assert marked.mark(2).rating == 4


def test_undo_and_redo_name_the_paper(marked: Marked) -> None:
    assert marked.triage.undo() == "nothing to undo"
    marked.triage.apply([1], STAR)
    assert marked.triage.undo() == "undo: star of “Efficient Sinks for Streaming Attention”"
    assert marked.triage.redo() == "redo: star of “Efficient Sinks for Streaming Attention”"
    assert marked.mark(1).star
    assert marked.triage.redo() == "nothing to redo"


def test_a_paper_that_is_not_in_the_catalog_is_described_by_its_key(marked: Marked) -> None:
    assert marked.triage.describe(["doi:10.5555/gone"]) == "doi:10.5555/gone"


def test_rows_that_are_gone_have_no_key_and_are_not_unread(marked: Marked) -> None:
    assert marked.triage.keys_of([2, 99, 1]) == ["doi:10.5555/long.2022", "arxiv:2309.99901"]
    assert marked.triage.unread_rows([99, 1]) == [1]


def test_the_next_unread_paper_is_found_from_a_place_on(marked: Marked) -> None:
    rows = [4, 3, 2, 1]
    marked.triage.apply([3, 2], READ)
    assert marked.triage.next_unread(rows, 1) == 3
    assert marked.triage.next_unread(rows, 0) == 0
    marked.triage.apply([1], READ)
    assert marked.triage.next_unread(rows, 1) is None


def test_the_summary_counts_unread_and_starred_today(marked: Marked) -> None:
    assert marked.triage.summarize(4) == "4 unread · 0 starred today"
    marked.triage.apply([1, 2], STAR)
    marked.triage.apply([1], READ)
    assert marked.triage.summarize(4) == "3 unread · 2 starred today"
    marked.triage.apply([1, 2], STAR)
    assert marked.triage.summarize(4) == "3 unread · 0 starred today"
