"""PaperList: the list of papers, which draws only the visible rows, however many papers there are.

What a row shows is loaded when it becomes visible, a screen at a time, and cached until `forget`. A
mark repaints one line, a move of the cursor two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.color import Color
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.style import Style

from tui.ui.widgets.cell_text import fit
from tui.ui.widgets.list_places import GroupPlaces, Heading, ListPlaces
from tui.ui.widgets.row_layout import (
    SELECT_CELLS,
    STAR_CELLS,
    HeadingView,
    RowLayout,
    RowView,
    StyledText,
)
from tui.ui.widgets.scrollable_lines import ScrollableLines

if TYPE_CHECKING:
    from tui.search.clusters import PaperGroup
    from tui.ui.widgets.list_places import Rows

MAX_CACHED_ROWS = 4000
"""Rows whose content is cached; above that the cache is emptied."""

PART_STYLES = {
    "unread": "$foreground",
    "read": "$dim",
    "match": "bold underline $highlight",
    "dot": "$highlight",
    "star": "$star",
    "note": "$note",
    "side": "$dim",
    "heading": "bold $foreground",
    "tag": "$highlight",
    "empty": "$dim",
}
"""Part of a row (see `RowLayout.pieces`) to its style. They are no component classes, because
Textual matches every rule with each of those whenever it styles the list."""

_REMOVED = RowView("(this paper was removed)", "", "", read=True)


class PaperList(ScrollableLines):
    """The papers of the list and the cursor; it shows which papers are selected."""

    cursor: reactive[int] = reactive(0, repaint=False)
    """The place of the paper or heading under the cursor; 0 in an empty list."""

    selection: reactive[frozenset[int]] = reactive(frozenset[int](), repaint=False)
    """Catalog rows of the selected papers. It follows the selection of the screen."""

    @dataclass(eq=False, repr=False)
    class Clicked(Message):
        """A part of a paper was clicked: `select`, `star`, `tag`; `open` for a second click."""

        kind: str
        value: int | str
        """The catalog row, or the tag."""

    def __init__(
        self,
        load_rows: Callable[[Sequence[int]], dict[int, RowView]],
        count_unread: Callable[[Sequence[int]], int],
        layout: RowLayout,
    ) -> None:
        """`load_rows` returns what to show of catalog rows, without those that are gone."""
        super().__init__()
        self._load_rows = load_rows
        self._count_unread = count_unread
        self._row_layout = layout
        self._views: dict[int, RowView] = {}
        self._unread: dict[int, int] = {}
        """Number of a group to its unread papers."""
        self._styles: dict[tuple[str, bool, bool], RichStyle] = {}
        self.followed: int | None = None
        """Catalog row of the paper the user has gone to; None if the cursor was not moved."""
        self.range_start: int | None = None
        """Catalog row last selected or deselected by itself: a range starts there."""
        self.places = ListPlaces()
        """What is at each place of the list."""
        self.empty_lines: tuple[str, ...] = ()
        self.lines_drawn = 0
        """Lines rendered since the start, for tests and benchmarks."""

    def show(self, rows: Rows, row: int | None = None, empty: tuple[str, ...] = ()) -> None:
        """Show other rows, with the cursor on the paper of catalog row `row` if it is among them.

        Else the cursor is on the first paper. `empty` says why there is none.
        """
        self.empty_lines = empty
        self._show_places(ListPlaces(rows), row)

    def show_groups(self, groups: Sequence[PaperGroup], row: int | None) -> None:
        """Show groups, all folded, with the cursor on the group of catalog row `row`."""
        self._show_places(GroupPlaces(groups), row)

    def _show_places(self, shown: ListPlaces, row: int | None) -> None:
        self.places = shown
        found = [] if row is None else shown.places_of(row)
        if not found:
            self.followed = None
        self.set_reactive(PaperList.cursor, found[0] if found else 0)
        self._keep_cursor_visible()
        self.forget()

    def fold_group(self, folded: bool | None = None) -> None:
        """Fold or unfold the group under the cursor, which goes to its heading.

        Without `folded` a folded group is unfolded, and the other way round.
        """
        shown, heading = self.places, self.places.heading_above(self.cursor)
        if isinstance(shown, GroupPlaces) and heading:
            folds = not heading.folded if folded is None else folded
            self.places = shown.fold(heading.number, folds)
            self.go_to_group(heading.number)
            self._show_below_cursor(0 if folds else len(heading.rows))
            self.refresh()

    def _show_below_cursor(self, places: int) -> None:
        """Scroll until so many places below the cursor are visible, or it is at the top."""
        lines = self._row_layout.lines
        bottom = (self.cursor + 1 + places) * lines - self.size.height
        self.scroll_to_line(min(max(self.top, bottom), self.cursor * lines))

    def go_to_group(self, number: int) -> None:
        """Move the cursor to the heading of a group, or of the last one if there is no such."""
        if isinstance(self.places, GroupPlaces):
            self.move_to(self.places.place_of_heading(number))

    @property
    def rows(self) -> Rows:
        """The catalog rows of the papers in the order of the list, those of folded groups too."""
        return self.places.rows

    @property
    def heading(self) -> Heading | None:
        """The heading under the cursor; None on a paper and in an empty list."""
        return self.places.heading_at(self.cursor) if len(self.places) else None

    def forget(self, row: int | None = None) -> None:
        """Load again what one row, or every row, shows, and repaint it."""
        if row is None:
            self._views.clear()
            self._unread.clear()
            self.refresh()
            return
        self._views.pop(row, None)
        self._unread.clear()
        for place in self._visible():
            heading = self.places.heading_at(place)
            if row in (heading.rows if heading else self.places.rows_at(place)):
                self._refresh_row(place)

    def _visible(self) -> range:
        """The places that may be seen now."""
        first = self.top // self._row_layout.lines
        return range(first, min(len(self.places), first + self.size.height + 1))

    @property
    def visible_rows(self) -> list[int]:
        """The catalog rows of the papers on the screen, also of one that is cut at the end."""
        lines, end = self._row_layout.lines, self.top + self.size.height
        places = range(self.top // lines, min(len(self.places), -(-end // lines)))
        return [row for row in map(self.places.row_at, places) if row is not None]

    def set_suffix_width(self, cells: int) -> None:
        """Set the cells of the suffix of each row."""
        self._row_layout = self._row_layout._replace(suffix_width=cells)
        self.forget()

    @property
    def line_count(self) -> int:
        return len(self.places) * self._row_layout.lines

    @property
    def row(self) -> int | None:
        """The row number of the paper under the cursor; None on a heading."""
        return self.places.row_at(self.cursor) if len(self.places) else None

    def move_to(self, index: int) -> None:
        """Move the cursor to a place that the user goes to; it stops at both ends."""
        index = max(0, min(index, len(self.places) - 1))
        if index != self.cursor and len(self.places):
            self.followed = self.places.row_at(index)
            self.cursor = index

    @property
    def page(self) -> int:
        """Rows of a screen less one, so that a row of the last screen is still visible."""
        return max(1, self.size.height // self._row_layout.lines - 1)

    def watch_cursor(self, old: int, new: int) -> None:
        self._keep_cursor_visible()
        self._refresh_row(old)
        self._refresh_row(new)

    def _refresh_row(self, index: int) -> None:
        self.repaint_lines(index * self._row_layout.lines, self._row_layout.lines)

    def _keep_cursor_visible(self) -> None:
        height, lines = self.size.height, self._row_layout.lines
        top = self.top
        if self.cursor * lines < top:
            top = self.cursor * lines
        elif height and (self.cursor + 1) * lines > top + height:
            top = (self.cursor + 1) * lines - height
        self.scroll_to_line(top)

    def watch_selection(self, old: frozenset[int], new: frozenset[int]) -> None:
        changed = old ^ new
        for place in self._visible():
            heading = self.places.heading_at(place)
            if not changed.isdisjoint(heading.rows if heading else self.places.rows_at(place)):
                self._refresh_row(place)

    def on_click(self, event: events.Click) -> None:
        index, part = divmod(self.top + event.y, self._row_layout.lines)
        if index >= len(self.places) or self.is_on_bar(event):
            return
        row = self.places.row_at(index)
        if row is None:
            self.move_to(index)
            self.fold_group()
            return
        tag = self._row_layout.tag_at(self._view(row), self.text_width, event.x, part)
        if tag is not None:
            self.post_message(self.Clicked("tag", tag))
        elif event.x in SELECT_CELLS:
            self.post_message(self.Clicked("select", row))
        elif event.x in STAR_CELLS:
            self.post_message(self.Clicked("star", row))
        elif index == self.cursor and event.chain == 2:
            self.post_message(self.Clicked("open", row))
        else:
            self.move_to(index)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show the first line of a note as a tooltip while the mouse rests on its row."""
        index = (self.top + event.y) // self._row_layout.lines
        row = self.places.row_at(index) if index < len(self.places) else None
        note = "" if row is None else self._view(row).note
        self.tooltip = Content(note) if note else None

    def on_resize(self) -> None:
        self._keep_cursor_visible()

    def on_focus(self) -> None:
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        self._refresh_row(self.cursor)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()

    def render_line(self, y: int) -> Strip:
        self.lines_drawn += 1
        line = self._line(y, self.text_width)
        return Strip([*line, self.bar_cell(y, line[-1].style or RichStyle())])

    def _line(self, y: int, width: int) -> list[Segment]:
        index, part = divmod(self.top + y, self._row_layout.lines)
        if not len(self.places):
            return self._empty_line(y, width)
        if index >= len(self.places):
            return [Segment(" " * width, self._style("unread", False))]
        cursor = index == self.cursor
        pieces = self._pieces(index, width, cursor, part)
        return [Segment(text, self._style(name, cursor)) for text, name in pieces]

    def _pieces(self, index: int, width: int, cursor: bool, part: int) -> list[StyledText]:
        if heading := self.places.heading_at(index):
            unread = self._unread.get(heading.number)
            if unread is None:
                unread = self._unread[heading.number] = self._count_unread(heading.rows)
            selected = bool(self.selection) and self.selection.issuperset(heading.rows)
            shown = HeadingView(heading.name, len(heading.rows), unread, heading.folded, selected)
            return self._row_layout.heading_pieces(shown, width, cursor, part)
        row = self.places.rows_at(index)[0]
        view = self._view(row)
        if row in self.selection:
            view = view._replace(selected=True)
        return self._row_layout.pieces(view, width, cursor, part)

    def _empty_line(self, y: int, width: int) -> list[Segment]:
        first = max(0, (self.size.height - len(self.empty_lines)) // 3)
        style = self._style("empty", False)
        if not 0 <= y - first < len(self.empty_lines):
            return [Segment(" " * width, style)]
        text = fit("  " + self.empty_lines[y - first], width, self._row_layout.glyphs.ellipsis)
        return [Segment(text, style)]

    def _view(self, row: int) -> RowView:
        view = self._views.get(row)
        if view is None:
            if len(self._views) > MAX_CACHED_ROWS:
                self._views.clear()
            rows = [self.places.row_at(place) for place in self._visible()]
            missing = [each for each in rows if each is not None and each not in self._views]
            self._views.update(self._load_rows(missing or [row]))
            view = self._views.setdefault(row, _REMOVED)
        return view

    def _style(self, name: str, cursor: bool) -> RichStyle:
        """The style of a part of a row: the colour of the part on the background of the row."""
        key = (name, cursor, cursor and self.has_focus)
        if key not in self._styles:
            background = self.background_colors[1]
            if cursor:
                row = Color.parse(self.app.theme_variables["cursor-row"])
                strength = 1.0 if self.has_focus else 0.6
                background = background.blend(row, row.a * strength, 1.0)
            part = Style.parse(PART_STYLES[name], self.app.theme_variables)
            self._styles[key] = (Style(background=background) + part).rich_style
        return self._styles[key]
