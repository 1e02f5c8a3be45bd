"""The papers similar to one are found in a thread; the newest request wins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.fake_background import FakeBackground
from tui.core.paper import Paper
from tui.library.library import Library
from tui.ui.similar_papers import SimilarPapers

PAPERS = [
    Paper("Wheat in dry fields", abstract="Wheat and barley grow slowly."),
    Paper("Barley after wheat", abstract="Barley and wheat in turn, slowly."),
    Paper("Glass and light", abstract="Lenses bend light."),
    Paper("Light in glass", abstract="Glass bends light in lenses."),
]


@pytest.fixture
def background() -> FakeBackground:
    return FakeBackground()


@pytest.fixture
def similar(home: Path, background: FakeBackground) -> Iterator[SimilarPapers]:
    with Library(home, create=True) as library:
        library.add(PAPERS)
        library.update_index()
        similar = SimilarPapers(library, background, lambda: None)
        similar.ready = True
        yield similar


def titles(similar: SimilarPapers, row: int) -> list[str]:
    return [stored.paper.title for stored in similar.get(row) or ()]


def test_they_are_known_once_found(similar: SimilarPapers, background: FakeBackground) -> None:
    assert similar.get(1) is None
    similar.find(1)
    background.finish()
    assert titles(similar, 1)[0] == "Barley after wheat"


def test_known_papers_are_not_searched_again(
    similar: SimilarPapers, background: FakeBackground
) -> None:
    similar.find(1)
    similar.find(1)
    assert len(background.work) == 1
    background.finish()
    similar.find(1)
    assert background.work == []


def test_the_newest_request_wins(similar: SimilarPapers, background: FakeBackground) -> None:
    similar.find(1)
    similar.find(3)
    background.finish()
    assert similar.get(1) is None
    assert titles(similar, 3)[0] == "Light in glass"


def test_nothing_is_searched_before_the_index_is_complete(
    similar: SimilarPapers, background: FakeBackground
) -> None:
    similar.ready = False
    similar.find(1)
    assert background.work == []
