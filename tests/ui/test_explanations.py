"""Texts about a list: how many papers it has, and why it is empty."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tui.library.views import ALL, BUILT_IN, View
from tui.search.query import parse
from tui.ui.explanations import describe_result, explain_empty_list, first_hint
from tui.ui.list_request import ListRequest


def key_of(command: str) -> str:
    return f"<{command}>"


def result(total: int, text: str = "", corrections: Any = ()) -> Any:
    hits = SimpleNamespace(total=total, corrections=corrections)
    return SimpleNamespace(query=parse(text), hits=hits)


def describe(request: ListRequest, found: Any, *, so_far: bool = False) -> str:
    return describe_result(request, found, 1234, "A Title", so_far)


def test_without_a_filter_the_papers_are_counted() -> None:
    assert describe(ListRequest(), result(1234)) == "1,234 papers"
    assert describe(ListRequest(), result(7), so_far=True) == "7 papers so far"


def test_with_a_filter_it_says_how_it_was_understood() -> None:
    request = ListRequest(text="year:2024")
    assert describe(request, result(7, "year:2024")).startswith("7 of 1,234")
    corrected = result(1, "streming", [("streming", "streaming")])
    assert describe(ListRequest(text="streming"), corrected) == "1 of 1,234 · streming → streaming"


def test_similar_papers_are_counted_and_what_they_are_similar_to() -> None:
    assert describe(ListRequest(similar_to=1), result(40)) == "40 similar to “A Title”"


@pytest.mark.parametrize("view", BUILT_IN)
def test_every_empty_view_says_what_to_press(view: View) -> None:
    lines = explain_empty_list(ListRequest(view, "2026-05-07"), (), True, key_of)
    assert len(lines) > 1
    assert "<" in "".join(lines)
    assert "{" not in "".join(lines)


def test_a_view_of_the_user_with_braces_in_its_name_is_named() -> None:
    lines = explain_empty_list(ListRequest(View("a {b}", "x", custom=True)), (), True, key_of)
    assert lines[0] == "No paper is in “a {b}”."


def test_a_filter_that_finds_nothing_names_its_problems_and_the_way_back() -> None:
    request = ListRequest(ALL, text="{zzz}")
    lines = explain_empty_list(request, ("what {is} wrong",), True, key_of)
    assert lines[0] == "No paper matches."
    assert lines[1] == "what {is} wrong"
    assert lines[-1].endswith("<clear> clears the filter.")


def test_an_empty_library_says_how_to_add_papers() -> None:
    lines = explain_empty_list(ListRequest(BUILT_IN[0]), (), False, key_of)
    assert lines == (
        "No papers yet.", "<add> adds a file, an id or a URL; <feeds> follows feeds."
    )  # fmt: skip


def test_the_first_hint_names_keys_through_the_table() -> None:
    assert "<read_next> read and go on" in first_hint(key_of)
