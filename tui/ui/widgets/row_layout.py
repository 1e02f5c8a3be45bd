"""RowLayout: a paper as one or two lines of the list, each text with its cells and its style.

It draws nothing: PaperList has the colours of the styles.
"""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from tui.core.text import count_items
from tui.ui.widgets.cell_text import (
    Piece,
    fit,
    fit_authors,
    fit_pieces,
    fit_right,
    highlighted_pieces,
)
from tui.ui.widgets.glyphs import Glyphs

MARKS_WIDTH = 7
"""Cells of the cursor bar and the mark columns."""
HEADING_MARKS_WIDTH = 4
"""Cells of the cursor bar and the signs of a heading."""
SELECT_CELLS = range(2, 3)
"""Cells of a row where a click selects the paper."""
STAR_CELLS = range(3, 5)
"""Cells of a row where a click stars the paper."""
DATE_WIDTH = 10
MIN_WIDTH_DATE, MIN_WIDTH_AUTHORS, MIN_WIDTH_WIDE = 44, 64, 100
"""Cells that the list must have to show the date, the authors, wider columns."""

StyledText = tuple[str, str]
"""A text and the name of its style."""


class RowView(NamedTuple):
    """What a row shows of a paper. All texts are clean and have one line."""

    title: str
    authors: str
    suffix: str
    """The end of the row: the date, or the count by which the list is ordered."""
    read: bool = False
    new: bool = False
    """Whether the paper was added since the last visit."""
    star: bool = False
    note: str = ""
    """The first line of the note."""
    saving: bool = False
    """Whether a change of the mark is not on disk yet."""
    selected: bool = False
    tags: tuple[str, ...] = ()
    highlighted: tuple[tuple[int, int], ...] = ()
    """Spans of the title that match the filter."""
    venue: str = ""


class HeadingView(NamedTuple):
    """What the heading of a group shows."""

    name: str
    papers: int
    unread: int
    folded: bool
    selected: bool = False
    """Whether all papers of the group are selected."""


class RowLayout(NamedTuple):
    """How many lines a row has, and which columns."""

    glyphs: Glyphs
    lines: int = 1
    authors: bool = True
    date: bool = True
    venue: bool = False
    suffix_width: int = DATE_WIDTH
    """Cells of the suffix."""

    def pieces(self, view: RowView, width: int, cursor: bool, part: int) -> list[StyledText]:
        """Return the texts of line `part` of a row, counted from 0, `width` cells in all."""
        line = self._first_line if part == 0 else self._second_line
        return line(view, width, cursor)

    def heading_pieces(
        self, view: HeadingView, width: int, cursor: bool, part: int
    ) -> list[StyledText]:
        """Return the texts of line `part` of a heading, as `pieces` does those of a paper."""
        glyphs = self.glyphs
        bar = (glyphs.cursor if cursor else " ", "dot")
        if part:
            return [bar, (" " * (width - 1), "side")]
        unread = f"{view.unread:,} unread" if view.unread else "all read"
        counts = f"  {count_items(view.papers, 'papers')} · {unread}"
        if width < MIN_WIDTH_DATE:
            counts = f"  {unread}"
        room = max(0, width - HEADING_MARKS_WIDTH - cell_len(counts))
        return [
            bar,
            (f"{glyphs.folded if view.folded else glyphs.unfolded}", "dot"),
            (f"{glyphs.selected if view.selected else ' '} ", "dot"),
            (fit(view.name, room, glyphs.ellipsis), "heading" if view.unread else "read"),
            (fit(counts, width - HEADING_MARKS_WIDTH - room, glyphs.ellipsis), "side"),
        ]

    def tag_at(self, view: RowView, width: int, x: int, part: int) -> str | None:
        """Return the tag at cell `x` of line `part`, None if there is none."""
        room = self._column_widths(width)[0]
        if part:
            place = MARKS_WIDTH + cell_len(self._authors_and_venue(view))
        else:
            place = MARKS_WIDTH + room - cell_len(self._chips(view, room))
        for tag in view.tags:
            start, place = place + 1, place + 2 + cell_len(tag)
            if start <= x < place and (part or place <= MARKS_WIDTH + room):
                return tag
        return None

    def _first_line(self, view: RowView, width: int, cursor: bool) -> list[StyledText]:
        glyphs = self.glyphs
        room, *sides = self._column_widths(width)
        side = "".join(
            "  " + text
            for text, cells in zip(self._columns(view, sides), sides, strict=True)
            if cells
        )
        title = "read" if view.read else "unread"
        chips = self._chips(view, room)
        pieces: list[Piece] = highlighted_pieces(view.title, view.highlighted)
        return [
            (glyphs.cursor if cursor else " ", "dot"),
            (_state(view, glyphs), "dot"),
            (glyphs.selected if view.selected else " ", "dot"),
            (f"{glyphs.star if view.star else ' '} ", "star"),
            (glyphs.note if view.note else " ", "note"),
            (glyphs.saving if view.saving else " ", "note"),
            *(
                (text, "match" if highlighted else title)
                for text, highlighted in fit_pieces(pieces, room - cell_len(chips), glyphs.ellipsis)
            ),
            (chips, "tag"),
            (side, "side"),
        ]

    def _second_line(self, view: RowView, width: int, cursor: bool) -> list[StyledText]:
        who = self._authors_and_venue(view)
        tags = "".join(f" #{tag}" for tag in view.tags)
        note = f"  {view.note}" if view.note else ""
        room = max(0, width - MARKS_WIDTH)
        who = fit(who, min(cell_len(who), room), self.glyphs.ellipsis)
        room -= cell_len(who)
        tags = fit(tags, min(cell_len(tags), room), self.glyphs.ellipsis)
        rest = fit(note, room - cell_len(tags), self.glyphs.ellipsis)
        marks = (self.glyphs.cursor if cursor else " ") + " " * (MARKS_WIDTH - 1)
        return [(marks, "dot"), (who, "side"), (tags, "tag"), (rest, "note")]

    def _authors_and_venue(self, view: RowView) -> str:
        return " · ".join(part for part in (view.authors, view.venue) if part)

    def _columns(self, view: RowView, widths: list[int]) -> tuple[str, str, str]:
        venue, authors, suffix = widths
        ellipsis = self.glyphs.ellipsis
        return (
            fit(view.venue, venue, ellipsis),
            fit_authors(view.authors, authors, ellipsis) if authors else "",
            fit_right(view.suffix, suffix, ellipsis) if suffix else "",
        )

    def _column_widths(self, width: int) -> tuple[int, int, int, int]:
        """Cells of title and tags, venue, authors, suffix; 0 for a column that is not shown."""
        wide = width >= MIN_WIDTH_WIDE
        suffix = self.suffix_width if self.date and width >= MIN_WIDTH_DATE else 0
        beside = self.lines == 1 and width >= MIN_WIDTH_AUTHORS
        authors = (18 if wide else 11) if self.authors and beside else 0
        venue = (18 if wide else 10) if self.venue and beside else 0
        sides = [column for column in (venue, authors, suffix) if column]
        title = width - MARKS_WIDTH - sum(sides) - 2 * len(sides)
        return title, venue, authors, suffix

    def _chips(self, view: RowView, room: int) -> str:
        """The tags at the end of the title: as many as fit in a third of its cells."""
        chips = ""
        for tag in view.tags if self.lines == 1 else ():
            if cell_len(chips) + cell_len(tag) + 2 > room // 3:
                break
            chips += f" #{tag}"
        return chips


def _state(view: RowView, glyphs: Glyphs) -> str:
    if view.read:
        return " "
    return glyphs.new if view.new else glyphs.unread
