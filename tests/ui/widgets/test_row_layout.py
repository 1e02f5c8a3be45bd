"""A narrower list leaves out columns, one after another."""

from __future__ import annotations

from rich.cells import cell_len

from tui.ui.widgets.glyphs import Glyphs
from tui.ui.widgets.row_layout import HeadingView, RowLayout, RowView

VIEW = RowView("A field of wheat", "Lindqvist +2", "2024-05-06", tags=("rag",), note="see Mei")
LAYOUT = RowLayout(Glyphs())


def line(layout: RowLayout, width: int, part: int = 0, cursor: bool = False) -> str:
    return "".join(text for text, _ in layout.pieces(VIEW, width, cursor, part))


def test_a_wide_row_has_authors_and_date() -> None:
    row = line(LAYOUT, 100)
    assert row.endswith("Lindqvist +2  2024-05-06")
    assert "A field of wheat" in row
    assert " #rag" in row


def test_a_narrow_row_leaves_out_authors_and_then_the_date() -> None:
    assert "Lindqvist" not in line(LAYOUT, 60)
    assert "2024-05-06" in line(LAYOUT, 60)
    assert "2024-05-06" not in line(LAYOUT, 40)


def test_a_row_has_exactly_the_width_of_the_list() -> None:
    for lines in (1, 2):
        layout = RowLayout(Glyphs(), lines, venue=True)
        for width in range(20, 130):
            for part in range(lines):
                assert cell_len(line(layout, width, part)) == width


def test_a_second_line_has_authors_tags_and_note() -> None:
    row = line(RowLayout(Glyphs(), 2), 60, part=1)
    assert row.strip() == "Lindqvist +2 #rag  see Mei"


def test_the_cursor_is_a_bar_at_the_left() -> None:
    assert line(LAYOUT, 80, cursor=True).startswith("▌●")


def test_a_tag_is_found_at_its_cells() -> None:
    row = line(LAYOUT, 100)
    x = row.index("#rag")
    assert LAYOUT.tag_at(VIEW, 100, x, 0) == "rag"
    assert LAYOUT.tag_at(VIEW, 100, x - 3, 0) is None


def test_a_heading_shows_its_fold_its_name_and_its_papers_at_any_width() -> None:
    heading = HeadingView("Wheat, Barley", 1200, 1, folded=True)
    for width in (20, 43, 44, 100):
        for part in (0, 1):
            pieces = LAYOUT.heading_pieces(heading, width, True, part)
            assert sum(cell_len(text) for text, _ in pieces) == width
    text = "".join(text for text, _ in LAYOUT.heading_pieces(heading, 60, False, 0))
    assert text.startswith(" ▸  Wheat, Barley ")
    assert text.endswith("  1,200 papers · 1 unread")
    unfolded = heading._replace(unread=0, folded=False, selected=True)
    text = "".join(text for text, _ in LAYOUT.heading_pieces(unfolded, 60, True, 0))
    assert text.startswith("▌▾✓ Wheat")
    assert text.endswith("all read")
