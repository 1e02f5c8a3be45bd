"""Text by terminal cells: a wide character has two, and no text is wider than its place."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tui.ui.widgets.cell_text import (
    fit,
    fit_authors,
    fit_pieces,
    fit_right,
    highlighted_pieces,
)


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("wheat", 8, "wheat   "),
        ("wheat", 5, "wheat"),
        ("wheat", 3, "wh…"),
        ("wheat", 0, ""),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日… "),
    ],
)
def test_a_text_is_padded_or_cut(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted
    assert cell_len(fitted) == width


def test_a_text_can_stand_at_the_right() -> None:
    assert fit_right("2024", 6) == "  2024"
    assert fit_right("2024", 3) == "20…"


def test_the_name_is_cut_and_not_the_number_of_authors() -> None:
    assert fit_authors("Somvanshi +5", 12) == "Somvanshi +5"
    assert fit_authors("Somvanshi +5", 8) == "Somv… +5"
    assert fit_authors("Somvanshi", 6) == "Somva…"


def test_a_text_is_split_where_highlighting_changes() -> None:
    pieces = [("a ", False), ("wheat", True), (" field", False)]
    assert highlighted_pieces("a wheat field", [(2, 7)]) == pieces
    assert highlighted_pieces("wheat", []) == [("wheat", False)]


@pytest.mark.parametrize("width", range(1, 20))
def test_pieces_have_exactly_the_width(width: int) -> None:
    pieces = highlighted_pieces("日本 wheat 語", [(3, 8)])
    fitted = fit_pieces(pieces, width)
    assert sum(cell_len(text) for text, _ in fitted) == width
