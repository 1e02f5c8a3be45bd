"""The line of views: names, counts, and the day and order of the list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tui.library.views import ALL, TODAY, View, remove_view_change, save_view_change
from tui.state import Store
from tui.ui.list_request import ListRequest
from tui.ui.view_tabs import ViewTabs

REQUEST = ListRequest(ALL, date.today().isoformat())
WHEAT = View("Wheat", "wheat", custom=True)


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    home.mkdir()
    with Store.open(home) as store:
        yield store


def key_of(command: str) -> str:
    return {"day_before": "[", "day_after": "]"}[command]


def test_counts_are_those_of_the_views_in_their_order(store: Store) -> None:
    tabs = ViewTabs(store)
    assert tabs.tabs(REQUEST, key_of).counts == {}
    tabs.set_counts(range(len(tabs.views)))
    shown = tabs.tabs(REQUEST, key_of)
    assert shown.names == ("Unread", "Today", "Starred", "Later", "All", "New")
    assert [shown.counts[name] for name in shown.names] == [0, 1, 2, 3, 4, 5]
    assert shown.names[shown.current] == "All"


def test_another_day_gives_today_its_date(store: Store) -> None:
    tabs = ViewTabs(store)
    today = tabs.tabs(REQUEST._replace(view=TODAY), key_of)
    assert today.names[1] == "Today"
    assert today.right == f"{REQUEST.day} · [ ] other days"
    other = tabs.tabs(REQUEST._replace(view=TODAY, day="2026-05-07"), key_of)
    assert other.names[1] == "2026-05-07"
    assert other.right == "[ ] other days"


def test_the_order_is_named(store: Store) -> None:
    request = REQUEST._replace(order="votes", reverse=True)
    assert ViewTabs(store).tabs(request, key_of).right == "by votes · reversed"


def test_views_of_the_user_are_added_and_removed(store: Store) -> None:
    tabs = ViewTabs(store)
    store.apply(save_view_change(WHEAT.name, WHEAT.query))
    assert WHEAT not in tabs.views
    tabs.reload()
    assert tabs.views[-1] == WHEAT
    assert tabs.same_view(View("Wheat", "another query", custom=True)) == WHEAT
    store.apply(remove_view_change(WHEAT))
    tabs.reload()
    assert tabs.same_view(WHEAT) is ALL
