"""PaperList: the list of papers. Draws what is visible, whatever the number of papers.

Rows are catalog row numbers in order. What a row shows is asked for when it comes into view, a
screenful at a time, and kept until `forget`; a mark repaints one line, a cursor move two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.cells import Piece, fit, fit_authors, fit_pieces, lit_pieces, right
from tui.widgets.glyphs import Glyphs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = Sequence[int] | NDArray[np.integer]
    """Catalog row numbers in order, shape (papers,)."""

MARKS_WIDTH = 7
"""Cells of the cursor bar and the three mark columns."""
SELECT_COLUMNS = range(2, 3)
"""Cells of a row where a click selects for many at once."""
STAR_COLUMNS = range(3, 5)
"""Cells of a row where a click stars."""
KEPT = 4000
"""Rows whose content is kept; more are forgotten and asked for again."""


@dataclass(frozen=True, slots=True)
class RowView:
    """What one row shows; text is clean, one line."""

    title: str
    authors: str
    date: str
    read: bool = False
    star: bool = False
    note: bool = False
    saving: bool = False
    selected: bool = False
    tags: tuple[str, ...] = ()
    lit: tuple[tuple[int, int], ...] = ()
    """Spans of the title that match the filter."""


class PaperList(ScrollView, can_focus=True):
    """The list pane."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "paper-list--unread",
        "paper-list--read",
        "paper-list--match",
        "paper-list--dot",
        "paper-list--star",
        "paper-list--note",
        "paper-list--side",
        "paper-list--tag",
        "paper-list--cursor",
        "paper-list--empty",
    }

    cursor: reactive[int] = reactive(0, repaint=False)
    """Index, not row number, of the paper under the cursor; 0 in an empty list."""

    @dataclass
    class Moved(Message):
        """The cursor has come to another paper; `by_user` if a key or click moved it there."""

        row: int | None
        by_user: bool

    @dataclass
    class StarClicked(Message):
        """The mark column of a row was clicked."""

        row: int

    @dataclass
    class SelectClicked(Message):
        """The selection column of a row was clicked."""

        row: int

    @dataclass
    class TagClicked(Message):
        """A tag's chip in a row was clicked."""

        tag: str

    @dataclass
    class Opened(Message):
        """The paper under the cursor was clicked again."""

        row: int

    def __init__(
        self, views: Callable[[Sequence[int]], dict[int, RowView]], glyphs: Glyphs
    ) -> None:
        super().__init__()
        self._ask = views
        self._glyphs = glyphs
        self._views: dict[int, RowView] = {}
        self._styles: dict[tuple[str, bool], Style] = {}
        self.rows: Rows = ()
        self.empty_lines: tuple[str, ...] = ()
        self.lines_drawn = 0
        """Lines rendered since the start, for tests and benchmarks."""

    # -- what is shown ---------------------------------------------------------------------

    def show(self, rows: Rows, cursor: int = 0, empty: tuple[str, ...] = ()) -> None:
        """Show `rows` with the cursor on the paper of index `cursor`; `empty` says why none."""
        self.rows = rows
        self.empty_lines = empty
        self.virtual_size = Size(1, len(rows))
        self.set_reactive(PaperList.cursor, max(0, min(cursor, len(rows) - 1)))
        self._keep_cursor_visible()
        self.forget()
        self.post_message(self.Moved(self.row, False))

    def forget(self, row: int | None = None) -> None:
        """Ask again for what one row, or every row, shows, and repaint it."""
        if row is None:
            self._views.clear()
            self.refresh()
            return
        self._views.pop(row, None)
        for y in range(self.scroll_offset.y, self.scroll_offset.y + self.size.height):
            if y < len(self.rows) and self.rows[y] == row:
                self.refresh_line(y)

    @property
    def row(self) -> int | None:
        """The row number of the paper under the cursor."""
        return int(self.rows[self.cursor]) if len(self.rows) else None

    # -- moving ----------------------------------------------------------------------------

    def move_to(self, index: int) -> None:
        """Move the cursor as a user's key does; stops at both ends."""
        index = max(0, min(index, len(self.rows) - 1))
        if index != self.cursor and len(self.rows):
            self.cursor = index
            self.post_message(self.Moved(self.row, True))

    @property
    def page(self) -> int:
        """Rows of a screenful, less one so that the eye keeps its place."""
        return max(1, self.size.height - 1)

    def watch_cursor(self, old: int, new: int) -> None:
        self._keep_cursor_visible()
        self.refresh_line(old)
        self.refresh_line(new)

    def _keep_cursor_visible(self) -> None:
        height = self.size.height
        top = self.scroll_offset.y
        if self.cursor < top:
            top = self.cursor
        elif height and self.cursor >= top + height:
            top = self.cursor - height + 1
        self.scroll_to(y=top, animate=False, immediate=True)

    # -- mouse -----------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        index = self.scroll_offset.y + event.y
        if index >= len(self.rows):
            return
        row = int(self.rows[index])
        tag = self._tag_at(index, event.x)
        if tag is not None:
            self.post_message(self.TagClicked(tag))
        elif event.x in SELECT_COLUMNS:
            self.post_message(self.SelectClicked(row))
        elif event.x in STAR_COLUMNS:
            self.post_message(self.StarClicked(row))
        elif index == self.cursor and event.chain == 2:
            self.post_message(self.Opened(row))
        else:
            self.move_to(index)

    # -- drawing ---------------------------------------------------------------------------

    def on_resize(self) -> None:
        self.virtual_size = Size(1, len(self.rows))
        self._keep_cursor_visible()

    def on_focus(self) -> None:
        self.refresh_line(self.cursor)

    def on_blur(self) -> None:
        self.refresh_line(self.cursor)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()

    def render_line(self, y: int) -> Strip:
        self.lines_drawn += 1
        width = self.size.width
        index = self.scroll_offset.y + y
        if not len(self.rows):
            return self._empty_line(y, width)
        if index >= len(self.rows):
            return Strip.blank(width, self._style("unread", False))
        return Strip(self._segments(self._view(index), width, index == self.cursor), width)

    def _empty_line(self, y: int, width: int) -> Strip:
        first = max(0, (self.size.height - len(self.empty_lines)) // 3)
        style = self._style("empty", False)
        if not 0 <= y - first < len(self.empty_lines):
            return Strip.blank(width, style)
        text = fit("  " + self.empty_lines[y - first], width, self._glyphs.ellipsis)
        return Strip([Segment(text, style)], width)

    def _view(self, index: int) -> RowView:
        row = int(self.rows[index])
        view = self._views.get(row)
        if view is None:
            if len(self._views) > KEPT:
                self._views.clear()
            start = self.scroll_offset.y
            window = self.rows[start : start + self.size.height + 1]
            wanted = [int(each) for each in window if int(each) not in self._views]
            self._views.update(self._ask(wanted or [row]))
            view = self._views.setdefault(row, RowView("(this paper is gone)", "", "", read=True))
        return view

    def _segments(self, view: RowView, width: int, cursor: bool) -> list[Segment]:
        glyphs = self._glyphs

        def styled(text: str, name: str) -> Segment:
            return Segment(text, self._style(name, cursor))

        title_room, authors_room, date_room = self._rooms(width)
        side: list[Segment] = []
        if authors_room:
            authors = fit_authors(view.authors, authors_room, glyphs.ellipsis)
            side.append(styled("  " + authors, "side"))
        if date_room:
            side.append(styled("  " + right(view.date, date_room, glyphs.ellipsis), "side"))
        title = "read" if view.read else "unread"
        chips = self._chips(view, title_room)
        pieces: list[Piece] = lit_pieces(view.title, view.lit)
        return [
            styled(glyphs.cursor if cursor else " ", "dot"),
            styled(" " if view.read else glyphs.unread, "dot"),
            styled(glyphs.selected if view.selected else " ", "dot"),
            styled(f"{glyphs.star if view.star else ' '} ", "star"),
            styled(glyphs.note if view.note else " ", "note"),
            styled(glyphs.saving if view.saving else " ", "note"),
            *(
                styled(text, "match" if lit else title)
                for text, lit in fit_pieces(pieces, title_room - cell_len(chips), glyphs.ellipsis)
            ),
            styled(chips, "tag"),
            *side,
            styled(" ", title),
        ]

    def _rooms(self, width: int) -> tuple[int, int, int]:
        """Cells for title and tags, for authors, for the date; 0 where a column folds away."""
        date = 10 if width >= 44 else 0
        authors = (18 if width >= 100 else 11) if width >= 64 else 0
        gaps = (2 if date else 0) + (2 if authors else 0)
        return width - MARKS_WIDTH - 1 - date - authors - gaps, authors, date

    def _chips(self, view: RowView, room: int) -> str:
        """The tags as they stand at the end of the title: as many as a third of its room holds."""
        chips = ""
        for tag in view.tags:
            if cell_len(chips) + cell_len(tag) + 2 > room // 3:
                break
            chips += f" #{tag}"
        return chips

    def _tag_at(self, index: int, x: int) -> str | None:
        """The tag whose chip is at a cell of a row."""
        view = self._view(index)
        room = self._rooms(self.size.width)[0]
        chips = self._chips(view, room)
        place = MARKS_WIDTH + room - cell_len(chips)
        for tag in view.tags:
            start, place = place + 1, place + 2 + cell_len(tag)
            if start <= x < place and place <= MARKS_WIDTH + room:
                return tag
        return None

    def _style(self, name: str, cursor: bool) -> Style:
        """The style of a part of a row: its own foreground on the row's background."""
        wanted = (name, cursor and self.has_focus) if cursor else (name, False)
        key = (f"{name}{'+' if cursor else ''}", wanted[1])
        if key not in self._styles:
            background = self.background_colors[1]
            if cursor:
                under = self.get_component_styles("paper-list--cursor")
                strength = 1.0 if self.has_focus else 0.6
                background = background.blend(under.background, under.background.a * strength, 1.0)
            styles = self.get_component_styles(f"paper-list--{name}")
            color: Color = styles.color
            if styles.auto_color:
                color = background.get_contrast_text(color.a)
            color = background.blend(color, color.a, 1.0)
            plain = Style(color=color.rich_color, bgcolor=background.rich_color)
            self._styles[key] = plain + styles.text_style
        return self._styles[key]
