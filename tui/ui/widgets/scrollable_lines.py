"""ScrollableLines: a widget of many lines that scrolls them and draws the scroll bar itself.

The scrolling containers of Textual lay out the whole screen when the height of their content
changes. Here it changes with every key.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.geometry import Region
from textual.widget import Widget

WHEEL_LINES = 3
"""Lines scrolled by one step of the mouse wheel."""


class ScrollableLines(Widget, can_focus=True):
    """The base of the list and the panes. The last column is for the scroll bar."""

    def __init__(self) -> None:
        super().__init__()
        self.top = 0
        """The number of the first visible line, from 0."""
        self._dragging = False

    @property
    def line_count(self) -> int:
        """The number of lines, visible or not."""
        raise NotImplementedError

    @property
    def text_width(self) -> int:
        """The width of the text in cells, without the scroll bar."""
        return max(0, self.size.width - 1)

    def clamp_top(self, top: int) -> int:
        """Return the first line nearest to `top` that leaves no empty lines at the end."""
        return max(0, min(top, self.line_count - self.size.height))

    def scroll_lines(self, lines: int) -> None:
        """Scroll by a number of lines, down if positive; stop at both ends."""
        self.scroll_to_line(self.top + lines)

    def scroll_to_line(self, top: int) -> None:
        """Make `top` the first visible line, or the nearest line that can be."""
        top = self.clamp_top(top)
        if top != self.top:
            self.top = top
            self.refresh()

    def repaint_lines(self, first: int, count: int) -> None:
        """Repaint `count` lines from line `first` on, as far as they are visible."""
        y = max(first - self.top, 0)
        end = min(first + count - self.top, self.size.height)
        if y < end:
            self.refresh(Region(0, y, self.size.width, end - y))

    def bar_cell(self, y: int, under: Style) -> Segment:
        """Return the cell of the scroll bar at line `y` of the widget; blank if all lines fit.

        `under` is the style of the line.
        """
        height, total = self.size.height, self.line_count
        if total <= height:
            return Segment(" ", under)
        length = max(1, height * height // total)
        start = self.top * (height - length) // (total - height)
        if not start <= y < start + length:
            return Segment(" ", under)
        return Segment("▐", under + self.bar_style)

    @property
    def bar_style(self) -> Style:
        """The colour of the scroll bar, mixed with the background."""
        bar = Color.parse(self.app.theme_variables["bar"])
        return Style(color=self.background_colors[1].blend(bar, bar.a, 1.0).rich_color)

    def is_on_bar(self, event: events.MouseEvent) -> bool:
        """Whether the mouse is on the scroll bar."""
        return event.x == self.outer_size.width - 1 and self.line_count > self.size.height

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if self.is_on_bar(event):
            event.stop()
            self.capture_mouse()
            self._dragging = True
            self._drag_to(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragging:
            self._drag_to(event.y)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._dragging:
            event.stop()
            self.release_mouse()
            self._dragging = False

    def _drag_to(self, y: int) -> None:
        last = max(1, self.size.height - 1)
        self.scroll_to_line(round(y / last * (self.line_count - self.size.height)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_lines(WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_lines(-WHEEL_LINES)
