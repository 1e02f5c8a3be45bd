"""Actions that select papers, to act on many at once."""

from __future__ import annotations

from tui.ui.reader_protocol import Reader


def select(reader: Reader) -> None:
    """Select the paper under the cursor, or deselect it, and go to the next."""
    papers = reader.papers
    if papers.row is not None:
        papers.toggle_selected(papers.row)
        papers.move_to(papers.cursor + 1)


def select_range(reader: Reader) -> None:
    """Select all papers from the one last selected by itself to this one."""
    reader.papers.select_to_cursor()


def select_all(reader: Reader) -> None:
    """Select all papers shown, or none if all are selected."""
    papers = reader.papers
    rows = {int(row) for row in papers.rows}
    papers.selection = frozenset() if rows <= papers.selection else papers.selection | rows
