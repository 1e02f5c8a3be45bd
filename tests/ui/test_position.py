"""The position of the reader is saved when it is left, and loaded when it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.library.views import ALL, BUILT_IN, TODAY
from tui.state import Change, Store
from tui.ui.list_request import ListRequest
from tui.ui.pane_layout import LIST_SHARE, NARROWEST
from tui.ui.position import Position, load_position, save_position


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    home.mkdir()
    with Store.open(home) as store:
        yield store


def test_a_position_is_loaded_as_it_was_saved(store: Store) -> None:
    request = ListRequest(TODAY, "2026-05-07", "sinks", "votes", True)
    position = Position(request, "arxiv:2309.99901", 50)
    store.apply(save_position(position))
    assert load_position(store, BUILT_IN, ListRequest(day="2026-05-07")) == position


def test_saving_a_position_is_no_step_to_undo(store: Store) -> None:
    store.apply(save_position(Position(ListRequest())))
    assert store.undo() is None


def test_the_first_time_the_position_is_the_usual_one(store: Store) -> None:
    request = ListRequest(day="2026-05-07")
    assert load_position(store, BUILT_IN, request) == Position(request, None, LIST_SHARE)


def test_a_filter_on_the_command_line_replaces_the_saved_one(store: Store) -> None:
    store.apply(save_position(Position(ListRequest(text="saved"))))
    assert load_position(store, BUILT_IN, ListRequest(text="given")).request.text == "given"


def test_invalid_fields_of_a_saved_position_are_ignored(store: Store) -> None:
    fields = {"view": "Gone", "order": "age", "filter": 7, "paper": 8, "split": 1, "reverse": True}
    store.apply(Change.of("session", tables={"session": {"main": fields}}))
    expected = Position(ListRequest(view=ALL), None, NARROWEST)
    assert load_position(store, BUILT_IN, ListRequest()) == expected
