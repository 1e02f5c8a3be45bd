"""ScrollableLines: lines seen through a window that keeps its own place and draws its own bar.

Textual's scrolling containers lay the whole screen out anew when the height of what they hold
changes, which here is every key.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.widget import Widget

WHEEL = 3
"""Lines a turn of the wheel."""


class ScrollableLines(Widget, can_focus=True):
    """What the list and the paper have in common. The last column is the bar's."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"scrollable-lines--bar"}

    def __init__(self) -> None:
        super().__init__()
        self.top = 0
        """The first line seen."""
        self._dragging = False

    @property
    def line_count(self) -> int:
        """Lines there are, seen or not."""
        raise NotImplementedError

    @property
    def text_width(self) -> int:
        """Cells beside the bar."""
        return max(0, self.size.width - 1)

    def within(self, top: int) -> int:
        """The nearest place to `top` that leaves no line empty needlessly."""
        return max(0, min(top, self.line_count - self.size.height))

    def scroll_lines(self, lines: int) -> None:
        """Scroll, down if positive, as far as there is something to see."""
        self.show_from(self.top + lines)

    def show_from(self, top: int) -> None:
        """Let the line `top` be the first one seen, or the nearest to it that can be."""
        top = self.within(top)
        if top != self.top:
            self.top = top
            self.refresh()

    def repaint_lines(self, first: int, count: int) -> None:
        """Repaint lines by their number, those of them that are seen."""
        y = max(first - self.top, 0)
        end = min(first + count - self.top, self.size.height)
        if y < end:
            self.refresh(Region(0, y, self.size.width, end - y))

    # -- the bar ---------------------------------------------------------------------------

    def bar(self, y: int, under: Style) -> Segment:
        """The bar's cell at a line: where one is in the whole; blank if all fits."""
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
        """The bar's colour, mixed with what it stands on."""
        bar = self.get_component_styles("scrollable-lines--bar")
        background = self.background_colors[1]
        return Style(color=background.blend(bar.color, bar.color.a, 1.0).rich_color)

    def on_bar(self, event: events.MouseEvent) -> bool:
        """Whether the mouse is on the bar."""
        return event.x == self.outer_size.width - 1 and self.line_count > self.size.height

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if self.on_bar(event):
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
        self.show_from(round(y / last * (self.line_count - self.size.height)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_lines(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_lines(-WHEEL)
