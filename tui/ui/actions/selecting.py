"""Actions that select papers, to act on many at once; and the papers that other actions are for."""

from __future__ import annotations

from tui.ui.reader_protocol import Reader


def target_rows(reader: Reader) -> list[int]:
    """Return the catalog rows to act on: the selected ones, else that of the cursor."""
    if reader.selection:
        return sorted(reader.selection)
    return [reader.current.row] if reader.current else []


def select(reader: Reader) -> None:
    """Select the paper or group under the cursor, or deselect it, and go to the next."""
    papers = reader.panes.papers
    if papers.heading:
        rows = frozenset(papers.heading.rows)
        reader.selection = (
            reader.selection - rows if rows <= reader.selection else reader.selection | rows
        )
        papers.move_to(papers.cursor + 1)
    elif reader.current:
        toggle_row(reader, reader.current.row)
        reader.panes.papers.move_to(reader.panes.papers.cursor + 1)


def toggle_row(reader: Reader, row: int) -> None:
    """Select the paper of a catalog row, or deselect it; a range then starts there."""
    reader.panes.papers.range_start = row
    reader.selection ^= {row}


def select_range(reader: Reader) -> None:
    """Select all papers from the one last selected by itself to the one under the cursor."""
    papers = reader.panes.papers
    start = papers.range_start
    first = [] if start is None else papers.places.places_of(start)
    low, high = sorted((first[0] if first else 0, papers.cursor))
    every = map(papers.places.rows_at, range(len(papers.places))[low : high + 1])
    reader.selection = reader.selection.union(*every)


def select_all(reader: Reader) -> None:
    """Select all papers shown, or none if all are selected."""
    rows = frozenset(int(row) for row in reader.panes.papers.rows)
    reader.selection = frozenset() if rows <= reader.selection else reader.selection | rows
