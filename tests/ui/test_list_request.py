"""What the list shows, as one value; and the paper the cursor stays on."""

from __future__ import annotations

import pytest

from tui.library.views import ALL, TODAY, View
from tui.search.session import SearchRequest
from tui.ui.list_request import ListRequest

UNREAD = View("Unread", "is:unread")
REQUEST = ListRequest(UNREAD, "2026-05-07", "sinks")


def test_a_request_is_searched_for_with_its_view_and_order() -> None:
    request = REQUEST._replace(view=TODAY, order="votes", reverse=True)
    expected = SearchRequest("sinks", None, "sort:votes listed:2026-05-07", True)
    assert request.search_request() == expected


def test_a_filter_leaves_the_similar_papers() -> None:
    assert REQUEST._replace(similar_to=3).with_text("x") == REQUEST._replace(text="x")


def test_blanks_are_no_filter_but_similar_papers_are() -> None:
    assert not ListRequest(text="  ").is_filtered
    assert ListRequest(similar_to=1).is_filtered


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        (REQUEST, REQUEST._replace(view=ALL), 5),
        (REQUEST, REQUEST._replace(day="2026-05-06"), 5),
        (REQUEST, REQUEST.with_text(""), 5),
        (REQUEST, REQUEST.with_text("sink"), 9),
        (REQUEST, REQUEST, 9),
        (REQUEST, REQUEST._replace(order="votes"), None),
        (REQUEST, REQUEST._replace(reverse=True), None),
        (REQUEST, REQUEST._replace(similar_to=5), None),
        (REQUEST._replace(similar_to=3), REQUEST, 3),
        (REQUEST._replace(similar_to=3), REQUEST._replace(view=ALL), 5),
    ],
    ids=[
        "another view", "another day", "no filter", "another filter", "the same", "another order",
        "reversed", "similar papers", "back from similar papers", "from similar papers to a view",
    ],
)  # fmt: skip
def test_the_cursor_stays_on_its_paper_where_that_makes_sense(
    old: ListRequest, new: ListRequest, kept: int | None
) -> None:
    assert old.row_to_keep(new, row=5, followed=9) == kept


@pytest.mark.parametrize(
    ("request_", "followed", "kept"),
    [(ListRequest(), None, 5), (ListRequest(), 9, 9), (REQUEST, None, None), (REQUEST, 9, 9)],
    ids=["reading from the top", "gone to a paper", "at the best match", "gone to a match"],
)
def test_arriving_papers_do_not_move_the_cursor(
    request_: ListRequest, followed: int | None, kept: int | None
) -> None:
    assert request_.row_to_keep_when_papers_arrive(5, followed) == kept
