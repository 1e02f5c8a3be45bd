"""What a row shows of a paper and its mark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tui.config import Config
from tui.core.paper import Paper
from tui.library.library import Library
from tui.state import Mark
from tui.ui.presenter import RowPresenter, short_count
from tui.ui.widgets.glyphs import Glyphs


@pytest.fixture
def library(home: Path, papers: list[Paper]) -> Iterator[Library]:
    with Library(home, create=True) as library:
        library.add(papers)
        yield library


@pytest.fixture
def presenter(library: Library) -> RowPresenter:
    return RowPresenter(library, Config(), Glyphs())


def test_a_row_shows_paper_and_mark(library: Library, presenter: RowPresenter) -> None:
    fields = {"star": True, "note": "first line\nsecond", "tags_add": ["rag"]}
    library.change_marks("test", {"doi:10.5555/long.2022": fields})
    library.visit()
    view = presenter.row_views([2])[2]
    assert view.title == "Longformers Revisited: Sparse Transformers on Long Documents"
    assert (view.authors, view.suffix, view.venue) == (
        "Kekulé +1",
        "2022-03",
        "Journal of Long Things",
    )
    assert (view.star, view.read, view.new, view.note) == (True, False, False, "first line")
    assert view.tags == ("rag",)


def test_papers_come_in_the_order_asked_for_without_those_gone(presenter: RowPresenter) -> None:
    assert list(presenter.row_views([3, 99, 1])) == [3, 1]
    assert presenter.paper(99) is None
    assert presenter.paper(None) is None


def test_papers_read_ahead_are_not_read_again(library: Library, presenter: RowPresenter) -> None:
    stored = library.catalog.get(1)
    assert stored
    presenter.set_result((), {1: stored})
    library.catalog.close()
    assert presenter.paper(1) is stored
    assert presenter.row_views([1])[1].title == stored.paper.title


def test_the_words_of_the_search_are_highlighted(presenter: RowPresenter) -> None:
    assert presenter.row_views([1])[1].highlighted == ()
    presenter.set_result(("sinks",), {})
    assert presenter.row_views([1])[1].highlighted == ((10, 15),)


@pytest.mark.parametrize(
    ("order", "suffix"),
    [("", "2024"), ("title", "2024"), ("votes", "1.2k votes"), ("citations", "1 citation"),
     ("stars", "")],
)  # fmt: skip
def test_a_row_ends_with_the_date_or_what_the_order_counts(
    presenter: RowPresenter, order: str, suffix: str
) -> None:
    presenter.order = order
    paper = Paper("Loved", published="2024", votes=1234, counts={"citations": 1})
    assert presenter.row_suffix(paper) == suffix


def test_dates_of_the_last_week_have_names_if_the_config_wants_it(library: Library) -> None:
    presenter = RowPresenter(library, Config(dates="relative"), Glyphs())
    days = [(date.today() - timedelta(days)).isoformat() for days in (0, 1, 7)]
    assert [presenter.format_day(day) for day in days] == ["today", "yesterday", days[2]]
    assert presenter.format_day("2026-05") == "2026-05"


def test_the_note_and_the_whole_paper(library: Library, presenter: RowPresenter) -> None:
    library.change_marks("test", {"arxiv:2309.99901": {"note": "compare"}})
    stored = presenter.paper(1)
    assert stored
    assert isinstance(library.store.mark(stored.key), Mark)
    assert presenter.note(stored) == "compare"
    assert "compare" in presenter.content(stored).plain


def test_counts_are_short() -> None:
    counts = (0, 999, 1_000, 9_940, 9_960, 12_345, 999_999, 3_400_000)
    shown = ("0", "999", "1.0k", "9.9k", "9k", "12k", "999k", "3.4M")
    assert tuple(map(short_count, counts)) == shown
