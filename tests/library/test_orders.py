"""The orders of a list."""

from __future__ import annotations

from tui.core.commands import answers
from tui.core.paper import Paper
from tui.library.orders import ORDERS, find_order
from tui.search.query import parse


def test_every_order_has_a_command_and_a_word_of_the_query_language() -> None:
    assert [order.command_id for order in ORDERS] == [each.id for each in answers("order")]
    assert all(not parse(f"sort:{order.name}").problems for order in ORDERS)


def test_an_order_by_a_count_reads_it_from_the_paper() -> None:
    paper = Paper("Loved", votes=7, counts={"citations": 3})
    counts = {order.name: order.count(paper) for order in ORDERS if order.unit}
    assert counts == {"rising": 7, "votes": 7, "comments": 0, "stars": 0, "citations": 3}


def test_a_word_that_is_no_order_has_none() -> None:
    assert find_order("nonsense") is None
